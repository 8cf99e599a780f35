package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import dev.tideline.inference.standalone.ServeCommand;
import dev.tideline.inference.tensorflow.SavedModels;
import dev.tideline.serving.protocol.GetModelStatusRequest;
import dev.tideline.serving.protocol.ModelServiceGrpc;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.PredictRequest;
import dev.tideline.serving.protocol.PredictionServiceGrpc;
import dev.tideline.serving.protocol.ReloadConfigRequest;
import dev.tideline.serving.protocol.ReloadConfigResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The service as {@code tideline serve} starts it: no Kafka, no PostgreSQL, folders and a config file. */
class StandAloneIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path root;

    private static Path config;
    private static ConfigurableApplicationContext context;
    private static TestCertificate certificate;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        SavedModels.write(root.resolve("first/00000001"), 2);
        Files.createDirectories(root.resolve("broken/1"));
        Files.writeString(root.resolve("broken/1/export.meta"), "an old bundle");
        config = root.resolve("models.config");
        configure(entry("first", ""), entry("broken", ""), entry("absent", ""));
        Path monitoring = Files.writeString(root.resolve("monitoring.config"), "prometheus_config { enable: true path: '/monitoring/x' }");
        certificate = TestCertificate.create(root);
        Path tls = Files.writeString(root.resolve("ssl.config"), certificate.configuration());
        List<String> flags = new ArrayList<>(Epoll.isAvailable() ? List.of("--grpc_socket_path=" + leftBehind()) : List.of());
        flags.addAll(List.of("--model_config_file=" + config, "--ssl_config_file=" + tls, "--rest_api_enable_cors_support",
                "--model_config_file_poll_wait_seconds=0.1", "--file_system_poll_wait_seconds=0.1", "--settle_seconds", "0.3",
                "--rest_api_port=0", "--port=0", "--monitoring_config_file=" + monitoring,
                "--tideline.inference.tensorflow.check=none"));
        var command = (ServeCommand.Start) ServeCommand.of(flags, Map.of());
        context = SpringApplication.run(InferenceService.class, command.arguments().toArray(String[]::new));
        port = ((WebServerApplicationContext) context).getWebServer().getPort();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200));
    }

    private static Path socket() {
        return root.resolve("grpc.sock");
    }

    /** A socket's file as a killed process leaves it. */
    private static Path leftBehind() throws IOException {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket()));
        }
        return socket();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static String entry(String name, String more) {
        return "config { name: '" + name + "' base_path: '" + root.resolve(name) + "' model_platform: 'tensorflow' " + more + " }";
    }

    private static void configure(String... entries) throws IOException {
        Path next = Files.writeString(root.resolve("next"), "model_config_list { " + String.join("\n", entries) + " }");
        Files.move(next, config, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    private static HttpResponse<String> predict(String target) {
        return send(request("/v1/models/" + target + ":predict").POST(HttpRequest.BodyPublishers.ofString(
                "{\"signature_name\": \"half\", \"instances\": [[4.0]]}")));
    }

    private static String version(String target) {
        return predict(target).headers().firstValue("Tideline-Model-Version").orElse("none");
    }

    private static void awaitVersion(String target, String version) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(version(target)).isEqualTo(version));
    }

    @Test
    void answersWithoutKafkaAndDatabase() {
        assertThat(predict("first").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health").body()).doesNotContain("kafka").doesNotContain("\"db\"");
        assertThat(context.getBeanNamesForType(org.apache.kafka.clients.consumer.Consumer.class)).isEmpty();
        assertThat(context.containsBean("kafkaTemplate")).isFalse();
    }

    @Test
    void lastDimensionsOfOneMayBeLeftOut() {
        assertThat(send(request("/v1/models/first:predict").POST(HttpRequest.BodyPublishers.ofString(
                "{\"signature_name\": \"half\", \"instances\": [2.0, 3.0, 4.0]}"))).body())
                .isEqualToIgnoringWhitespace("{\"predictions\": [3.0, 3.5, 4.0]}");
    }

    @Test
    @DisplayName("E10, S01: several models; one that cannot be loaded tells why")
    void brokenAndAbsentModelsAreNamedAndHarmNobody() {
        assertThat(get("/v1/models/broken").body()).contains("\"state\": \"END\"").contains("SessionBundle");
        assertThat(predict("absent").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/health/readiness").body()).contains("NoSuchFileException");
        assertThat(get("/models").body()).contains("{\"name\":\"broken\",\"available\":false")
                .contains("\"error\":\"NOT_FOUND: model folder");
    }

    @Test
    void newVersionTakesOverAndAHalfWrittenOneDoesNot() throws IOException {
        Path base = Files.createDirectories(root.resolve("growing"));
        SavedModels.write(base.resolve("1"), 2);
        addToConfig("growing", "");
        awaitVersion("growing", "1");
        Files.createDirectories(base.resolve("3/variables"));
        Files.writeString(base.resolve("3/variables/variables.index"), "half");
        SavedModels.write(base.resolve("2"), 3);

        awaitVersion("growing", "2");
        assertThat(get("/v1/models/growing/versions/3").statusCode()).isEqualTo(404);
    }

    @Test
    void noRequestFailsWhileVersionsFollowEachOther() throws Exception {
        Path base = root.resolve("swapped");
        SavedModels.write(base.resolve("1"), 2);
        addToConfig("swapped", "");
        awaitVersion("swapped", "1");
        AtomicBoolean running = new AtomicBoolean(true);
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        AtomicInteger answered = new AtomicInteger();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                clients.submit(() -> {
                    while (running.get()) {
                        HttpResponse<String> answer = predict("swapped");
                        answered.incrementAndGet();
                        if (answer.statusCode() != 200) {
                            failed.add(answer.statusCode() + " " + answer.body());
                        }
                    }
                });
            }
            try {
                for (int version = 2; version <= 8; version++) {
                    Path staged = SavedModels.write(root.resolve("staged/" + version), version);
                    Files.writeString(staged.resolve("manifest.json"), "{}");
                    Files.move(staged, base.resolve(Integer.toString(version)));
                    awaitVersion("swapped", Integer.toString(version));
                }
            } finally {
                running.set(false);
            }
        }

        assertThat(failed).isEmpty();
        assertThat(answered.get()).isGreaterThan(7);
    }

    @Test
    void onlyWhatLoadsAndUnloadsGivesWayToRequests() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/task")) && renices());
        int own = nice(Path.of("/proc/self/stat"));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(niceOfThreads("servable-load-")).isNotEmpty().containsOnly(Math.min(19, own + 10)));
        assertThat(niceOfThreads("tensorflow-star")).as("TensorFlow's pools, which take over the name of the thread that made them")
                .allMatch(nice -> nice == own);
    }

    private static boolean renices() {
        try {
            new ProcessBuilder("renice", "--version").start().destroy();
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    private static List<Integer> niceOfThreads(String name) throws IOException {
        List<Integer> found = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                try {
                    if (Files.readString(thread.resolve("comm")).startsWith(name)) {
                        found.add(nice(thread.resolve("stat")));
                    }
                } catch (IOException ended) {
                    // Between the list and the look.
                }
            }
        }
        return found;
    }

    /** Field 19 of {@code proc_pid_stat(5)}. */
    private static int nice(Path stat) throws IOException {
        return Integer.parseInt(Files.readString(stat).replaceFirst("(?s).*\\) ", "").split(" ")[16]);
    }

    @Test
    void brokenVersionLeavesTheOldOneAndIsTriedAgainOnceRepaired() throws IOException {
        Path base = root.resolve("mended");
        SavedModels.write(base.resolve("1"), 2);
        addToConfig("mended", "");
        awaitVersion("mended", "1");
        Files.createDirectories(base.resolve("2"));
        Files.writeString(base.resolve("2/saved_model.pb"), "this is no protobuf");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(get("/v1/models/mended").body()).contains("DATA_LOSS"));
        assertThat(version("mended")).isEqualTo("1");

        SavedModels.write(base.resolve("2"), 3);
        awaitVersion("mended", "2");
    }

    @Test
    void modelWhoseHighestVersionIsBrokenFromTheStartAnswersByTheOneBelow() throws IOException {
        Path base = root.resolve("fallen");
        SavedModels.write(base.resolve("1"), 2);
        SavedModels.write(base.resolve("2"), 2);
        Files.createDirectories(base.resolve("3"));
        Files.writeString(base.resolve("3/saved_model.pb"), "this is no protobuf");
        addToConfig("fallen", "");

        awaitVersion("fallen", "2");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(get("/v1/models/fallen").body()).contains("DATA_LOSS"));
        assertThat(get("/v1/models/fallen/versions/1").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("S01: labels and specific versions, set in one step")
    void labelsAndSpecificVersionsOfOneStepAnswer() throws IOException {
        for (int version = 1; version <= 3; version++) {
            SavedModels.write(root.resolve("labelled/" + version), version);
        }
        addToConfig("labelled", "model_version_policy { specific { versions: 1 versions: 3 } } "
                + "version_labels { key: 'stable' value: 1 } version_labels { key: 'canary' value: 3 }");
        awaitVersion("labelled/labels/canary", "3");

        assertThat(version("labelled/labels/stable")).isEqualTo("1");
        assertThat(version("labelled")).isEqualTo("3");
        assertThat(predict("labelled/versions/2").statusCode()).isEqualTo(404);
        assertThat(get("/models").body()).contains("\"labels\":{\"canary\":3,\"stable\":1}");
    }

    @Test
    void configurationOfMoreThanAMegabyteIsRefusedUnread() {
        assertThat(send(request("/configuration?dryRun=true").header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofString("#".repeat((1 << 20) + 1)))).body())
                .contains("\"status\":400").contains("expected: at most 1048576");
    }

    @Test
    @DisplayName("E12, S01: a rewritten file is followed; a bad one changes nothing")
    void modelsThatTheFileLeavesOutAreUnloadedAndABadFileChangesNothing() throws IOException {
        SavedModels.write(root.resolve("brief/1"), 2);
        addToConfig("brief", "");
        awaitVersion("brief", "1");
        Files.writeString(config, "model_config_list { config { nam");
        assertThat(version("brief")).isEqualTo("1");
        configure(entries(List.of()));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(predict("brief").statusCode()).isEqualTo(404));
        assertThat(predict("first").statusCode()).isEqualTo(200);
    }

    @Test
    void dryRunTellsTheChangesAndMakesNone() {
        HttpResponse<String> answer = send(request("/configuration?dryRun=true").header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofString("model_config_list { " + entry("other", "") + " }")));

        assertThat(answer.body()).contains("\"applied\":false").contains("model other: will be served")
                .contains("model first: will be unloaded");
        assertThat(get("/configuration").body()).contains("\"name\":\"first\"").doesNotContain("\"name\":\"other\"");
    }

    @Test
    void invalidConfigurationIsRefusedWithLineAndColumn() {
        HttpResponse<String> answer = send(request("/configuration").header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofString("model_config_list {\n  confi { }\n}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("INVALID_CONFIGURATION").contains("body:2:3: ");
    }

    @Test
    @DisplayName("E21: the page of metrics")
    void metricsHaveTensorFlowServingsNamesToo() {
        predict("first");

        assertThat(get("/monitoring/x").body())
                .contains("# TYPE :tensorflow:serving:request_count counter")
                .contains(":tensorflow:serving:request_count{model_name=\"first\",status=\"OK\"} ")
                .contains(":tensorflow:serving:request_latency_bucket{model_name=\"first\",API=\"Predict\",entrypoint=\"REST\",le=\"10\"} ")
                .contains(":tensorflow:serving:batching_session:queuing_latency_count{thread_pool_name=")
                .contains(":tensorflow:cc:saved_model:load_attempt_count{model_path=\"broken\",status=\"fail\"} 1")
                .contains("tideline_inference_rows_total");
    }

    @Test
    @DisplayName("S01: a reload by call waits for its new models")
    void reloadsOverGrpcWithTls() throws Exception {
        SavedModels.write(root.resolve("reloaded/1"), 2);
        List<String> all = new ArrayList<>(added);
        all.add(entry("reloaded", ""));
        ReloadConfigRequest.Builder request = ReloadConfigRequest.newBuilder();
        TextFormat.merge("model_config_list { " + String.join("\n", entries(all)) + " }", request.getConfigBuilder());
        request.addMetricNames("/tensorflow/cc/saved_model/load_attempt_count").addMetricNames("/no/such");

        ReloadConfigResponse answer = onGrpc(channel -> ModelServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS).handleReloadConfigRequest(request.build()));
        assertThat(answer.getStatus().getErrorCodeValue()).isZero();
        assertThat(answer.getMetric(0).getName()).isEqualTo("/tensorflow/cc/saved_model/load_attempt_count");
        assertThat(answer.getMetric(0).getInt64ValueIncrease()).isPositive();
        assertThat(answer.getMetric(1).getInt64ValueIncrease()).isZero();
        assertThat(version("reloaded")).isEqualTo("1");
    }

    @Test
    void reloadThatMakesNoSenseIsRefusedAndChangesNothing() throws Exception {
        ReloadConfigRequest.Builder twice = ReloadConfigRequest.newBuilder();
        TextFormat.merge("model_config_list { " + entry("first", "") + entry("first", "") + " }", twice.getConfigBuilder());

        assertThatThrownBy(() -> onGrpc(channel -> ModelServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS).handleReloadConfigRequest(twice.build())))
                .hasMessageStartingWith("INVALID_ARGUMENT").hasMessageContaining("first");
        assertThat(predict("first").statusCode()).isEqualTo(200);
    }

    @Test
    void reloadOfAModelWhoseFolderIsNotThereSaysSoInsteadOfWaiting() throws Exception {
        List<String> all = new ArrayList<>(added);
        all.add(entry("nowhere", ""));
        ReloadConfigRequest.Builder request = ReloadConfigRequest.newBuilder();
        TextFormat.merge("model_config_list { " + String.join("\n", entries(all)) + " }", request.getConfigBuilder());

        assertThatThrownBy(() -> onGrpc(channel -> ModelServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, TimeUnit.SECONDS).handleReloadConfigRequest(request.build())))
                .hasMessageStartingWith("FAILED_PRECONDITION").hasMessageContaining("nowhere").hasMessageContaining("NoSuchFileException");
    }

    /** As a single row: 20 MB of text through REST, 12 MB of floats through gRPC, and as much back. */
    @Test
    void largeBodiesAndMessagesPassBothDoors() throws Exception {
        int numbers = 3_000_000;
        String body = "{\"signature_name\": \"half\", \"instances\": [[" + "1.2500,".repeat(numbers - 1) + "1.25]]}";
        HttpResponse<String> answer = send(request("/v1/models/first:predict").POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\n    \"predictions\": [[2.625, 2.625,");
        assertThat(answer.body().chars().filter(c -> c == ',').count()).isEqualTo(numbers - 1);

        ByteBuffer floats = ByteBuffer.allocate(Float.BYTES * numbers).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < numbers; i++) {
            floats.putFloat(1.25f);
        }
        TensorProto x = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(1)).addDim(TensorShapeProto.Dim.newBuilder().setSize(numbers)))
                .setTensorContent(ByteString.copyFrom(floats.flip())).build();
        PredictRequest request = PredictRequest.newBuilder().putInputs("x", x)
                .setModelSpec(ModelSpec.newBuilder().setName("first").setSignatureName("half")).build();
        TensorProto y = onGrpc(channel -> PredictionServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS)
                .predict(request)).getOutputsOrThrow("y");
        assertThat(y.getFloatValCount()).isEqualTo(numbers);
        assertThat(y.getFloatVal(numbers - 1)).isEqualTo(2.625f);
    }

    @Test
    @DisplayName("E22: gRPC on a Unix socket")
    void answersOnAUnixSocketToo() throws Exception {
        assumeTrue(Epoll.isAvailable(), "Unix sockets need Linux");
        EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        ManagedChannel channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket().toFile())).eventLoopGroup(threads)
                .channelType(EpollDomainSocketChannel.class).usePlaintext().build();
        try {
            GetModelStatusRequest request = GetModelStatusRequest.newBuilder().setModelSpec(ModelSpec.newBuilder().setName("first")).build();
            assertThat(ModelServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS).getModelStatus(request)
                    .getModelVersionStatus(0).getVersion()).isEqualTo(1);
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
            threads.shutdownGracefully();
        }
    }

    private static <T> T onGrpc(Function<ManagedChannel, T> call) throws IOException, InterruptedException {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", context.getBean(GrpcServerLifecycle.class).getPort())
                .maxInboundMessageSize(64 << 20)
                .sslContext(GrpcSslContexts.forClient().trustManager(
                        new ByteArrayInputStream(certificate.certificate().getBytes(StandardCharsets.US_ASCII))).build()).build();
        try {
            return call.apply(channel);
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void pagesOfOtherOriginsMayCallWhenTheFlagSaysSo() {
        HttpResponse<String> preflight = send(request("/v1/models/first:predict").method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://example.org").header("Access-Control-Request-Method", "POST"));

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods")).contains("POST, GET");
        assertThat(send(request("/v1/models/first").header("Origin", "http://example.org").GET()).headers()
                .firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(send(request("/v1/models/first").method("OPTIONS", HttpRequest.BodyPublishers.noBody())).statusCode()).isEqualTo(400);
    }

    private static final List<String> added = new ArrayList<>();

    /** The file holds what all tests of this class need: another test's model must not go while it is used. */
    private static void addToConfig(String name, String more) throws IOException {
        synchronized (added) {
            added.add(entry(name, more));
        }
        configure(entries(added));
    }

    private static String[] entries(List<String> more) {
        List<String> entries = new ArrayList<>(List.of(entry("first", ""), entry("broken", ""), entry("absent", "")));
        entries.addAll(more);
        return entries.toArray(String[]::new);
    }
}
