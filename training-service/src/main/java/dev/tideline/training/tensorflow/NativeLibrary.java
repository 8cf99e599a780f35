package dev.tideline.training.tensorflow;

import org.tensorflow.TensorFlow;

/** TensorFlow's native library: some hundred megabytes that the system maps and links, which takes a good part of a second. */
public final class NativeLibrary {

    private NativeLibrary() {}

    /**
     * Loads it in the background, while the caller reads what it has to do. Whoever needs it first waits for it; a failure to load
     * reaches them, not the caller.
     */
    public static void preload() {
        var thread = Thread.ofPlatform().daemon().name("tensorflow-load").unstarted(TensorFlow::version);
        thread.setUncaughtExceptionHandler((loader, failure) -> System.err.println("TensorFlow did not load: " + failure));
        thread.start();
    }
}
