package dev.tideline.inference.tensorflow;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.internal.c_api.TF_TString;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * TensorFlow's {@code tstring}: 24 bytes per element. Up to 22 bytes lie in place, behind a byte with length * 4 + kind; such short
 * strings are written and read without a native call. Layout: {@code ctstring_internal.h}, little-endian.
 */
final class NativeStrings {

    static final int WIDTH = 24;
    private static final int SHORT_MAX = 22;
    private static final int KIND_MASK = 3;
    private static final int KIND_SHORT = 0;

    private NativeStrings() {}

    static void write(ByteBuffer target, int at, byte[][] strings, int from, int count) {
        for (int i = 0; i < count; i++) {
            byte[] bytes = strings[from + i];
            int start = at + i * WIDTH;
            target.put(start, (byte) 0);
            if (bytes.length <= SHORT_MAX) {
                target.put(start, (byte) (bytes.length << 2));
                target.put(start + 1, bytes);
                target.put(start + 1 + bytes.length, (byte) 0);
            }
        }
        writeLong(target, at, strings, from, count);
    }

    private static void writeLong(ByteBuffer target, int at, byte[][] strings, int from, int count) {
        TF_TString base = null;
        for (int i = 0; i < count; i++) {
            byte[] bytes = strings[from + i];
            if (bytes.length > SHORT_MAX) {
                base = base == null ? base(target) : base;
                try (BytePointer content = new BytePointer(bytes)) {
                    tensorflow.TF_TString_Copy(element(base, at + i * WIDTH), content, bytes.length);
                }
            }
        }
    }

    static byte[][] read(ByteBuffer source, int count) {
        byte[][] strings = new byte[count][];
        TF_TString base = null;
        for (int i = 0; i < count; i++) {
            int head = Byte.toUnsignedInt(source.get(i * WIDTH));
            if ((head & KIND_MASK) == KIND_SHORT) {
                strings[i] = new byte[head >> 2];
                source.get(i * WIDTH + 1, strings[i]);
            } else {
                base = base == null ? base(source) : base;
                TF_TString element = element(base, i * WIDTH);
                strings[i] = new byte[Math.toIntExact(tensorflow.TF_TString_GetSize(element))];
                tensorflow.TF_TString_GetDataPointer(element).get(strings[i]);
            }
        }
        return strings;
    }

    /** Frees what long strings hold outside the tensor; deleting the tensor does not. */
    static void free(ByteBuffer data) {
        TF_TString base = null;
        for (int start = 0; start < data.capacity(); start += WIDTH) {
            if ((data.get(start) & KIND_MASK) != KIND_SHORT) {
                base = base == null ? base(data) : base;
                tensorflow.TF_TString_Dealloc(element(base, start));
                data.put(start, (byte) 0);
            }
        }
    }

    private static TF_TString base(ByteBuffer data) {
        return new TF_TString(new Pointer(data));
    }

    private static TF_TString element(TF_TString base, int byteOffset) {
        return base.getPointer(byteOffset / WIDTH);
    }
}
