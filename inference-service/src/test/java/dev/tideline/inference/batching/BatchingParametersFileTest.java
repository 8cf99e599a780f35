package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchingParametersFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | max-rows | 1000", "'' | max-wait | 0us", "'' | queue-rows | 10000", "'' | split-requests | false", "'' | pad-lengths | false",
        "'' | runners |", "'' | allowed-rows |",
        "max_batch_size { value: 128 } max_enqueued_batches { value: 1000000 } | queue-rows | 128000000",
        "max_batch_size { value: 4000000000000000000 } max_enqueued_batches { value: 4000000000000000000 } | queue-rows | 2147483647",
        "max_enqueued_batches { value: 0 } max_batch_size { value: 7 } | queue-rows | 7",
        "num_batch_threads { value: 8 } | runners | 8", "batch_timeout_micros { value: 5000 } | max-wait | 5000us",
        "pad_variable_length_inputs: true | pad-lengths | true",
        "max_batch_size { value: 9 } max_execution_batch_size { value: 3 } | max-rows | 9",
        "max_batch_size { value: 9 } max_execution_batch_size { value: 3 } enable_large_batch_splitting { value: true } | max-rows | 3",
        "enable_large_batch_splitting { value: true } | split-requests | true",
        "allowed_batch_sizes: 2 allowed_batch_sizes: 8 max_batch_size { value: 8 } | allowed-rows | 2,8"
    })
    void parametersBecomeKeys(String text, String key, String value) throws IOException {
        Path file = Files.writeString(folder.resolve("batching.config"), text);

        assertThat(BatchingParametersFile.keys(file).get(key)).isEqualTo(value);
    }
}
