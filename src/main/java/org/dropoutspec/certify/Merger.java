package org.dropoutspec.certify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dropoutspec.contract.Examination;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.sampling.Counted;
import org.dropoutspec.sampling.Pool;

/**
 * Puts shards together as they come, in any order. Counts are added up at once, so that thousands of shards take the
 * room of one; verdicts follow when all are there, by one look at the masks of all.
 */
public final class Merger {
    private static final int TOLD = 5;
    private static final byte[] HELD_ELSEWHERE = {};

    private final Certifier certifier;
    private final Description description;
    private final int of;
    /** By operation and site. */
    private final Map<String, Pool> pools;

    private final List<Shard> shards = new ArrayList<>();
    private final Set<Integer> parts = new HashSet<>();

    /**
     * @param certifier with the tier, seed and selection of every shard
     * @param of how many shards there are
     */
    public Merger(Certifier certifier, Description description, int of) {
        this.certifier = certifier;
        this.description = description;
        this.of = of;
        this.pools = certifier.pools(description);
    }

    /** @throws IllegalArgumentException when it is not one of these shards, was added before, or is damaged */
    public void add(Shard shard) {
        if (shard.part().of() != of) {
            throw new IllegalArgumentException("shard (" + shard.name() + ") must be one of " + of);
        }
        if (!parts.add(shard.part().number())) {
            throw new IllegalArgumentException("shard (" + shard.name() + ") must be given once");
        }
        List<Shard.AtSite> held = new ArrayList<>();
        for (Shard.AtSite site : shard.sites()) {
            Examination examination = site.examination();
            if (examination.counted().isPresent()) {
                Counted counted = examination.counted().get();
                add(shard, site.name(), counted.counts());
                examination = examination.with(counted.with(HELD_ELSEWHERE));
            }
            held.add(site.with(examination));
        }
        shards.add(new Shard(shard.part(), held));
    }

    private void add(Shard shard, String site, byte[] counts) {
        Pool pool = pools.get(site);
        if (pool == null) {
            throw new IllegalArgumentException(
                    "shard (" + shard.name() + ") must be of the operations judged, and is of " + site);
        }
        if (counts.length == 0) {
            return; // they came with another shard, already put together
        }
        try {
            pool.add(counts);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException("shard (" + shard.name() + "): " + damaged.getMessage(), damaged);
        }
    }

    /** The added shards, to be added elsewhere; the counts of all are in the one of the lowest number. */
    public List<Shard> put() {
        List<Shard> all = new ArrayList<>(shards);
        all.sort(Comparator.comparingInt(shard -> shard.part().number()));
        if (!all.isEmpty()) {
            all.set(0, withCounts(all.get(0)));
        }
        return all;
    }

    private Shard withCounts(Shard shard) {
        List<Shard.AtSite> sites = new ArrayList<>();
        for (Shard.AtSite site : shard.sites()) {
            Examination examination = site.examination();
            sites.add(examination
                    .counted()
                    .map(counted -> counted.with(
                            Objects.requireNonNull(pools.get(site.name())).written(counted.number())))
                    .map(counted -> site.with(examination.with(counted)))
                    .orElse(site));
        }
        return new Shard(shard.part(), sites);
    }

    /**
     * The certificate of all shards together.
     *
     * @throws IllegalArgumentException when one is missing
     */
    public Certificate merged() {
        TreeSet<Integer> missing = IntStream.range(0, of).boxed().collect(Collectors.toCollection(TreeSet::new));
        shards.forEach(shard -> missing.remove(shard.part().number()));
        if (!missing.isEmpty()) {
            String told = missing.stream()
                    .limit(TOLD)
                    .map(number -> number + 1 + "/" + of)
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException("shards must all be given, and missing are " + told
                    + (missing.size() > TOLD ? " and " + (missing.size() - TOLD) + " others" : ""));
        }
        return certifier.examining(new Examiner.FromShards(put())).certify(new Unasked(description));
    }
}
