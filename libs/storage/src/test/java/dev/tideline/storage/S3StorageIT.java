package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tideline.testing.TestS3;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Against a real server that speaks S3. */
class S3StorageIT extends StorageContract {

    private static final int PART = 5 << 20;

    @TempDir
    private Path folder;

    private final String bucket = TestS3.shared().bucket();

    @Override
    Storage open() {
        return open("s3://" + bucket + "/some/prefix", TestS3.shared().endpoint(), TestS3.SECRET_KEY);
    }

    @Test
    void sendsALargeFileInParts() throws IOException {
        byte[] content = bytes(2 * PART + 12_345);

        publish(draft(content), "large");

        assertThat(storage.read("large")).isEqualTo(content);
        assertThat(unfinishedUploads()).isZero();
    }

    @Test
    void refusesBytesThatAreNotThePromisedOnes() throws IOException {
        Path draft = draft("damaged on the way");

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> storage.publish(draft, "damaged", Digests.sha256("as written".getBytes())))
                .withMessageStartingWith("s3://" + bucket + "/some/prefix/damaged: 400 ").withMessageEndingWith("(expected: an answer of S3)");

        assertThat(storage.find("damaged")).isEmpty();
        assertThat(draft).exists();
    }

    @Test
    void tellsTheSha256OfAFileThatCameWithAFasterChecksum() throws IOException {
        Path draft = draft("records");
        storage.publish(draft, "fast", checksum("records"));

        assertThat(storage.read("fast")).asString().isEqualTo("records");
        assertThat(storage.sha256("fast")).hasValue(Digests.sha256("records".getBytes()));
    }

    @Test
    void sendsNothingOfADraftThatIsNotWhatWasWritten() throws IOException {
        Path draft = draft("damaged on the disk");

        assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> storage.publish(draft, "damaged", checksum("as written")))
                .withMessageContaining(draft + ": checksum xxh128:");

        assertThat(storage.find("damaged")).isEmpty();
        assertThat(draft).exists();
    }

    @Test
    void asksForThePartThatIsReadAndNoMore() throws IOException {
        storage.write("large", bytes(2_000_000));
        List<String> asked = new ArrayList<>();
        try (S3Client client = S3ClientFactory.client(settings(TestS3.shared().endpoint(), TestS3.SECRET_KEY));
                InputStream in = new S3InputStream(recording(client, asked), bucket, "some/prefix/large", "large", 100, 1_900_000)) {
            in.skipNBytes(1_000_000);
            in.readNBytes(10);
            in.skipNBytes(500_000);
            in.readAllBytes();
        }

        assertThat(asked).containsExactly("bytes=1000100-1900099", "bytes=1500110-1900099");
    }

    private static String checksum(String content) {
        MessageDigest digest = Checksums.fast();
        digest.update(content.getBytes(StandardCharsets.UTF_8));
        return Checksums.text(digest);
    }

    @Test
    void keepsTwoPrefixesOfABucketApart() throws IOException {
        storage.write("datasets/a", new byte[1]);
        try (Storage other = open("s3://" + bucket + "/some", TestS3.shared().endpoint(), TestS3.SECRET_KEY)) {
            assertThat(other.find("prefix/datasets/a")).isPresent();
            assertThat(other.find("datasets/a")).isEmpty();
        }
    }

    @Test
    void removesUploadsThatWereNeverCompleted() throws IOException {
        try (S3Client client = S3ClientFactory.client(settings(TestS3.shared().endpoint(), TestS3.SECRET_KEY))) {
            String upload = client.createMultipartUpload(request -> request.bucket(bucket).key("some/prefix/datasets/left")).uploadId();
            client.uploadPart(request -> request.bucket(bucket).key("some/prefix/datasets/left").uploadId(upload).partNumber(1),
                    RequestBody.fromBytes(new byte[10]));
        }
        assertThat(storage.removeUnfinished("datasets/", Instant.now().minus(Duration.ofMinutes(15)))).isZero();
        assertThat(unfinishedUploads()).isEqualTo(1);

        assertThat(storage.removeUnfinished("datasets/", Instant.now().plus(Duration.ofMinutes(15)))).isEqualTo(1);

        assertThat(unfinishedUploads()).isZero();
        assertThat(keys("datasets/")).isEmpty();
    }

    @Test
    void failsAtOnceWhileTheServerIsAwayAndPublishesWhenItIsBack() throws IOException {
        Path draft = draft("records");
        TestS3.shared().stop();
        try {
            assertUnavailable(() -> tryIt(() -> storage.publish(draft, "x", Digests.sha256(draft))));
            assertUnavailable(() -> tryIt(() -> storage.probe()));
            assertUnavailable(() -> tryIt(() -> storage.find("x")));
            assertUnavailable(() -> tryIt(() -> storage.read("x")));
            assertUnavailable(() -> tryIt(() -> storage.list("x/", file -> { })));
            assertThat(draft).hasContent("records");
        } finally {
            TestS3.shared().start();
        }

        publish(draft, "x");

        assertThat(storage.read("x")).asString().isEqualTo("records");
    }

    @Test
    void readsOnWhereItWasWhenTheConnectionBreaks() throws IOException {
        byte[] content = bytes(3 * PART);
        publish(draft(content), "large");
        try (InputStream in = storage.open("large", 10, content.length - 20)) {
            byte[] begun = in.readNBytes(100_000);
            TestS3.shared().stop();
            TestS3.shared().start();

            byte[] rest = in.readAllBytes();

            assertThat(begun).isEqualTo(Arrays.copyOfRange(content, 10, 100_010));
            assertThat(rest).isEqualTo(Arrays.copyOfRange(content, 100_010, content.length - 10));
        }
    }

    @Test
    void namesAMissingBucket() {
        try (Storage missing = open("s3://no-such-bucket", TestS3.shared().endpoint(), TestS3.SECRET_KEY)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(missing::probe).withMessageContaining("s3://no-such-bucket");
            assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> missing.write("a", new byte[0]))
                    .withMessageContaining("404 NoSuchBucket").matches(refusal -> !refusal.passing(), "does not pass by itself");
        }
    }

    @Test
    void tellsThatAKeyIsWrong() {
        try (Storage stranger = open("s3://" + bucket, TestS3.shared().endpoint(), "wrong")) {
            assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> stranger.write("a", new byte[0]))
                    .withMessageContaining("403 SignatureDoesNotMatch").matches(refusal -> !refusal.passing(), "does not pass by itself");
        }
    }

    @Test
    void takesTheDraftsOfAProcessThatIsGoneAndNoOthers() throws IOException {
        Path mine = draft("mine");
        Path gone = folder.resolve("drafts/4711-gone/datasets/x.tfrecord");
        Files.createDirectories(gone.getParent());
        Files.writeString(gone, "left behind");
        Files.createFile(folder.resolve("drafts/4711-gone/.lock"));
        try (Storage living = open()) {
            Path theirs = Files.writeString(living.draft("datasets/y.tfrecord"), "theirs");

            assertThat(storage.removeUnfinished("datasets/", Instant.EPOCH)).isEqualTo(1);

            assertThat(gone.getParent().getParent()).doesNotExist();
            assertThat(mine).exists();
            assertThat(theirs).exists();
        }
    }

    @Test
    void leavesNoDraftsWhenItIsClosed() throws IOException {
        try (Storage other = open()) {
            Files.writeString(other.draft("datasets/y.tfrecord"), "unpublished");
        }

        assertThat(folder.resolve("drafts")).isEmptyDirectory();
    }

    /** The same client, with a note of each range that is asked for. */
    @SuppressWarnings("unchecked")
    private static S3Client recording(S3Client client, List<String> ranges) {
        return (S3Client) Proxy.newProxyInstance(S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("getObject") && arguments[0] instanceof Consumer<?> request) {
                ranges.add(GetObjectRequest.builder().applyMutation((Consumer<GetObjectRequest.Builder>) request).build().range());
            }
            return method.invoke(client, arguments);
        });
    }

    private Storage open(String root, URI endpoint, String secretKey) {
        return Storages.open(StorageRoot.parse(root), settings(endpoint, secretKey), folder.resolve("drafts"));
    }

    private static S3Settings settings(URI endpoint, String secretKey) {
        return new S3Settings(endpoint, null, true, TestS3.ACCESS_KEY, secretKey, PART, Duration.ofSeconds(2), Duration.ofSeconds(20), 1);
    }

    private int unfinishedUploads() {
        try (S3Client client = S3ClientFactory.client(settings(TestS3.shared().endpoint(), TestS3.SECRET_KEY))) {
            return client.listMultipartUploads(request -> request.bucket(bucket)).uploads().size();
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private static Exception tryIt(Call call) {
        try {
            call.run();
            throw new AssertionError("no failure (expected: a failure)");
        } catch (IOException failure) {
            return failure;
        }
    }

    private static void assertUnavailable(Supplier<Exception> call) {
        assertThat(call.get()).isInstanceOf(StorageUnavailableException.class).hasMessageContaining("(expected: an answer of S3)")
                .extracting(failure -> ((StorageUnavailableException) failure).passing()).isEqualTo(true);
    }
}
