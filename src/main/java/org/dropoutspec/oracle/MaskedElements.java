package org.dropoutspec.oracle;

import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The elements of an answer to a training call, each kept or dropped by a mask. */
final class MaskedElements {
    private static final double CHANCE = 1e-24;
    private static final double COARSE = 0x1p-7;

    private final CallAndAnswer answer;
    private final boolean inverted;
    private final Chunks chunks;
    private final Sightings sightings;
    private final Call call;
    private final DType dtype;
    private final Tensor x;
    private final Tensor y;
    private final Optional<Tensor> upstream;
    private final Optional<Tensor> gradient;
    private final Optional<Tensor> reported;
    private final boolean strided;

    /** How many elements in a row, up to the present one, are neither dropped nor near their scaled input. */
    private int wrongInARow;

    private int mostWrongInARow;
    private boolean someRight;
    /** The elements at which the output is 0; known only if every element is its scaled input or 0. */
    private @Nullable PackedMask right;

    MaskedElements(CallAndAnswer answer, boolean inverted, Chunks chunks, Sightings sightings) {
        this.answer = answer;
        this.inverted = inverted;
        this.chunks = chunks;
        this.sightings = sightings;
        this.call = answer.call();
        this.dtype = answer.dtype();
        this.x = answer.x();
        this.y = answer.y();
        this.upstream = answer.upstream();
        this.gradient = answer.gradient();
        this.reported = answer.reported();
        this.strided = answer.isStrided();
    }

    /**
     * Whether the implementation left out a part of the call. This is so when some kept elements are scaled rightly,
     * and so many in a row are neither dropped nor scaled that a mask would keep them all with probability {@value
     * #CHANCE} at most. Such elements show no mask.
     */
    boolean leaveAPartOut() {
        return someRight && mostWrongInARow * Math.log1p(-call.rate()) <= Math.log(CHANCE);
    }

