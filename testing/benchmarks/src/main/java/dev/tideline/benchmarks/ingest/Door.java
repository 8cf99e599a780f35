package dev.tideline.benchmarks.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service's HTTP door, through a client that costs as little as possible: it shares the machine with what is measured. */
record Door(int port) {

    private static final Pattern ACCEPTED = Pattern.compile("\"accepted\":(\\d+)");
    private static final long READY_MS = 60_000;
    private static final int BUFFER = 1 << 16;

    void awaitReady(Runnable alive) throws InterruptedException {
        long deadline = System.currentTimeMillis() + READY_MS;
        while (true) {
            try {
                HttpURLConnection connection = open("/actuator/health/readiness", "GET");
                if (connection.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException starting) {
                alive.run();
            }
            if (System.currentTimeMillis() > deadline) {
                throw new IllegalStateException("ingest-service is not ready after " + READY_MS + " ms");
            }
            Thread.sleep(100);
        }
    }

    void put(String path, String json) throws IOException {
        HttpURLConnection connection = open(path, "PUT");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        answer(connection);
    }

    /** Sends a body made of {@code block} as often as needed in one request; returns how many records were acknowledged. */
    long send(String dataset, byte[] block, long times) throws IOException {
        HttpURLConnection connection = open("/v1/datasets/" + dataset + "/records", "POST");
        connection.setRequestProperty("Content-Type", "application/x-ndjson");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(block.length * times);
        try (OutputStream out = connection.getOutputStream()) {
            for (long i = 0; i < times; i++) {
                for (int at = 0; at < block.length; at += BUFFER) {
                    out.write(block, at, Math.min(BUFFER, block.length - at));
                }
            }
        }
        Matcher accepted = ACCEPTED.matcher(answer(connection));
        if (!accepted.find()) {
            throw new IllegalStateException("the answer has no count of accepted records");
        }
        return Long.parseLong(accepted.group(1));
    }

    private HttpURLConnection open(String path, String method) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestMethod(method);
        return connection;
    }

    private static String answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (status >= 300) {
                throw new IllegalStateException("status: " + status + " (expected: success): " + text);
            }
            return text;
        }
    }
}
