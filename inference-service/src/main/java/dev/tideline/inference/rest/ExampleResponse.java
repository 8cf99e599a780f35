package dev.tideline.inference.rest;

import dev.tideline.inference.prediction.Classes;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.prediction.Regressions;

/** Writes {@code {"results": ...}}: labels with scores per example, or one value per example. */
final class ExampleResponse {

    private ExampleResponse() {}

    static byte[] classes(Prediction prediction) {
        Classes classes = Classes.of(prediction);
        JsonWriter json = start(classes.examples() * classes.width());
        json.startList();
        for (int example = 0; example < classes.examples(); example++) {
            json.singleLineLists(true);
            json.startList();
            for (int i = 0; i < classes.width(); i++) {
                json.startList();
                json.string(classes.label(example, i));
                json.number(classes.score(example, i));
                json.endList();
            }
            json.endList();
            json.singleLineLists(false);
        }
        json.endList();
        json.endObject();
        return json.toByteArray();
    }

    static byte[] values(Prediction prediction) {
        Regressions regressions = Regressions.of(prediction);
        JsonWriter json = start(regressions.examples());
        json.singleLineLists(true);
        json.startList();
        for (int example = 0; example < regressions.examples(); example++) {
            json.number(regressions.value(example));
        }
        json.endList();
        json.endObject();
        return json.toByteArray();
    }

    private static JsonWriter start(int elements) {
        JsonWriter json = new JsonWriter(64 + elements * 24);
        json.startObject();
        json.key("results");
        return json;
    }
}
