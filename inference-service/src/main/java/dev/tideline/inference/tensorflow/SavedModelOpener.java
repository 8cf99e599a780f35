package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusException;
import java.nio.file.Path;
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

    private final int intraOpThreads;
    private final boolean inCallersThread;

    SavedModelOpener(int intraOpThreads, boolean inCallersThread) {
        this.intraOpThreads = intraOpThreads;
        this.inCallersThread = inCallersThread;
    }

    /** @throws StatusException with TensorFlow's reason */
    TensorFlowServable open(ServableId id, Path folder, @Nullable String schemaFingerprint) {
        TensorFlow.version();
        ConfigProto config = ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(intraOpThreads)
                .setAllowSoftPlacement(true)
                .build();
        NativeSession.Loaded loaded = NativeSession.load(folder, config);
        return new TensorFlowServable(
                id, loaded.session(), Signatures.read(loaded.metaGraph()), schemaFingerprint, runOptions());
    }

    private @Nullable TF_Buffer runOptions() {
        if (!inCallersThread) {
            return null;
        }
        byte[] bytes = RunOptions.newBuilder().setInterOpThreadPool(IN_CALLERS_THREAD).build().toByteArray();
        try (BytePointer pointer = new BytePointer(bytes)) {
            return tensorflow.TF_NewBufferFromString(pointer, bytes.length);
        }
    }
}
