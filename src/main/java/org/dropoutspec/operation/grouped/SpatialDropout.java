package org.dropoutspec.operation.grouped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Contract;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.OperationCalls;
import org.dropoutspec.operation.Oracle;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Spatial dropout (Tompson 2015): whole channels of an example are dropped. */
public final class SpatialDropout implements Operation {
    static final String NAME = "spatial_dropout";

    /** The requirements of plain dropout with a strided input, which are SPATIAL-2 here. */
    private static final Set<String> STRIDED = Set.of("SHAPE-6", "SHAPE-7", "SHAPE-8");

    private static final String EVALUATED = "SHAPE-7";

    /** The factor of an axis of up to 5 that makes it longer than a vector and not a multiple of one. */
    private static final int LONG = 7;

    private static final Channels CHANNELS = new Channels(false, true);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<MaskSite> sites() {
        return List.of(CHANNELS);
    }

    @Override
    public Class<? extends Contract> checks() {
        return SpatialChecks.class;
    }

    @Override
    public Set<String> core() {
        return Set.of("MASK-1", "SPATIAL-1");
    }

    @Override
    public Arbitrary<OperationCall> calls(Description description) {
        return OperationCalls.of(NAME, description, 5, 5, (calls, extents) -> call(calls, extents, description));
    }

    private static OperationCall call(OperationCalls calls, List<Integer> extents, Description description) {
        int rank = 3 + calls.number(3);
        int[] shape = extents.stream().limit(rank).mapToInt(Integer::intValue).toArray();
        DType dtype = calls.dtype();
        boolean first = calls.coin();
        if (calls.coin()) {
            shape[first ? rank - 1 : 1] = shape[first ? 1 : rank - 1]; // so that one axis may be mistaken for the other
        } else if (calls.coin() && shape[2] > 1) {
            shape[2] *= LONG;
        }
        Shape seen = Shape.of(shape);
        OperationCall call = calls.begun();
        int[] axes = axes(calls, rank);
        boolean strided = calls.can(Capability.PERMUTED_INPUT) && calls.coin();
        Shape buffer = strided ? seen.permuted(inverse(axes)) : seen;
        call = call.with("input", calls.moderate(dtype, buffer)).with("channel_axis", first ? 1L : rank - 1L);
        if (calls.can(Capability.BACKWARD) && calls.coin()) {
            call = call.with("grad_output", calls.moderate(dtype, seen));
        }
        if (calls.can(Capability.MASK_INPUT) && call.training() && calls.coin()) {
            call = call.with("mask", calls.mask(Shape.of(shape[0], shape[first ? 1 : rank - 1])));
        }
        if (strided) {
            call = call.with("permutation", axes);
        }
        return CHANNELS.expecting(call, description);
    }

    private static int[] axes(OperationCalls calls, int rank) {
        List<Integer> left = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            left.add(axis);
        }
        int[] axes = new int[rank];
        Arrays.setAll(axes, axis -> left.remove(calls.number(left.size())));
        return axes;
    }

    private static int[] inverse(int[] axes) {
        int[] inverse = new int[axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            inverse[axes[axis]] = axis;
        }
        return inverse;
    }

    @Override
    public OperationCall awaiting(OperationCall call, Description description) {
        return CHANNELS.expecting(call, description);
    }

    @Override
    public Oracle oracle(Description description) {
        Oracle oracle = CHANNELS.oracle(description, "SPATIAL-1");
        boolean inverted = description.declaration(NAME).choices().scaling() == Scaling.INVERTED;
        return (call, result) -> oracle.judge(call, result).stream()
                .map(sighting -> STRIDED.contains(sighting.requirement()) ? ofStrided(sighting, inverted) : sighting)
                .toList();
    }

    /** A failure with a strided input; if other inputs fail too, the requirement on those tells it. */
    private static Sighting ofStrided(Sighting sighting, boolean inverted) {
        String whole = sighting.requirement().equals(EVALUATED)
                ? inverted ? "EVAL-1" : "EVAL-5"
                : inverted ? "FWD-1" : "FWD-8";
        return new Sighting("SPATIAL-2", sighting.what(), false, Optional.of(whole));
    }

    @Override
    public Declaration reference() {
        return Groups.reference(Capability.PERMUTED_INPUT);
    }

    @Override
    public OperationResult answer(OperationCall call, Dropout dropout) {
        return Groups.answer(call, dropout, CHANNELS);
    }

    @Override
    public VectorOperation vectors() {
        return new SpatialVectors();
    }

    @Override
    public List<Mutant> mutants() {
        return SpatialMutants.all();
    }

    /** The mask, with an element for each channel of each example. */
    private static final class Channels extends Grouped {
        /** The largest mask of which each element may stand for many. */
        private static final int FEW = 64;

        /** The layouts that are asked, whether with channels on the last axis: false is for axis 1. */
        private final List<Boolean> onLast;

        Channels(Boolean... onLast) {
            super(NAME);
            this.onLast = List.of(onLast);
        }

        @Override
        public List<MaskSite> forms() {
            return onLast.stream().<MaskSite>map(Channels::new).toList();
        }

        @Override
        GroupLayout spread(Shape mask, int variety, boolean wide) {
            int[] extents = mask.extents();
            int channels = extents.length == 0 ? 1 : extents[extents.length - 1];
            int examples = 1;
            for (int axis = 0; axis + 1 < extents.length; axis++) {
                examples *= extents[axis];
            }
            int[] spatial = !wide
                    ? new int[] {1}
                    : mask.size() <= FEW && variety / 6 % 4 == 0
                            // as many as there are channels, so that one axis may be mistaken for the other
                            ? List.of(new int[] {channels, 2}, new int[] {3, channels}, new int[] {5, 7})
                                    .get(variety % 3)
                            : List.of(new int[] {2}, new int[] {1, 3}, new int[] {2, 1, 1}, new int[] {1})
                                    .get(variety % 4);
            boolean last = onLast.get(variety / 3 % onLast.size());
            int rank = spatial.length + 2;
            int[] shape = new int[rank];
            shape[0] = examples;
            shape[last ? rank - 1 : 1] = channels;
            System.arraycopy(spatial, 0, shape, last ? 1 : 2, spatial.length);
            int width = Arrays.stream(spatial).reduce(1, (one, other) -> one * other);
            return new GroupLayout(Shape.of(shape), Shape.of(examples, channels), width, last ? channels : -1);
        }

        @Override
        OperationCall with(OperationCall call, GroupLayout spread) {
            return call.with("channel_axis", spread.last() >= 0 ? spread.shape().rank() - 1L : 1L);
        }

        @Override
        Shape noiseShape(OperationCall call, Shape input) {
            int[] noise = new int[input.rank()];
            Arrays.fill(noise, 1);
            int axis = (int) call.integer("channel_axis");
            noise[0] = input.extent(0);
            noise[axis] = input.extent(axis);
            return Shape.of(noise);
        }

        @Override
        Shape maskShape(OperationCall call, Shape input) {
            return Shape.of(input.extent(0), input.extent((int) call.integer("channel_axis")));
        }
    }
}
