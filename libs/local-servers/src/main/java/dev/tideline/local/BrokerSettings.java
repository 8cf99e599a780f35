package dev.tideline.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Broker configuration for one node that shares its machine: few threads, small buffers, internal topics of one replica. */
record BrokerSettings(Path data, int port, int controllerPort, Duration session) {

    static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final int MIB = 1024 * 1024;

    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    Map<String, String> properties() {
        var properties = new TreeMap<String, Object>();
        identity(properties);
        oneReplica(properties);
        smallFootprint(properties);
        // As text: Kafka refuses an int where it wants a short.
        return properties.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
    }

    private void identity(Map<String, Object> properties) {
        properties.put("node.id", NODE);
        properties.put("process.roles", "broker,controller");
        properties.put("listeners", "PLAINTEXT://" + bootstrap() + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + bootstrap());
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        // A fixed voter lets a later start move the ports; a dynamic quorum would keep the old ones in its log.
        properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        properties.put("broker.session.timeout.ms", session.toMillis());
        properties.put("broker.heartbeat.interval.ms", session.toMillis() / 4);
        properties.put("log.dirs", data.toAbsolutePath().toString());
        // A mistyped topic name should fail, not become a topic.
        properties.put("auto.create.topics.enable", false);
    }

    private static void oneReplica(Map<String, Object> properties) {
        properties.put("default.replication.factor", 1);
        properties.put("min.insync.replicas", 1);
        properties.put("offsets.topic.replication.factor", 1);
        properties.put("offsets.topic.num.partitions", 3);
        properties.put("transaction.state.log.replication.factor", 1);
        properties.put("transaction.state.log.min.isr", 1);
        properties.put("transaction.state.log.num.partitions", 3);
        // Whoever was killed in a transaction keeps readers away from all that follows: looked for each second instead of every ten.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);
        properties.put("share.coordinator.state.topic.replication.factor", 1);
        properties.put("share.coordinator.state.topic.min.isr", 1);
        properties.put("share.coordinator.state.topic.num.partitions", 3);
        // No other member is on its way: a group need not wait for more.
        properties.put("group.initial.rebalance.delay.ms", 0);
        // Members on one machine hear of each other soon.
        properties.put("group.min.session.timeout.ms", 1_000);
    }

    private static void smallFootprint(Map<String, Object> properties) {
        properties.put("num.network.threads", 2);
        properties.put("num.io.threads", 2);
        properties.put("background.threads", 2);
        properties.put("num.recovery.threads.per.data.dir", 2);
        properties.put("log.segment.bytes", 16 * MIB);
        properties.put("log.retention.bytes", 512 * MIB);
        properties.put("log.index.size.max.bytes", MIB);
        properties.put("log.cleaner.dedupe.buffer.size", 8 * MIB);
        properties.put("log.cleaner.io.buffer.size", 256 * 1024);
        properties.put("socket.request.max.bytes", 32 * MIB);
        properties.put("metadata.log.segment.bytes", 16 * MIB);
        properties.put("metadata.max.retention.bytes", 64 * MIB);
        properties.put("log.message.timestamp.type", "CreateTime");
    }
}
