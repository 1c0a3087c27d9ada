package org.dropoutspec.operation.alpha;

import java.util.List;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.ShownMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** The mask of alpha dropout. Every element of the output shows it, as one of two values that are far enough apart. */
final class AlphaSite implements MaskSite {
    /** Inputs closer to alpha' than this change their sign, since kept and dropped elements would look alike. */
    private static final double APART = 0.5;

    /** The largest magnitude of an input; times a, at most 45 at rates below 1 in float16, it fits every type. */
    private static final double LARGEST = 0x1p10;

    @Override
    public String name() {
        return "mask";
    }

    @Override
    public Set<Capability> capabilities() {
        return MaskSite.withBetweenCalls(
                Capability.INPUT_AFTER,
                Capability.IN_PLACE,
                Capability.SEED,
                Capability.MASK_OUTPUT,
                Capability.MASK_INPUT,
                Capability.NOISE_SHAPE,
                Capability.PHILOX4X32_10);
    }

    @Override
    public Declaration shown(Declaration declared) {
        return MaskSite.super
                .shown(declared)
                .with(declared.choices().with(Scaling.INVERTED).with(DroppedNonfinite.ZERO));
    }

    @Override
    public OperationCall call(Call plain, Description description) {
        OperationCall call = OperationCall.of(Alpha.NAME)
                .with("rate", plain.rate())
                .with("training", plain.training())
                .with("input", plain.training() ? apart(plain.input()) : plain.input())
                .withSeed(plain.seed())
                .with("noise_shape", plain.noiseShape())
                .with("mask", plain.mask());
        return expecting(call, description);
    }

    /** The same numbers, but finite, away from alpha', and small enough that a times them does not overflow. */
    static Tensor apart(Tensor input) {
        DType dtype = input.dtype();
        Tensor.Builder apart = Tensor.builder(dtype, input.shape());
        for (int i = 0; i < input.size(); i++) {
            apart.setBits(i, dtype.round(apart(input.value(i))));
        }
        return apart.build();
    }

    private static double apart(double x) {
        if (!Double.isFinite(x)) {
            return 1;
        }
        double bounded = Math.max(-LARGEST, Math.min(LARGEST, x));
        return Math.abs(bounded - Affine.ALPHA) < APART ? -bounded : bounded;
    }

    /** The call with the fields that its answer is to carry. */
    static OperationCall expecting(OperationCall call, Description description) {
        return call.expecting(
                description.declaration(Alpha.NAME),
                List.of("mask"),
                List.of("grad_input"),
                call.tensor("input").size());
    }

    @Override
    public Result result(Call plain, OperationCall asked, OperationResult answer, Description description) {
        Tensor x = asked.tensor("input");
        Tensor y = answer.tensor("output");
        if (!plain.training() || y.size() != x.size()) {
            return Result.of(y); // an output of another shape than it should have is shown as it is
        }
        Affine map = Affine.at(plain.rate());
        boolean[] kept = new boolean[x.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = plain.rate() == 1 ? y.value(i) != 0 : !isDropped(map, x.value(i), y.value(i));
        }
        return ShownMask.trained(plain, kept, answer.optionalTensor("mask"), Choices.defaults());
    }

    /** Whether the output is nearer to the dropped value than to the kept one, which may be infinite. */
    private static boolean isDropped(Affine map, double x, double y) {
        return Math.abs(y - map.of(Affine.ALPHA)) / map.a() <= Math.abs(x - Affine.ALPHA) / 2;
    }
}
