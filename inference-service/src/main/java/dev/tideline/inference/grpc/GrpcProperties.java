package dev.tideline.inference.grpc;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The gRPC door; its address, port and message sizes are {@code spring.grpc.server.*}.
 *
 * @param timeout       how long a call may take whose client sets no deadline, or a longer one
 * @param tensorContent answer tensors as {@code tensor_content}, bytes, instead of typed lists; smaller work for both sides, but clients
 *                      that read {@code float_val} see nothing
 * @param socketPath    Unix socket that the same services listen on, beside the port; absent: none
 */
@Validated
@ConfigurationProperties("tideline.inference.grpc")
record GrpcProperties(@DefaultValue("30s") @NotNull Duration timeout, @DefaultValue("false") boolean tensorContent,
        @Nullable Path socketPath) {}
