package dev.tideline.benchmarks.inference;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who has which processors. Shared, the limit has those that the client takes from the service; apart, service and limit have the same ones.
 *
 * @param all     of the machine
 * @param servers the first of them, for the service, its rivals and the limit; 0: all, together with the client
 */
record Processors(int all, int servers) {

    Processors {
        if (servers < 0 || servers >= all) {
            throw new IllegalArgumentException("processors: " + servers + " (expected: 0, or fewer than the machine's " + all + ")");
        }
    }

    boolean shared() {
        return servers == 0;
    }

    int serving() {
        return shared() ? all : servers;
    }

    /** In front of a server's command. */
    List<String> servers(List<String> command) {
        return shared() ? command : Stream.concat(Stream.of("taskset", "-c", "0-" + (servers - 1)), command.stream()).toList();
    }

    /** Moves all threads of this process, and those that they start, to the others. */
    void leaveToServers() throws IOException, InterruptedException {
        if (shared()) {
            return;
        }
        String others = servers + "-" + (all - 1);
        int code = new ProcessBuilder("taskset", "-a", "-c", "-p", others, Long.toString(ProcessHandle.current().pid()))
                .redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("taskset: exit " + code + " (expected: 0, for the processors " + others + ")");
        }
    }
}
