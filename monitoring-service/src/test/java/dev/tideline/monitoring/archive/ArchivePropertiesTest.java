package dev.tideline.monitoring.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArchivePropertiesTest {

    private static final byte[] SECRET = {1, 2, 3};

    @Test
    void withoutAKeyTheSecretOfTheModelIsAll() {
        assertThat(new ArchiveProperties(" ").mixed(SECRET)).isEqualTo(SECRET);
    }

    @Test
    void theDatabaseAloneDoesNotTellWhatIsHiddenUnder() {
        byte[] mixed = new ArchiveProperties("pepper").mixed(SECRET);
        assertThat(mixed).hasSize(32).isEqualTo(new ArchiveProperties("pepper").mixed(SECRET)).isNotEqualTo(new ArchiveProperties("salt").mixed(SECRET));
        assertThat(mixed).isNotEqualTo(new ArchiveProperties("pepper").mixed(new byte[] {1, 2, 4}));
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(new ArchiveProperties("pepper").toString()).isEqualTo("ArchiveProperties[hashKey=set]");
    }
}
