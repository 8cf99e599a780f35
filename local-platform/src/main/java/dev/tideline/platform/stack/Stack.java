package dev.tideline.platform.stack;

import dev.tideline.local.LocalKafka;
import dev.tideline.local.LocalPostgres;
import dev.tideline.local.LocalPostgres.Durability;
import dev.tideline.local.LocalServerException;
import dev.tideline.platform.console.Console;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The running platform. {@link #close()} stops what was started, the newest first. */
public final class Stack implements AutoCloseable {

    private final Console console;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final List<ServiceProcess> services = new ArrayList<>();

    private record Part(String name, Stop stop) {}

    @FunctionalInterface
    private interface Stop {
        void run() throws InterruptedException;
    }

    private Stack(Console console) {
        this.console = console;
    }

    /**
     * Starts everything and returns when every service is ready. What cannot work is found out before anything is started.
     *
     * @throws LaunchException when it does not come up; nothing is left running then
     */
    public static Stack start(StackOptions options, Console console) throws InterruptedException {
        var stack = new Stack(console);
        try {
            var data = stack.add("data folder", DataFolder.open(options.data(), DataFolder.NEEDED_BYTES));
            System.setProperty("tideline.launcher.log", data.newLog("launcher").toString());
            LocalPostgres.stopLeftover(data.postgres());
            options.ports().requireFree();
            var specs = new ServiceCommands(options, data).all();
            stack.startServers(options.ports(), data);
            stack.startServices(specs);
            return stack;
        } catch (LocalServerException e) {
            stack.close();
            throw new LaunchException(e.getMessage(), e);
        } catch (RuntimeException | InterruptedException e) {
            stack.close();
            throw e;
        }
    }

    private void startServers(Ports ports, DataFolder data) {
        var postgresLog = data.newLog("postgresql");
        add("PostgreSQL", LocalPostgres.start(data.postgres(), ports.postgres(), Durability.SAFE, postgresLog));
        report("PostgreSQL", "127.0.0.1:" + ports.postgres());
        var kafka = add("Kafka", LocalKafka.start(data.kafka(), ports.kafka(), ports.kafkaController()));
        report("Kafka", kafka.bootstrap());
    }

    private void startServices(List<ServiceSpec> specs) throws InterruptedException {
        for (var spec : specs) {
            var service = new ServiceProcess(spec, console, ServiceProcess.Timing.DEFAULT);
            services.add(service);
            parts.push(new Part(spec.name(), service::stop));
            service.launch();
        }
        for (int i = 0; i < specs.size(); i++) {
            services.get(i).awaitReady();
            report(specs.get(i).name(), specs.get(i).url().toString());
        }
        services.forEach(ServiceProcess::supervise);
    }

    private <T extends AutoCloseable> T add(String name, T part) {
        parts.push(new Part(name, () -> close(name, part)));
        return part;
    }

    private void close(String name, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            console.line(name + " did not stop cleanly: " + e.getMessage());
        }
    }

    private void report(String name, String address) {
        console.line(String.format(Locale.ROOT, "%-20s %s", name, address));
    }

    /** Ends the services at once; what they were doing is lost. */
    public void kill() {
        services.forEach(ServiceProcess::kill);
    }

    /** Stops services against the order of the loop, then Kafka and PostgreSQL. */
    @Override
    public void close() {
        var interrupted = Thread.interrupted();
        while (!parts.isEmpty()) {
            try {
                parts.pop().stop().run();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
