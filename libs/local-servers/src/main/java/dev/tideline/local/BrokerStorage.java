package dev.tideline.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** Gives a new data folder its cluster id, as {@code kafka-storage format} does. */
final class BrokerStorage {

    private BrokerStorage() {}

    static void format(BrokerSettings settings) throws IOException {
        if (Files.exists(settings.data().resolve("meta.properties"))) {
            return;
        }
        var formatter = new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(settings.data().toAbsolutePath().toString())
                .addDirectory(settings.data().toAbsolutePath().toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
