package org.dropoutspec.oracle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Holds every element of an answer to what a call has to give, whatever the call was made for. Each requirement is told
 * at most once an answer, by the first element that breaks it.
 *
 * <p>The input has to be finite, and so has an upstream gradient. An element counts as kept when it is at least half as
 * large as its input: kept ones are no smaller than the input at any rate, dropped ones are 0, and either may also be a
 * little wrong and is still recognised. Where the input is 0 the output shows nothing, and the mask that was reported is
 * taken.
 */
public final class Watch {
    /** The requirements that any answer may break; RATE-1 by a rejection in the place of one. */
    public static final Set<String> REQUIREMENTS = Set.of(
            "RATE-1", "RATE-7", "RATE-8", "MASK-4", "MASK-5", "MASK-6", "FWD-1", "FWD-2", "FWD-5", "FWD-6", "FWD-7",
            "FWD-8", "BWD-1", "BWD-2", "BWD-3", "BWD-4", "BWD-9", "EVAL-1", "EVAL-5", "SHAPE-3", "SHAPE-6", "SHAPE-7",
            "SHAPE-8");

    private final Description description;
    private final boolean inverted;
    private final Chunks chunks = new Chunks();

    public Watch(Description description) {
        this.description = description;
        this.inverted = description.choices().scaling() == Scaling.INVERTED;
    }

    /** What the answer breaks; empty when nothing. */
    public List<Sighting> look(Call call, Result result) {
        return new Look(call, result).sightings();
    }

    /** One answer, looked at once. */
    private final class Look {
        private final Call call;
        private final Tensor x;
        private final Tensor y;
        private final Optional<Tensor> upstream;
        private final Optional<Tensor> gradient;
        private final Optional<Tensor> reported;
        private final boolean strided;
        private final DType dtype;
        private final Map<String, Sighting> seen = new LinkedHashMap<>();

        Look(Call call, Result result) {
            this.call = call;
            this.x = call.presented();
            this.y = result.output();
            this.upstream = call.gradOutput();
            this.gradient = call.gradOutput().isPresent() ? result.gradInput() : Optional.empty();
            this.reported = call.training() ? result.mask() : Optional.empty();
            this.strided = call.permutation().isPresent();
            this.dtype = x.dtype();
        }

        List<Sighting> sightings() {
            if (hasForm()) {
                if (!call.training()) {
                    evaluated();
                } else if (call.rate() == 0 && call.mask().isEmpty()) {
                    untouched("RATE-7");
                } else if (call.rate() == 1 && call.mask().isPresent()) {
                    return List.of(); // version 1.0 of the protocol says nothing of it
                } else if (call.rate() == 1) {
                    dropped();
                } else {
                    trained();
                }
            }
            return List.copyOf(seen.values());
        }

        private void see(String requirement, String what) {
            if (!REQUIREMENTS.contains(requirement)) {
                throw new IllegalArgumentException("requirement (" + requirement + ") must be one that is watched");
            }
            seen.putIfAbsent(requirement, new Sighting(requirement, what));
        }

        private boolean hasForm() {
            if (y.dtype() != dtype) {
                see("FWD-5", "expected " + dtype + ", got " + y.dtype());
            }
            if (!y.shape().equals(x.shape())) {
                see(strided ? "SHAPE-8" : "FWD-6", "expected " + x.shape() + ", got " + y.shape());
            }
            gradient.filter(dx -> dx.dtype() != dtype || !dx.shape().equals(x.shape()))
                    .ifPresent(dx -> see(
                            strided && dx.dtype() == dtype ? "SHAPE-8" : "BWD-9",
                            "expected " + dtype + " " + x.shape() + ", got " + dx.dtype() + " " + dx.shape()));
            reported.filter(mask -> mask.dtype() != DType.BOOL || !mask.shape().equals(call.maskShape()))
                    .ifPresent(mask -> see(
                            "MASK-5",
                            "expected bool " + call.maskShape() + ", got " + mask.dtype() + " " + mask.shape()));
            return seen.isEmpty();
        }

