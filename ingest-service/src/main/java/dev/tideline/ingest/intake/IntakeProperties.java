package dev.tideline.ingest.intake;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxRecord          bytes of one record; with its key and headers it has to fit into a Kafka message
 * @param maxBody            bytes of one body of any form, unpacked
 * @param maxReported        rejected records that an answer describes; all are counted
 * @param maxInFlight        records of one request that wait for the broker at a time
 * @param buffer             bytes of all requests that wait for the broker at a time
 * @param ackTimeout         how long the broker may take to acknowledge a record
 * @param maxTransactions    requests with an Idempotency-Key at a time
 * @param transactionTimeout how long such a request may take; after a crash, its topic's newest records wait that long
 * @param keyLife            how long an Idempotency-Key is remembered; below the broker's transactional.id.expiration.ms
 */
@Validated
@ConfigurationProperties("tideline.ingest.intake")
record IntakeProperties(
        @DefaultValue("1000KB") DataSize maxRecord,
        @DefaultValue("64GB") DataSize maxBody,
        @DefaultValue("1000") @Min(1) int maxReported,
        @DefaultValue("20000") @Min(1) int maxInFlight,
        @DefaultValue("32MB") DataSize buffer,
        @DefaultValue("10s") Duration ackTimeout,
        @DefaultValue("4") @Min(1) int maxTransactions,
        @DefaultValue("60s") Duration transactionTimeout,
        @DefaultValue("6d") Duration keyLife) {}
