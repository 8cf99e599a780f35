package dev.tideline.platform.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one service is run.
 *
 * @param environment added to the launcher's own
 * @param url         where people and other services find it
 * @param folder      working directory
 * @param log         gets standard output and error
 * @param pidFile     gets the process id
 */
record ServiceSpec(String name, List<String> command, Map<String, String> environment, URI url, Path folder, Path log, Path pidFile) {

    ServiceSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    URI readiness() {
        return url.resolve("/actuator/health/readiness");
    }
}
