package dev.tideline.ingest.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import dev.tideline.ingest.shard.ShardFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ContentHashTest {

    private static final SplitRule RULE = new SplitRule(SplitRule.By.TIME, 0.5);

    private final ShardFile a = WindowPlanTest.file(1, 0, null, 0, 1, 2, 3, 4);
    private final ShardFile b = WindowPlanTest.file(2, 0, null, 4, 5, 6, 7, 8);

    @Test
    void isTheSameForTheSameRecords() {
        assertThat(hash(List.of(a, b), new DataWindow.All(), RULE)).isEqualTo(hash(List.of(b, a), new DataWindow.Last(8), RULE));
    }

    @Test
    void changesWithTheRecords() {
        assertThat(hash(List.of(a, b), new DataWindow.Last(7), RULE)).isNotEqualTo(hash(List.of(a, b), new DataWindow.All(), RULE));
    }

    @Test
    void changesWithTheSplitRule() {
        assertThat(hash(List.of(a), new DataWindow.All(), RULE))
                .isNotEqualTo(hash(List.of(a), new DataWindow.All(), new SplitRule(SplitRule.By.TIME, 0.25)));
    }

    @Test
    void changesWithTheSchema() {
        WindowPlan plan = WindowPlan.of(List.of(a), new DataWindow.All(), RULE);

        assertThat(ContentHash.of(plan, schema("FLOAT"), RULE)).isNotEqualTo(ContentHash.of(plan, schema("INT"), RULE));
    }

    private static String hash(List<ShardFile> files, DataWindow window, SplitRule rule) {
        return ContentHash.of(WindowPlan.of(files, window, rule), schema("FLOAT"), rule);
    }

    private static Schema schema(String kind) {
        return SchemaCodec.read(JsonMapper.builder().build().readTree(
                "{\"version\":1,\"features\":[{\"name\":\"x\",\"kind\":\"" + kind + "\"}]}"));
    }
}
