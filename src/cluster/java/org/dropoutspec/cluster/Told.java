package org.dropoutspec.cluster;

import java.io.PrintWriter;
import java.util.Locale;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Tells how far a run on a cluster has come, as Spark has it. */
final class Told extends SparkListener {
    private final PrintWriter err;
    private final int shards;
    private int done;

    Told(PrintWriter err, int shards) {
        this.err = err;
        this.shards = shards;
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.stageId() > 0) {
            return; // what was counted is only put together there
        }
        if (end.taskInfo().successful()) {
            done++;
            err.printf(
                    Locale.ROOT,
                    "shard %d asked by %s: %d of %d%n",
                    end.taskInfo().partitionId() + 1,
                    end.taskInfo().host(),
                    Math.min(done, shards),
                    shards);
        } else {
            err.printf(Locale.ROOT, "shard %d is asked again: %s%n", end.taskInfo().partitionId() + 1, end.reason());
        }
        err.flush();
    }

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        err.printf(Locale.ROOT, "executor %s was lost: %s%n", removed.executorId(), removed.reason());
        err.flush();
    }
}
