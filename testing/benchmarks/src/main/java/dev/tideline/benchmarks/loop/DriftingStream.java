package dev.tideline.benchmarks.loop;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Streams of the concept-drift literature, written anew: a concept lasts 10,000 rows and changes from one row to the next. SEA (Street and Kim,
 * KDD 2001), Sine and Mixed (Gama and others, SBIA 2004), STAGGER (Schlimmer and Granger, Machine Learning 1, 1986). The calm ones never
 * change what follows from what.
 */
enum DriftingStream {

    SINE("x,y", 40_000, 0) {
        @Override
        boolean draw(SplittableRandom random, int concept, List<String> cells) {
            double x = number(random, cells);
            double y = number(random, cells);
            boolean below = concept / 2 % 2 == 0 ? y < Math.sin(x) : y < 0.5 + 0.3 * Math.sin(3 * Math.PI * x);
            return below == (concept % 2 == 0);
        }
    },

    MIXED("v,w,x,y", 40_000, 0) {
        @Override
        boolean draw(SplittableRandom random, int concept, List<String> cells) {
            int votes = flag(random, cells) + flag(random, cells);
            double x = number(random, cells);
            votes += number(random, cells) < 0.5 + 0.3 * Math.sin(3 * Math.PI * x) ? 1 : 0;
            return votes >= 2 == (concept % 2 == 0);
        }
    },

    STAGGER("size,colour,shape", 40_000, 0) {
        @Override
        boolean draw(SplittableRandom random, int concept, List<String> cells) {
            String size = one(random, cells, "small", "medium", "large");
            String colour = one(random, cells, "red", "green", "blue");
            String shape = one(random, cells, "circle", "square", "triangle");
            return switch (concept % 3) {
                case 0 -> size.equals("small") && colour.equals("red");
                case 1 -> colour.equals("green") || shape.equals("circle");
                default -> !size.equals("small");
            };
        }
    },

    SEA("a,b,c", 50_000, 0.1) {
        @Override
        boolean draw(SplittableRandom random, int concept, List<String> cells) {
            return sea(random, cells, THRESHOLDS[concept % THRESHOLDS.length]);
        }
    },

    /** One concept of SEA. */
    CALM_SEA("a,b,c", 40_000, 0.1) {
        @Override
        boolean draw(SplittableRandom random, int concept, List<String> cells) {
            return sea(random, cells, THRESHOLDS[0]);
        }
    },

    /** One concept of Sine, a tenth of the labels wrong. */
    CALM_SINE("x,y", 40_000, 0.1) {
        @Override
        boolean draw(SplittableRandom random, int concept, List<String> cells) {
            return SINE.draw(random, 0, cells);
        }
    },

    /** Three inputs that the label does not follow move by a deviation with each concept. */
    IRRELEVANT("a,b,c,d,e,f", 40_000, 0.1) {
        @Override
        boolean draw(SplittableRandom random, int concept, List<String> cells) {
            double sum = 0;
            for (int i = 0; i < 6; i++) {
                double value = random.nextGaussian() + (i < 3 ? 0 : concept);
                cells.add(String.format(Locale.ROOT, "%.5f", value));
                sum += i < 2 ? value : 0;
            }
            return sum > 0;
        }
    };

    private static final int CONCEPT = 10_000;
    private static final double[] THRESHOLDS = {8, 9, 7, 9.5};

    private final String header;
    private final int rows;
    private final double noise;

    DriftingStream(String header, int rows, double noise) {
        this.header = header;
        this.rows = rows;
        this.noise = noise;
    }

    /** Draws the inputs into {@code cells} and gives the label. */
    abstract boolean draw(SplittableRandom random, int concept, List<String> cells);

    Path write(Path folder, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Path file = folder.resolve(name().toLowerCase(Locale.ROOT) + "-" + seed + ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(header + ",class\n");
            for (int i = 0; i < rows; i++) {
                List<String> cells = new ArrayList<>();
                boolean label = draw(random, i / CONCEPT, cells);
                boolean flipped = random.nextDouble() < noise;
                out.write(String.join(",", cells) + "," + (label == flipped ? 0 : 1) + "\n");
            }
        }
        return file;
    }

    private static boolean sea(SplittableRandom random, List<String> cells, double threshold) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double value = 10 * random.nextDouble();
            cells.add(String.format(Locale.ROOT, "%.5f", value));
            sum += i < 2 ? value : 0;
        }
        return sum <= threshold;
    }

    private static double number(SplittableRandom random, List<String> cells) {
        double value = random.nextDouble();
        cells.add(String.format(Locale.ROOT, "%.6f", value));
        return value;
    }

    private static int flag(SplittableRandom random, List<String> cells) {
        int value = random.nextInt(2);
        cells.add(Integer.toString(value));
        return value;
    }

    private static String one(SplittableRandom random, List<String> cells, String... values) {
        String value = values[random.nextInt(values.length)];
        cells.add(value);
        return value;
    }
}
