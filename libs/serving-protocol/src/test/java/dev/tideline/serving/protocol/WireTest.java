package dev.tideline.serving.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Int64Value;
import com.google.protobuf.TextFormat;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The wire is a contract with clients that were built elsewhere: names and numbers stay. */
class WireTest {

    private static List<String> methods(ServiceDescriptor service) {
        return service.getMethods().stream().map(MethodDescriptor::getFullMethodName).sorted().toList();
    }

    @Test
    void namesServicesAndMethodsAsTensorFlowServingDoes() {
        assertThat(methods(PredictionServiceGrpc.getServiceDescriptor())).containsExactly(
                "tensorflow.serving.PredictionService/Classify", "tensorflow.serving.PredictionService/GetModelMetadata",
                "tensorflow.serving.PredictionService/MultiInference", "tensorflow.serving.PredictionService/Predict",
                "tensorflow.serving.PredictionService/Regress");
        assertThat(methods(ModelServiceGrpc.getServiceDescriptor())).containsExactly(
                "tensorflow.serving.ModelService/GetModelStatus", "tensorflow.serving.ModelService/HandleReloadConfigRequest");
    }

    @Test
    void refersToTensorFlowsOwnMessages() {
        Descriptor inputs = PredictRequest.getDescriptor().findFieldByName("inputs").getMessageType();
        assertThat(inputs.findFieldByName("value").getMessageType()).isSameAs(TensorProto.getDescriptor());
        assertThat(ExampleList.getDescriptor().findFieldByName("examples").getMessageType()).isSameAs(Example.getDescriptor());
        assertThat(SignatureDefMap.getDescriptor().findFieldByName("signature_def").getMessageType().findFieldByName("value")
                .getMessageType()).isSameAs(SignatureDef.getDescriptor());
    }

    @ParameterizedTest
    @CsvSource({
        "name, 1", "version, 2", "signature_name, 3", "version_label, 4"
    })
    void numbersTheFieldsOfAModelSpec(String name, int number) {
        FieldDescriptor field = ModelSpec.getDescriptor().findFieldByName(name);
        assertThat(field.getNumber()).isEqualTo(number);
    }

    /** Written by hand from the encoding rules: model m, version 7, input x = [1.5] of shape [1]. */
    @Test
    void readsARequestFromTheWire() throws Exception {
        byte[] bytes = HexFormat.of().parseHex("0a07" + "0a016d" + "12020807" + "1215" + "0a0178" + "1210"
                + "0801" + "1204" + "12020801" + "2a04" + "0000c03f" + "2200");
        PredictRequest request = PredictRequest.parseFrom(bytes);

        assertThat(request.getModelSpec()).isEqualTo(
                ModelSpec.newBuilder().setName("m").setVersion(Int64Value.of(7)).build());
        assertThat(request.getInputsOrThrow("x")).isEqualTo(TensorProto.newBuilder().setDtype(DataType.DT_FLOAT)
                .setTensorShape(TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
                .addFloatVal(1.5f).build());
    }

    @Test
    void readsAModelConfigurationFile() throws Exception {
        ModelServerConfig config = TextFormat.parse("""
                model_config_list {
                  config {
                    name: 'half_plus_two' base_path: "/models/half" model_platform: "tensorflow"
                    model_version_policy { specific { versions: 1 versions: 2 } }
                    version_labels { key: "stable" value: 1 }
                  }
                }""", ModelServerConfig.class);

        ModelConfig model = config.getModelConfigList().getConfig(0);
        assertThat(model.getModelVersionPolicy().getSpecific().getVersionsList()).containsExactly(1L, 2L);
        assertThat(model.getVersionLabelsMap()).containsEntry("stable", 1L);
    }
}
