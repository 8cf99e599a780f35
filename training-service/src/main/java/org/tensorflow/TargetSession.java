package org.tensorflow;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetTarget;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.ConfigProto;

/**
 * Opens a session on a server. TensorFlow Java 1.1 has servers but no public way to use one: the constructor that takes a native
 * session is visible in this package only.
 */
public final class TargetSession {

    private TargetSession() {}

    /** @param target such as {@code grpc://127.0.0.1:2222} */
    public static Session open(Graph graph, String target, ConfigProto config) {
        try (var scope = new PointerScope(); var reference = graph.ref()) {
            var status = TF_Status.newStatus();
            var options = options(config, status);
            TF_SetTarget(options, target);
            var handle = TF_Session.newSession(reference.nativeHandle(), options, status);
            status.throwExceptionIfNotOK();
            handle.retainReference();
            return new Session(graph, handle);
        }
    }

    /** Belongs to the caller's scope of pointers, as {@code status} does. */
    public static TF_SessionOptions options(ConfigProto config, TF_Status status) {
        var options = TF_SessionOptions.newSessionOptions();
        var bytes = new BytePointer(config.toByteArray());
        TF_SetConfig(options, bytes, bytes.capacity(), status);
        status.throwExceptionIfNotOK();
        return options;
    }
}
