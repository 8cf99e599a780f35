package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusException;
import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunOptions;

/** Opens a folder in this process, without any proof. */
final class SavedModelOpener {

    private static final int IN_CALLERS_THREAD = -1;

    private final Threads threads;
    private final Set<String> tags;

    /**
     * @param intraOp       threads within one operation; 0: TensorFlow decides
     * @param interOp       threads of TensorFlow's pool for independent operations; 0: TensorFlow decides
     * @param inCallers     whether graphs run in the thread that calls instead of that pool
     */
    record Threads(int intraOp, int interOp, boolean inCallers) {}

    SavedModelOpener(Threads threads, Set<String> tags) {
        this.threads = threads;
        this.tags = Set.copyOf(tags);
    }

    /** @throws StatusException with TensorFlow's reason */
    TensorFlowServable open(ServableId id, Path folder, @Nullable String schemaFingerprint) {
        TensorFlow.version();
        TF_Buffer runOptions = runOptions();
        try {
            NativeSession.Loaded loaded = NativeSession.load(folder, config(), runOptions, tags);
            return new TensorFlowServable(id, loaded.session(), Signatures.read(loaded.metaGraph()), schemaFingerprint, runOptions);
        } catch (RuntimeException | Error e) {
            if (runOptions != null) {
                tensorflow.TF_DeleteBuffer(runOptions);
            }
            throw e;
        }
    }

    /**
     * Loads the library and makes the pools of threads that all versions share. They inherit the caller's priority.
     *
     * @throws StatusException with TensorFlow's reason
     */
    void start() {
        TensorFlow.version();
        NativeSession.empty(config()).close();
    }

    private ConfigProto config() {
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads.intraOp())
                .setInterOpParallelismThreads(threads.interOp())
                .setAllowSoftPlacement(true)
                .build();
    }

    private @Nullable TF_Buffer runOptions() {
        if (!threads.inCallers()) {
            return null;
        }
        byte[] bytes = RunOptions.newBuilder().setInterOpThreadPool(IN_CALLERS_THREAD).build().toByteArray();
        try (BytePointer pointer = new BytePointer(bytes)) {
            return tensorflow.TF_NewBufferFromString(pointer, bytes.length);
        }
    }
}
