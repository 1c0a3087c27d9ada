package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.operation.OperationCalls;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Calls for networks of one to three dense layers, with ReLU and dropout between them and dropout of the input. */
final class NetworkCalls {
    private static final int MOST = 4;

    /** The factor of the largest extent that makes an axis longer than a vector or a warp, and no multiple of one. */
    private static final int LONG = 17;

    /** More units than an index of 8 bits counts, and below, more examples than two blocks of 64. */
    private static final int UNITS_OF_A_LARGE_ONE = 300;

    private static final int EXAMPLES_OF_A_LARGE_ONE = 132;

    /**
     * Added to all logits, this leaves the softmax as it is, while exponentials overflow in every type. Added to one
     * logit, it makes that class as good as certain.
     */
    private static final double LOUD = 1000;

    private final OperationCalls calls;
    private final DType dtype;
    private final List<Object> layers = new ArrayList<>();
    private int width;
    /** Whether the softmax of every target is as good as 1. */
    private boolean sure;

    private NetworkCalls(OperationCalls calls, int width) {
        this.calls = calls;
        this.dtype = calls.dtype();
        this.width = width;
    }

    static Arbitrary<OperationCall> all(Description description) {
        boolean comparable = DrawnMasks.areComparable(
                description.declaration(NetworkDropout.NAME).choices().rateResolution());
        return OperationCalls.of(NetworkDropout.NAME, description, 5, MOST, (calls, extents) -> {
            int kind = comparable ? calls.number(20) : 20;
            if (kind < 3 && extents.get(0) > 1) { // the smallest one is wide instead
                return new NetworkCalls(calls, extents.get(1)).large(extents, description);
            }
            return kind < 6
                    ? new NetworkCalls(calls, 28 + extents.get(1)).wide(extents, description)
                    : new NetworkCalls(calls, extents.get(1)).small(extents, description);
        });
    }

    /** A network as in a training loop: with rates of its own, units that are 0, and masks given or drawn. */
    private OperationCall small(List<Integer> extents, Description description) {
        // now and then a large batch or many classes; smaller calls have neither, so that calls shrink
        int examples = extents.get(0) * (extents.get(0) == MOST && calls.coin() ? LONG : 1);
        int classes = extents.get(4) * (extents.get(4) == MOST && calls.coin() ? LONG : 1);
        Shape shape = Shape.of(examples, width);
        Tensor input = calls.coin() ? some(shape) : calls.filled(dtype, shape, 1);
        boolean first = calls.number(3) == 0;
        if (first) {
            layers.add(NetworkLayers.dropout(calls.rate()));
        }
        int hidden = calls.number(3);
        for (int k = 0; k < hidden; k++) {
            dense(extents.get(2 + k));
            if (calls.number(4) > 0) {
                layers.add(NetworkLayers.relu());
            }
            if (calls.number(4) > 0 || k + 1 == hidden && !first) {
                layers.add(NetworkLayers.dropout(calls.rate()));
                if (calls.number(6) == 0) {
                    layers.add(NetworkLayers.dropout(calls.rate())); // drops again what a dropout layer gave
                }
            }
        }
        if (hidden == 0 && !first) {
            layers.add(NetworkLayers.dropout(calls.rate()));
        }
        boolean loud = calls.number(6) == 0;
        int way = loud ? calls.number(3) : 0;
        sure = way == 2 && calls.coin();
        dense(classes, loud ? way == 0 ? -LOUD : LOUD : 0, way == 2 ? 1 : classes);
        if (!loud && calls.number(4) == 0) {
            layers.add(NetworkLayers.dropout(calls.rate())); // drops inputs of the softmax
        }
        OperationCall call = step(input, classes, description);
        return calls.can(Capability.MASK_INPUT) && call.training() && calls.coin()
                ? call.with(
                        "masks",
                        NetworkLayers.masks(call).stream().map(calls::mask).toList())
                : call;
    }

