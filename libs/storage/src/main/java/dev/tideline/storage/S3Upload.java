package dev.tideline.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Sends one file: in one request, or in parts that S3 joins at the end. Each request carries a digest of its bytes, so what is damaged
 * on the way is refused. Sending again writes the same bytes under the same key.
 */
final class S3Upload {

    private static final Logger log = LoggerFactory.getLogger(S3Upload.class);
    /** Name of the object's metadata. */
    static final String SHA256 = "sha256";

    private static final String TYPE = "application/octet-stream";
    private static final int MAX_PARTS = 10_000;
    private static final int BUFFER = 64 << 10;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final long partBytes;

    S3Upload(S3Client client, String bucket, String key, long partBytes) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.partBytes = partBytes;
    }

    /** @param checksum of the whole file, as {@link Checksums} writes it */
    void send(Path file, String checksum) throws IOException {
        String sha256 = Checksums.isSha256(checksum) ? checksum : sha256(file, checksum);
        long bytes = Files.size(file);
        if (bytes <= partBytes) {
            S3Calls.call(address(), () -> client.putObject(
                    request -> request.bucket(bucket).key(key).contentType(TYPE).checksumSHA256(Digests.base64(sha256))
                            .metadata(Map.of(SHA256, sha256)),
                    body(file, 0, bytes)));
        } else {
            sendParts(file, bytes, sha256);
        }
    }

    /** S3 knows nothing of faster checksums: the file is compared here, and S3 is told what it can compare with. */
    private static String sha256(Path file, String checksum) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Checksums.sha256(in, file.toString(), checksum);
        }
    }

    private void sendParts(Path file, long bytes, String sha256) throws IOException {
        long size = Math.max(partBytes, (bytes + MAX_PARTS - 1) / MAX_PARTS);
        String upload = S3Calls.call(address(), () -> client.createMultipartUpload(request ->
                request.bucket(bucket).key(key).contentType(TYPE).metadata(Map.of(SHA256, sha256)))).uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long from = 0; from < bytes; from += size) {
                parts.add(sendPart(upload, parts.size() + 1, file, from, Math.min(size, bytes - from)));
            }
            S3Calls.call(address(), () -> client.completeMultipartUpload(request ->
                    request.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts))));
        } catch (IOException failure) {
            abort(upload);
            throw failure;
        }
    }

    private CompletedPart sendPart(String upload, int number, Path file, long from, long length) throws IOException {
        String md5 = md5(file, from, length);
        String tag = S3Calls.call(address(), () -> client.uploadPart(
                request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number).contentMD5(md5),
                body(file, from, length))).eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    /** What cannot be aborted now is aborted by whoever sweeps. */
    private void abort(String upload) {
        try {
            client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException left) {
            log.debug("Parts of {} stay behind for the sweeper", address(), left);
        }
    }

    /** Opened anew for every try, and once more to sign it; never held in memory. */
    private static RequestBody body(Path file, long from, long length) {
        ContentStreamProvider content = () -> {
            try {
                return new BufferedInputStream(FileSection.open(file, from, length), BUFFER);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        };
        return RequestBody.fromContentProvider(content, length, TYPE);
    }

    private static String md5(Path file, long from, long length) throws IOException {
        MessageDigest digest = Digests.digest("MD5");
        try (InputStream in = FileSection.open(file, from, length)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private String address() {
        return "s3://" + bucket + "/" + key;
    }
}
