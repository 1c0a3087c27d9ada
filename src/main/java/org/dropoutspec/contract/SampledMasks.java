package org.dropoutspec.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.Thrown;
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.sampling.Counted;
import org.dropoutspec.sampling.Sampling;
import org.dropoutspec.sampling.StatisticalRequirements;

/** The one sampling of a session, run when its first conclusion is asked for; then only the conclusions are kept. */
final class SampledMasks {
    /** The message on a requirement on masks, where only a part of them was counted. */
    static final String OF_A_PART = "counted in one shard; merge judges the masks of all";

    private final UnderTest implementation;
    /** This session's own sampling first, then those of the other processes. */
    private final Supplier<List<Sampling>> samplings;

    /** Whether the other processes are asked elsewhere. */
    private final boolean inPart;

    private Optional<Counted> counted = Optional.empty();

    private Optional<Map<String, Conclusion>> conclusions = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private Map<String, Long> discarded = Map.of();
    private List<String> summary = List.of();

    SampledMasks(UnderTest implementation, Supplier<List<Sampling>> samplings, boolean inPart) {
        this.inPart = inPart;
        this.implementation = implementation;
        this.samplings = samplings;
    }

    /**
     * What the answers under all conditions show: for a statistical requirement the conclusion from the evidence, for
     * any other only that an answer broke it.
     *
     * @throws ImplementationFault when the implementation broke during the sampling and nothing was decided about this
     *     requirement before
     */
    Optional<Conclusion> conclusion(String requirement) {
        if (conclusions.isEmpty()) {
            sample();
        }
        Optional<Conclusion> conclusion =
                Optional.ofNullable(conclusions.orElseThrow().get(requirement));
        if (conclusion.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return inPart && StatisticalRequirements.OF_ALL_PROCESSES.contains(requirement)
                ? Optional.of(new Conclusion.Undecided(OF_A_PART, Map.of()))
                : conclusion;
    }

    /** The same, as far as it is known without sampling. */
    Optional<Conclusion> known(String requirement) {
        return conclusions.map(known -> known.get(requirement));
    }

    /** Samples, if that was not done yet; an exception is kept for {@link #failure}. */
    void ask() {
        if (conclusions.isEmpty()) {
            sample();
        }
    }

    /** The counts of a part; empty before it was sampled, or where that broke. */
    Optional<Counted> counted() {
        return counted;
    }

    /** How the sampling broke; empty where it did not. */
    Optional<String> failure() {
        return failure.map(Throwable::getMessage);
    }

    /** How many calls of the sampling the implementation could not express, by the name of their type. */
    Map<String, Long> discarded() {
        return discarded;
    }

    /** What the sampling cost, in lines; none before it ran. */
    List<String> summary() {
        return summary;
    }

    private void sample() {
        List<Sampling> all = samplings.get();
        Sampling sampling = all.get(0);
        Map<String, Long> before = implementation.discarded();
        try {
            if (inPart) {
                counted = Optional.of(sampling.runPart());
            } else {
                sampling.run(all.subList(1, all.size()));
            }
        } catch (ImplementationFault broken) {
            implementation.faults().add(broken.getMessage());
            failure = Optional.of(broken);
        } catch (RuntimeException broken) {
            failure = Optional.of(broken);
        } catch (Error broken) {
            failure = Optional.of(new IllegalStateException("the sampling broke: " + Thrown.text(broken), broken));
            throw broken;
        } finally {
            conclusions = Optional.of(sampling.conclusions());
            discarded = difference(implementation.discarded(), before);
            summary = sampling.summary();
        }
    }

    private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
        Map<String, Long> difference = new TreeMap<>();
        after.forEach((type, count) -> {
            if (count > before.getOrDefault(type, 0L)) {
                difference.put(type, count - before.getOrDefault(type, 0L));
            }
        });
        return difference;
    }
}
