package dev.tideline.training.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How several workers train one model.
 *
 * @param host     address under which other workers reach this machine; TensorFlow's runtime has no authentication, so its network
 *                 must be private
 * @param patience how long a job looks for all its workers before it goes back to the queue, or begins with fewer if it may
 * @param regroup  the same after a worker was lost, for jobs that may go on with fewer
 * @param pause    how long such a job waits in the queue before it looks again
 */
@ConfigurationProperties("tideline.training.gang")
record GangProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("60s") Duration patience,
        @DefaultValue("5s") Duration regroup,
        @DefaultValue("5s") Duration pause) {}
