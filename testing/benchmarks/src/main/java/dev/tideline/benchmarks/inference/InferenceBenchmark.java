package dev.tideline.benchmarks.inference;

import dev.tideline.benchmarks.inference.Options.Door;
import dev.tideline.benchmarks.inference.Options.Part;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** inference-service against the same model without a server, and against an empty server. Arguments: see {@link Options#USAGE}. */
final class InferenceBenchmark {

    private final Options options;
    private final Lab lab;

    private InferenceBenchmark(Options options, Lab lab) {
        this.options = options;
        this.lab = lab;
    }

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        options.processors().leaveToServers();
        try (Lab lab = new Lab(options)) {
            new InferenceBenchmark(options, lab).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        print("features=%d layers=%s rows=%d connections=%d clients=%d seconds=%d log=%s processors=%d%s", options.features(),
                Arrays.toString(options.layers()), options.rows(), options.connections(), options.clients(),
                options.time().toSeconds(), options.log(), options.processors().serving(), options.processors().shared() ? "" : ", the client has others");
        double limit = options.parts().contains(Part.LIMIT) ? limit() : 0;
        if (options.parts().contains(Part.LARGE) && options.doors().contains(Door.REST)) {
            large("REST", lab.rest(options.rows()), limit);
        }
        if (options.parts().contains(Part.LARGE) && options.doors().contains(Door.GRPC)) {
            large("gRPC, float_val", lab.grpc(options.rows(), false), limit);
            large("gRPC, tensor_content", lab.grpc(options.rows(), true), limit);
        }
        if (options.parts().contains(Part.SINGLE) && options.doors().contains(Door.REST)) {
            single("REST", lab.rest(1), "empty Spring MVC endpoint", lab.empty());
        }
        if (options.parts().contains(Part.SINGLE) && options.doors().contains(Door.GRPC)) {
            single("gRPC", lab.grpc(1, false), "empty call", lab.emptyCall());
        }
        if (options.parts().contains(Part.LATENCY)) {
            latency();
        }
        if (options.parts().contains(Part.SWAP)) {
            swap();
        }
    }

    /** Where all share the processors, the client has taken its part of them from the service, so the ratio is given without that, too. */
    private void large(String door, Exchange.Opener opener, double limit) throws InterruptedException {
        Loaded loaded = loaded(opener, options.connections());
        double perSecond = loaded.outcome().perSecond() * options.rows();
        int all = options.processors().serving();
        String left = options.processors().shared() ? String.format(Locale.ROOT, ", %.2f of the limit of the processors that the client left",
                perSecond / (limit * (all - loaded.clientProcessors()) / all)) : "";
        print("%s, %d rows: %.0f rows/s, %.2f of the limit%s; %s", door, options.rows(), perSecond, perSecond / limit, left, loaded);
    }

    private void single(String door, Exchange.Opener opener, String rival, Exchange.Opener empty) throws InterruptedException {
        Loaded bare = loaded(empty, options.clients(), lab::emptyCpu);
        print("%s: %.0f requests/s; %s", rival, bare.outcome().perSecond(), bare);
        Loaded full = loaded(opener, options.clients());
        print("%s, 1 row: %.0f requests/s, %.2f of the %s; %s", door, full.outcome().perSecond(),
                full.outcome().perSecond() / bare.outcome().perSecond(), rival, full);
    }

    /** At low load, after as much as makes the code warm. */
    private void latency() throws Exception {
        double[] single = lab.limit(1, 1);
        for (Door door : options.doors()) {
            Exchange.Opener opener = door == Door.REST ? lab.rest(1) : lab.grpc(1, false);
            Load.closed(opener, options.connections(), options.warmUp());
            Load.open(opener, 8, options.rate(), options.time().dividedBy(2));
            Load.Outcome outcome = Load.open(opener, 8, options.rate(), options.time());
            print("%s, 1 row, %d/s: Session.run %.0f us, added %.0f us at the median; %s", door, options.rate(), single[1],
                    outcome.micros(50) - single[1], times(outcome));
        }
    }

    /**
     * @param cpu       of the server, whatever else the machine does
     * @param clientCpu of this process
     */
    private record Loaded(Load.Outcome outcome, Duration cpu, Duration clientCpu) {

        double clientProcessors() {
            return clientCpu.toNanos() / 1e9 / outcome.seconds();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s, %.0f us of processor time each, the client's %.0f us", times(outcome), each(cpu), each(clientCpu));
        }

        private double each(Duration time) {
            return time.toNanos() / 1e3 / Math.max(1, outcome.requests());
        }
    }

    private Loaded loaded(Exchange.Opener opener, int connections) throws InterruptedException {
        return loaded(opener, connections, lab::cpu);
    }

    private Loaded loaded(Exchange.Opener opener, int connections, Supplier<Duration> serverCpu) throws InterruptedException {
        Load.closed(opener, connections, options.warmUp());
        Duration server = serverCpu.get();
        Duration client = ownCpu();
        Load.Outcome outcome = Load.closed(opener, connections, options.time());
        return new Loaded(outcome, serverCpu.get().minus(server), ownCpu().minus(client));
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private double limit() throws Exception {
        double[] runs = lab.limit(options.rows(), options.processors().serving());
        print("Session.run, %d rows: %.0f rows/s", options.rows(), runs[0] * options.rows());
        return runs[0] * options.rows();
    }

    /**
     * The same load while nothing happens, while the first versions follow each other, and while the counted ones do. Who swaps asks for states, so
     * somebody asks as often while nothing happens: otherwise the first question makes the service forget code that knew predictions only.
     */
    private void swap() throws Exception {
        int last = 1 + options.warmUpSwaps();
        beside(() -> lab.ask(1, options.time()));
        Load.Outcome calm = beside(() -> lab.ask(1, options.time()));
        Load.Outcome first = beside(() -> replace(2, last));
        Load.Outcome swapped = beside(() -> replace(last + 1, last + options.swaps()));
        print("calm, %d/s: %s", options.rate(), times(calm));
        print("first %s", swaps(options.warmUpSwaps(), first, calm));
        print(swaps(options.swaps(), swapped, calm));
    }

    private Void replace(int from, int to) throws Exception {
        for (int version = from; version <= to; version++) {
            lab.serve(version);
            lab.awaitEnd(version - 1);
            Thread.sleep(options.pause());
        }
        return null;
    }

    /** Single rows at the given rate until {@code work} is done. */
    private Load.Outcome beside(Callable<Void> work) throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Void> done = thread.submit(work);
            Load.Outcome outcome = Load.openUntil(lab.rest(1), 16, options.rate(), done::isDone);
            done.get();
            return outcome;
        }
    }

    private static String swaps(int count, Load.Outcome outcome, Load.Outcome calm) {
        return String.format(Locale.ROOT, "%d swaps in %.1f s: p99 %.2f of calm; %s", count, outcome.seconds(),
                outcome.micros(99) / calm.micros(99), times(outcome));
    }

    private static String times(Load.Outcome outcome) {
        return String.format(Locale.ROOT, "p50 %.0f us, p99 %.0f us, p99.9 %.0f us, %d requests, %d failed", outcome.micros(50),
                outcome.micros(99), outcome.micros(99.9), outcome.requests(), outcome.failed());
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
