package dev.tideline.inference.source;

import dev.tideline.modelstore.ModelStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a version's folder looked like at one moment. Exporters and copies write files one by one and say nowhere that they are done, so
 * wholeness is worked out: the files that belong together are there, and nothing has changed for a while.
 *
 * @param files  size and time of change by path; folders count, too
 * @param newest the latest of these times
 */
record ExportFolder(Path path, SortedMap<String, String> files, Instant newest) {

    private static final String GRAPH = "saved_model.pb";
    private static final String VARIABLES = "variables";
    private static final Pattern SHARD = Pattern.compile("variables/variables\\.data-(\\d{5})-of-(\\d{5})");

    /** @throws IOException when files come and go meanwhile, too */
    static ExportFolder look(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        Instant[] newest = {Instant.MIN};
        Files.walkFileTree(folder, java.util.EnumSet.of(java.nio.file.FileVisitOption.FOLLOW_LINKS), 8, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return note(directory, attributes, "folder");
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return note(file, attributes, Long.toString(attributes.size()));
            }

            private FileVisitResult note(Path path, BasicFileAttributes attributes, String size) {
                Instant changed = attributes.lastModifiedTime().toInstant();
                files.put(folder.relativize(path).toString().replace('\\', '/'), size + " " + changed);
                newest[0] = changed.isAfter(newest[0]) ? changed : newest[0];
                return FileVisitResult.CONTINUE;
            }
        });
        return new ExportFolder(folder, files, newest[0]);
    }

    /** Written last, by whoever writes manifests; the loader compares its hashes. */
    boolean hasManifest() {
        return files.containsKey(ModelStore.MANIFEST);
    }

    /** What is not there yet; null when all that belongs together is there, or when this never was to become a SavedModel. */
    @Nullable String missing() {
        boolean variables = files.containsKey(VARIABLES);
        if (!files.containsKey(GRAPH)) {
            return variables || files.size() < 2 ? GRAPH : null;
        }
        if (!variables) {
            return null;
        }
        if (!files.containsKey("variables/variables.index")) {
            return files.keySet().stream().anyMatch(file -> file.startsWith("variables/")) ? "variables/variables.index" : null;
        }
        return missingShard();
    }

    private @Nullable String missingShard() {
        int there = 0;
        int all = 1;
        for (String file : files.keySet()) {
            Matcher shard = SHARD.matcher(file);
            if (shard.matches()) {
                there++;
                all = Integer.parseInt(shard.group(2));
            } else if (file.contains(".tempstate") || file.contains("_temp/")) {
                return file + " under its final name";
            }
        }
        return there < all ? all - there + " of " + all + " files variables/variables.data-*" : null;
    }
}
