package dev.tideline.starter.kafka;

import dev.tideline.contracts.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** Which topics there should be, and how. */
final class TopicPlan {

    private static final List<String> KEPT_BY_TIME = List.of(
            Topics.REJECTS, Topics.DATASET_VERSIONS, Topics.TRAINING_REQUESTS, Topics.APPROVALS, Topics.TRAINING_PROGRESS, Topics.DEPLOYMENTS,
            Topics.PREDICTIONS, Topics.OUTCOMES, Topics.DRIFT);

    private static final Map<String, String> COMPACTED = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

    private final TopicProperties properties;

    TopicPlan(TopicProperties properties) {
        this.properties = properties;
    }

    /** All fixed topics with their dead-letter topics. */
    List<NewTopic> fixed() {
        List<NewTopic> topics = new ArrayList<>();
        KEPT_BY_TIME.forEach(name -> topics.addAll(withDeadLetter(name)));
        topics.add(topic(Topics.MODEL_VERSIONS, properties.partitions()).configs(COMPACTED));
        topics.add(deadLetter(Topics.MODEL_VERSIONS));
        return topics;
    }

    List<NewTopic> withDeadLetter(String name) {
        return List.of(topic(name, properties.partitions()), deadLetter(name));
    }

    /** Dead letters are few, and easier to read in one partition. */
    private NewTopic deadLetter(String name) {
        return topic(Topics.deadLetter(name), 1);
    }

    private NewTopic topic(String name, int partitions) {
        Optional<Short> replicas = properties.replicas() < 1 ? Optional.empty() : Optional.of(properties.replicas());
        return new NewTopic(name, Optional.of(partitions), replicas);
    }
}
