package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.features.SchemaCodec;
import dev.tideline.features.SchemaInference;
import dev.tideline.local.FreePorts;
import dev.tideline.platform.stack.Ports;
import dev.tideline.platform.stack.StackOptions;
import dev.tideline.platform.stack.StackOptions.Jit;
import dev.tideline.platform.support.StubServer;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvScenarioTest {

    @TempDir
    private Path folder;

    private StubServer ingest;
    private Services services;

    @BeforeEach
    void startIngest() throws IOException {
        var base = FreePorts.find(1).getFirst() - 10;
        ingest = new StubServer(base + 10, CsvScenarioTest::infer);
        services = new Services(new StackOptions(folder, folder, new Ports(base), "64m", Jit.FULL));
    }

    @AfterEach
    void stopIngest() {
        ingest.close();
    }

    @Test
    void takesTheFirstTenthAsThePast() throws Exception {
        var scenario = open(rows(20_000), null, null);

        assertThat(scenario.historyRows()).isEqualTo(2_000);
        assertThat(scenario.history().next().whole().get("load").doubleValue()).isEqualTo(0.5);
        assertThat(scenario.live().next().whole().get("load").doubleValue()).isEqualTo(2000.5);
    }

    @Test
    void hidesLabelKeyAndTimeFromWhoeverPredicts() throws Exception {
        var row = open(rows(2_000), "id", "at").live().next();

        assertThat(row.key()).isEqualTo("500");
        assertThat(row.inputs().propertyNames()).containsExactly("load", "wind");
        assertThat(row.label().stringValue()).isEqualTo("UP");
    }

    @Test
    void letsJoinedPredictionsComeBackWithoutKeyAndTime() throws Exception {
        var schema = SchemaCodec.read(open(rows(2_000), "id", "at").schema());

        assertThat(schema.feature("id").orElseThrow().required()).isFalse();
        assertThat(schema.feature("at").orElseThrow().required()).isFalse();
        assertThat(schema.feature("load").orElseThrow().required()).isTrue();
    }

    @Test
    void fillsGapsWithADefaultThatTheSchemaNames() throws Exception {
        var scenario = open(rows(2_000), null, null);
        var live = scenario.live();
        live.next();

        assertThat(live.next().inputs().get("wind").doubleValue()).isZero();
        assertThat(SchemaCodec.read(scenario.schema()).feature("wind").orElseThrow().defaultValue()).isEqualTo(0.0);
    }

    @Test
    void asksForABinaryModelWhenThereAreTwoLabels() throws Exception {
        var definition = open(rows(2_000), null, null).definition("d");

        assertThat(definition.at("/head").has("binary")).isTrue();
        assertThat(definition.at("/inputs/1/transform").stringValue()).isEqualTo("standardise");
    }

    @Test
    void isNamedAfterTheFile() throws Exception {
        assertThat(open(rows(2_000), null, null).name()).isEqualTo("power-2026");
    }

    @Test
    void keepsARateThatWasAskedFor() throws Exception {
        var csv = new DemoOptions.Csv(rows(2_000), "price", null, null);

        assertThat(CsvScenario.open(csv, services, 7.0, folder.resolve("data")).rate()).isEqualTo(7);
    }

    @Test
    void wantsEnoughRows() {
        assertThatThrownBy(() -> open(rows(600), null, null)).isInstanceOf(DemoException.class)
                .hasMessageContaining("600 rows (expected: at least 1000)");
    }

    @Test
    void takesFilesAsPeopleKeepThem() throws Exception {
        var text = new StringBuilder("\uFEFFwind speed;nothing; price\n");
        for (int i = 0; i < 2_000; i++) {
            text.append(i % 4 == 0 ? "n/a" : "3.5").append(";;").append(i % 2 == 0 ? "UP" : "DOWN").append('\n');
        }
        var scenario = open(Files.writeString(folder.resolve("Kept.csv"), text), null, null);

        assertThat(scenario.name()).isEqualTo("kept");
        assertThat(scenario.history().next().whole().propertyNames()).containsExactly("price");
        assertThat(scenario.live().next().inputs().get("wind_speed").doubleValue()).isZero();
        assertThat(scenario.notes()).containsExactlyInAnyOrder("column nothing has no value and is left out",
                "column wind speed: 500 cells such as NaN or ? count as empty", "column wind speed is called wind_speed");
    }

    @Test
    void namesColumnsThatAreMissing() {
        assertThatThrownBy(() -> open(rows(2_000), "nr", null)).isInstanceOf(DemoException.class)
                .hasMessageEndingWith("Power 2026.csv: column: nr (expected: one of id, at, load, wind, price)");
    }

    private CsvScenario open(Path file, String key, String time) throws InterruptedException {
        return CsvScenario.open(new DemoOptions.Csv(file, "price", key, time), services, null, folder.resolve("data"));
    }

    private Path rows(int count) throws IOException {
        var text = new StringBuilder("id,at,load,wind,price\n");
        for (int i = 0; i < count; i++) {
            text.append(i).append(',').append(1_700_000_000_000L + i).append(',').append(i + 0.5).append(',')
                    .append(i % 2 == 0 ? "3.5" : "").append(',').append(i % 2 == 0 ? "UP" : "DOWN").append('\n');
        }
        return Files.writeString(folder.resolve("Power 2026.csv"), text);
    }

    private static StubServer.Response infer(StubServer.Request request) {
        var roles = request.path().contains("key=");
        try {
            var schema = SchemaInference.fromCsv(new StringReader(request.body()), "price", roles ? "id" : null, roles ? "at" : null, 5_000);
            return StubServer.Response.of(200, Json.MAPPER.createObjectNode().set("schema", SchemaCodec.write(schema)).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
