package dev.tideline.platform.replay;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param log       a TFRecord file of logged predictions, or a folder of them
 * @param service   inference-service to ask
 * @param model     replay only this model's predictions; null: all
 * @param rate      requests per second
 * @param tolerance difference of two numbers that still counts as equal, relative above 1
 */
public record ReplayOptions(Path log, URI service, @Nullable String model, double rate, double tolerance) {}
