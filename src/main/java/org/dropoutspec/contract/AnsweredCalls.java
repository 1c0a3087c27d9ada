package org.dropoutspec.contract;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tiled;

/** Counts what became of an implementation's calls, by type and capability. */
final class AnsweredCalls {
    private static final Answers ANSWERED = new Answers(1, 0, 0, 0);
    private static final Answers REJECTED = new Answers(0, 1, 0, 0);
    private static final Answers DISCARDED = new Answers(0, 0, 1, 0);
    private static final Answers BROKEN = new Answers(0, 0, 0, 1);

    private final Description description;
    private final Map<DType, Answers> types = new EnumMap<>(DType.class);
    private final Map<Capability, Answers> capabilities = new EnumMap<>(Capability.class);
    private final Set<DType> trained = EnumSet.noneOf(DType.class);
    private final TreeSet<Integer> ranks = new TreeSet<>();
    private long largest;
    private Inquiry.Rates rates = Inquiry.Rates.NONE;

    AnsweredCalls(Description description) {
        this.description = description;
    }

    void answered(Call call) {
        count(call, ANSWERED);
        largest = Math.max(largest, call.input().size());
        ranks.add(call.input().shape().rank());
        rates = rates.and(call.rate());
        if (call.training()
                && call.rate() > 0
                && call.rate() < 1
                && call.input().size() > 0) {
            trained.add(call.input().dtype());
        }
    }

    /** A call on a tensor that no array holds, answered in slices. */
    void answered(Tiled input, double rate) {
        types.merge(input.dtype(), ANSWERED, Answers::and);
        capabilities.merge(Capability.SLICES, ANSWERED, Answers::and);
        capabilities.merge(Capability.TILED_INPUT, ANSWERED, Answers::and);
        largest = Math.max(largest, input.size());
        ranks.add(input.extents().size());
        rates = rates.and(rate);
    }

    void rejected(Call call) {
        count(call, REJECTED);
    }

    void discarded(Call call) {
        count(call, DISCARDED);
    }

    void broken(Call call) {
        count(call, BROKEN);
    }

    private void count(Call call, Answers outcome) {
        types.merge(call.input().dtype(), outcome, Answers::and);
        for (Capability capability : needed(call)) {
            capabilities.merge(capability, outcome, Answers::and);
        }
    }

    /** The declared capabilities that the answer depends on. */
    private Set<Capability> needed(Call call) {
        Set<Capability> needed = EnumSet.noneOf(Capability.class);
        call.gradOutput().ifPresent(gradient -> needed.add(Capability.BACKWARD));
        call.seed().ifPresent(seed -> needed.add(Capability.SEED));
        call.mask().ifPresent(mask -> needed.add(Capability.MASK_INPUT));
        call.noiseShape().ifPresent(shape -> needed.add(Capability.NOISE_SHAPE));
        call.permutation().ifPresent(axes -> needed.add(Capability.PERMUTED_INPUT));
        if (call.training()) {
            needed.add(Capability.MASK_OUTPUT);
        }
        if (call.training() && call.seed().isPresent()) {
            needed.add(Capability.PHILOX4X32_10);
        }
        needed.retainAll(description.capabilities());
        return needed;
    }

    /** How many calls were discarded so far, by the name of their type. */
    Map<String, Long> discarded() {
        Map<String, Long> discarded = new TreeMap<>();
        types.forEach((dtype, answers) -> {
            if (answers.discarded() > 0) {
                discarded.put(dtype.toString(), answers.discarded());
            }
        });
        return discarded;
    }

    Inquiry inquiry() {
        return new Inquiry(types, capabilities, trained, largest, ranks, rates);
    }
}
