package org.dropoutspec.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.certify.Merger;
import org.dropoutspec.certify.Shard;
import org.dropoutspec.report.StoredShard;

/**
 * Shards on their way to the driver, the counts of all with the first of them, so that no machine holds more than those of
 * a few.
 *
 * @param shards their certificates
 */
record Bundle(List<String> shards) implements Serializable {
    private static final long serialVersionUID = 1;

    static final Bundle EMPTY = new Bundle(List.of());

    static Bundle of(String shard) {
        return new Bundle(List.of(shard));
    }

    /** The shards of both, their counts added up. */
    Bundle and(Bundle other) {
        if (shards.isEmpty() || other.shards.isEmpty()) {
            return shards.isEmpty() ? other : this;
        }
        StoredShard first = StoredShard.of(shards.get(0));
        Merger merger = first.merger();
        shards.forEach(shard -> merger.add(StoredShard.of(shard).shard()));
        other.shards.forEach(shard -> merger.add(StoredShard.of(shard).shard()));
        List<String> all = new ArrayList<>();
        for (Shard shard : merger.put()) {
            all.add(first.with(shard));
        }
        return new Bundle(all);
    }

    /** What puts them together. */
    Merger merger() {
        Merger merger = StoredShard.of(shards.get(0)).merger();
        shards.forEach(shard -> merger.add(StoredShard.of(shard).shard()));
        return merger;
    }
}
