package dev.tideline.starter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Topics;
import dev.tideline.starter.StarterContext;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaAdmin;

class TopicsIT extends StarterContext {

    @Autowired
    private KafkaAdmin admin;
    @Autowired
    private TopicMaker maker;

    @Test
    void allFixedTopicsAreThereWithTheirPartitions() {
        var topics = admin.describeTopics(Topics.REJECTS, Topics.DATASET_VERSIONS, Topics.TRAINING_REQUESTS,
                Topics.TRAINING_PROGRESS, Topics.MODEL_VERSIONS, Topics.DEPLOYMENTS, Topics.PREDICTIONS, Topics.OUTCOMES,
                Topics.DRIFT);

        assertThat(topics.values()).hasSize(9).allSatisfy(topic -> assertThat(topic.partitions()).hasSize(3));
    }

    @Test
    void eachHasADeadLetterTopic() {
        assertThat(admin.describeTopics(Topics.deadLetter(Topics.MODEL_VERSIONS), Topics.deadLetter(Topics.OUTCOMES)))
                .hasSize(2).allSatisfy((name, topic) -> assertThat(topic.partitions()).hasSize(1));
    }

    @Test
    void desiredStateIsCompacted() throws Exception {
        assertThat(cleanupPolicy(Topics.MODEL_VERSIONS)).isEqualTo("compact");
        assertThat(cleanupPolicy(Topics.PREDICTIONS)).isEqualTo("delete");
    }

    @Test
    void doorOfDatasetIsMadeOnDemandAndTwiceIsFine() {
        maker.ensure(Topics.records("trips"));
        maker.ensure(Topics.records("trips"));

        assertThat(admin.describeTopics(Topics.records("trips"), Topics.deadLetter(Topics.records("trips")))).hasSize(2);
    }

    private String cleanupPolicy(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin client = Admin.create(Map.copyOf(admin.getConfigurationProperties()))) {
            return client.describeConfigs(List.of(resource)).all().get().get(resource).get("cleanup.policy").value();
        }
    }
}
