package dev.tideline.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

class CatalogueTest {

    private static final String SCHEMA = "{\"features\":[{\"name\":\"x\",\"kind\":\"FLOAT\"}]}";

    private final Catalogue catalogue = new Catalogue(new JdbcDatasets(
            JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://localhost:1/none")), JsonMapper.shared()));

    private static Dataset dataset(int schemaVersion, int partitions) {
        Schema read = SchemaCodec.read(JsonMapper.shared().readTree(SCHEMA));
        return new Dataset("d", new Schema(schemaVersion, read.features(), read.label(), read.key(), read.time()),
                new SplitRule(SplitRule.By.TIME, 0.2), partitions);
    }

    /** The refresh in the background reads, a declaration commits and remembers, and only then the refresh remembers what it read. */
    @Test
    void whatWasReadBeforeADeclarationDoesNotTakeItsPlace() {
        catalogue.remember(dataset(2, 1));
        catalogue.remember(dataset(1, 1));

        assertThat(catalogue.get("d").schema().version()).isEqualTo(2);
    }

    @Test
    void whatWasReadLastHoldsOtherwise() {
        catalogue.remember(dataset(1, 1));
        catalogue.remember(dataset(1, 3));
        catalogue.remember(dataset(2, 3));

        assertThat(catalogue.get("d")).isEqualTo(dataset(2, 3));
    }
}
