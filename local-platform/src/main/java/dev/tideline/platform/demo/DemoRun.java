package dev.tideline.platform.demo;

import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.platform.console.Console;
import dev.tideline.platform.demo.Services.Sealed;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.platform.stack.Service;
import dev.tideline.platform.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Locale;

/** The story from the first record to the report, told on the console. */
public final class DemoRun {

    private static final double TRIPS_RATE = 320;
    private static final int TRIPS = 20_000;
    private static final int FEWER_TRIPS = 8_000;
    private static final int RECORDS_PER_REQUEST = 1_000;
    private static final Duration FIRST_MODEL = Duration.ofMinutes(3);
    private static final Duration OUTCOME_DELAY = Duration.ofSeconds(1);
    private static final Duration SETTLE = Duration.ofSeconds(90);

    private final StackOptions stack;
    private final DemoOptions options;
    private final Console console;
    private final InstantSource time;
    private final Services services;

    public DemoRun(StackOptions stack, DemoOptions options, Console console, InstantSource time) {
        this.stack = stack;
        this.options = options;
        this.console = console;
        this.time = time;
        this.services = new Services(stack);
    }

    /**
     * Tells the story once.
     *
     * @return whether the loop closed
     * @throws LaunchException when it cannot go on
     */
    public boolean run() throws InterruptedException {
        try {
            var report = tell();
            ReportTable.lines(report).forEach(console::line);
            write(report);
            if (!options.once()) {
                Links.lines(stack, report).forEach(console::line);
            }
            return report.closed();
        } catch (DemoException e) {
            throw new LaunchException("demo: " + e.getMessage(), e);
        }
    }

    private DemoReport tell() throws InterruptedException {
        var started = System.nanoTime();
        var scenario = scenario();
        var name = services.freeName(scenario.name());
        console.line("");
        console.line("Input: " + scenario.description());
        scenario.notes().forEach(note -> console.line("  " + note));
        var sighting = new Sighting(name, console::line);
        try (var topic = new Topic(stack.bootstrap()); var feed = EventFeed.start(stack.bootstrap(), sighting::see)) {
            services.declare(name, scenario.schema());
            console.line("Dataset " + name + " is declared.");
            var history = stream(scenario, name, topic);
            var sealed = services.seal(name, "demo-history-" + name);
            console.line(String.format(Locale.ROOT, "Dataset version %d: %,d records in TFRecord shards.", sealed.version(), sealed.records()));
            train(scenario, name, sighting);
            services.policy(name, scenario.policy());
            var scores = new Scorecard();
            var story = new LiveStory(options.brief() ? Pace.SHORT : Pace.FULL, scenario, sighting, console, time);
            var outcomes = new Outcomes(services, topic, OUTCOME_DELAY);
            var client = new PredictionClient(stack.url(Service.INFERENCE));
            var traffic = new Traffic(client, "/v1/models/" + name, scenario.live(), scenario.rate(), outcomes, scores);
            LiveStory.Times times;
            try (outcomes; traffic) {
                times = story.tell(traffic, scores);
            }
            var records = settle(name, history, outcomes.sent());
            var total = (System.nanoTime() - started) / 1e9;
            return Reports.of(name, scenario, scores, times, traffic, records, sighting.state(), total);
        }
    }

    private Scenario scenario() throws InterruptedException {
        var csv = options.csv();
        if (csv != null) {
            return CsvScenario.open(csv, services, options.rate(), stack.data());
        }
        var rate = options.rate();
        return new TripScenario(options.brief() ? FEWER_TRIPS : TRIPS, rate == null ? TRIPS_RATE : rate);
    }

    /** Sends the past, in turns over HTTP and straight to the topic, and gives the number of acknowledged records. */
    private long stream(Scenario scenario, String name, Topic topic) throws InterruptedException {
        long overHttp = 0;
        var acknowledgedBefore = topic.flush();
        var direct = false;
        var rows = scenario.history();
        long sent = 0;
        while (rows.hasNext()) {
            var batch = new ArrayList<DemoRecord>();
            while (rows.hasNext() && batch.size() < RECORDS_PER_REQUEST) {
                batch.add(rows.next());
            }
            if (direct) {
                batch.forEach(record -> topic.send(Topics.records(name), record.key(), record.whole()));
                topic.flush();
            } else {
                overHttp += services.post(name, batch);
            }
            direct = !direct;
            sent += batch.size();
            console.progress("records", (double) sent / scenario.historyRows(),
                    String.format(Locale.ROOT, "%,d over HTTP and Kafka", sent));
        }
        return overHttp + topic.flush() - acknowledgedBefore;
    }

    private void train(Scenario scenario, String name, Sighting sighting) throws InterruptedException {
        services.define(name, scenario.definition(name));
        var job = services.train(name);
        console.line("Training job " + job + " is queued.");
        var end = System.nanoTime() + FIRST_MODEL.toNanos();
        while (!sighting.await(state -> state.newestLive() > 0 || failed(state), Duration.ofMillis(300))) {
            var progress = sighting.state().progress();
            if (progress != null && progress.state() == TrainingProgress.State.TRAINING) {
                TrainingBar.draw(console, progress);
            }
            if (System.nanoTime() > end) {
                throw new DemoException("model " + name + ": nothing live after " + FIRST_MODEL.toSeconds() + " s, training is "
                        + (progress == null ? "not heard of" : progress.state()) + " (expected: version 1)");
            }
        }
        if (failed(sighting.state())) {
            throw new DemoException("model " + name + ": the first training ended without a promotion (expected: version 1)");
        }
    }

    private static boolean failed(Sighting.State state) {
        return state.finished().stream().anyMatch(job -> job.state() != TrainingProgress.State.PROMOTED);
    }

    /** Waits until every acknowledged record is in a shard, or a while; then counts in the files. */
    private DemoReport.Records settle(String name, long history, long outcomes) throws InterruptedException {
        console.line("Waiting for the joined examples to come back as records …");
        var end = System.nanoTime() + SETTLE.toNanos();
        Sealed sealed;
        var round = 0;
        do {
            // A seal closes the open shards, so that all that came in is counted.
            sealed = services.seal(name, "demo-audit-" + name + "-" + ++round);
            console.progress("records in shards", Math.min(1, (double) sealed.records() / (history + outcomes)),
                    String.format(Locale.ROOT, "%,d of %,d", sealed.records(), history + outcomes));
            if (sealed.records() < history + outcomes) {
                Thread.sleep(Duration.ofSeconds(2));
            }
        } while (sealed.records() < history + outcomes && System.nanoTime() < end);
        var count = ShardAudit.count(stack.storage(), sealed.manifest());
        return new DemoReport.Records(
                history, outcomes, count.records(), services.committed(name), services.rejected(name), count.files());
    }

    private void write(DemoReport report) {
        var file = options.report();
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
            console.line("Report: " + file);
        } catch (IOException e) {
            throw new DemoException("--report: " + file + ": " + e.getMessage() + " (expected: a file that can be written)");
        }
    }
}
