package dev.tideline.benchmarks.detectors;

import com.github.javacliparser.Option;
import com.yahoo.labs.samoa.instances.Instance;
import com.yahoo.labs.samoa.instances.InstancesHeader;
import java.util.Random;
import moa.options.ClassOption;
import moa.options.OptionHandler;
import moa.streams.ExampleStream;
import org.jspecify.annotations.Nullable;

/** Five concepts of a MOA generator one after the other; four drifts at equal distances. */
enum MoaStream {

    SINE("generators.SineGenerator -f %d", true, 1, 2, 1, 2, 1),
    SEA("generators.SEAGenerator -f %d", false, 1, 2, 3, 4, 1),
    AGRAWAL("generators.AgrawalGenerator -f %d", false, 1, 2, 3, 4, 5),
    LED("generators.LEDGeneratorDrift -d %d", false, 1, 3, 5, 7, 1),
    MIXED("generators.MixedGenerator -f %d", true, 1, 2, 1, 2, 1),
    STAGGER("generators.STAGGERGenerator -f %d", true, 1, 2, 3, 1, 2);

    private static final double FLIPPED = 0.1;

    private final String generator;
    private final boolean flips;
    private final int[] concepts;

    /** @param flips whether a tenth of the labels is turned over, because the generator has no noise of its own */
    MoaStream(String generator, boolean flips, int... concepts) {
        this.generator = generator;
        this.flips = flips;
        this.concepts = concepts;
    }

    /**
     * @param segment rows of each concept
     * @param width   rows that a change takes; 1 is abrupt
     */
    Rows open(int seed, int segment, int width) throws Exception {
        String stream = concept(4, seed);
        for (int i = 3; i >= 0; i--) {
            stream = "ConceptDriftStream -s (" + concept(i, seed) + ") -d (" + stream + ") -p " + segment + " -w " + width;
        }
        var opened = (ExampleStream<?>) ClassOption.cliStringToObject(stream, ExampleStream.class, new Option[0]);
        ((OptionHandler) opened).prepareForUse();
        return new Rows(opened, flips ? new Random(1_000 + seed) : null);
    }

    private String concept(int place, int seed) {
        return generator.formatted(concepts[place]) + " -i " + seed + (place == 0 ? "" : Integer.toString(place));
    }

    /** The rows of a stream, labels turned over where asked for. */
    static final class Rows {

        private final ExampleStream<?> stream;
        private final @Nullable Random noise;

        private Rows(ExampleStream<?> stream, @Nullable Random noise) {
            this.stream = stream;
            this.noise = noise;
        }

        InstancesHeader header() {
            return stream.getHeader();
        }

        Instance next() {
            Instance row = (Instance) stream.nextInstance().getData();
            if (noise != null && noise.nextDouble() < FLIPPED) {
                row.setClassValue(1 - row.classValue());
            }
            return row;
        }
    }
}
