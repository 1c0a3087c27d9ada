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
 * Asks the same call in full and in bits: both answers must have the same mask. Only then are bits taken for evidence.
 *
 * <p>A seed makes two calls the same. Where none can be set, a mask is given; where none can be given either, the rate
 * is 0, at which every bit is set.
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
                // one more field makes one more signature
                && !description.can(Capability.FEW_SHAPES)
                && call.training()
                && call.gradOutput().isEmpty()
                && call.noiseShape().isEmpty()
                && asking.condition().values() != ValueKind.WITH_ZEROS;
    }

    /** How the answer in bits contradicts a well-formed answer in full; empty when it does not. */
    Optional<Sighting> contradiction(Call call, Tensor output) {
        if (call.seed().isPresent()) {
            return compared(call, PackedMask.ofOutput(output))
                    // if two answers in full differ as well, bits are not at fault
                    .filter(seen -> sampler.tryPut(call)
                            .map(Result::output)
                            .filter(output::equals)
                            .isPresent());
        }
        if (description.can(Capability.SEED)) {
            return Optional.empty(); // the calls with a seed are compared
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