    void look() {
        Optional<Tensor> given = call.mask().map(this::asInput);
        Optional<Tensor> told = reported.map(this::asInput);
        PackedMask zero = PackedMask.ofOutput(y);
        boolean agree = agree(given, told, zero);
        right = agree ? zero : null;
        for (int from = 0; from < x.size(); from += Chunks.SIZE) {
            int to = Math.min(x.size(), from + Chunks.SIZE);
            if (agree && isRight(from, to)) {
                someRight = true;
                wrongInARow = 0;
            } else {
                right = null;
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

    /**
     * Whether the output is 0 wherever the input is, and output, gradient and masks agree on which elements are
     * dropped. False when there is a gradient and the upstream gradient has zeros.
     */
    private boolean agree(Optional<Tensor> given, Optional<Tensor> told, PackedMask zero) {
        PackedMask hidden = PackedMask.ofOutput(x);
        if (!zero.covers(hidden)) {
            return false;
        }
        Optional<PackedMask> known = given.or(() -> told).map(PackedMask::ofKept);
        boolean masks = known.filter(mask -> !mask.equalsOutside(hidden, zero)).isEmpty()
                && told.map(PackedMask::ofKept)
                        .filter(mask -> !mask.equalsOutside(hidden, zero))
                        .isEmpty();
        return masks
                && gradient.map(PackedMask::ofOutput)
                        .filter(behind ->
                                PackedMask.ofOutput(upstream.orElseThrow()).count() > 0
                                        || !(known.isPresent()
                                                ? behind.equals(known.get())
                                                : behind.equalsOutside(hidden, zero)))
                        .isEmpty();
    }

    /** Whether a quick look at the values of these elements finds nothing wrong. */
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
        boolean kept = answer.isKept(i);
        boolean right = y.value(i) == 0;
        boolean certain = true;
        if (given.isPresent() && given.get().bits(i) != 0 != kept) {
            certain = false;
            sightings.see("MASK-6", () -> "index " + i + " expected " + word(!kept) + " as given, got " + word(kept));
        }
        if (told.isPresent() && told.get().bits(i) != 0 != kept) {
            certain = false;
            sightings.see(
                    "MASK-4", () -> "index " + i + " reported as " + word(!kept) + ", output " + dtype.text(y.bits(i)));
        }
        if (kept) {
            right = value(i, strided ? "SHAPE-6" : inverted ? "FWD-1" : "FWD-8", "", x, y);
            certain &= right;
            someRight |= right;
        } else if (y.value(i) != 0) {
            sightings.see(strided ? "SHAPE-6" : "FWD-2", () -> Sightings.unexpected("", i, 0, y));
        }
        wrongInARow = right || isScaled(i) ? 0 : wrongInARow + 1;
        mostWrongInARow = Math.max(mostWrongInARow, wrongInARow);
        boolean seen = sightings.has("BWD-1");
        gradient(i, certain ? kept : showsGradient(i), "BWD-1");
        if (!kept && !seen && Math.abs(x.value(i)) < Float.MIN_NORMAL) {
            sightings.partOf(inverted ? "FWD-1" : "FWD-8", "BWD-1"); // too small for a narrower type: lost, not dropped
        }
    }

    /** Whether the output is as near the scaled input as three bfloat16 roundings leave it, and nearer than x. */
    private boolean isScaled(int i) {
        double scaled = inverted ? x.value(i) / (1 - call.rate()) : x.value(i);
        double off = Math.abs(y.value(i) - scaled);
        return off <= COARSE * Math.abs(scaled) && off < Math.abs(scaled - x.value(i)) / 2;
    }

    /** Where the output itself is wrong, the gradient decides what it shows, and only its scale is judged. */
    private boolean showsGradient(int i) {
        return gradient.isPresent() && gradient.get().value(i) != 0;
    }

    /** At an input of 0 the output says nothing about the mask, so the gradient is judged by a mask known otherwise. */
    private void zero(int i, Optional<Tensor> mask) {
        if (y.value(i) != 0) {
            sightings.see("FWD-7", () -> Sightings.unexpected("", i, 0, y));
        }
        mask.ifPresentOrElse(known -> gradient(i, known.bits(i) != 0, "BWD-3"), () -> gradientOfEither(i));
    }

    /** With no mask known, the gradient may be that of a kept or of a dropped element, but never a NaN. */
    private void gradientOfEither(int i) {
        if (gradient.isPresent() && Double.isNaN(gradient.get().value(i))) {
            sightings.see("BWD-3", () -> "gradient index " + i + ", expected a number, got NaN");
        }
    }

    private void gradient(int i, boolean kept, String masked) {
        if (gradient.isEmpty() || upstream.orElseThrow().value(i) == 0) {
            return;
        }
        Tensor dx = gradient.get();
        if (!kept && dx.value(i) != 0) {
            sightings.see(masked, () -> Sightings.unexpected("gradient ", i, 0, dx));
        } else if (kept && dx.value(i) == 0) {
            sightings.see(
                    masked,
                    () -> "gradient index " + i + ", expected not 0 where the output is kept, got "
                            + dtype.text(dx.bits(i)));
        } else if (kept && !sightings.has("BWD-2") && !value(i, "BWD-2", "gradient ", upstream.orElseThrow(), dx)) {
            if (x.value(i) == 0) {
                sightings.partOf("BWD-3", "BWD-2");
            }
        }
    }

    /** @return whether the element is right */
    private boolean value(int i, String requirement, String name, Tensor given, Tensor got) {
        long expected = inverted ? Scaled.quotient(dtype, given.bits(i), call.rate()) : given.bits(i);
        boolean right = Scaled.close(dtype, expected, got.bits(i), inverted ? Scaled.ULPS : 0);
        if (!right) {
            sightings.see(requirement, () -> Sightings.unexpected(name, i, expected, got));
        }
        return right;
    }

    private void shared() {
        PackedMask hidden = PackedMask.ofOutput(x);
        PackedMask dropped = dropped();
        int[] groups = answer.groups();
        int[] first = answer.firstShown(groups, hidden);
        boolean[] expected = new boolean[first.length];
        for (int group = 0; group < first.length; group++) {
            expected[group] = first[group] >= 0 && dropped.dropped(first[group]);
        }
        for (int from = 0; from < groups.length; from += Long.SIZE) {
            long shown = ~hidden.bits(from);
            long drops = dropped.bits(from);
            for (int i = from; i < Math.min(groups.length, from + Long.SIZE); i++) {
                if ((shown >>> i & 1) != 0 && (drops >>> i & 1) != 0 != expected[groups[i]]) {
                    unlike(i, first[groups[i]]);
                    return;
                }
            }
        }
    }

    private void unlike(int at, int other) {
        sightings.see(
                "SHAPE-3",
                () -> "index " + at + ", expected " + word(answer.isKept(other)) + " like index " + other + ", got "
                        + word(answer.isKept(at)));
    }

    /** The elements that the output shows as dropped; meaningful only where the input is not 0. */
    PackedMask dropped() {
        if (right != null) {
            return right;
        }
        boolean[] dropped = new boolean[x.size()];
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = !answer.isKept(i);
        }
        return PackedMask.of(dropped);
    }

    private static String word(boolean kept) {
        return kept ? "kept" : "dropped";
    }
}