        private void evaluated() {
            if (inverted) {
                same(strided ? "SHAPE-7" : "EVAL-1", "", x, y);
                gradient.ifPresent(dx -> same("BWD-4", "gradient ", upstream.orElseThrow(), dx));
            } else if (call.rate() < 1) {
                product(strided ? "SHAPE-7" : "EVAL-5", "", x, y);
                gradient.ifPresent(dx -> product("BWD-4", "gradient ", upstream.orElseThrow(), dx));
            }
        }

        private void untouched(String requirement) {
            same(requirement, "", x, y);
            gradient.ifPresent(dx -> same(requirement, "gradient ", upstream.orElseThrow(), dx));
        }

        private void same(String requirement, String name, Tensor expected, Tensor got) {
            int at = Chunks.mismatch(expected, got);
            if (at >= 0) {
                see(requirement, unexpected(name, at, expected.bits(at), got));
            }
        }

        private void product(String requirement, String name, Tensor given, Tensor got) {
            for (int i = 0; i < given.size(); i++) {
                long expected = Scaled.product(dtype, given.bits(i), call.rate());
                boolean normal = (expected & ~dtype.signBit()) >>> dtype.fractionBits() != 0;
                boolean zero = (given.bits(i) & ~dtype.signBit()) == 0;
                if ((normal || zero) && !Scaled.close(dtype, expected, got.bits(i), Scaled.CLASSIC_ULPS)) {
                    see(requirement, unexpected(name, i, expected, got));
                    return;
                }
            }
        }

        private void dropped() {
            if (description.choices().rateOne() != RateOne.ZEROS) {
                return;
            }
            for (int i = 0; i < x.size(); i++) {
                if (y.value(i) != 0) {
                    see("RATE-8", unexpected("", i, 0, y));
                } else if (gradient.isPresent() && gradient.get().value(i) != 0) {
                    see("RATE-8", unexpected("gradient ", i, 0, gradient.get()));
                }
                if (!seen.isEmpty()) {
                    return;
                }
            }
        }

        private void trained() {
            Optional<Tensor> given = call.mask().map(this::asInput);
            Optional<Tensor> told = reported.map(this::asInput);
            boolean agree = agree(given, told);
            for (int from = 0; from < x.size(); from += Chunks.SIZE) {
                int to = Math.min(x.size(), from + Chunks.SIZE);
                if (!agree || !isRight(from, to)) {
                    for (int i = from; i < to; i++) {
                        element(i, given, told);
                    }
                }
            }
            if (call.noiseShape().isPresent()) {
                shared();
            }
        }

        private Tensor asInput(Tensor mask) {
            return mask.shape().equals(x.shape()) ? mask : mask.broadcastTo(x.shape());
        }

        /** Whether output, gradient and masks are zero at the same elements; not so where the input has zeros. */
        private boolean agree(Optional<Tensor> given, Optional<Tensor> told) {
            if (gradient.isEmpty() && given.isEmpty() && told.isEmpty()) {
                return true;
            }
            PackedMask dropped = PackedMask.ofOutput(y);
            return gradient.map(PackedMask::ofOutput)
                            .filter(other -> !other.equals(dropped))
                            .isEmpty()
                    && given.map(PackedMask::ofKept)
                            .filter(other -> !other.equals(dropped))
                            .isEmpty()
                    && told.map(PackedMask::ofKept)
                            .filter(other -> !other.equals(dropped))
                            .isEmpty();
        }

        /** Whether a quick look at what is kept finds nothing. */
        private boolean isRight(int from, int to) {
            return chunks.scaledOrZero(x, y, call.rate(), inverted, from, to)
                    && (gradient.isEmpty()
                            || chunks.scaledOrZero(
                                    upstream.orElseThrow(), gradient.get(), call.rate(), inverted, from, to));
        }

        private void element(int i, Optional<Tensor> given, Optional<Tensor> told) {
            if (x.value(i) == 0) {
                zero(i, given.or(() -> told));
                return;
            }
            boolean kept = isKept(i);
            given.filter(mask -> mask.bits(i) != 0 != kept)
                    .ifPresent(mask ->
                            see("MASK-6", "index " + i + " expected " + word(!kept) + " as given, got " + word(kept)));
            told.filter(mask -> mask.bits(i) != 0 != kept)
                    .ifPresent(mask -> see(
                            "MASK-4",
                            "index " + i + " reported as " + word(!kept) + ", output " + dtype.text(y.bits(i))));
            if (kept) {
                value(i, strided ? "SHAPE-6" : inverted ? "FWD-1" : "FWD-8", "", x, y);
            } else if (y.value(i) != 0) {
                see(strided ? "SHAPE-6" : "FWD-2", unexpected("", i, 0, y));
            }
            gradient(i, kept, "BWD-1");
        }

