package org.dropoutspec.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.dropoutspec.tensor.Tiled;

/** Defects where an index of 32 bits, or an offset in bytes, wraps around. */
final class LargeMutants {
    private static final String REQUIREMENT = "NUM-6";

    private LargeMutants() {}

    /** The index, in the stream or in the input, that an element of the output uses; below 0 for none. */
    interface Index {
        long of(long index, DType dtype);
    }

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "mask-of-an-int-index",
                        REQUIREMENT,
                        "draws with an unsigned index of 32 bits, so that the mask repeats (ffpa-attn#352)",
                        seed -> new Sliced(
                                seed, 1L << 33, (index, dtype) -> index & 0xFFFF_FFFFL, (index, dtype) -> index)),
                new Mutant(
                        "elements-beyond-31-bits-left-out",
                        REQUIREMENT,
                        "ends its loop where a signed index would be negative",
                        seed -> new Sliced(
                                seed,
                                1L << 32,
                                (index, dtype) -> index >= 1L << 31 ? -1 : index,
                                (index, dtype) -> index)),
                new Mutant(
                        "offset-in-bytes-wraps",
                        REQUIREMENT,
                        "reads its input at an offset in bytes of 32 bits",
                        seed -> new Sliced(
                                seed,
                                1L << 32,
                                (index, dtype) -> index,
                                (index, dtype) -> (index * dtype.bytes() & 0xFFFF_FFFFL) / dtype.bytes())));
    }

    /** A dropout that is sound in small calls; of a large output it computes only the slices that are asked. */
    static class Sliced extends SoundDropout {
        private final Index drawn;
        private final Index read;
        private final long seed;

        Sliced(long seed, long most, Index drawn, Index read) {
            super(describing(most), seed);
            this.seed = seed;
            this.drawn = drawn;
            this.read = read;
        }

        private static Description describing(long most) {
            Description all = EVERYTHING.withCapabilities(BitsMutants.with(Capability.SLICES, Capability.TILED_INPUT));
            SortedMap<String, Declaration> declarations = new TreeMap<>(all.declarations());
            return new Description(
                    all.name(),
                    all.version(),
                    all.language(),
                    all.homepage(),
                    all.issues(),
                    all.notes(),
                    declarations,
                    all.seeding(),
                    OptionalLong.of(most));
        }

        @Override
        public OperationResult answer(OperationCall call) {
            if (!(call.fields().get("input") instanceof Tiled input) || !call.has("slices")) {
                throw new UnsupportedCall("plain calls, or large ones in slices");
            }
            List<Tensor> slices = new ArrayList<>();
            for (Object slice : (List<?>) call.required("slices")) {
                List<?> ends = (List<?>) slice;
                slices.add(slice(call, input, (Long) ends.get(0), (Long) ends.get(1)));
            }
            return OperationResult.of("slices", slices);
        }

        private Tensor slice(OperationCall call, Tiled input, long from, long to) {
            DType dtype = input.dtype();
            Tensor.Builder slice = Tensor.builder(dtype, Shape.of((int) (to - from)));
            for (long i = from; i < to; i++) {
                long x = input.tile()
                        .bits((int) (read.of(i, dtype) % input.tile().size()));
                slice.setBits((int) (i - from), call.training() ? trained(call.rate(), dtype, x, i) : x);
            }
            return slice.build();
        }

        private long trained(double rate, DType dtype, long x, long index) {
            long at = drawn.of(index, dtype);
            return at >= 0 && new SplittableRandom(seed ^ at).nextDouble() >= rate
                    ? dtype.round(dtype.value(x) / (1 - rate))
                    : 0;
        }
    }
}
