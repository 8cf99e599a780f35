package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorDecoder;
import dev.tideline.inference.tensor.TensorSpec;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** Reads signatures as they are declared, whether or not they agree with the graph: a call finds out. */
final class Signatures {

    /** TensorFlow's own signature of a SavedModel's initialisation; not callable. */
    static final String INIT_OP = "__saved_model_init_op";

    private static final Logger log = LoggerFactory.getLogger(Signatures.class);

    private Signatures() {}

    static SortedMap<String, Signature> read(MetaGraphDef metaGraph) {
        SortedMap<String, Signature> signatures = new TreeMap<>();
        metaGraph.getSignatureDefMap().forEach((name, definition) -> {
            if (!name.equals(INIT_OP)) {
                signatures.put(name, signature(name, definition));
            }
        });
        return signatures;
    }

    private static Signature signature(String name, SignatureDef definition) {
        SortedMap<String, TensorSpec> inputs = specs(definition.getInputsMap());
        return new Signature(
                name, definition.getMethodName(), inputs, specs(definition.getOutputsMap()), defaults(definition, inputs));
    }

    /** Of inputs alone; one that cannot be read is as good as none: the input has to be given then. */
    private static Map<String, Tensor> defaults(SignatureDef definition, SortedMap<String, TensorSpec> inputs) {
        Map<String, Tensor> defaults = new TreeMap<>();
        definition.getDefaultsMap().forEach((alias, proto) -> {
            TensorSpec spec = inputs.get(alias);
            if (spec != null && proto.getDtypeValue() == spec.type().number()) {
                try {
                    defaults.put(alias, TensorDecoder.read(alias, proto, spec.type()));
                } catch (StatusException e) {
                    log.warn("Signature {}: default of {} is not used: {}", definition.getMethodName(), alias, e.text());
                }
            }
        });
        return defaults;
    }

    private static SortedMap<String, TensorSpec> specs(Map<String, TensorInfo> infos) {
        SortedMap<String, TensorSpec> specs = new TreeMap<>();
        infos.forEach((alias, info) -> specs.put(
                alias, new TensorSpec(alias, info.getName(), DataType.of(info.getDtypeValue()), shape(info))));
        return specs;
    }

    /** A signature without a shape says nothing about the rank. */
    private static SpecShape shape(TensorInfo info) {
        TensorShapeProto shape = info.getTensorShape();
        if (!info.hasTensorShape() || shape.getUnknownRank()) {
            return SpecShape.ofUnknownRank();
        }
        return new SpecShape(false, shape.getDimList().stream()
                .map(dim -> new SpecShape.Dimension(dim.getSize(), dim.getName())).toList());
    }
}
