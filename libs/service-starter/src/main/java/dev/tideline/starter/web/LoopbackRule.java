package dev.tideline.starter.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.context.WebApplicationContext;

/** Refuses to start a service that would listen beyond loopback with nobody having decided that. Runs before any bean. */
final class LoopbackRule implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final List<String> ADDRESSES = List.of("server.address", "management.server.address", "spring.grpc.server.address");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context instanceof WebApplicationContext) {
            check(context.getEnvironment());
        }
    }

    static void check(Environment environment) {
        if (StringUtils.hasText(environment.getProperty("tideline.security.api-key"))
                || environment.getProperty("tideline.security.open-network", Boolean.class, false)) {
            return;
        }
        for (String key : ADDRESSES) {
            String address = environment.getProperty(key);
            if (address != null && !isLoopback(address)) {
                throw new OpenNetworkException(key, address);
            }
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
