package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;

/** A SavedModel in this process. */
final class TensorFlowServable implements Servable {

    private final ServableId id;
    private final NativeSession session;
    private final SortedMap<String, Signature> signatures;
    private final @Nullable String schemaFingerprint;
    private final @Nullable TF_Buffer runOptions;
    private final Map<String, SignaturePlan> plans = new ConcurrentHashMap<>();

    TensorFlowServable(
            ServableId id, NativeSession session, SortedMap<String, Signature> signatures, @Nullable String schemaFingerprint,
            @Nullable TF_Buffer runOptions) {
        this.id = id;
        this.session = session;
        this.signatures = signatures;
        this.schemaFingerprint = schemaFingerprint;
        this.runOptions = runOptions;
    }

    @Override
    public ServableId id() {
        return id;
    }

    @Override
    public SortedMap<String, Signature> signatures() {
        return signatures;
    }

    @Override
    public @Nullable String schemaFingerprint() {
        return schemaFingerprint;
    }

    @Override
    public Map<String, Tensor> run(Signature signature, List<Map<String, Tensor>> requests) {
        SignaturePlan plan = plans.computeIfAbsent(signature.name(), name -> SignaturePlan.of(signature, session));
        List<NativeTensor> inputs = new ArrayList<>(plan.inputAliases().size());
        try {
            for (String alias : plan.inputAliases()) {
                List<Tensor> parts = new ArrayList<>(requests.size());
                for (Map<String, Tensor> request : requests) {
                    parts.add(input(request, alias));
                }
                inputs.add(NativeTensor.stack(parts));
            }
            return run(plan, inputs);
        } finally {
            inputs.forEach(NativeTensor::close);
        }
    }

    private static Tensor input(Map<String, Tensor> request, String alias) {
        Tensor tensor = request.get(alias);
        if (tensor == null) {
            throw StatusException.invalid("input: " + alias + " is missing (expected: every input of the signature)");
        }
        return tensor;
    }

    private Map<String, Tensor> run(SignaturePlan plan, List<NativeTensor> inputs) {
        int n = plan.outputAliases().size();
        TF_Status status = tensorflow.TF_NewStatus();
        try (PointerPointer<TF_Tensor> in = new PointerPointer<>(Math.max(1, inputs.size()));
                PointerPointer<TF_Tensor> out = new PointerPointer<>(Math.max(1, n))) {
            for (int i = 0; i < inputs.size(); i++) {
                in.put(i, inputs.get(i).handle());
            }
            tensorflow.TF_SessionRun(session.handle(), runOptions, plan.inputs(), in, inputs.size(), plan.outputs(), out, n,
                    null, 0, null, status);
            NativeStatus.check(status);
            return read(plan, out);
        } finally {
            tensorflow.TF_DeleteStatus(status);
        }
    }

    /** Every output is freed, also when reading one of them fails. */
    private static Map<String, Tensor> read(SignaturePlan plan, PointerPointer<TF_Tensor> out) {
        List<NativeTensor> tensors = new ArrayList<>(plan.outputAliases().size());
        try {
            for (int i = 0; i < plan.outputAliases().size(); i++) {
                tensors.add(NativeTensor.adopt(out.get(TF_Tensor.class, i)));
            }
            Map<String, Tensor> outputs = LinkedHashMap.newLinkedHashMap(tensors.size());
            for (int i = 0; i < tensors.size(); i++) {
                outputs.put(plan.outputAliases().get(i), tensors.get(i).read());
            }
            return outputs;
        } finally {
            tensors.forEach(NativeTensor::close);
        }
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    @Override
    public void close() {
        plans.values().forEach(SignaturePlan::close);
        session.close();
        if (runOptions != null) {
            tensorflow.TF_DeleteBuffer(runOptions);
        }
    }
}
