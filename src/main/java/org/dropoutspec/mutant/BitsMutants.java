package org.dropoutspec.mutant;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Tensor;

/** Implementations that tell masks in bits, wrongly. */
final class BitsMutants {
    private static final String REQUIREMENT = "MASK-14";

    private static final Description IN_BITS = SoundDropout.EVERYTHING.withCapabilities(with(Capability.KEPT_BITS));

    private BitsMutants() {}

    /** The capabilities of {@link SoundDropout#EVERYTHING}, and these. */
    static Capability[] with(Capability... more) {
        Set<Capability> capabilities = new TreeSet<>(SoundDropout.EVERYTHING.capabilities());
        capabilities.addAll(List.of(more));
        return capabilities.toArray(Capability[]::new);
    }

    /** How the bits of an output are packed. */
    private interface Packing {
        Bits packed(Call call, Tensor output);
    }

    static List<Mutant> all() {
        return List.of(
                packed(
                        "bits-highest-first",
                        "packs the first of eight elements into the highest bit",
                        (call, output) -> {
                            Bits kept = Bits.ofNonzero(output);
                            return Bits.of(kept.size(), i -> (i ^ 7) < kept.size() && kept.isSet(i ^ 7));
                        }),
                packed("bits-inverted", "sets the bits of what is dropped", (call, output) -> {
                    Bits kept = Bits.ofNonzero(output);
                    return Bits.of(kept.size(), i -> !kept.isSet(i));
                }),
                packed("bits-one-late", "packs each element into the bit of the next", (call, output) -> {
                    Bits kept = Bits.ofNonzero(output);
                    return Bits.of(kept.size(), i -> i > 0 && kept.isSet(i - 1));
                }),
                packed("bits-of-the-input", "packs the input", (call, output) -> Bits.ofNonzero(call.presented())),
                packed(
                        "bits-in-the-order-of-the-buffer",
                        "packs a strided output as it lies in memory",
                        (call, output) -> {
                            if (call.permutation().isEmpty()) {
                                return Bits.ofNonzero(output);
                            }
                            int[] axes = call.permutation().get();
                            int[] back = new int[axes.length];
                            for (int axis = 0; axis < axes.length; axis++) {
                                back[axes[axis]] = axis;
                            }
                            return Bits.ofNonzero(output.permuted(back));
                        }),
                new Mutant(
                        "bits-of-another-draw",
                        REQUIREMENT,
                        "draws another mask for the bits than for the output",
                        seed -> new SoundDropout(IN_BITS, seed) {
                            @Override
                            public Bits kept(Call call) {
                                Bits kept = super.kept(call);
                                return call.seed().isPresent() ? super.kept(call.withoutSeed()) : kept;
                            }
                        }),
                new Mutant(
                        "bits-of-a-stream-of-their-own",
                        REQUIREMENT,
                        "draws masks that are told in bits from another stream, except right after a seed",
                        seed -> new SoundDropout(IN_BITS, seed) {
                            private final SoundDropout other = new SoundDropout(IN_BITS, ~seed);

                            @Override
                            public Bits kept(Call call) {
                                return call.seed().isPresent() ? super.kept(call) : other.kept(call);
                            }
                        }));
    }

    private static Mutant packed(String name, String defect, Packing packing) {
        return new Mutant(name, REQUIREMENT, defect, seed -> new SoundDropout(IN_BITS, seed) {
            @Override
            public Bits kept(Call call) {
                return packing.packed(call, dropout(call).output());
            }
        });
    }
}
