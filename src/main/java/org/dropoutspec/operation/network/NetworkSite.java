package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.NoSuchCall;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.ShownMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * A mask of a network, or both of its masks. All sites use networks with two dropout layers:
 *
 * <pre>
 *   dropout, dense, (dense,) ReLU, dropout, dense
 * </pre>
 *
 * <p>The dense layers are such that the inputs of both dropout layers are never 0, so that their outputs show the masks.
 * The inputs of the first are the elements of the plain input, those of the second are 1 and more.
 */
final class NetworkSite implements MaskSite {
    /** The mask of the first dropout layer, which drops the input; the second one has one unit and another rate. */
    static final NetworkSite FIRST = new NetworkSite("masks[0]", true, false);
    /** The mask of the second dropout layer, whose units are each fed by a unit of the first; if many, all by one. */
    static final NetworkSite SECOND = new NetworkSite("masks[1]", false, true);
    /** Both masks side by side: for each example, the units of the first layer, then those of the second. */
    static final NetworkSite BOTH = new NetworkSite("masks", true, true);

    private static final double OTHER_RATE = 0.25;
    private static final int MOST_SQUARE = 8;
    /** Inputs are below the largest number by this power of two, so that no asked rate scales them to infinity. */
    private static final int MOST_SCALE = -12;

    private final String name;
    private final boolean[] shows;

    private NetworkSite(String name, boolean first, boolean second) {
        this.name = name;
        this.shows = new boolean[] {first, second};
    }

    @Override
    public String name() {
        return name;
    }

    private double rate(int layer, double plain) {
        return shows[layer] ? plain : OTHER_RATE;
    }

    /** The numbers of units of the two dropout layers. */
    private int[] widths(Shape plain) {
        int units = plain.rank() == 0 ? 1 : plain.extent(plain.rank() - 1);
        if (!shows[1]) {
            return new int[] {units, 1};
        }
        if (!shows[0]) {
            return new int[] {units <= MOST_SQUARE ? units : 1, units};
        }
        for (int divisor = 2; units < 2; divisor++) {
            units = plain.size() % divisor == 0 ? divisor : 1;
        }
        return new int[] {units / 2, units - units / 2};
    }

    @Override
    public Set<Capability> capabilities() {
        return shows[0] && shows[1]
                ? MaskSite.withBetweenCalls(
                        Capability.SEED, Capability.MASK_OUTPUT, Capability.MASK_INPUT, Capability.INPUT_AFTER)
                : Set.of(Capability.SEED, Capability.MASK_OUTPUT, Capability.MASK_INPUT);
    }

    @Override
    public OperationCall call(Call plain, Description description) {
        Tensor x = plain.input();
        if (x.size() < (shows[0] && shows[1] ? 2 : 1)) {
            throw new NoSuchCall("a network has no mask of " + x.size() + " units here");
        }
        int[] widths = widths(x.shape());
        int examples = examples(x, widths);
        DType dtype = x.dtype();
        List<Object> layers = new ArrayList<>();
        layers.add(NetworkLayers.dropout(rate(0, plain.rate())));
        if (widths[0] == widths[1] && widths[0] <= MOST_SQUARE) {
            layers.add(NetworkLayers.dense(identity(dtype, widths[0]), full(dtype, 1, widths[1])));
        } else {
            layers.add(NetworkLayers.dense(full(dtype, widths[0] == 1 ? 1 : 0, 1, widths[0]), full(dtype, 1, 1)));
            layers.add(NetworkLayers.dense(full(dtype, 1, widths[1], 1), full(dtype, 0, widths[1])));
        }
        if (isThird(x.shape())) {
            layers.add(NetworkLayers.dropout(0));
        }
        layers.add(NetworkLayers.relu());
        layers.add(NetworkLayers.dropout(rate(1, plain.rate())));
        layers.add(NetworkLayers.dense(full(dtype, 0, 2, widths[1]), full(dtype, 0, 2)));
        OperationCall call = OperationCall.of(NetworkDropout.NAME)
                .with("layers", layers)
                .with("input", input(x, examples, widths))
                .with("target", Collections.nCopies(examples, 0L))
                .with("training", plain.training())
                .withSeed(plain.seed())
                .with("masks", plain.mask().map(mask -> masks(mask, examples, widths, isThird(x.shape()))));
        return NetworkDropout.expecting(call, description);
    }

    /** Whether the second mask is that of a third dropout layer, after one that drops nothing: of every third shape. */
    private static boolean isThird(Shape plain) {
        return Math.floorMod(plain.hashCode(), 3) == 0;
    }

    /** The mask of the first or of the last layer. */
    private static Tensor mask(List<Tensor> masks, int layer) {
        return masks.get(layer == 0 ? 0 : masks.size() - 1);
    }

