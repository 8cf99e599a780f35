package dev.tideline.inference.grpc;

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.grpc.server.NettyGrpcServerFactory;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.grpc.server.service.GrpcServiceConfigurer;
import org.springframework.grpc.server.service.GrpcServiceDiscoverer;

/** The same services on a Unix socket, beside the port. Without TLS: whoever may open the file is on this machine. */
final class SocketDoor implements SmartLifecycle {

    private final Path path;
    private final GrpcServerLifecycle server;

    /** @param grace how long calls may go on after a stop */
    SocketDoor(
            Path path, List<ServerBuilderCustomizer<NettyServerBuilder>> customizers, GrpcServiceDiscoverer services,
            GrpcServiceConfigurer configurer, Duration grace, ApplicationEventPublisher events) {
        this.path = path.toAbsolutePath();
        NettyGrpcServerFactory factory = new NettyGrpcServerFactory("unix:" + this.path, customizers, null, null, null);
        services.findServices().forEach(service -> factory.addService(configurer.configure(service, factory)));
        this.server = new GrpcServerLifecycle(factory, grace, events);
    }

    @Override
    public void start() {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException("tideline.inference.grpc.socket-path: " + path + " (expected: Linux, for Unix sockets)",
                    Epoll.unavailabilityCause());
        }
        try {
            removeOld();
        } catch (IOException e) {
            throw new UncheckedIOException("tideline.inference.grpc.socket-path: " + path + " cannot be replaced", e);
        }
        server.start();
    }

    /** A killed process leaves its socket behind, which nobody could bind again. */
    private void removeOld() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isOther()) {
            throw new IllegalStateException("tideline.inference.grpc.socket-path: " + path + " is no socket (expected: one, or nothing there)");
        }
        Files.delete(path);
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void stop(Runnable callback) {
        server.stop(callback);
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    @Override
    public int getPhase() {
        return server.getPhase();
    }
}
