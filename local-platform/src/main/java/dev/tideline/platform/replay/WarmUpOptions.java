package dev.tideline.platform.replay;

import java.net.URI;
import java.nio.file.Path;

/**
 * @param log     a TFRecord file of logged predictions, or a folder of them
 * @param service inference-service that serves the model, for types and shapes
 * @param model   whose predictions to take
 * @param records how many of the last ones; at most {@link WarmUpFile#MOST}
 * @param out     file to write; it is replaced
 */
public record WarmUpOptions(Path log, URI service, String model, int records, Path out) {}
