package dev.tideline.ingest.bucket;

import dev.tideline.ingest.IngestService;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.storage.S3Settings;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageRoot;
import dev.tideline.storage.Storages;
import dev.tideline.testing.TemporaryFolders;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import dev.tideline.testing.TestS3;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** A service of its own, with its own database, consumer group and bucket. */
public final class BucketService implements AutoCloseable {

    private static final int PART = 5 << 20;

    private final ConfigurableApplicationContext context;
    private final Path drafts;

    BucketService(String group) {
        this.drafts = TemporaryFolders.create("tideline-drafts");
        this.context = new SpringApplicationBuilder(IngestService.class)
                .run(arguments(settings(group, "s3://" + TestS3.shared().bucket() + "/platform", drafts)));
    }

    /** What such a service is started with, in this process or in another one. */
    public static Map<String, String> settings(String group, String root, Path drafts) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("server.port", "0");
        settings.put("spring.kafka.bootstrap-servers", TestKafka.shared().bootstrap());
        settings.put("spring.datasource.url", TestPostgres.database().jdbcUrl("ingest"));
        settings.put("spring.datasource.username", TestPostgres.shared().username());
        settings.put("spring.datasource.password", TestPostgres.shared().password());
        settings.put("logging.structured.format.console", "");
        settings.put("management.endpoint.health.show-details", "always");
        settings.put("tideline.ingest.dataset.refresh", "100ms");
        settings.put("tideline.ingest.shard.group", group);
        settings.put("tideline.ingest.shard.retry", "200ms");
        settings.put("tideline.ingest.shard.flush-poll", "50ms");
        settings.put("tideline.ingest.shard.flush-timeout", "5s");
        settings.put("tideline.ingest.shard.orphan-age", "3s");
        settings.put("tideline.ingest.shard.sweep-every", "500ms");
        settings.put("tideline.ingest.retention.every", "300ms");
        settings.put("tideline.ingest.retention.grace", "1ms");
        settings.put("tideline.storage.root", root);
        settings.put("tideline.storage.drafts", drafts.toString());
        settings.put("tideline.storage.s3.endpoint", TestS3.shared().endpoint().toString());
        settings.put("tideline.storage.s3.path-style", "true");
        settings.put("tideline.storage.s3.access-key", TestS3.ACCESS_KEY);
        settings.put("tideline.storage.s3.secret-key", TestS3.SECRET_KEY);
        settings.put("tideline.storage.s3.part-size", "5MB");
        settings.put("tideline.storage.s3.timeout", "10s");
        settings.put("tideline.storage.s3.retries", "0");
        return settings;
    }

    public static String[] arguments(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return arguments.toArray(String[]::new);
    }

    /** The bucket as anybody else sees it. */
    public static Storage storage(String root, Path drafts) {
        return Storages.open(StorageRoot.parse(root), new S3Settings(TestS3.shared().endpoint(), null, true, TestS3.ACCESS_KEY,
                TestS3.SECRET_KEY, PART, Duration.ofSeconds(2), Duration.ofSeconds(20), 1), drafts);
    }

    /** Keys of files of which some parts have gone up and not all. */
    public static List<String> uploads(String root) {
        try (S3Client client = S3Client.builder().endpointOverride(TestS3.shared().endpoint()).forcePathStyle(true).region(Region.US_EAST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(TestS3.ACCESS_KEY, TestS3.SECRET_KEY))).build()) {
            return client.listMultipartUploads(request -> request.bucket(URI.create(root).getHost())).uploads().stream()
                    .map(MultipartUpload::key).toList();
        }
    }

    IngestClient client() {
        return new IngestClient("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"), drafts);
    }

    Storage storage() {
        return context.getBean(Storage.class);
    }

    Path drafts() {
        return drafts;
    }

    @Override
    public void close() {
        context.close();
    }
}