        /** An output of 0 says nothing of the mask; the gradient is held to the mask that is known otherwise. */
        private void zero(int i, Optional<Tensor> mask) {
            if (y.value(i) != 0) {
                see("FWD-7", unexpected("", i, 0, y));
            }
            mask.ifPresent(known -> gradient(i, known.bits(i) != 0, "BWD-3"));
        }

        private void gradient(int i, boolean kept, String masked) {
            if (gradient.isEmpty() || upstream.orElseThrow().value(i) == 0) {
                return;
            }
            Tensor dx = gradient.get();
            if (!kept && dx.value(i) != 0) {
                see(masked, unexpected("gradient ", i, 0, dx));
            } else if (kept && dx.value(i) == 0) {
                see(
                        masked,
                        "gradient index " + i + ", expected not 0 where the output is kept, got "
                                + dtype.text(dx.bits(i)));
            } else if (kept) {
                value(i, "BWD-2", "gradient ", upstream.orElseThrow(), dx);
            }
        }

        private void value(int i, String requirement, String name, Tensor given, Tensor got) {
            long expected = inverted ? Scaled.quotient(dtype, given.bits(i), call.rate()) : given.bits(i);
            if (!Scaled.close(dtype, expected, got.bits(i), inverted ? Scaled.ULPS : 0)) {
                see(requirement, unexpected(name, i, expected, got));
            }
        }

        private void shared() {
            int[] group = call.maskShape().indicesBroadcastTo(x.shape());
            int[] first = new int[call.maskShape().size()];
            Arrays.fill(first, -1);
            for (int i = 0; i < group.length; i++) {
                if (x.value(i) != 0) {
                    int other = first[group[i]];
                    if (other < 0) {
                        first[group[i]] = i;
                    } else if (isKept(i) != isKept(other)) {
                        see(
                                "SHAPE-3",
                                "index " + i + ", expected " + word(isKept(other)) + " like index " + other + ", got "
                                        + word(isKept(i)));
                        return;
                    }
                }
            }
        }

        private boolean isKept(int i) {
            return !(Math.abs(y.value(i)) < Math.abs(x.value(i)) / 2);
        }

        private String unexpected(String name, int i, long expected, Tensor got) {
            String should = dtype.text(expected);
            String is = dtype.text(got.bits(i));
            return name + "index " + i + ", expected " + should + ", got " + is
                    + (should.equals(is) ? " (0x" + Long.toHexString(got.bits(i)) + ")" : "");
        }
    }

    private static String word(boolean kept) {
        return kept ? "kept" : "dropped";
    }

    /** The mask that an answer shows, in the shape of the mask: true = kept; empty where a group shows nothing. */
    public static Optional<Tensor> shownMask(Call call, Result result) {
        Tensor x = call.presented();
        Tensor y = result.output();
        Shape shape = call.maskShape();
        boolean[] kept = new boolean[shape.size()];
        boolean[] known = new boolean[shape.size()];
        int[] group = call.noiseShape().isPresent() ? shape.indicesBroadcastTo(x.shape()) : null;
        for (int i = 0; i < x.size(); i++) {
            int m = group == null ? i : group[i];
            if (!known[m] && (x.value(i) != 0 || shows(call, result, i))) {
                known[m] = true;
                kept[m] = x.value(i) != 0
                        ? !(Math.abs(y.value(i)) < Math.abs(x.value(i)) / 2)
                        : result.gradInput().orElseThrow().value(i) != 0;
            }
        }
        for (boolean each : known) {
            if (!each) {
                return Optional.empty();
            }
        }
        return Optional.of(Tensor.ofBooleans(shape, kept));
    }

    /** Where the input is 0 the gradient shows the mask, unless it is 0 too. */
    private static boolean shows(Call call, Result result, int i) {
        return result.gradInput().isPresent()
                && call.gradOutput().filter(dy -> dy.value(i) != 0).isPresent();
    }
}
