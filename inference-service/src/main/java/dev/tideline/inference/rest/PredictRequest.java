package dev.tideline.inference.rest;

import dev.tideline.inference.prediction.EntryPoint;
import dev.tideline.inference.prediction.InputReader;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.Map;
import java.util.SortedMap;

/** The body of a {@code :predict} call. */
final class PredictRequest implements InputReader {

    private static final String ROWS = "instances";
    private static final String COLUMNS = "inputs";

    private final PredictBody body;
    private final String signatureName;

    PredictRequest(byte[] json) {
        this.body = PredictBody.parse(json, new NumberRuns());
        this.signatureName = body.signatureName();
    }

    @Override
    public EntryPoint entryPoint() {
        return EntryPoint.REST_PREDICT;
    }

    @Override
    public Signature choose(SortedMap<String, Signature> available) {
        String name = signatureName.isEmpty() ? Signature.DEFAULT : signatureName;
        Signature signature = available.get(name);
        if (signature == null) {
            throw StatusException.invalid("Serving signature name: \"" + name + "\" not found in signature def");
        }
        return signature;
    }

    @Override
    public Map<String, Tensor> read(Signature signature) {
        if (signature.inputs().isEmpty()) {
            throw StatusException.invalid("Failed to get input map for signature: " + signature.name());
        }
        JsonCursor rows = body.at(ROWS);
        JsonCursor columns = body.at(COLUMNS);
        if (rows != null && columns != null) {
            throw body.formatError("Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist ");
        }
        if (rows != null) {
            checkList(rows);
            return new RowInputs(rows, body.end(), signature).read();
        }
        if (columns != null) {
            return new ColumnInputs(columns, signature).read();
        }
        throw StatusException.invalid("Missing 'inputs' or 'instances' key");
    }

    private void checkList(JsonCursor rows) {
        int start = rows.position();
        if (!rows.take('[')) {
            throw body.formatError("Excepting 'instances' to be an list/array");
        }
        if (rows.peek() == ']') {
            throw body.formatError("No values in 'instances' array");
        }
        rows.moveTo(start);
    }

    /** Whether the answer goes row by row, as the request came. */
    boolean byRow() {
        return body.has(ROWS);
    }
}
