package dev.tideline.inference.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.MetaGraphDef;

/** A graph and its session, loaded from a SavedModel folder by the C API, which is lenient where Java's bundle loader is not. */
final class NativeSession implements AutoCloseable {

    private final TF_Graph graph;
    private final TF_Session session;

    private NativeSession(TF_Graph graph, TF_Session session) {
        this.graph = graph;
        this.session = session;
        NativeMemory.SESSIONS.increment();
    }

    record Loaded(NativeSession session, MetaGraphDef metaGraph) {}

    /**
     * Without any graph, for the pools of threads that all sessions of a process share: the first session makes them.
     *
     * @throws StatusException with TensorFlow's reason
     */
    static NativeSession empty(ConfigProto config) {
        TF_Status status = tensorflow.TF_NewStatus();
        TF_SessionOptions options = tensorflow.TF_NewSessionOptions();
        TF_Graph graph = tensorflow.TF_NewGraph();
        try {
            configure(options, config, status);
            TF_Session session = tensorflow.TF_NewSession(graph, options, status);
            NativeStatus.check(status);
            return new NativeSession(graph, session);
        } catch (RuntimeException | Error e) {
            tensorflow.TF_DeleteGraph(graph);
            throw e;
        } finally {
            tensorflow.TF_DeleteSessionOptions(options);
            tensorflow.TF_DeleteStatus(status);
        }
    }

    private static void configure(TF_SessionOptions options, ConfigProto config, TF_Status status) {
        byte[] bytes = config.toByteArray();
        try (BytePointer pointer = new BytePointer(bytes)) {
            tensorflow.TF_SetConfig(options, pointer, bytes.length, status);
            NativeStatus.check(status);
        }
    }

    /**
     * @param runOptions for restoring and initialising; null: TensorFlow's own
     * @throws StatusException with TensorFlow's reason
     */
    static Loaded load(Path folder, ConfigProto config, @Nullable TF_Buffer runOptions, Set<String> tagNames) {
        TF_Status status = tensorflow.TF_NewStatus();
        TF_SessionOptions options = tensorflow.TF_NewSessionOptions();
        TF_Buffer metaGraph = tensorflow.TF_NewBuffer();
        TF_Graph graph = tensorflow.TF_NewGraph();
        TF_Session session = null;
        try (BytePointer path = new BytePointer(folder.toString(), StandardCharsets.UTF_8);
                PointerPointer<BytePointer> tags = new PointerPointer<>(tagNames.toArray(String[]::new))) {
            configure(options, config, status);
            session = tensorflow.TF_LoadSessionFromSavedModel(options, runOptions, path, tags, tagNames.size(), graph, metaGraph, status);
            NativeStatus.check(status);
            Loaded loaded = new Loaded(new NativeSession(graph, session), parse(metaGraph));
            session = null;
            return loaded;
        } catch (RuntimeException | Error e) {
            if (session != null) {
                tensorflow.TF_DeleteSession(session, status);
            }
            tensorflow.TF_DeleteGraph(graph);
            throw e;
        } finally {
            tensorflow.TF_DeleteBuffer(metaGraph);
            tensorflow.TF_DeleteSessionOptions(options);
            tensorflow.TF_DeleteStatus(status);
        }
    }

    private static MetaGraphDef parse(TF_Buffer buffer) {
        try {
            return MetaGraphDef.parseFrom(buffer.data().<org.bytedeco.javacpp.Pointer>capacity(buffer.length()).asByteBuffer());
        } catch (InvalidProtocolBufferException e) {
            throw new StatusException(StatusCode.DATA_LOSS, "saved_model.pb: " + e.getMessage() + " (expected: a SavedModel)", e);
        }
    }

    TF_Session handle() {
        return session;
    }

    @Nullable TF_Operation operation(String name) {
        return tensorflow.TF_GraphOperationByName(graph, name);
    }

    /** Makes running and further runs fail. Memory stays until {@link #close()}; any thread may call it. */
    void cancel() {
        TF_Status status = tensorflow.TF_NewStatus();
        tensorflow.TF_CloseSession(session, status);
        tensorflow.TF_DeleteStatus(status);
    }

    @Override
    public void close() {
        TF_Status status = tensorflow.TF_NewStatus();
        tensorflow.TF_CloseSession(session, status);
        tensorflow.TF_DeleteSession(session, status);
        tensorflow.TF_DeleteGraph(graph);
        tensorflow.TF_DeleteStatus(status);
        NativeMemory.SESSIONS.decrement();
    }
}
