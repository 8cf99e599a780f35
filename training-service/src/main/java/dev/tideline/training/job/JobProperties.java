package dev.tideline.training.job;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs run on this instance.
 *
 * @param workers         jobs at a time
 * @param poll            how often to look for jobs that nobody announced here
 * @param lease           after this time without a heartbeat another instance takes a job over
 * @param heartbeat       between two heartbeats; also how fast a cancellation is noticed
 * @param attempts        attempts in a row that get no further than those before, after which a job fails for good
 * @param timeout         longest life of a child process
 * @param silence         a child process that says nothing for so long is frozen: it is killed, and the job goes on from its checkpoint
 * @param stall           a child process that lives but makes no step for so long hangs: likewise
 * @param outage          how long a running job and its result wait for a database that is away
 * @param work            folder for orders, logs and checkpoints; relative to the storage root
 * @param keep            how long the folder of a job stays after its end
 * @param sweepEvery      between two looks for folders that nobody needs any more
 * @param heap            heap of a child process; TensorFlow's own memory comes on top
 * @param memory          memory that a child process may hold in all, native memory included; 0: no limit; Linux only
 * @param log             size of a job's log at which its older half is cut off
 * @param threads         for the work inside TensorFlow's operations; 0 takes all cores
 * @param checkpointEvery shortest time between two checkpoints
 * @param followers       event streams at a time on this instance
 * @param progressEvery   shortest time between two progress events
 */
@Validated
@ConfigurationProperties("tideline.training.job")
record JobProperties(
        @DefaultValue("1") @Min(1) @Max(64) int workers,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("1s") Duration heartbeat,
        @DefaultValue("3") @Min(1) @Max(100) int attempts,
        @DefaultValue("6h") Duration timeout,
        @DefaultValue("15s") Duration silence,
        @DefaultValue("10m") Duration stall,
        @DefaultValue("1h") Duration outage,
        @DefaultValue("jobs") Path work,
        @DefaultValue("30d") Duration keep,
        @DefaultValue("1h") Duration sweepEvery,
        @DefaultValue("512MB") DataSize heap,
        @DefaultValue("0B") DataSize memory,
        @DefaultValue("4MB") DataSize log,
        @DefaultValue("0") @Min(0) int threads,
        @DefaultValue("30s") Duration checkpointEvery,
        @DefaultValue("500ms") Duration progressEvery,
        @DefaultValue("64") @Min(1) @Max(10_000) int followers) {}
