package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Tensor;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes outputs in the form of the request: a value or an object per row, or a tensor per output. */
final class PredictResponse {

    private final JsonWriter json;
    private final SortedMap<String, Tensor> outputs;

    private PredictResponse(Map<String, Tensor> outputs, boolean byRow) {
        if (outputs.isEmpty()) {
            throw StatusException.invalid("Cannot convert empty tensor map to JSON");
        }
        this.outputs = new TreeMap<>(outputs);
        this.json = new JsonWriter((int) Math.min(expectedBytes(outputs, byRow), Integer.MAX_VALUE / 2));
    }

    /** About how long the answer becomes; by column, every element has an indented line. */
    static long expectedBytes(Map<String, Tensor> outputs, boolean byRow) {
        return 64 + outputs.values().stream().mapToLong(tensor -> tensor.elements() * (byRow ? 12L : 16L + 4 * tensor.shape().rank())).sum();
    }

    static byte[] rows(Map<String, Tensor> outputs) {
        return new PredictResponse(outputs, true).writeRows();
    }

    static byte[] columns(Map<String, Tensor> outputs) {
        return new PredictResponse(outputs, false).writeColumns();
    }

    private byte[] writeRows() {
        int rows = commonRows();
        boolean objects = outputs.size() > 1;
        json.startObject();
        json.key("predictions");
        json.startList();
        TensorText[] texts = texts(1);
        for (int row = 0; row < rows; row++) {
            if (objects) {
                json.startObject();
            }
            json.singleLineLists(true);
            for (TensorText text : texts) {
                if (objects) {
                    json.key(text.name());
                }
                text.writeNext();
            }
            json.singleLineLists(false);
            if (objects) {
                json.endObject();
            }
        }
        json.endList();
        json.endObject();
        return json.toByteArray();
    }

    private byte[] writeColumns() {
        boolean objects = outputs.size() > 1;
        json.startObject();
        json.key("outputs");
        if (objects) {
            json.startObject();
        }
        for (TensorText text : texts(0)) {
            if (objects) {
                json.key(text.name());
            }
            text.writeNext();
        }
        if (objects) {
            json.endObject();
        }
        json.endObject();
        return json.toByteArray();
    }

    private TensorText[] texts(int fromDimension) {
        return outputs.entrySet().stream()
                .map(output -> new TensorText(json, output.getKey(), output.getValue(), fromDimension))
                .toArray(TensorText[]::new);
    }

    private int commonRows() {
        int rows = -1;
        for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
            Tensor tensor = output.getValue();
            if (tensor.shape().rank() == 0) {
                throw StatusException.invalid("Tensor name: " + output.getKey() + " has no shape information ");
            }
            if (rows >= 0 && rows != tensor.shape().rows()) {
                throw StatusException.invalid("Tensor name: " + output.getKey() + " has inconsistent batch size: "
                        + tensor.shape().rows() + " expecting: " + rows);
            }
            rows = tensor.shape().rows();
        }
        return rows;
    }
}
