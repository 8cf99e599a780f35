package dev.tideline.training.tensorflow;

import java.util.List;
import org.tensorflow.Server;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.JobDef;
import org.tensorflow.proto.ServerDef;

/**
 * The worker processes that train one model together.
 *
 * @param addresses host and port of each worker, by rank
 * @param rank      of this process
 */
public record Cluster(List<String> addresses, int rank) {

    static final String JOB = "worker";

    public Cluster {
        addresses = List.copyOf(addresses);
        if (rank < 0 || rank >= addresses.size()) {
            throw new IllegalArgumentException("rank: " + rank + " (expected: 0 to " + (addresses.size() - 1) + ")");
        }
    }

    public int size() {
        return addresses.size();
    }

    String target() {
        return "grpc://" + addresses.get(rank);
    }

    static String task(int rank) {
        return "/job:" + JOB + "/replica:0/task:" + rank;
    }

    /**
     * Starts this process's server. It lives as long as the process: TensorFlow has no clean shutdown, so a worker is a process of
     * its own.
     */
    void serve(ConfigProto config) {
        var job = JobDef.newBuilder().setName(JOB);
        for (int i = 0; i < addresses.size(); i++) {
            job.putTasks(i, addresses.get(i));
        }
        new Server(ServerDef.newBuilder().setCluster(ClusterDef.newBuilder().addJob(job)).setJobName(JOB).setTaskIndex(rank)
            .setDefaultSessionConfig(config).setProtocol("grpc").build()).start();
    }
}
