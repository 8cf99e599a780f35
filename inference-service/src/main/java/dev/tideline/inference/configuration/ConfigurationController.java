package dev.tideline.inference.configuration;

import dev.tideline.serving.protocol.ModelServerConfig;
import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The configuration over HTTP: what holds, what a change would do, and the change. */
@RestController
@ConditionalOnProperty(name = "tideline.inference.source.kind", havingValue = "directory")
@RequestMapping("/configuration")
class ConfigurationController {

    /** Thousands of models. */
    private static final int MAX_BYTES = 1 << 20;

    private final CurrentConfiguration current;

    ConfigurationController(CurrentConfiguration current) {
        this.current = current;
    }

    /** One model of the answer. */
    record Model(String name, String basePath, String versions, SortedMap<String, Long> labels) {}

    record Models(List<Model> models) {}

    /** @param applied false for a dry run */
    record Changes(boolean applied, List<String> changes) {}

    @GetMapping
    Models get() {
        return new Models(current.get().models().values().stream().map(model -> new Model(
                model.name(), model.basePath().toString(), model.versions().toString(), new TreeMap<>(model.labels()))).toList());
    }

    @PutMapping(consumes = "text/plain")
    Changes put(InputStream body, @RequestParam(defaultValue = "false") boolean dryRun) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new TidelineException(ConfigurationError.INVALID_CONFIGURATION, "body: more bytes (expected: at most " + MAX_BYTES + ")");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        ServingConfiguration next;
        try {
            ModelServerConfig.Builder config = ModelServerConfig.newBuilder();
            ProtoText.parse("body", text, config);
            next = ModelConfigs.read(config.build());
        } catch (InvalidConfigurationException e) {
            throw new TidelineException(ConfigurationError.INVALID_CONFIGURATION, String.valueOf(e.getMessage()));
        }
        List<ConfigurationChange> changes = dryRun ? current.plan(next) : current.replace(next);
        return new Changes(!dryRun, changes.stream().map(ConfigurationChange::toString).toList());
    }
}
