package dev.tideline.starter.kafka;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;

/** Makes topics that are named at run time, such as the door of a dataset. */
public final class TopicMaker {

    private final KafkaAdmin admin;
    private final TopicPlan plan;

    TopicMaker(KafkaAdmin admin, TopicPlan plan) {
        this.admin = admin;
        this.plan = plan;
    }

    /**
     * Makes {@code topic} and its dead-letter topic unless they exist. Waits for the broker, at most its operation timeout.
     *
     * @throws TidelineException with code {@code BROKER_UNAVAILABLE}
     */
    public void ensure(String topic) {
        try {
            admin.createOrModifyTopics(plan.withDeadLetter(topic).toArray(NewTopic[]::new));
        } catch (KafkaException | org.apache.kafka.common.KafkaException failure) {
            throw new TidelineException(CommonError.BROKER_UNAVAILABLE,
                    "topic " + topic + ": not made (expected: a Kafka broker that answers)", failure);
        }
    }
}
