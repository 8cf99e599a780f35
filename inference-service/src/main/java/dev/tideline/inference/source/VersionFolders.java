package dev.tideline.inference.source;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders named by a number, leading zeros allowed: TensorFlow Serving's layout. Others are none of ours. */
final class VersionFolders {

    private static final Logger log = LoggerFactory.getLogger(VersionFolders.class);
    private static final Pattern NUMBER = Pattern.compile("0*([0-9]{1,18})");

    private VersionFolders() {}

    /** The version of a folder of that name; empty when it is none of ours. */
    static OptionalLong number(String name) {
        Matcher number = NUMBER.matcher(name);
        return number.matches() ? OptionalLong.of(Long.parseLong(number.group(1))) : OptionalLong.empty();
    }

    /** @throws IOException when the base path is not there or cannot be read */
    static NavigableMap<Long, Path> of(Path basePath) throws IOException {
        NavigableMap<Long, Path> folders = new TreeMap<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(basePath)) {
            List<Path> sorted = StreamSupport.stream(children.spliterator(), false)
                    .sorted(Comparator.comparing((Path child) -> child.getFileName().toString().length()).thenComparing(child -> child)).toList();
            for (Path child : sorted) {
                OptionalLong number = number(child.getFileName().toString());
                if (number.isPresent() && Files.isDirectory(child)) {
                    Path first = folders.putIfAbsent(number.getAsLong(), child);
                    if (first != null) {
                        log.debug("{} is passed over: {} is the same version", child, first);
                    }
                }
            }
        }
        return folders;
    }
}
