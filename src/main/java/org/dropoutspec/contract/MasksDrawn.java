package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** The masks that a walk has seen: draws with the same history have to be the same, those of other calls different. */
final class MasksDrawn {
    private final Map<Draw, Drawn> byHistory = new HashMap<>();
    private final List<Drops> inTurn = new ArrayList<>();

    /** What calls must have in common to draw the same mask after the same history. */
    record Kind(Shape shape, Shape mask, List<Integer> permutation, double rate, DType dtype) {
        static Kind of(Call call) {
            int[] axes = call.permutation().orElse(new int[0]);
            return new Kind(
                    call.shape(),
                    call.maskShape(),
                    IntStream.of(axes).boxed().toList(),
                    call.rate(),
                    call.input().dtype());
        }
    }

    private record Draw(List<Object> history, int instance, Kind kind) {}

    private record Drawn(int step, Tensor mask) {}

    private record Drops(int step, int instance, PackedMask drops) {}

    /** What is wrong with a mask drawn in a step, if it is not the one that was drawn with the same history. */
    Optional<String> unlikeItsLike(int step, List<Object> history, int instance, Kind kind, Tensor mask) {
        Drawn before = byHistory.putIfAbsent(new Draw(history, instance, kind), new Drawn(step, mask));
        if (before == null) {
            return Optional.empty();
        }
        return IntStream.range(0, mask.size())
                .filter(i -> mask.bits(i) != before.mask().bits(i))
                .mapToObj(i -> "index " + i + ", expected " + word(before.mask(), i) + " in step " + step
                        + " as in step " + before.step() + ", got " + word(mask, i))
                .findFirst();
    }

    private static String word(Tensor mask, int index) {
        return mask.bits(index) == 0 ? "dropped" : "kept";
    }

    /** What is wrong with a mask of its call's own shape, by itself or beside those of the same instance before it. */
    Optional<String> unlikely(int step, int instance, double rate, Tensor mask) {
        if (mask.size() < MaskAgreement.STRETCH || rate == 0 || rate == 1) {
            return Optional.empty();
        }
        CheckRun run = CheckRun.current();
        double resolution = run.description().choices().rateResolution();
        PackedMask drops = PackedMask.ofKept(mask);
        run.coincidences().spend(MaskAgreement.LEVEL);
        if (MaskAgreement.isTooFar(drops.count(), mask.size(), rate, resolution)) {
            return Optional.of(drops.count() + " of " + mask.size() + " elements were dropped in step " + step
                    + ", about " + Math.round(mask.size() * rate) + " expected");
        }
        if (rate != 0.5) {
            return Optional.empty();
        }
        for (Drops earlier : inTurn) {
            if (earlier.instance() == instance) {
                run.coincidences().spend(FalseAlarmShares.equal(MaskAgreement.STRETCH, resolution));
                if (drops.bits(0) == earlier.drops().bits(0)
                        && drops.bits(64) == earlier.drops().bits(64)) {
                    return Optional.of(
                            "expected a fresh mask in step " + step + ", got that of step " + earlier.step());
                }
            }
        }
        inTurn.add(new Drops(step, instance, drops));
        return Optional.empty();
    }
}
