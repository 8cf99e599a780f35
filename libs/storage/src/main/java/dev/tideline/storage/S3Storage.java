package dev.tideline.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Objects in a bucket. S3 knows no rename and no append, but shows an object only when all of it has arrived: so files are written on
 * this machine first, and go up when they are finished.
 */
final class S3Storage implements Storage {

    private static final Logger log = LoggerFactory.getLogger(S3Storage.class);
    private static final Duration PROBE = Duration.ofSeconds(3);

    private final StorageRoot.Bucket root;
    private final S3Settings settings;
    private final DraftFolder drafts;
    private final ReentrantLock guard = new ReentrantLock();
    private @Nullable S3Client client;

    S3Storage(StorageRoot.Bucket root, S3Settings settings, DraftFolder drafts) {
        this.root = root;
        this.settings = settings;
        this.drafts = drafts;
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public void probe() throws IOException {
        S3Calls.call(location(), () -> client().headBucket(request -> request.bucket(root.bucket())
                .overrideConfiguration(call -> call.apiCallTimeout(PROBE))));
    }

    @Override
    public Path draft(String key) throws IOException {
        return drafts.draft(key);
    }

    @Override
    public void publish(Path draft, String key, String checksum) throws IOException {
        if (Files.exists(draft)) {
            new S3Upload(S3Calls.call(location(), this::client), root.bucket(), object(key), settings.partBytes()).send(draft, checksum);
            Files.deleteIfExists(draft);
        } else if (find(key).isEmpty()) {
            throw new NoSuchFileException(draft.toString());
        }
    }

    @Override
    public void write(String key, byte[] content) throws IOException {
        S3Calls.call(address(key), () -> client().putObject(
                request -> request.bucket(root.bucket()).key(object(key)).checksumSHA256(Digests.base64(Digests.sha256(content))),
                RequestBody.fromBytes(content)));
    }

    @Override
    public InputStream open(String key, long from) throws IOException {
        return open(key, from, BlockStream.TO_THE_END);
    }

    @Override
    public InputStream open(String key, long from, long bytes) throws IOException {
        return new S3InputStream(S3Calls.call(location(), this::client), root.bucket(), object(key), address(key), from, bytes);
    }

    @Override
    public Optional<StoredFile> find(String key) throws IOException {
        try {
            HeadObjectResponse head = head(key);
            return Optional.of(new StoredFile(key, head.contentLength(), head.lastModified()));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> sha256(String key) throws IOException {
        return Optional.ofNullable(head(key).metadata().get(S3Upload.SHA256));
    }

    private HeadObjectResponse head(String key) throws IOException {
        return S3Calls.call(address(key), () -> client().headObject(request -> request.bucket(root.bucket()).key(object(key))));
    }

    @Override
    public void list(String folder, Consumer<StoredFile> visitor) throws IOException {
        String prefix = root.prefix() + Keys.folder(folder);
        S3Calls.call(address(folder), () -> {
            client().listObjectsV2Paginator(request -> request.bucket(root.bucket()).prefix(prefix)).contents().stream()
                    .filter(object -> !object.key().endsWith("/"))
                    .forEach(object -> visitor.accept(
                            new StoredFile(object.key().substring(root.prefix().length()), object.size(), object.lastModified())));
            return folder;
        });
    }

    @Override
    public void touch(String key, Instant now) {
        // It would copy the object.
    }

    @Override
    public void delete(String key) throws IOException {
        S3Calls.call(address(key), () -> client().deleteObject(request -> request.bucket(root.bucket()).key(object(key))));
    }

    @Override
    public int removeUnfinished(String folder, Instant before) throws IOException {
        int removed = drafts.removeAbandoned();
        String prefix = root.prefix() + Keys.folder(folder);
        return removed + S3Calls.call(address(folder), () -> {
            int aborted = 0;
            for (MultipartUpload upload : client()
                    .listMultipartUploadsPaginator(request -> request.bucket(root.bucket()).prefix(prefix)).uploads()) {
                if (upload.initiated().isBefore(before)) {
                    client().abortMultipartUpload(request -> request.bucket(root.bucket()).key(upload.key()).uploadId(upload.uploadId()));
                    aborted++;
                }
            }
            return aborted;
        });
    }

    @Override
    public void close() {
        guard.lock();
        try {
            if (client != null) {
                client.close();
            }
            drafts.close();
        } catch (IOException left) {
            log.warn("Drafts stay behind: {}", left.toString());
        } finally {
            guard.unlock();
        }
    }

    /** Made late: it looks for region and credentials, which may fail. */
    private S3Client client() {
        guard.lock();
        try {
            if (client == null) {
                client = S3ClientFactory.client(settings);
            }
            return client;
        } finally {
            guard.unlock();
        }
    }

    private String object(String key) {
        return root.prefix() + Keys.file(key);
    }

    private String address(String key) {
        return "s3://" + root.bucket() + "/" + root.prefix() + key;
    }
}
