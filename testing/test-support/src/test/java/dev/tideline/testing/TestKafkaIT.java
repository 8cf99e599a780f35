package dev.tideline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class TestKafkaIT {

    @Test
    void isTheSameBrokerForEveryTest() {
        assertThat(TestKafka.shared()).isSameAs(TestKafka.shared());
    }

    @Test
    void keepsItsAddressAndTopicsThroughAnOutage() throws Exception {
        var kafka = TestKafka.shared();
        kafka.createTopics(2, "kept");
        kafka.createTopics(2, "kept");

        kafka.stop();
        kafka.start();

        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("kept");
        }
    }
}
