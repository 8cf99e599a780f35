package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;

/** A tensor in native memory, owned here until closed. */
final class NativeTensor implements AutoCloseable {

    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());

    private final TF_Tensor handle;
    private final DataType type;
    private final ByteBuffer data;
    private final boolean ownsStrings;
    private boolean closed;

    private NativeTensor(TF_Tensor handle, DataType type, boolean ownsStrings) {
        this.handle = handle;
        this.type = type;
        this.ownsStrings = ownsStrings;
        this.data = data(handle);
        NativeMemory.TENSORS.increment();
        NativeMemory.TENSOR_BYTES.add(data.capacity());
    }

    private static ByteBuffer data(TF_Tensor handle) {
        long bytes = tensorflow.TF_TensorByteSize(handle);
        Pointer start = bytes == 0 ? null : tensorflow.TF_TensorData(handle);
        if (start == null) {
            return EMPTY;
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new StatusException(StatusCode.OUT_OF_RANGE, "tensor: " + bytes + " bytes (expected: at most 2147483647)");
        }
        return start.<Pointer>capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** Stacks tensors of equal rows; a single one may have any shape. */
    static NativeTensor stack(List<Tensor> parts) {
        Tensor first = parts.getFirst();
        Shape shape = parts.size() == 1 ? first.shape() : first.shape().withRows(rows(parts));
        long bytes = (long) shape.elements() * NativeElements.width(first.type());
        long[] sizes = shape.toArray();
        TF_Tensor handle = tensorflow.TF_AllocateTensor(first.type().number(), sizes, sizes.length, bytes);
        if (handle == null) {
            throw new StatusException(StatusCode.RESOURCE_EXHAUSTED, "tensor: " + bytes + " bytes (expected: enough native memory)");
        }
        NativeTensor tensor = new NativeTensor(handle, first.type(), true);
        try {
            NativeElements.write(tensor.data, parts);
            return tensor;
        } catch (RuntimeException | Error e) {
            tensor.close();
            throw e;
        }
    }

    private static int rows(List<Tensor> parts) {
        int rows = 0;
        for (Tensor part : parts) {
            rows += part.shape().rows();
        }
        return rows;
    }

    /** Takes over what a run returned. */
    static NativeTensor adopt(TF_Tensor handle) {
        return new NativeTensor(handle, DataType.of(tensorflow.TF_TensorType(handle)), false);
    }

    TF_Tensor handle() {
        return handle;
    }

    /** Copies to the heap. */
    Tensor read() {
        long[] sizes = new long[tensorflow.TF_NumDims(handle)];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = tensorflow.TF_Dim(handle, i);
        }
        Shape shape = Shape.of(sizes);
        return Tensor.of(type, shape, NativeElements.read(data, type, shape.elements()));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (ownsStrings && type == DataType.STRING) {
            NativeStrings.free(data);
        }
        NativeMemory.TENSORS.decrement();
        NativeMemory.TENSOR_BYTES.add(-data.capacity());
        tensorflow.TF_DeleteTensor(handle);
    }
}
