package dev.tideline.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.Baseline;
import dev.tideline.features.BaselineCodec;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.store.VersionKey;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BaselineLearnerTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int ROWS = 100;

    private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("rows").get();
    private final BaselineLearner learner = new BaselineLearner(new LearningProperties(ROWS, 2), store, 0);

    @Test
    void theFirstRowsBecomeTheBaseline() {
        Signal learnt = learn("m@1", 0, ROWS);
        assertThat(learnt.rows()).isEqualTo(ROWS);
        assertThat(learnt.from()).isEqualTo(START);
        assertThat(learnt.to()).isEqualTo(START.plusSeconds(ROWS - 1));
        assertThat(learnt.baselines().get("x")).isInstanceOfSatisfying(Baseline.Numeric.class, x -> {
            assertThat(x.total()).isEqualTo(ROWS);
            assertThat(x.max()).isEqualTo(ROWS - 1);
        });
        assertThat(learnt.baselines().get("kind")).isInstanceOfSatisfying(Baseline.Categorical.class,
                kind -> assertThat(kind.values()).containsExactlyInAnyOrder("even", "odd"));
        assertThat(learnt.baselines()).containsOnlyKeys("x", "kind", "output/label");
    }

    @Test
    void rowsThatComeBeforeTheBaselineIsInForceWaitInTheirOrder() {
        learn("m@1", 0, ROWS + 7);
        assertThat(learner.drain("m@1")).extracting(Chunk.Raw::time)
                .containsExactlyElementsOf(IntStream.range(ROWS, ROWS + 7).mapToObj(START::plusSeconds).toList());
        assertThat(learner.isLearning("m@1")).isFalse();
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void goesOnAfterARestart() {
        learn("m@1", 0, ROWS - 1);
        BaselineLearner next = new BaselineLearner(new LearningProperties(ROWS, 2), store, 0);
        assertThat(next.learn(VersionKey.parse("m@1"), "m@1", row(ROWS - 1), 0)).isInstanceOf(BaselineLearner.Step.Learnt.class);
    }

    @Test
    void onlySoManyVersionsAreLearntAtATime() {
        learn("m@1", 0, 1);
        learn("m@2", 0, 1);
        assertThat(learner.learn(VersionKey.parse("m@3"), "m@3", row(0), 0)).isInstanceOf(BaselineLearner.Step.Refused.class);
        learner.drain("m@1");
        assertThat(learner.learn(VersionKey.parse("m@3"), "m@3", row(0), 0)).isInstanceOf(BaselineLearner.Step.Kept.class);
    }

    @Test
    void aVersionThatWentSilentGivesWayToAnother() {
        learn("m@1", 0, 1);
        learn("m@2", 0, 1);
        assertThat(learner.learn(VersionKey.parse("m@3"), "m@3", row(0), 600_000)).isInstanceOf(BaselineLearner.Step.Kept.class);
        assertThat(learner.keys()).containsExactlyInAnyOrder("m@2", "m@3");
        assertThat(store.approximateNumEntries()).isEqualTo(2);
    }

    @Test
    void onlySoManyRowsWait() {
        learn("m@1", 0, ROWS + 10_000);
        assertThat(learner.learn(VersionKey.parse("m@1"), "m@1", row(1), 0)).isInstanceOf(BaselineLearner.Step.Refused.class);
    }

    @Test
    void learningCanBeSwitchedOff() {
        BaselineLearner off = new BaselineLearner(new LearningProperties(0, 2), store, 0);
        assertThat(off.learn(VersionKey.parse("m@1"), "m@1", row(0), 0)).isInstanceOf(BaselineLearner.Step.Refused.class);
    }

    @Test
    void numbersOfBothKindsAreNumbersAndPicturesAreLeftOut() {
        SortedMap<String, Baseline> learnt = BaselineLearner.of(List.of(
                Example.of(Map.of("n", Feature.longs(1), "picture", Feature.text("x".repeat(300)))),
                Example.of(Map.of("n", Feature.floats(1.5f), "none", Feature.floats()))));
        assertThat(learnt).containsOnlyKeys("n");
        assertThat(learnt.get("n")).isInstanceOfSatisfying(Baseline.Numeric.class, n -> assertThat(n.max()).isEqualTo(1.5));
    }

    private record Signal(int rows, Instant from, Instant to, SortedMap<String, Baseline> baselines) {}

    private Signal learn(String key, int from, int count) {
        Signal learnt = null;
        for (int i = from; i < from + count; i++) {
            if (learner.learn(VersionKey.parse(key), key, row(i), 0) instanceof BaselineLearner.Step.Learnt step) {
                var signal = step.signal();
                learnt = new Signal(signal.rows(), signal.from(), signal.to(),
                        BaselineCodec.read(JsonMapper.builder().build().readTree(signal.baselines())));
            }
        }
        return learnt;
    }

    private static byte[] row(int i) {
        return Chunk.write(new Prediction("p" + i, "m", 1, START.plusSeconds(i), Example.of(Map.of(
                "x", Feature.floats(i), "kind", Feature.text(i % 2 == 0 ? "even" : "odd"), "output/label", Feature.longs(i % 2)))));
    }
}
