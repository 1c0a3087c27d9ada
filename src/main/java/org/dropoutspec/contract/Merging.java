package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.sampling.Counted;
import org.dropoutspec.sampling.Sampling;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of an examination together. All their masks are weighed once, against the share that a single
 * examination has; no part has weighed its own.
 *
 * @param parts that of the first process, which was asked all else too, and then those of the others
 * @param sampling another sampling of the same design, which can ask nothing
 */
record Merging(List<Examination> parts, Sampling sampling) {

    Examination merged(List<String> shares) {
        Optional<String> failure =
                parts.stream().flatMap(part -> part.failure().stream()).findFirst();
        List<Counted> counted =
                parts.stream().flatMap(part -> part.counted().stream()).toList();
        boolean whole = counted.size() == parts.size();
        if (whole) {
            sampling.conclude(counted);
        } else if (failure.isEmpty() && !counted.isEmpty()) {
            throw new IllegalArgumentException(
                    "shards must all have drawn masks: " + counted.size() + " of " + parts.size() + " have");
        }
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        first().verdicts().forEach((id, verdict) -> verdicts.put(id, verdict(id, verdict, failure)));
        List<String> ledger = new ArrayList<>(shares);
        if (whole) {
            ledger.addAll(sampling.summary());
        }
        first().shapes().ifPresent(ledger::add);
        Set<String> faults = new LinkedHashSet<>();
        Map<String, Sighting> seen = new LinkedHashMap<>();
        parts.forEach(part -> {
            faults.addAll(part.faults());
            part.seen().forEach(seen::putIfAbsent);
        });
        return new Examination(
                verdicts,
                seen,
                parts.stream().map(Examination::inquiry).reduce(Inquiry.NOTHING, Inquiry::and),
                parts.stream().mapToLong(Examination::elements).sum(),
                List.copyOf(faults),
                ledger,
                Optional.empty(),
                failure,
                first().discarded(),
                first().shapes());
    }

    private Examination first() {
        return parts.get(0);
    }

    private Verdict verdict(String id, Verdict own, Optional<String> failure) {
        boolean ofAll = StatisticalRequirements.OF_ALL_PROCESSES.contains(id) && own instanceof Verdict.Inconclusive;
        boolean watched = own instanceof Verdict.Pass && Watch.REQUIREMENTS.contains(id);
        if (failure.isPresent() && (ofAll || watched)) {
            return new Verdict.Error(failure.get());
        }
        if (ofAll) {
            return ofMasks(sampling.conclusions().get(id));
        }
        return watched && sampling.conclusions().get(id) instanceof Conclusion.Rejected broken
                ? new Verdict.Fail(broken.message(), broken.evidence(), broken.calls())
                : own;
    }

    private Verdict ofMasks(@Nullable Conclusion conclusion) {
        if (conclusion == null) {
            return new Verdict.Error("the suite broke: the masks were not weighed");
        }
        Map<String, Object> evidence = new LinkedHashMap<>(conclusion.evidence());
        if (!first().discarded().isEmpty()) {
            evidence.put(Verdict.DISCARDED, first().discarded());
        }
        if (conclusion instanceof Conclusion.Rejected) {
            return new Verdict.Fail(conclusion.message(), evidence);
        } else if (conclusion instanceof Conclusion.Undecided) {
            return new Verdict.Inconclusive(conclusion.message(), evidence);
        } else if (conclusion instanceof Conclusion.Inapplicable) {
            return new Verdict.Unsupported(conclusion.message(), true, evidence);
        }
        return new Verdict.Pass(conclusion.message(), evidence);
    }
}