    private int examples(Tensor x, int[] widths) {
        return x.size() / ((shows[0] ? widths[0] : 0) + (shows[1] ? widths[1] : 0));
    }

    /**
     * The plain elements that belong to units of the first layer, made positive if they feed the second. An element
     * stays as it is if it is normal and no scale takes it to infinity; otherwise it becomes 1.
     */
    private Tensor input(Tensor x, int examples, int[] widths) {
        DType dtype = x.dtype();
        int row = x.size() / examples;
        boolean positive = widths[0] == widths[1] || widths[0] == 1;
        Tensor.Builder input = Tensor.builder(dtype, Shape.of(examples, widths[0]));
        double smallest = dtype.smallestNormal();
        double largest = Math.scalb(dtype.largest(), MOST_SCALE);
        long one = dtype.round(1);
        for (int i = 0; i < examples * widths[0]; i++) {
            int from = i / widths[0] * row + i % widths[0];
            double magnitude = Math.abs(x.value(from));
            long bits = magnitude >= smallest && magnitude <= largest ? x.bits(from) : one;
            input.setBits(i, positive ? bits & ~dtype.signBit() : bits);
        }
        return input.build();
    }

    private static Tensor full(DType dtype, double value, int... shape) {
        return Tensor.full(dtype, Shape.of(shape), value);
    }

    private static Tensor identity(DType dtype, int units) {
        Tensor.Builder identity = Tensor.builder(dtype, Shape.of(units, units));
        for (int i = 0; i < units; i++) {
            identity.setBits(i * units + i, dtype.round(1));
        }
        return identity.build();
    }

    /** The masks of the layers that a plain mask gives; a layer that it does not give keeps everything. */
    private List<Tensor> masks(Tensor plain, int examples, int[] widths, boolean third) {
        int row = plain.size() / examples;
        List<Tensor> masks = new ArrayList<>();
        int from = 0;
        for (int layer = 0; layer < 2; layer++) {
            boolean[] kept = new boolean[examples * widths[layer]];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = !shows[layer] || plain.bool(i / widths[layer] * row + from + i % widths[layer]) != 0;
            }
            if (layer == 1 && third) {
                masks.add(Tensor.full(DType.BOOL, Shape.of(examples, widths[1]), 1));
            }
            masks.add(Tensor.ofBooleans(Shape.of(examples, widths[layer]), kept));
            from += shows[layer] ? widths[layer] : 0;
        }
        return masks;
    }

    @Override
    public Shape layout(Call plain, Description description) {
        Shape shape = plain.input().shape();
        int units = shape.rank() == 0 ? 1 : shape.extent(shape.rank() - 1);
        return shows[0] && shows[1] || units == 0 ? shape : Shape.of(shape.size() / units, units);
    }

    @Override
    public Result result(Call plain, OperationCall asked, OperationResult answer, Description description) {
        NetworkDropout.misshapen(asked, answer).ifPresent(wrong -> {
            throw new UnsupportedCall(wrong);
        });
        Choices choices = description.declaration(NetworkDropout.NAME).choices();
        if (!plain.training()) {
            // a wrong loss or a wrong dense layer says nothing about a mask
            boolean whole = NetworkJudge.judge(asked, answer, description).stream()
                    .noneMatch(sighting -> sighting.requirement().equals("NET-5"));
            return ShownMask.evaluated(plain, whole, choices);
        }
        int size = plain.input().size();
        int[] widths = widths(plain.input().shape());
        int row = size / examples(plain.input(), widths);
        List<Tensor> activations = answer.tensors("activations");
        int last = activations.size() - 2;
        ShownUnits[] units = {
            new ShownUnits(asked.tensor("input"), activations.get(0), Optional.empty()),
            new ShownUnits(activations.get(last - 1), activations.get(last), Optional.empty())
        };
        boolean[] kept = new boolean[size];
        boolean[] told = new boolean[size];
        int from = 0;
        for (int layer = 0; layer < 2; layer++) {
            int width = widths[layer];
            Optional<Tensor> mask =
                    answer.has("masks") ? Optional.of(mask(answer.tensors("masks"), layer)) : Optional.empty();
            for (int i = 0; shows[layer] && i < units[layer].size(); i++) {
                int at = i / width * row + from + i % width;
                kept[at] = units[layer].isKept(i);
                told[at] = mask.isPresent() && mask.get().bool(i) != 0;
            }
            from += shows[layer] ? width : 0;
        }
        Optional<Tensor> reported = answer.has("masks")
                ? Optional.of(Tensor.ofBooleans(plain.input().shape(), told))
                : Optional.empty();
        return ShownMask.trained(plain, kept, reported, choices);
    }
}
