package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/** Reads TensorFlow's status object. */
final class NativeStatus {

    /** TensorFlow Serving cuts its messages here, too. */
    private static final int MAX_MESSAGE = 1024;

    private NativeStatus() {}

    static StatusCode code(TF_Status status) {
        return StatusCode.of(tensorflow.TF_GetCode(status));
    }

    static String message(TF_Status status) {
        BytePointer message = tensorflow.TF_Message(status);
        String text = message == null ? "" : message.getString(StandardCharsets.UTF_8);
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...TRUNCATED";
    }

    static void check(TF_Status status) {
        StatusCode code = code(status);
        if (code != StatusCode.OK) {
            throw new StatusException(code, message(status));
        }
    }
}
