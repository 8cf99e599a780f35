package dev.tideline.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.servable.VersionChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestCallTest {

    @Test
    void readsModelVersionAndLabel() {
        assertThat(RestCall.parse("POST", "/v1/models/m:predict")).isEqualTo(new RestCall.Predict("m", new VersionChoice.Default()));
        assertThat(RestCall.parse("POST", "/v1/models/m/versions/7:classify"))
                .isEqualTo(new RestCall.Classify("m", new VersionChoice.Exact(7)));
        assertThat(RestCall.parse("POST", "/v1/models/m/labels/new:regress"))
                .isEqualTo(new RestCall.Regress("m", new VersionChoice.Labelled("new")));
        assertThat(RestCall.parse("GET", "/v1/models/m")).isEqualTo(new RestCall.Status("m", new VersionChoice.Default()));
        assertThat(RestCall.parse("GET", "/v1/models/m/versions/7/metadata"))
                .isEqualTo(new RestCall.Metadata("m", new VersionChoice.Exact(7)));
    }

    @Test
    void ignoresCaseOfThePathButNotOfNames() {
        assertThat(RestCall.parse("POST", "/V1/Models/Trips:PREDICT")).isEqualTo(new RestCall.Predict("Trips", new VersionChoice.Default()));
    }

    @Test
    void decodesNames() {
        assertThat(RestCall.parse("GET", "/v1/models/a%21%2F%3A+b/labels/c%20d")).isEqualTo(
                new RestCall.Status("a!/:+b", new VersionChoice.Labelled("c d")));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/foo", "POST, /v1/models", "GET, /v1/models/debug/model_name", "GET, /v1/models/m:predict", "POST, /v1/models/m/metadata",
        "GET, /v1/models/m/version/50", "GET, /v1/models/m/label/x", "GET, /v1/models/m/versions/HELLO",
        "POST, /v1/models/m/versions/50/labels/x:predict", "DELETE, /v1/models/m", "POST, /v1/models/m:unknown", "POST, /v1/models/:predict"
    })
    void refusesMalformedPaths(String method, String path) {
        assertThatThrownBy(() -> RestCall.parse(method, path)).hasMessage("Malformed request: " + method + " " + path);
    }

    @Test
    void refusesVersionBeyondALong() {
        assertThatThrownBy(() -> RestCall.parse("GET", "/v1/models/m/versions/18446744073709551615"))
                .hasMessageContaining("Failed to convert version");
    }

    @Test
    void missesModelNameInList() {
        assertThatThrownBy(() -> RestCall.parse("GET", "/v1/models")).hasMessage("Missing model name in request.");
    }
}
