package org.dropoutspec.operation.grouped;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Contract;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.OperationCalls;
import org.dropoutspec.operation.Oracle;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Stochastic depth (Huang 2016), also called drop path: whole examples are dropped. */
public final class StochasticDepth implements Operation {
    static final String NAME = "stochastic_depth";

    private static final int MOST = 6;

    /** The factor that makes an example longer than 512 elements at times. */
    private static final int LONG = 15;

    private static final Examples EXAMPLES = new Examples();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<MaskSite> sites() {
        return List.of(EXAMPLES);
    }

    @Override
    public Class<? extends Contract> checks() {
        return DepthChecks.class;
    }

    @Override
    public Set<String> core() {
        return Set.of("MASK-1", "DEPTH-1");
    }

    @Override
    public Arbitrary<OperationCall> calls(Description description) {
        return OperationCalls.of(NAME, description, 4, MOST, (calls, extents) -> call(calls, extents, description));
    }

    private static OperationCall call(OperationCalls calls, List<Integer> extents, Description description) {
        int rank = 1 + calls.number(4);
        int[] lengths = extents.stream().limit(rank).mapToInt(Integer::intValue).toArray();
        if (lengths[rank - 1] == MOST) {
            lengths[rank - 1] *= LONG; // no smaller call is long, so that calls shrink
        }
        Shape shape = Shape.of(lengths);
        DType dtype = calls.dtype();
        OperationCall call = calls.begun().with("input", calls.moderate(dtype, shape));
        if (calls.can(Capability.BACKWARD) && calls.coin()) {
            call = call.with("grad_output", calls.moderate(dtype, shape));
        }
        if (calls.can(Capability.MASK_INPUT) && call.training() && calls.coin()) {
            call = call.with("mask", calls.mask(Shape.of(shape.extent(0))));
        }
        return EXAMPLES.expecting(call, description);
    }

    @Override
    public OperationCall awaiting(OperationCall call, Description description) {
        return EXAMPLES.expecting(call, description);
    }

    @Override
    public Oracle oracle(Description description) {
        return EXAMPLES.oracle(description, "DEPTH-1");
    }

    @Override
    public Declaration reference() {
        return Groups.reference();
    }

    @Override
    public OperationResult answer(OperationCall call, Dropout dropout) {
        return Groups.answer(call, dropout, EXAMPLES);
    }

    @Override
    public VectorOperation vectors() {
        return new DepthVectors();
    }

    @Override
    public List<Mutant> mutants() {
        return DepthMutants.all();
    }

    /** The mask, with an element for each example. */
    private static final class Examples extends Grouped {
        /** The largest mask of which each element may stand for many. */
        private static final int FEW = 16;

        Examples() {
            super(NAME);
        }

        @Override
        GroupLayout spread(Shape mask, int variety, boolean wide) {
            int[] rest = !wide
                    ? new int[0]
                    : mask.size() <= FEW && variety / 3 % 4 == 0
                            ? List.of(new int[] {37}, new int[] {3, 5}, new int[] {2, 3, 67})
                                    .get(variety % 3)
                            : List.of(new int[] {2}, new int[] {3, 1}, new int[] {})
                                    .get(variety % 3);
            int[] shape = new int[rest.length + 1];
            shape[0] = mask.size();
            System.arraycopy(rest, 0, shape, 1, rest.length);
            int width = Arrays.stream(rest).reduce(1, (one, other) -> one * other);
            return new GroupLayout(Shape.of(shape), Shape.of(mask.size()), width, -1);
        }

        @Override
        OperationCall with(OperationCall call, GroupLayout spread) {
            return call;
        }

        @Override
        Shape noiseShape(OperationCall call, Shape input) {
            int[] noise = new int[input.rank()];
            Arrays.fill(noise, 1);
            noise[0] = input.extent(0);
            return Shape.of(noise);
        }

        @Override
        Shape maskShape(OperationCall call, Shape input) {
            return Shape.of(input.extent(0));
        }
    }
}
