package org.dropoutspec.operation.grouped;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.Oracle;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** The mask of groups. The operation computes plain dropout with a noise shape whose extents within a group are 1. */
abstract class Grouped implements MaskSite {
    /** The largest mask with groups of several elements, which cost more and show no better in large masks. */
    private static final int MOST_GROUPS_WITH_WIDTH = 1 << 12;

    private final String operation;

    Grouped(String operation) {
        this.operation = operation;
    }

    /** The layout of the groups of a plain call's mask, by a number that differs from shape to shape. */
    abstract GroupLayout spread(Shape mask, int variety, boolean wide);

    /** The call with its own fields beside those of plain dropout. */
    abstract OperationCall with(OperationCall call, GroupLayout spread);

    /** The noise shape with which plain dropout computes the same. */
    abstract Shape noiseShape(OperationCall call, Shape input);

    /** The shape in which a mask travels. */
    abstract Shape maskShape(OperationCall call, Shape input);

    @Override
    public Declaration shown(Declaration declared) {
        return withItsCapabilities(declared);
    }

    @Override
    public String name() {
        return "mask";
    }

    @Override
    public Set<Capability> capabilities() {
        return MaskSite.withBetweenCalls(
                Capability.INPUT_AFTER,
                Capability.IN_PLACE,
                Capability.BACKWARD,
                Capability.SEED,
                Capability.MASK_OUTPUT,
                Capability.MASK_INPUT,
                Capability.PHILOX4X32_10,
                Capability.TILED_INPUT,
                Capability.KEPT_BITS);
    }

    @Override
    public OperationCall call(Call plain, Description description) {
        GroupLayout spread = spreadOf(plain);
        OperationCall call = OperationCall.of(operation)
                .with("rate", plain.rate())
                .with("training", plain.training())
                .with("input", spread.spread(plain.input()));
        return expecting(
                with(call, spread)
                        .with("grad_output", plain.gradOutput().map(spread::spread))
                        .withSeed(plain.seed())
                        .with("mask", plain.mask().map(mask -> mask.reshaped(spread.mask()))),
                description);
    }

    private GroupLayout spreadOf(Call plain) {
        int size = plain.input().size();
        int variety = plain.input().shape().hashCode() & 0x7fff_ffff;
        return spread(plain.input().shape(), variety, size <= MOST_GROUPS_WITH_WIDTH);
    }

    /** The call with the fields that its answer is to carry. */
    OperationCall expecting(OperationCall call, Description description) {
        return call.expecting(
                description.declaration(operation),
                List.of("mask"),
                List.of("grad_input"),
                call.tensor("input").size());
    }

    @Override
    public Shape layout(Call plain, Description description) {
        return spreadOf(plain).mask();
    }

    @Override
    public Result result(Call plain, OperationCall asked, OperationResult answer, Description description) {
        GroupLayout spread = spreadOf(plain);
        Shape shape = plain.input().shape();
        return new Result(
                shown(answer.tensor("output"), spread, shape),
                answer.optionalTensor("mask")
                        .map(mask -> mask.shape().equals(spread.mask()) ? mask.reshaped(shape) : mask),
                answer.optionalTensor("grad_input").map(gradient -> shown(gradient, spread, shape)));
    }

    @Override
    public Bits bits(Call plain, Bits ofOutput) {
        return spreadOf(plain).first(ofOutput);
    }

    /** The tensor as plain dropout would show it; a tensor of another shape than it should have is shown as it is. */
    private static Tensor shown(Tensor tensor, GroupLayout spread, Shape shape) {
        return tensor.shape().equals(spread.shape()) ? spread.first(tensor, shape) : tensor;
    }

    /**
     * The oracle that compares every element of an answer with plain dropout under the noise shape.
     *
     * @param whole the requirement that a group is dropped whole
     */
    Oracle oracle(Description description, String whole) {
        Watch watch = new Watch(description.alone(description.declaration(operation)));
        return (call, answer) -> judge(watch, call, answer, whole);
    }

    private List<Sighting> judge(Watch watch, OperationCall call, OperationResult answer, String whole) {
        Tensor input = call.tensor("input");
        Optional<int[]> axes = Optional.ofNullable((int[]) call.fields().get("permutation"));
        Shape seen =
                axes.map(permutation -> input.shape().permuted(permutation)).orElse(input.shape());
        Shape noise = noiseShape(call, seen);
        Shape travels = maskShape(call, seen);
        Call plain = new Call(
                call.rate(),
                call.training(),
                input,
                call.optionalTensor("grad_output"),
                call.seed(),
                Optional.of(noise),
                call.optionalTensor("mask").map(mask -> mask.reshaped(noise)),
                axes);
        Result result = new Result(
                answer.tensor("output"),
                answer.optionalTensor("mask")
                        .map(mask -> mask.dtype() == DType.BOOL && mask.shape().equals(travels)
                                ? mask.reshaped(noise)
                                : mask),
                answer.optionalTensor("grad_input"));
        if (!showsItsMask(input)
                || plain.gradOutput().filter(dy -> !showsItsMask(dy)).isPresent()) {
            return List.of();
        }
        return watch.look(plain, result).sightings().stream()
                .map(sighting ->
                        sighting.requirement().equals("SHAPE-3") ? new Sighting(whole, sighting.what()) : sighting)
                .toList();
    }

    /** Whether all is finite and nothing subnormal: what is flushed to 0 looks dropped in a group that is kept. */
    private static boolean showsItsMask(Tensor tensor) {
        double smallest = tensor.dtype().smallestNormal();
        for (int i = 0; i < tensor.size(); i++) {
            double value = tensor.value(i);
            if (!Double.isFinite(value) || value != 0 && Math.abs(value) < smallest) {
                return false;
            }
        }
        return true;
    }
}
