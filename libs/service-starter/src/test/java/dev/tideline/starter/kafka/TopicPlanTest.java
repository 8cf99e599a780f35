package dev.tideline.starter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Topics;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicPlanTest {

    private final TopicPlan plan = new TopicPlan(new TopicProperties(true, 5, (short) -1));

    @Test
    void everyNamedTopicIsPlannedWithItsDeadLetterTopic() {
        List<String> named = Arrays.stream(Topics.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(TopicPlanTest::value).toList();

        assertThat(plan.fixed()).extracting(NewTopic::name).containsAll(named)
                .containsAll(named.stream().map(Topics::deadLetter).toList())
                .hasSize(2 * named.size()).doesNotHaveDuplicates();
    }

    @Test
    void predictionsAndOutcomesHaveEqualPartitionsSoThatTheyCanBeJoined() {
        assertThat(topic(Topics.PREDICTIONS).numPartitions()).isEqualTo(topic(Topics.OUTCOMES).numPartitions()).isEqualTo(5);
    }

    @Test
    void onlyDesiredStateIsCompacted() {
        assertThat(plan.fixed()).filteredOn(topic -> topic.configs() != null)
                .singleElement().satisfies(topic -> assertThat(topic.name()).isEqualTo(Topics.MODEL_VERSIONS));
    }

    @Test
    void brokerDecidesOnReplicasUnlessTold() {
        assertThat(topic(Topics.DRIFT).replicationFactor()).isEqualTo((short) -1);
        assertThat(new TopicPlan(new TopicProperties(true, 1, (short) 3)).withDeadLetter("x"))
                .allSatisfy(topic -> assertThat(topic.replicationFactor()).isEqualTo((short) 3));
    }

    private NewTopic topic(String name) {
        return plan.fixed().stream().filter(topic -> topic.name().equals(name)).findFirst().orElseThrow();
    }

    private static String value(java.lang.reflect.Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
