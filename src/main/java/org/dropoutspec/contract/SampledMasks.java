package org.dropoutspec.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.Thrown;
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.sampling.Sampling;

/** The one sampling of a session, run when its first conclusion is asked for; then only the conclusions are kept. */
final class SampledMasks {
    private final UnderTest implementation;
    /** This session's own first, then those of the other processes. */
    private final Supplier<List<Sampling>> samplings;

    private Optional<Map<String, Conclusion>> conclusions = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private Map<String, Long> discarded = Map.of();
    private List<String> summary = List.of();

    SampledMasks(UnderTest implementation, Supplier<List<Sampling>> samplings) {
        this.implementation = implementation;
        this.samplings = samplings;
    }

    /**
     * What the answers under all conditions show: of a statistical requirement whatever the evidence came to, of another
     * one only that an answer broke it.
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
        return conclusion;
    }

    /** How many calls of the sampling the implementation could not express, by the name of their type. */
    Map<String, Long> discarded() {
        return discarded;
    }

    /** What the sampling cost, a line each; none before it ran. */
    List<String> summary() {
        return summary;
    }

    private void sample() {
        List<Sampling> all = samplings.get();
        Sampling sampling = all.get(0);
        Map<String, Long> before = implementation.discarded();
        try {
            sampling.run(all.subList(1, all.size()));
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
