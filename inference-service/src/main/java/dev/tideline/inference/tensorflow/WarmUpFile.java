package dev.tideline.inference.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorDecoder;
import dev.tideline.inference.tensor.TensorSpec;
import dev.tideline.inference.tensor.Values;
import dev.tideline.serving.protocol.InferenceTask;
import dev.tideline.serving.protocol.Input;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.MultiInferenceRequest;
import dev.tideline.serving.protocol.PredictRequest;
import dev.tideline.serving.protocol.PredictionLog;
import dev.tideline.tfrecord.CorruptRecordException;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.tensorflow.proto.Example;

/** Reads the requests that a version brings along: a TFRecord file of {@code tensorflow.serving.PredictionLog}. */
final class WarmUpFile {

    static final String PATH = "assets.extra/tf_serving_warmup_requests";
    /** TensorFlow Serving's own limit. */
    static final int MAX_RECORDS = 1000;

    /** One recorded request, in terms of the version that is to answer it. */
    record Recorded(Signature signature, Map<String, Tensor> inputs) {}

    private final SortedMap<String, Signature> signatures;
    private final List<Recorded> requests = new ArrayList<>();

    private WarmUpFile(SortedMap<String, Signature> signatures) {
        this.signatures = signatures;
    }

    /**
     * @return empty when there is no file
     * @throws StatusException DATA_LOSS for a file that is no TFRecord, INVALID_ARGUMENT for records that are no requests or too many,
     *     UNIMPLEMENTED for kinds of requests that are not served, NOT_FOUND for an unknown signature
     */
    static List<Recorded> read(Path folder, SortedMap<String, Signature> signatures) {
        Path file = folder.resolve(PATH);
        if (!Files.exists(file)) {
            return List.of();
        }
        WarmUpFile warmUp = new WarmUpFile(signatures);
        try (TfRecordReader records = TfRecordReader.open(file)) {
            int count = 0;
            for (byte[] record = records.next(); record != null; record = records.next()) {
                if (++count > MAX_RECORDS) {
                    throw StatusException.invalid("Number of warmup records exceeds the maximum (" + MAX_RECORDS + ") at " + file);
                }
                warmUp.take(record, count);
            }
            return warmUp.requests;
        } catch (CorruptRecordException e) {
            throw new StatusException(StatusCode.DATA_LOSS, file + ": " + e.getMessage()
                    + ". Please verify your data format (expected: TFRecord)", e);
        } catch (IOException e) {
            throw new StatusException(StatusCode.UNAVAILABLE, file + ": " + e.getMessage() + " (expected: a readable file)", e);
        }
    }

    private void take(byte[] record, int number) {
        PredictionLog log;
        try {
            log = PredictionLog.parseFrom(record);
        } catch (InvalidProtocolBufferException e) {
            throw new StatusException(StatusCode.INVALID_ARGUMENT,
                    "Failed to parse warmup record: " + number + ": " + e.getMessage() + " (expected: a PredictionLog)", e);
        }
        switch (log.getLogTypeCase()) {
            case PREDICT_LOG -> predict(log.getPredictLog().getRequest());
            case CLASSIFY_LOG -> examples(log.getClassifyLog().getRequest().getModelSpec(), log.getClassifyLog().getRequest().getInput());
            case REGRESS_LOG -> examples(log.getRegressLog().getRequest().getModelSpec(), log.getRegressLog().getRequest().getInput());
            case MULTI_INFERENCE_LOG -> multi(log.getMultiInferenceLog().getRequest());
            case SESSION_RUN_LOG, PREDICT_STREAMED_LOG, LOGTYPE_NOT_SET -> throw new StatusException(StatusCode.UNIMPLEMENTED,
                    "warmup record " + number + ": " + log.getLogTypeCase() + " (expected: predict, classify, regress or multi-inference)");
        }
    }

    private void predict(PredictRequest request) {
        Signature signature = signature(request.getModelSpec());
        Map<String, Tensor> inputs = new LinkedHashMap<>(signature.defaults());
        for (TensorSpec spec : signature.inputs().values()) {
            if (request.containsInputs(spec.alias())) {
                inputs.put(spec.alias(), TensorDecoder.read(spec.alias(), request.getInputsOrThrow(spec.alias()), spec.type()));
            }
        }
        requests.add(new Recorded(signature, inputs));
    }

    private void multi(MultiInferenceRequest request) {
        for (InferenceTask task : request.getTasksList()) {
            examples(task.getModelSpec(), request.getInput());
        }
    }

    private void examples(ModelSpec spec, Input input) {
        Signature signature = signature(spec);
        byte[][] examples = switch (input.getKindCase()) {
            case EXAMPLE_LIST -> input.getExampleList().getExamplesList().stream().map(Example::toByteArray).toArray(byte[][]::new);
            case EXAMPLE_LIST_WITH_CONTEXT -> {
                Example context = input.getExampleListWithContext().getContext();
                yield input.getExampleListWithContext().getExamplesList().stream()
                        .map(example -> with(context, example).toByteArray()).toArray(byte[][]::new);
            }
            case KIND_NOT_SET -> new byte[0][];
        };
        if (examples.length == 0 || signature.inputs().size() != 1) {
            throw StatusException.invalid("warmup record of signature " + signature.name() + ": " + examples.length + " examples for "
                    + signature.inputs().size() + " inputs (expected: at least one, for one)");
        }
        TensorSpec only = signature.inputs().values().iterator().next();
        requests.add(new Recorded(
                signature, Map.of(only.alias(), Tensor.of(only.type(), Shape.of(examples.length), new Values.Strings(examples)))));
    }

    /** The example's own features win. */
    private static Example with(Example context, Example example) {
        Example.Builder merged = context.toBuilder();
        merged.getFeaturesBuilder().putAllFeature(example.getFeatures().getFeatureMap());
        return merged.build();
    }

    private Signature signature(ModelSpec spec) {
        String name = spec.getSignatureName().isEmpty() ? Signature.DEFAULT : spec.getSignatureName();
        Signature signature = signatures.get(name);
        if (signature == null) {
            throw StatusException.notFound("warmup record: signature " + name + " (expected: one of " + signatures.keySet() + ")");
        }
        return signature;
    }
}
