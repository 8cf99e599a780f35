package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import java.nio.ByteBuffer;
import java.util.List;

/** Copies elements between Java arrays and the memory of a tensor, in bulk. */
final class NativeElements {

    private NativeElements() {}

    /** Bytes per element in native memory. */
    static int width(DataType type) {
        return switch (type.storage()) {
            case FLOATS, INTS -> 4;
            case DOUBLES, LONGS -> 8;
            case SHORTS -> 2;
            case BYTES -> 1;
            case STRINGS -> NativeStrings.WIDTH;
            case NONE -> throw unsupported(type);
        };
    }

    /** Writes the elements of all parts, one after the other. */
    static void write(ByteBuffer target, List<Tensor> parts) {
        int at = 0;
        for (Tensor part : parts) {
            int n = part.elements();
            int from = part.offset();
            switch (part.values()) {
                case Values.Floats v -> target.slice(at, n * 4).order(target.order()).asFloatBuffer().put(v.array(), from, n);
                case Values.Doubles v -> target.slice(at, n * 8).order(target.order()).asDoubleBuffer().put(v.array(), from, n);
                case Values.Bytes v -> target.put(at, v.array(), from, n);
                case Values.Shorts v -> target.slice(at, n * 2).order(target.order()).asShortBuffer().put(v.array(), from, n);
                case Values.Ints v -> target.slice(at, n * 4).order(target.order()).asIntBuffer().put(v.array(), from, n);
                case Values.Longs v -> target.slice(at, n * 8).order(target.order()).asLongBuffer().put(v.array(), from, n);
                case Values.Strings v -> NativeStrings.write(target, at, v.array(), from, n);
            }
            at += n * width(part.type());
        }
    }

    static Values read(ByteBuffer source, DataType type, int n) {
        return switch (type.storage()) {
            case FLOATS -> {
                float[] array = new float[n];
                source.asFloatBuffer().get(array);
                yield new Values.Floats(array);
            }
            case DOUBLES -> {
                double[] array = new double[n];
                source.asDoubleBuffer().get(array);
                yield new Values.Doubles(array);
            }
            case BYTES -> {
                byte[] array = new byte[n];
                source.get(0, array);
                yield new Values.Bytes(array);
            }
            case SHORTS -> {
                short[] array = new short[n];
                source.asShortBuffer().get(array);
                yield new Values.Shorts(array);
            }
            case INTS -> {
                int[] array = new int[n];
                source.asIntBuffer().get(array);
                yield new Values.Ints(array);
            }
            case LONGS -> {
                long[] array = new long[n];
                source.asLongBuffer().get(array);
                yield new Values.Longs(array);
            }
            case STRINGS -> new Values.Strings(NativeStrings.read(source, n));
            case NONE -> throw unsupported(type);
        };
    }

    private static StatusException unsupported(DataType type) {
        return new StatusException(StatusCode.UNIMPLEMENTED, "tensor type: " + type.label() + " (expected: numbers, bool or string)");
    }
}
