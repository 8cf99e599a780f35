package dev.tideline.endtoend.compose;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every configuration key that a service knows: from the metadata of its own classes and of all its libraries. */
final class KnownSettings {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private KnownSettings() {}

    /** The environment variables that reach a key of the service: dots become underscores, dashes go or become underscores. */
    static Set<String> environmentOf(Path module) throws IOException {
        Set<String> names = new TreeSet<>();
        addAll(names, Files.readAllBytes(module.resolve("target/classes").resolve(METADATA)));
        for (String jar : Files.readString(module.resolve("target/runtime.classpath")).strip().split(":")) {
            if (Files.isDirectory(Path.of(jar))) {
                Path file = Path.of(jar).resolve(METADATA);
                if (Files.exists(file)) {
                    addAll(names, Files.readAllBytes(file));
                }
                continue;
            }
            try (JarFile file = new JarFile(jar)) {
                var entry = file.getJarEntry(METADATA);
                if (entry != null) {
                    try (InputStream in = file.getInputStream(entry)) {
                        addAll(names, in.readAllBytes());
                    }
                }
            }
        }
        return names;
    }

    private static void addAll(Set<String> names, byte[] metadata) {
        for (JsonNode property : JSON.readTree(metadata).get("properties")) {
            String name = property.get("name").asString().replace('.', '_').toUpperCase(Locale.ROOT);
            names.add(name.replace("-", ""));
            names.add(name.replace('-', '_'));
        }
    }
}
