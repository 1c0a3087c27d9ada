package org.dropoutspec.oracle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** One answer, held to what its call has to give. */
public final class Look {
    private static final double CHANCE = 1e-24;
    private static final double COARSE = 0x1p-7;

    private final Description description;
    private final Chunks chunks;
    private final boolean inverted;
    private final Call call;
    private final Tensor x;
    private final Tensor y;
    private final Optional<Tensor> upstream;
    private final Optional<Tensor> gradient;
    private final Optional<Tensor> reported;
    private final boolean strided;
    private final DType dtype;

    private final Map<String, Sighting> seen = new LinkedHashMap<>();
    private boolean formed;
    /** How many elements before the present one, without a gap, are neither dropped nor near their scaled input. */
    private int wrongInARow;

    private int mostWrongInARow;
    private boolean someRight;
    /** Where a training call's output is 0, if every element of it is its scaled input or 0. */
    private @Nullable PackedMask right;

    Look(Description description, Chunks chunks, Call call, Result result) {
        this.description = description;
        this.chunks = chunks;
        this.inverted = description.choices().scaling() == Scaling.INVERTED;
        this.call = call;
        this.x = call.presented();
        this.y = result.output();
        this.upstream = call.gradOutput();
        this.gradient = call.gradOutput().isPresent() ? result.gradInput() : Optional.empty();
        this.reported = call.training() ? result.mask() : Optional.empty();
        this.strided = call.permutation().isPresent();
        this.dtype = x.dtype();
        judge();
    }

    /** What the answer breaks; empty when nothing. */
    public List<Sighting> sightings() {
        return List.copyOf(seen.values());
    }

    /** The mask that the answer to a training call shows, in the shape of the mask; empty where a part of it is hidden. */
    public Optional<PackedMask> shownMask() {
        PackedMask shown = dropped();
        PackedMask hidden = PackedMask.ofOutput(x);
        if (hidden.count() == 0 && call.noiseShape().isEmpty()) {
            return Optional.of(shown);
        }
        if (formed && gradient.isPresent()) {
            shown = shown.replaced(hidden, PackedMask.ofOutput(gradient.get()));
            hidden = hidden.and(PackedMask.ofOutput(upstream.orElseThrow()));
        }
        int[] first = firstShown(groups(), hidden);
        boolean[] mask = new boolean[first.length];
        for (int m = 0; m < mask.length; m++) {
            if (first[m] < 0) {
                return Optional.empty();
            }
            mask[m] = shown.dropped(first[m]);
        }
        return Optional.of(PackedMask.of(mask));
    }

    /**
     * Whether a part of the call was left out: elsewhere what is kept is scaled, and here so many elements in a row are
     * neither dropped nor scaled that masked ones are all kept with probability {@value #CHANCE} at most. What they show is
     * no mask.
     */
    public boolean leavesAPartOut() {
        return someRight && mostWrongInARow * Math.log1p(-call.rate()) <= Math.log(CHANCE);
    }

    /** Which element of the mask each element goes with. */
    private int[] groups() {
        return call.maskShape().indicesBroadcastTo(x.shape());
    }

    /** The first element of each group that is not hidden; -1 where there is none. */
    private int[] firstShown(int[] groups, PackedMask hidden) {
        int[] first = new int[call.maskShape().size()];
        Arrays.fill(first, -1);
        for (int i = groups.length - 1; i >= 0; i--) {
            if (!hidden.dropped(i)) {
                first[groups[i]] = i;
            }
        }
        return first;
    }

    private void judge() {
        formed = hasForm();
        if (!formed) {
            return;
        }
        if (!call.training()) {
            evaluated();
        } else if (call.rate() == 0 && call.mask().isEmpty()) {
            untouched("RATE-7");
        } else if (call.rate() == 1 && call.mask().isEmpty()) {
            nothing();
        } else if (call.rate() < 1) { // of a mask given at rate 1 version 1.0 of the protocol says nothing
            trained();
        }
    }

