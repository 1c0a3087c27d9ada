package org.dropoutspec.sampling;

import java.util.Optional;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.InBits;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.Tensor;

/**
 * The same call answered in full and in bits: both have to tell the same mask. Only then are bits taken for evidence.
 *
 * <p>Where a seed can be set, it is what makes two calls the same; otherwise a mask that is given, and at least a rate of
 * 0, at which every bit is set.
 */
final class BothWays {
    /** The requirement that a contradiction breaks. */
    static final String REQUIREMENT = "MASK-14";

    private final Description description;
    private final Sampler sampler;

    BothWays(Description description, Sampler sampler) {
        this.description = description;
        this.sampler = sampler;
    }

    /** Whether a call may be asked in bits at all. */
    static boolean canAsk(Asking asking, Description description) {
        Call call = asking.call();
        return description.can(Capability.KEPT_BITS)
                // a field more is a signature more
                && !description.can(Capability.FEW_SHAPES)
                && call.training()
                && call.gradOutput().isEmpty()
                && call.noiseShape().isEmpty()
                && asking.condition().values() != ValueKind.WITH_ZEROS;
    }

    /** How the answer in bits contradicts one in full that has the form it should have; empty when it does not. */
    Optional<Sighting> contradiction(Call call, Tensor output) {
        if (call.seed().isPresent()) {
            return compared(call, PackedMask.ofOutput(output))
                    // what draws another mask each time is no matter of bits
                    .filter(seen -> sampler.tryPut(call)
                            .map(Result::output)
                            .filter(output::equals)
                            .isPresent());
        }
        if (description.can(Capability.SEED)) {
            return Optional.empty(); // calls that carry one are among the others
        }
        if (description.can(Capability.MASK_INPUT)) {
            Tensor mask = kept(output);
            return compared(call.withMask(mask), PackedMask.ofKept(mask));
        }
        return compared(call.withRate(0), PackedMask.of(new boolean[output.size()]));
    }

    private static Tensor kept(Tensor output) {
        PackedMask dropped = PackedMask.ofOutput(output);
        boolean[] kept = new boolean[output.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = !dropped.dropped(i);
        }
        return Tensor.ofBooleans(output.shape(), kept);
    }

    private Optional<Sighting> compared(Call call, PackedMask expected) {
        Optional<PackedMask> bits;
        try {
            bits = sampler.putInBits(call);
        } catch (RejectedCall rejection) {
            return Optional.of(new Sighting(REQUIREMENT, "asked in bits, rejected: " + rejection.getMessage()));
        }
        return bits.flatMap(seen -> InBits.difference(expected, seen))
                .map(difference -> new Sighting(REQUIREMENT, difference));
    }
}
