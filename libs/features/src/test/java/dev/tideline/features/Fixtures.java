package dev.tideline.features;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A schema and records that the tests of this package share. */
final class Fixtures {

    static final JsonMapper JSON = JsonMapper.builder().build();

    static final Schema TRIPS = new Schema(1, List.of(
            new FeatureSpec("id", Kind.TEXT, List.of(), true, null, null),
            new FeatureSpec("distance", Kind.FLOAT, List.of(), true, new Domain.Range(0.0, 100.0), null),
            new FeatureSpec("hour", Kind.INT, List.of(), true, new Domain.Range(0.0, 23.0), null),
            new FeatureSpec("station", Kind.TEXT, List.of(), false, new Domain.Values(List.of("north", "south")), null),
            new FeatureSpec("trace", Kind.FLOAT, List.of(2, 2), false, null, null),
            new FeatureSpec("electric", Kind.INT, List.of(), false, null, 0L),
            new FeatureSpec("late", Kind.INT, List.of(), true, new Domain.Values(List.of("0", "1")), null)),
            "late", "id", null);

    private Fixtures() {}

    static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }

    static ObjectNode trip() {
        return json("{'id':'t1','distance':3.5,'hour':8,'station':'north','trace':[[1,2],[3,4]],'late':true}");
    }
}