    private void see(String requirement, Supplier<String> what) {
        see(requirement, "", what);
    }

    /** Where every element is wrong only the first is put into words. */
    private void see(String requirement, String name, Supplier<String> what) {
        if (seen.containsKey(requirement)) {
            return;
        }
        if (!Watch.REQUIREMENTS.contains(requirement)) {
            throw new IllegalArgumentException("requirement (" + requirement + ") must be one that is watched");
        }
        seen.put(requirement, new Sighting(requirement, what.get(), !name.isEmpty()));
    }

    private boolean hasForm() {
        if (y.dtype() != dtype) {
            see("FWD-5", () -> "expected " + dtype + ", got " + y.dtype());
        }
        if (!y.shape().equals(x.shape())) {
            see(strided ? "SHAPE-8" : "FWD-6", () -> "expected " + x.shape() + ", got " + y.shape());
        }
        gradient.filter(dx -> dx.dtype() != dtype || !dx.shape().equals(x.shape()))
                .ifPresent(dx -> see(
                        strided && dx.dtype() == dtype ? "SHAPE-8" : "BWD-9",
                        () -> "expected " + dtype + " " + x.shape() + ", got " + dx.dtype() + " " + dx.shape()));
        reported.filter(mask -> mask.dtype() != DType.BOOL || !mask.shape().equals(call.maskShape()))
                .ifPresent(mask -> see(
                        "MASK-5",
                        () -> "expected bool " + call.maskShape() + ", got " + mask.dtype() + " " + mask.shape()));
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
            see(requirement, name, () -> unexpected(name, at, expected.bits(at), got));
        }
    }

    private void product(String requirement, String name, Tensor given, Tensor got) {
        for (int i = 0; i < given.size(); i++) {
            long expected = Scaled.product(dtype, given.bits(i), call.rate());
            boolean normal = (expected & ~dtype.signBit()) >>> dtype.fractionBits() != 0;
            boolean zero = (given.bits(i) & ~dtype.signBit()) == 0;
            if ((normal || zero) && !Scaled.close(dtype, expected, got.bits(i), Scaled.CLASSIC_ULPS)) {
                int at = i;
                see(requirement, () -> unexpected(name, at, expected, got));
                return;
            }
        }
    }

    private void nothing() {
        if (description.choices().rateOne() == RateOne.ZEROS) {
            zeros("", y);
            gradient.ifPresent(dx -> zeros("gradient ", dx));
        }
    }

    private void zeros(String name, Tensor got) {
        PackedMask zero = PackedMask.ofOutput(got);
        for (int i = 0; i < got.size() && zero.count() < got.size(); i++) {
            if (!zero.dropped(i)) {
                int at = i;
                see("RATE-8", name, () -> unexpected(name, at, 0, got));
                return;
            }
        }
    }

    private void trained() {
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
     * Whether the output is 0 where the input is, and output, gradient and masks agree on what is dropped; not so where
     * the upstream gradient has zeros.
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
        boolean right = y.value(i) == 0;
        boolean certain = true;
        if (given.isPresent() && given.get().bits(i) != 0 != kept) {
            certain = false;
            see("MASK-6", () -> "index " + i + " expected " + word(!kept) + " as given, got " + word(kept));
        }
        if (told.isPresent() && told.get().bits(i) != 0 != kept) {
            certain = false;
            see("MASK-4", () -> "index " + i + " reported as " + word(!kept) + ", output " + dtype.text(y.bits(i)));
        }
        if (kept) {
            right = value(i, strided ? "SHAPE-6" : inverted ? "FWD-1" : "FWD-8", "", x, y);
            certain &= right;
            someRight |= right;
        } else if (y.value(i) != 0) {
            see(strided ? "SHAPE-6" : "FWD-2", () -> unexpected("", i, 0, y));
        }
        wrongInARow = right || isScaled(i) ? 0 : wrongInARow + 1;
        mostWrongInARow = Math.max(mostWrongInARow, wrongInARow);
        gradient(i, certain ? kept : showsGradient(i), "BWD-1");
    }

    /** As nearly as three roundings to bfloat16 leave it, and nearer than the input is. */
    private boolean isScaled(int i) {
        double scaled = inverted ? x.value(i) / (1 - call.rate()) : x.value(i);
        double off = Math.abs(y.value(i) - scaled);
        return off <= COARSE * Math.abs(scaled) && off < Math.abs(scaled - x.value(i)) / 2;
    }

    /** Where the output is wrong itself its gradient is held to nothing but the scale. */
    private boolean showsGradient(int i) {
        return gradient.isPresent() && gradient.get().value(i) != 0;
    }

    /** An output of 0 says nothing of the mask; the gradient is held to the mask that is known otherwise. */
    private void zero(int i, Optional<Tensor> mask) {
        if (y.value(i) != 0) {
            see("FWD-7", () -> unexpected("", i, 0, y));
        }
        mask.ifPresentOrElse(known -> gradient(i, known.bits(i) != 0, "BWD-3"), () -> gradientOfEither(i));
    }

    /** A gradient that no element has, kept or dropped, shows no mask. */
    private void gradientOfEither(int i) {
        if (gradient.isPresent() && Double.isNaN(gradient.get().value(i))) {
            see("BWD-3", () -> "gradient index " + i + ", expected a number, got NaN");
        }
    }

    private void gradient(int i, boolean kept, String masked) {
        if (gradient.isEmpty() || upstream.orElseThrow().value(i) == 0) {
            return;
        }
        Tensor dx = gradient.get();
        if (!kept && dx.value(i) != 0) {
            see(masked, () -> unexpected("gradient ", i, 0, dx));
        } else if (kept && dx.value(i) == 0) {
            see(
                    masked,
                    () -> "gradient index " + i + ", expected not 0 where the output is kept, got "
                            + dtype.text(dx.bits(i)));
        } else if (kept && !seen.containsKey("BWD-2") && !value(i, "BWD-2", "gradient ", upstream.orElseThrow(), dx)) {
            boolean whereInputIsZero = x.value(i) == 0;
            seen.computeIfPresent(
                    "BWD-2",
                    (id, scale) -> new Sighting(
                            id,
                            scale.what(),
                            scale.ofGradient(),
                            whereInputIsZero ? Optional.of("BWD-3") : Optional.empty()));
        }
    }

    /** @return whether the element is right */
    private boolean value(int i, String requirement, String name, Tensor given, Tensor got) {
        long expected = inverted ? Scaled.quotient(dtype, given.bits(i), call.rate()) : given.bits(i);
        boolean right = Scaled.close(dtype, expected, got.bits(i), inverted ? Scaled.ULPS : 0);
        if (!right) {
            see(requirement, () -> unexpected(name, i, expected, got));
        }
        return right;
    }

    private void shared() {
        PackedMask hidden = PackedMask.ofOutput(x);
        PackedMask dropped = dropped();
        int[] groups = groups();
        int[] first = firstShown(groups, hidden);
        for (int i = 0; i < groups.length; i++) {
            if (!hidden.dropped(i) && dropped.dropped(i) != dropped.dropped(first[groups[i]])) {
                int at = i;
                int other = first[groups[i]];
                see(
                        "SHAPE-3",
                        () -> "index " + at + ", expected " + word(isKept(other)) + " like index " + other + ", got "
                                + word(isKept(at)));
                return;
            }
        }
    }

    /** What the output shows as dropped, where the input is not 0. */
    private PackedMask dropped() {
        if (right != null) {
            return right;
        }
        boolean[] dropped = new boolean[x.size()];
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = !isKept(i);
        }
        return PackedMask.of(dropped);
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

    private static String word(boolean kept) {
        return kept ? "kept" : "dropped";
    }
}
