package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperation.Drawn;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** A call of an operation as it stands in a vector: a training call carries the masks or noise that it would draw. */
final class FilledCall {
    /** Noise on both sides of 1 and below 0, exact in every type. */
    private static final double[] NOISE = {1.5, 0.25, -0.75, 2.25};

    /** The elements that a mask keeps. */
    enum Pattern {
        EVEN,
        ODD,
        NONE,
        ALL;

        private boolean keeps(int element) {
            return switch (this) {
                case EVEN -> element % 2 == 0;
                case ODD -> element % 2 == 1;
                case NONE -> false;
                case ALL -> true;
            };
        }
    }

    private FilledCall() {}

    /** Leaves out the seed and what else no vector has. Who cannot be given a mask draws one, and is held to it. */
    static OperationCall of(OperationCall asked, VectorOperation operation, Pattern pattern) {
        OperationCall call = OperationCall.of(asked.operation());
        for (Map.Entry<String, Object> field : asked.fields().entrySet()) {
            if (operation.fields().contains(field.getKey())) {
                call = call.with(field.getKey(), field.getValue());
            }
        }
        List<Drawn> drawn = operation.drawn(call);
        boolean isRejected = drawn.stream().anyMatch(one -> !(one.rate() >= 0 && one.rate() <= 1));
        if (isRejected || !call.training()) {
            for (Drawn one : drawn) {
                call = call.without(one.field());
            }
            return call;
        }
        Map<String, List<Tensor>> lists = new LinkedHashMap<>();
        for (Drawn one : drawn) {
            if (!asked.has(one.field())) {
                if (one.index() < 0) {
                    call = call.with(one.field(), filled(one, call, pattern));
                } else {
                    lists.computeIfAbsent(one.field(), any -> new ArrayList<>()).add(filled(one, call, pattern));
                }
            }
        }
        for (Map.Entry<String, List<Tensor>> list : lists.entrySet()) {
            call = call.with(list.getKey(), list.getValue());
        }
        return call;
    }

    private static Tensor filled(Drawn drawn, OperationCall call, Pattern pattern) {
        Shape shape = drawn.shape();
        if (drawn.isNoise()) {
            DType type = call.tensor("input").dtype();
            double[] noise = IntStream.range(0, shape.size())
                    .mapToDouble(i -> NOISE[i % NOISE.length])
                    .toArray();
            return Tensor.of(type, shape, noise);
        }
        long[] kept = IntStream.range(0, shape.size())
                .mapToLong(i -> drawn.rate() < 1 && (drawn.rate() == 0 || pattern.keeps(i)) ? 1 : 0)
                .toArray();
        return Tensor.ofBits(DType.BOOL, shape, kept);
    }
}
