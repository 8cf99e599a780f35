package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.CanonicalRow.Values;
import dev.tideline.tfrecord.Example;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Summarises records in one pass. Not thread-safe. */
public final class StatisticsBuilder {

    private final List<FeatureSpec> features;
    private final StatisticsColumn[] columns;
    private long records;
    /** Whose layout is known, and which one. */
    private @Nullable CanonicalRow known;
    private int layout;
    /** The features with one float in every row of the layout; then those to be asked what they have. */
    private FloatTile singles = FloatTile.NONE;
    private int[] others = {};

    public StatisticsBuilder(Schema schema) {
        this(schema.features());
    }

    public StatisticsBuilder(List<FeatureSpec> features) {
        this.features = List.copyOf(features);
        Scratch scratch = new Scratch();
        this.columns = features.stream().map(feature -> StatisticsColumn.of(feature.kind(), features.size(), scratch))
                .toArray(StatisticsColumn[]::new);
    }

    public void add(Example example) {
        records++;
        singles.drain();
        for (int i = 0; i < columns.length; i++) {
            columns[i].add(example.feature(features.get(i).name()));
        }
    }

    /** @param row made for the names of this builder's features, in their order */
    public void add(CanonicalRow row) {
        records++;
        if (row != known || row.layout() != layout) {
            learn(row);
        }
        singles.add(row);
        for (int feature : others) {
            columns[feature].add(row, feature);
        }
    }

    private void learn(CanonicalRow row) {
        known = row;
        layout = row.layout();
        IntPredicate isSingle = i -> columns[i] instanceof FloatColumn && row.fixed(i) && row.values(i) == Values.FLOATS && row.size(i) == 1;
        int[] features = IntStream.range(0, columns.length).filter(isSingle).toArray();
        singles.drain();
        singles = new FloatTile(features, Arrays.stream(features).mapToObj(i -> (FloatColumn) columns[i]).toArray(FloatColumn[]::new));
        others = IntStream.range(0, columns.length).filter(isSingle.negate()).toArray();
    }

    public DatasetStatistics build() {
        singles.drain();
        TreeMap<String, FeatureStatistics> built = new TreeMap<>();
        for (int i = 0; i < columns.length; i++) {
            built.put(features.get(i).name(), columns[i].build());
        }
        return new DatasetStatistics(records, built);
    }
}
