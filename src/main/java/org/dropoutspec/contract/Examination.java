package org.dropoutspec.contract;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;

/** One implementation examined once: what is asked of it, from which seed, and the verdicts so far. */
public final class Examination {
    private final Implementation implementation;
    private final Description description;
    private final Tier tier;
    private final long seed;
    private final Consumer<String> progress;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private long elements;

    /**
     * @param seed the master seed, from which every choice of the examination follows
     * @param progress told the id of each requirement when its check begins
     */
    public Examination(Implementation implementation, Tier tier, long seed, Consumer<String> progress) {
        this.implementation = implementation;
        this.description = implementation.description();
        this.tier = tier;
        this.seed = seed;
        this.progress = progress;
    }

    public Description description() {
        return description;
    }

    public Tier tier() {
        return tier;
    }

    public long seed() {
        return seed;
    }

    /** The verdicts by requirement id, in the order in which they fell. */
    public Map<String, Verdict> verdicts() {
        return Collections.unmodifiableMap(verdicts);
    }

    /** How many mask elements the implementation was asked for. */
    public long elements() {
        return elements;
    }

    Implementation implementation() {
        return implementation;
    }

    void begin(String requirement) {
        progress.accept(requirement);
    }

    void conclude(String requirement, Verdict verdict) {
        verdicts.put(requirement, verdict);
    }

    void countElements(int count) {
        elements += count;
    }

    /** A seed of its own for each name, so that a check tries the same calls alone as among all others. */
    long seedFor(String name) {
        long mixed = seed;
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            mixed = new SplittableRandom(mixed * 31 + letter).nextLong();
        }
        return mixed;
    }
}