    /** Two or three dropout layers that drop so many units that equal masks are no coincidence; every unit shows. */
    private OperationCall wide(List<Integer> extents, Description description) {
        Shape shape = Shape.of(15 + extents.get(0), width);
        Tensor input = positive(shape, 1);
        if (extents.get(3) == MOST) {
            hidden(); // then the first dropout layer does not drop the input
        }
        for (int more = extents.get(2) == MOST ? 2 : 1; more > 0; more--) {
            layers.add(NetworkLayers.dropout(0.5));
            hidden();
        }
        layers.add(NetworkLayers.dropout(0.5));
        int classes = extents.get(4);
        layers.add(
                NetworkLayers.dense(positive(Shape.of(classes, width), 1.0 / width), positive(Shape.of(classes), 1)));
        return step(input, classes, description);
    }

    /** A hidden layer as wide as in a textbook, and a batch as large; every unit shows. */
    private OperationCall large(List<Integer> extents, Description description) {
        Tensor input = positive(Shape.of(EXAMPLES_OF_A_LARGE_ONE, width), 1);
        layers.add(NetworkLayers.dense(
                positive(Shape.of(UNITS_OF_A_LARGE_ONE, width), 1), positive(Shape.of(UNITS_OF_A_LARGE_ONE), 1)));
        width = UNITS_OF_A_LARGE_ONE;
        layers.add(NetworkLayers.relu());
        layers.add(NetworkLayers.dropout(0.5));
        dense(extents.get(4));
        return step(input, extents.get(4), description);
    }

    private void hidden() {
        layers.add(NetworkLayers.dense(positive(Shape.of(width, width), 1.0 / width), positive(Shape.of(width), 1)));
        layers.add(NetworkLayers.relu());
    }

    private OperationCall step(Tensor input, int classes, Description description) {
        List<Long> target = IntStream.range(0, input.shape().extent(0))
                .mapToObj(b -> (long) calls.number(sure ? 1 : classes))
                .toList();
        OperationCall call = calls.begun()
                .without("rate")
                .with("layers", List.copyOf(layers))
                .with("input", input)
                .with("target", target);
        boolean gradients = calls.can(Capability.BACKWARD) && calls.number(4) > 0;
        return NetworkDropout.expecting(gradients ? call.with("gradients", true) : call, description);
    }

    private void dense(int units) {
        dense(units, 0, 0);
    }

    /**
     * @param shift added to the bias of the first units
     * @param shifted the number of these units; if it is one, the softmax of all others is 0 in every type
     */
    private void dense(int units, double shift, int shifted) {
        Tensor bias = small(Shape.of(units));
        Tensor.Builder all = Tensor.builder(dtype, bias.shape());
        for (int i = 0; i < units; i++) {
            all.setBits(i, dtype.round(bias.value(i) + (i < shifted ? shift : 0)));
        }
        layers.add(NetworkLayers.dense(small(Shape.of(units, width)), all.build()));
        width = units;
    }

    /** Weights of 1/8 to 1/2 in magnitude, so that the softmax is far from its limits. */
    private Tensor small(Shape shape) {
        return mapped(calls.filled(dtype, shape, 1), 0.25, false);
    }

    private Tensor positive(Shape shape, double times) {
        return mapped(calls.filled(dtype, shape, 1), times, true);
    }

    private Tensor mapped(Tensor tensor, double times, boolean positive) {
        Tensor.Builder mapped = Tensor.builder(dtype, tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            double x = positive ? Math.abs(tensor.value(i)) : tensor.value(i);
            mapped.setBits(i, dtype.round(times * x));
        }
        return mapped.build();
    }

    /** Numbers of which a quarter is 0, as a ReLU leaves them. */
    private Tensor some(Shape shape) {
        Tensor all = calls.filled(dtype, shape, 1);
        Tensor.Builder some = Tensor.builder(dtype, shape);
        Stream.iterate(0, i -> i + 1)
                .limit(all.size())
                .filter(i -> calls.number(4) > 0)
                .forEach(i -> some.setBits(i, all.bits(i)));
        return some.build();
    }
}
