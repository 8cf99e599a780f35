package dev.tideline.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Questions about ports on loopback. */
public final class FreePorts {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int FIRST = 10_240;
    private static final int LAST = 20_000;

    /** Processes that look at the same time begin far from each other. */
    private static final AtomicInteger NEXT = new AtomicInteger((int) (ProcessHandle.current().pid() * 617 % (LAST - FIRST)));

    private FreePorts() {}

    /**
     * {@code count} different ports that nobody listened on a moment ago. They lie below those that systems give to outgoing
     * connections, so that a server which is stopped for a while finds its port free again.
     *
     * @throws IllegalStateException when too few are free
     */
    public static List<Integer> find(int count) {
        List<Integer> ports = IntStream.generate(FreePorts::next).limit(LAST - FIRST).filter(FreePorts::isFree).limit(count).boxed().toList();
        if (ports.size() < count) {
            throw new IllegalStateException("free ports from " + FIRST + " to " + LAST + ": " + ports.size() + " (expected: " + count + ")");
        }
        return ports;
    }

    private static int next() {
        return FIRST + Math.floorMod(NEXT.getAndIncrement(), LAST - FIRST);
    }

    /** Whether a server could listen on {@code port} now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // As servers do: connections that are still in their closing phase do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
