package dev.tideline.inference.tensorflow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The ops that a model may run. A SavedModel is a program: with the wrong op it reads or writes any file of this process, so what is not
 * on the list is refused. Files of the model itself are another matter, and only while it loads.
 */
final class OpAllowList {

    /** When an op runs. */
    enum Use { SERVING, INITIALISATION, RESTORE }

    private static final Set<String> STOCK = read();
    /** Fill lookup tables from the model's own assets. */
    private static final Set<String> INITIALISERS = Set.of("InitializeTableFromTextFile", "InitializeTableFromTextFileV2");
    /** Read the model's own checkpoint. */
    private static final Set<String> RESTORERS = Set.of("Restore", "RestoreSlice", "RestoreV2");

    private final Set<String> allowed;

    /** @param further op types that are allowed beyond the stock list, whatever they do */
    OpAllowList(Collection<String> further) {
        Set<String> all = new HashSet<>(STOCK);
        all.addAll(further);
        this.allowed = Set.copyOf(all);
    }

    boolean allows(String op, Use use) {
        return allowed.contains(op) || switch (use) {
            case SERVING -> false;
            case INITIALISATION -> INITIALISERS.contains(op);
            case RESTORE -> RESTORERS.contains(op);
        };
    }

    private static Set<String> read() {
        try (InputStream in = Objects.requireNonNull(OpAllowList.class.getResourceAsStream("allowed-ops.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return Set.copyOf(lines.lines().filter(line -> !line.startsWith("#")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
