package dev.tideline.training.dataset;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.training.support.Trips;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealedDataTest {

    @Test
    void theManifestThatWasSealedIsTaken() {
        assertThatCode(() -> sealed("trips", 3, "abc").check(manifest())).doesNotThrowAnyException();
    }

    @Test
    void anOlderIngestServiceTellsNoHash() {
        assertThatCode(() -> sealed("trips", 3, null).check(manifest())).doesNotThrowAnyException();
    }

    @Test
    void aManifestOfOtherContentIsRefused() {
        assertThatThrownBy(() -> sealed("trips", 3, "def").check(manifest())).isInstanceOf(TidelineException.class)
            .hasMessage("m.json: content hash abc (expected: def, as ingest-service sealed it)")
            .extracting(failure -> ((TidelineException) failure).code()).isEqualTo(DatasetError.WRONG_FINGERPRINT);
    }

    @Test
    void aManifestOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> sealed("trips", 4, "abc").check(manifest()))
            .hasMessage("m.json: trips version 3 (expected: trips version 4)");
    }

    private static SealedData sealed(String dataset, long version, @Nullable String hash) {
        return new SealedData(dataset, version, 1, "m.json", hash);
    }

    private static DatasetManifest manifest() {
        return new DatasetManifest("trips", 3, Instant.EPOCH, new DataWindow.All(), new SplitRule(SplitRule.By.KEY, 0.2), Trips.schema(),
            "abc", 0, new TreeMap<>());
    }
}
