package org.dropoutspec.cluster;

import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.report.StoredShard;
import org.dropoutspec.sampling.Part;
import org.dropoutspec.wire.AdapterProcess;

/**
 * Asks one shard: starts the adapter where Spark runs it, and gives what was counted. The same shard gives the same again,
 * so that Spark may ask it anew where an executor is lost.
 *
 * @param command that starts the adapter, on every machine
 */
record ShardTask(String tier, long seed, List<String> operations, List<String> only, List<String> command, int of, int timeout)
        implements Function<Integer, Bundle> {
    private static final long serialVersionUID = 1;

    @Override
    public Bundle call(Integer number) {
        Certifier certifier = certifier();
        try (AdapterProcess adapter = new AdapterProcess(command, Duration.ofSeconds(timeout))) {
            Certifier.OfPart part = certifier.part(adapter, new Part(number, of));
            return Bundle.of(StoredShard.text(part, certifier.selection(), command));
        }
    }

    Certifier certifier() {
        Selection selection = new Selection(java.util.Set.copyOf(operations), java.util.Set.copyOf(only));
        return new Certifier(Tier.named(tier), seed, selection, requirement -> {}).withPictures();
    }
}
