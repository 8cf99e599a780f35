package dev.tideline.endtoend;

import static org.awaitility.Awaitility.await;

import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.storage.LocalFiles;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/** Posts numbered records without pause and remembers which were acknowledged. No number is sent twice. */
final class RecordStream implements AutoCloseable {

    private static final int BATCH = 50;
    /** Without one, the client takes a core from the service that is to start again, and all that it sent has to be read back. */
    private static final long PAUSE_NANOS = 10_000_000;

    private final Api api;
    private final String path;
    private final Set<Long> sent = ConcurrentHashMap.newKeySet();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private Thread thread = new Thread(() -> { });

    RecordStream(Api api, String name) {
        this.api = api;
        this.path = "/v1/datasets/" + name;
    }

    void declare() throws IOException, InterruptedException {
        var response = api.send("PUT", path, "application/json", """
                {"schema":{"version":1,"features":[
                   {"name":"number","kind":"INT","required":true},{"name":"letter","kind":"TEXT","required":true}]},
                 "split":{"by":"TIME","evaluation":0.2}}""");
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
    }

    void start() {
        thread = Thread.ofVirtual().start(() -> {
            for (long first = 0; !closed; first += BATCH) {
                post(first);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
    }

    private void post(long first) {
        var numbers = LongStream.range(first, first + BATCH).boxed().toList();
        sent.addAll(numbers);
        var body = numbers.stream().map(number -> "{\"number\":" + number + ",\"letter\":\"" + (char) ('a' + number % 26) + "\"}")
                .collect(Collectors.joining("\n"));
        try {
            if (api.send("POST", path + "/records", "application/x-ndjson", body).statusCode() == 202) {
                acknowledged.addAll(numbers);
            }
        } catch (IOException e) {
            // The service is away; what was in flight is not acknowledged, and may or may not be stored.
            LockSupport.parkNanos(10 * PAUSE_NANOS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    void awaitAcknowledged(int count) {
        await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() >= count);
    }

    Set<Long> acknowledged() {
        return acknowledged;
    }

    Set<Long> sent() {
        return sent;
    }

    /** Seals until all acknowledged records are there, and gives the numbers in the files, as often as they are in them. */
    List<Long> stored(LocalFiles storage) {
        var numbers = new ArrayList<Long>();
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofSeconds(1)).until(() -> {
            numbers.clear();
            numbers.addAll(read(storage, seal()));
            return new HashSet<>(numbers).containsAll(acknowledged);
        });
        return numbers;
    }

    private String seal() throws IOException, InterruptedException {
        var response = api.send("POST", path + "/versions", "application/json", "{\"window\":{\"rule\":\"all\"}}");
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return JsonMapper.shared().readTree(response.body()).get("manifest").stringValue();
    }

    private static List<Long> read(LocalFiles storage, String manifest) throws IOException {
        var files = new TreeSet<String>();
        DatasetManifestCodec.read(storage.refresh(manifest)).splits().values()
                .forEach(split -> split.slices().forEach(slice -> files.add(slice.path())));
        var numbers = new ArrayList<Long>();
        for (var file : files) {
            try (var reader = TfRecordReader.open(storage.fetch(file))) {
                for (var record = reader.next(); record != null; record = reader.next()) {
                    if (Example.decode(record).feature("number") instanceof Feature.Longs(var values)) {
                        numbers.add(values[0]);
                    }
                }
            }
        }
        return numbers;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
