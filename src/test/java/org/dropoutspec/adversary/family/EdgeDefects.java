package org.dropoutspec.adversary.family;

import static org.dropoutspec.adversary.family.Changes.answered;
import static org.dropoutspec.adversary.family.Changes.differentiates;
import static org.dropoutspec.adversary.family.Changes.field;
import static org.dropoutspec.adversary.family.Changes.times;
import static org.dropoutspec.adversary.family.Changes.trains;
import static org.dropoutspec.adversary.family.Changes.where;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Code for an extent of one, for the tail of one type, for numbers near an end of their range. */
final class EdgeDefects {
    private static final List<FamilyBroken> ALL = new ArrayList<>();

    private EdgeDefects() {}

    private static void add(String operation, String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of(operation, name, defect, requirements));
    }

    private static int extent(OperationCall call, String field, int axis) {
        Shape shape = call.tensor(field).shape();
        return axis < shape.rank() ? shape.extent(axis) : 0;
    }

    private static boolean is(OperationCall call, DType dtype) {
        return call.tensor(call.has("input") ? "input" : "query").dtype() == dtype;
    }

    private static boolean last(OperationCall call) {
        return (int) call.integer("channel_axis")
                == call.tensor("input").shape().rank() - 1;
    }

    /** What is kept there is left as it was. */
    private static Defect unscaled(Predicate<OperationCall> where) {
        return answered(c -> trains(c) && where.test(c), (call, r) -> times(r, "output", 1 - call.rate()));
    }

    /** Nothing is dropped there, and what is reported says so. */
    private static Defect whole(Predicate<OperationCall> where) {
        return Drawn.changed(where(d -> where.test(d.call()), d -> d.with(i -> true)));
    }

    /** Elements of the output are others. */
    private interface Element {
        double of(OperationCall call, OperationResult r, int index);
    }

    private static Defect element(Predicate<OperationCall> where, String name, Element element) {
        return answered(where, (call, r) -> field(r, name, i -> element.of(call, r, i)));
    }

    /** The answer under masks that were drawn, of a call that is another. */
    private static OperationResult again(
            OperationCall call,
            OperationResult r,
            org.dropoutspec.reference.Dropout dropout,
            org.dropoutspec.operation.Operation sound) {
        OperationCall same = call.without("grad_output");
        for (String name : List.of("mask", "recurrent_mask")) {
            if (r.has(name)) {
                same = same.with(name, r.tensor(name));
            }
        }
        return sound.answer(same, dropout);
    }

    static List<FamilyBroken> all() {
        ALL.clear();
        grouped();
        alpha();
        gaussian();
        connected();
        recurrent();
        attention();
        networks();
        return List.copyOf(ALL);
    }

    private static void grouped() {
        add(
                "spatial_dropout",
                "leaves a single channel unscaled",
                unscaled(c -> extent(c, "input", (int) c.integer("channel_axis")) == 1 && !last(c)),
                "FWD-1",
                "SPATIAL-2");
        add(
                "spatial_dropout",
                "leaves the last of an odd number of elements as it was in float16",
                element(c -> trains(c) && is(c, DType.FLOAT16) && !c.has("permutation"), "output", (call, r, i) -> {
                    int size = call.tensor("input").size();
                    return i == size - 1 && size % 2 == 1 && size > 1
                            ? call.tensor("input").value(i)
                            : r.tensor("output").value(i);
                }),
                "FWD-1",
                "SPATIAL-1");
        add(
                "spatial_dropout",
                "drops by example where every channel is a single place",
                Drawn.changed(where(
                        d -> d.call().tensor("input").size() == d.size(),
                        d -> d.with(i -> d.kept(i - i % d.columns())))),
                "MASK-2");
        add(
                "spatial_dropout",
                "takes the last axis for that of the channels where both are as long",
                answered(
                        c -> trains(c)
                                && !last(c)
                                && !c.has("permutation")
                                && extent(c, "input", 1)
                                        == extent(
                                                c,
                                                "input",
                                                c.tensor("input").shape().rank() - 1)
                                && extent(c, "input", 1) > 1,
                        (call, r) -> {
                            Tensor x = call.tensor("input");
                            int channels = extent(call, "input", 1);
                            int each = x.size() / extent(call, "input", 0);
                            return field(
                                    r,
                                    "output",
                                    i -> r.tensor("mask").bool(i / each * channels + i % channels) != 0
                                            ? x.value(i) / (1 - call.rate())
                                            : 0);
                        }),
                "SPATIAL-1",
                "SPATIAL-2");
        add(
                "stochastic_depth",
                "drops nothing in a batch of one",
                whole(c -> extent(c, "input", 0) == 1),
                "MASK-8",
                "MASK-1");
        add(
                "stochastic_depth",
                "lets the gradient of dropped examples through in bfloat16",
                element(
                        c -> differentiates(c) && is(c, DType.BFLOAT16),
                        "grad_input",
                        (call, r, i) -> call.tensor("grad_output").value(i) / (1 - call.rate())),
                "BWD-1");
    }

    private static void alpha() {
        add(
                "alpha_dropout",
                "multiplies by 3 at most",
                answered(c -> trains(c) && AlphaDropout.scale(c.rate()) > 3, (call, r) -> {
                    Tensor kept =
                            r.tensor("mask").broadcastTo(call.tensor("input").shape());
                    double b = -AlphaDropout.scale(call.rate()) * call.rate() * AlphaDropout.ALPHA;
                    return field(
                            r,
                            "output",
                            i -> kept.bits(i) != 0
                                    ? 3 * call.tensor("input").value(i) + b
                                    : r.tensor("output").value(i));
                }),
                "ALPHA-1");
        add(
                "alpha_dropout",
                "lets the gradient through where a mask is shared in bfloat16",
                answered(
                        c -> differentiates(c) && is(c, DType.BFLOAT16) && c.has("noise_shape"),
                        (call, r) -> field(
                                r,
                                "grad_input",
                                i -> call.tensor("grad_output").value(i) * AlphaDropout.scale(call.rate()))),
                "ALPHA-3");
        add(
                "alpha_dropout",
                "drops by the rate for keeping where a mask is shared",
                Drawn.changed(where(d -> d.call().has("noise_shape"), d -> {
                    OwnNumbers numbers = OwnNumbers.of(d);
                    return d.with(i -> numbers.uniform(i) < d.rate());
                })),
                "MASK-1",
                "RATE-7");
        add(
                "alpha_dropout",
                "drops what is 0 to 0",
                element(
                        Changes::trains,
                        "output",
                        (call, r, i) -> call.tensor("input").value(i) == 0
                                        && r.tensor("mask")
                                                        .broadcastTo(call.tensor("input")
                                                                .shape())
                                                        .bits(i)
                                                == 0
                                ? 0
                                : r.tensor("output").value(i)),
                "ALPHA-2");
    }

    private static void gaussian() {
        add(
                "gaussian_dropout",
                "keeps its noise in 8 bits",
                noise((d, z) -> Math.rint(z * 32) / 32),
                "GAUSS-6",
                "MASK-1");
        add(
                "gaussian_dropout",
                "draws float64 by bfloat16",
                Drawn.changed(where(
                        d -> d.mask().dtype() == DType.FLOAT64 && d.rate() > 0,
                        d -> Changes.each(
                                d.mask(),
                                i -> DType.BFLOAT16.value(
                                        DType.BFLOAT16.round(d.mask().value(i)))))),
                "GAUSS-6",
                "MASK-1");
        add(
                "gaussian_dropout",
                "puts a value that it may not take the logarithm of in the place of one in 256",
                Drawn.changed(where(d -> d.rate() > 0, d -> {
                    OwnNumbers numbers = OwnNumbers.of(d);
                    return Changes.each(
                            d.mask(),
                            i -> numbers.uniform(i) < 1.0 / 256 ? 1 : d.mask().value(i));
                })),
                "GAUSS-6",
                "MASK-1");
        add(
                "gaussian_dropout",
                "takes its noise from a table of 1,024",
                Drawn.changed(where(d -> d.rate() > 0, d -> {
                    OwnNumbers numbers = OwnNumbers.of(d);
                    double s = Math.sqrt(d.rate() / (1 - d.rate()));
                    return Changes.each(
                            d.mask(),
                            i -> 1
                                    + s
                                            * new org.apache.commons.math3.distribution.NormalDistribution(null, 0, 1)
                                                    .inverseCumulativeProbability(
                                                            (numbers.word(i) >>> 54) / 1024.0 + 1.0 / 2048));
                })),
                "GAUSS-6",
                "MASK-13",
                "RATE-11");
    }

    private interface Rounded {
        double of(Drawn drawn, double z);
    }

    private static Defect noise(Rounded rounded) {
        return Drawn.changed(where(d -> d.rate() > 0, d -> {
            double s = Math.sqrt(d.rate() / (1 - d.rate()));
            return Changes.each(d.mask(), i -> 1 + s * rounded.of(d, (d.mask().value(i) - 1) / s));
        }));
    }

    private static void connected() {
        add(
                "dropconnect",
                "takes all weights for the last of three examples and more",
                ofExamples((e, examples) -> examples > 2 && e == examples - 1),
                "CONN-1");
        add(
                "dropconnect",
                "takes all weights for every second example",
                ofExamples((e, examples) -> e % 2 == 1),
                "CONN-1");
        add(
                "dropconnect",
                "gives the weight no gradient of the last of an odd number of examples",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    int examples = extent(call, "input", 0);
                    if (!differentiates(call) || examples < 3 || examples % 2 == 0) {
                        return r;
                    }
                    Tensor dy = call.tensor("grad_output");
                    int outputs = dy.size() / examples;
                    Tensor less = Changes.each(dy, i -> i / outputs == examples - 1 ? 0 : dy.value(i));
                    return r.with(
                            "grad_weight",
                            sound.answer(call.with("grad_output", less).with("mask", r.tensor("mask")), dropout)
                                    .tensor("grad_weight"));
                },
                "CONN-3");
        add(
                "dropconnect",
                "masks the gradient of the weight and forgets its scale where there is one output",
                answered(
                        c -> differentiates(c) && extent(c, "weight", 0) == 1,
                        (call, r) -> times(r, "grad_weight", 1 - call.rate())),
                "CONN-3");
        add(
                "dropconnect",
                "scales nothing where there is one input",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!trains(call) || extent(call, "weight", 1) != 1) {
                        return r;
                    }
                    Tensor bias = call.tensor("bias");
                    return field(
                            r,
                            "output",
                            i -> (r.tensor("output").value(i) - bias.value(i % bias.size())) * (1 - call.rate())
                                    + bias.value(i % bias.size()));
                },
                "CONN-1");
    }

    private interface Examples {
        boolean areWhole(int example, int examples);
    }

    private static Defect ofExamples(Examples which) {
        return (call, dropout, sound) -> {
            OperationResult r = sound.answer(call, dropout);
            if (!trains(call)) {
                return r;
            }
            Tensor all = sound.answer(
                            call.with("training", false).without("mask").without("grad_output"), dropout)
                    .tensor("output");
            int outputs = all.shape().extent(1);
            int examples = all.shape().extent(0);
            return field(
                    r,
                    "output",
                    i -> which.areWhole(i / outputs, examples)
                            ? all.value(i)
                            : r.tensor("output").value(i));
        };
    }

    private static void recurrent() {
        add(
                "rnn",
                "leaves the input of a single step unscaled",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!trains(call) || extent(call, "input", 0) != 1) {
                        return r;
                    }
                    Tensor x = call.tensor("input");
                    OperationCall less = call.with("input", Changes.each(x, i -> x.value(i) * (1 - call.rate())));
                    return r.with("output", again(less, r, dropout, sound).tensor("output"));
                },
                "RNN-1");
        add(
                "rnn",
                "gives the bias the gradient of the last step alone in a batch of one",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!differentiates(call) || extent(call, "input", 1) != 1 || extent(call, "input", 0) < 2) {
                        return r;
                    }
                    Tensor dy = call.tensor("grad_output");
                    int step = dy.size() / extent(call, "input", 0);
                    Tensor h = r.tensor("output");
                    return field(r, "grad_bias", i -> {
                        int at = dy.size() - step + i;
                        return dy.value(at) * (1 - h.value(at) * h.value(at));
                    });
                },
                "RNN-6");
        add(
                "rnn",
                "drops no states in sequences of one example",
                Drawn.changed(where(
                        d -> d.name().equals("recurrent_mask") && extent(d.call(), "input", 1) == 1,
                        d -> d.with(i -> true))),
                "MASK-8",
                "MASK-1");
    }

    private static void attention() {
        add(
                "attention",
                "drops nothing of a single key",
                whole(c -> extent(c, "key", 1) == 1),
                "MASK-8",
                "MASK-1",
                "MASK-2");
        add(
                "attention",
                "takes the exponential of scores as they are",
                answered(
                        c -> c.training() || c.rate() < 2,
                        (call, r) -> field(r, "output", i -> {
                            Tensor q = call.tensor("query");
                            Tensor k = call.tensor("key");
                            int width = q.shape().extent(2);
                            int row = i / call.tensor("value").shape().extent(2);
                            int keys = k.shape().extent(1);
                            int example = row / q.shape().extent(1);
                            double most = 0;
                            for (int s = 0; s < keys; s++) {
                                double z = 0;
                                for (int e = 0; e < width; e++) {
                                    z += q.value(row * width + e) * k.value((example * keys + s) * width + e);
                                }
                                most = Math.max(most, z * call.number("scale"));
                            }
                            return most > 88 && q.dtype() != DType.FLOAT64
                                    ? Double.NaN
                                    : r.tensor("output").value(i);
                        })),
                "ATTN-1",
                "ATTN-4");
        add(
                "attention",
                "looks at no more keys than there are queries",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    Tensor k = call.tensor("key");
                    int queries = extent(call, "query", 1);
                    int keys = extent(call, "key", 1);
                    if (keys <= queries || queries == 0) {
                        return r;
                    }
                    OperationCall less = call.with("key", cut(k, queries))
                            .with("value", cut(call.tensor("value"), queries))
                            .without("grad_output");
                    if (r.has("mask")) {
                        Tensor mask = r.tensor("mask");
                        less = less.with("mask", cutRows(mask, queries));
                    }
                    return call.training() && !r.has("mask")
                            ? r
                            : r.with("output", sound.answer(less, dropout).tensor("output"));
                },
                "ATTN-1",
                "ATTN-4");
        add(
                "attention",
                "drops no key behind the query where queries are as many as keys, and scales for it",
                Drawn.changed(where(
                        d -> d.rows() == d.columns(),
                        d -> d.with(i -> i % d.columns() > i / d.columns() % d.rows() || d.kept(i)))),
                "MASK-8",
                "MASK-1");
        add(
                "attention",
                "leaves the output unscaled where a query has one number",
                unscaled(c -> extent(c, "query", 2) == 1),
                "ATTN-1");
        add(
                "attention",
                "gives the key no gradient where a query has one number",
                answered(c -> differentiates(c) && extent(c, "query", 2) == 1, (call, r) -> times(r, "grad_key", 0)),
                "ATTN-3");
    }

    private static boolean isRate(Object layer, java.util.function.DoublePredicate rate) {
        Object drop = ((java.util.Map<?, ?>) layer).get("dropout");
        return drop != null && rate.test((Double) ((java.util.Map<?, ?>) drop).get("rate"));
    }

    /** The activations of one kind of layer are others, and what follows is computed from those of before. */
    private static Defect activation(
            Predicate<Object> layer, java.util.function.ToDoubleBiFunction<Object, Double> value) {
        return answered(OperationCall::training, (call, r) -> {
            List<Tensor> all = new ArrayList<>(r.tensors("activations"));
            List<?> layers = (List<?>) call.required("layers");
            for (int k = 0; k < all.size(); k++) {
                Object one = layers.get(k);
                Tensor sound = all.get(k);
                if (layer.test(one)) {
                    all.set(k, Changes.each(sound, i -> value.applyAsDouble(one, sound.value(i))));
                }
            }
            return r.with("activations", all);
        });
    }

    private static void networks() {
        add(
                "network",
                "scales by 4 at most",
                activation(layer -> isRate(layer, rate -> rate > 0.75 && rate < 1), (layer, y) -> {
                    double rate =
                            (Double) ((java.util.Map<?, ?>) ((java.util.Map<?, ?>) layer).get("dropout")).get("rate");
                    return y * (1 - rate) * 4;
                }),
                "NET-1");
        add(
                "network",
                "gives no loss where there is one class",
                answered(c -> true, (call, r) -> {
                    List<Tensor> all = r.tensors("activations");
                    return all.get(all.size() - 1).shape().extent(1) == 1 ? r.with("loss", Double.NaN) : r;
                }),
                "NET-2");
        add(
                "network",
                "averages the loss over one example less",
                answered(c -> extent(c, "input", 0) > 1, (call, r) -> {
                    double examples = extent(call, "input", 0);
                    return r.with("loss", r.number("loss") * examples / (examples - 1));
                }),
                "NET-2");
        add(
                "network",
                "gives the input no gradient in a batch of one",
                answered(
                        c -> c.training() && c.flag("gradients") && extent(c, "input", 0) == 1,
                        (call, r) -> times(r, "grad_input", 0)),
                "NET-3");
        add(
                "network",
                "drops at the first layer's rate where that of another is 0",
                (call, dropout, sound) -> {
                    if (!call.training() || call.has("masks")) {
                        return sound.answer(call, dropout);
                    }
                    List<Tensor> masks =
                            new ArrayList<>(sound.answer(call, dropout).tensors("masks"));
                    for (int i = 1; i < masks.size(); i++) {
                        Drawn first = new Drawn(call, "masks", 0, masks.get(0), dropout);
                        if (new Drawn(call, "masks", i, masks.get(i), dropout).rate() == 0 && first.rate() < 1) {
                            masks.set(i, first.another(masks.get(i).shape()));
                        }
                    }
                    return sound.answer(call.with("masks", masks), dropout);
                },
                "RATE-7",
                "MASK-1");
        add(
                "rnn",
                "drops nothing from the ninth step on",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!trains(call) || extent(call, "input", 0) < 9) {
                        return r;
                    }
                    Tensor whole = sound.answer(
                                    call.with("training", false)
                                            .without("mask")
                                            .without("recurrent_mask")
                                            .without("grad_output"),
                                    dropout)
                            .tensor("output");
                    int step = whole.size() / extent(call, "input", 0);
                    return field(
                            r, "output", i -> i < 8 * step ? r.tensor("output").value(i) : whole.value(i));
                },
                "RNN-1",
                "RNN-2");
        add(
                "rnn",
                "gives W a gradient of inputs that it dropped in a batch of one",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!differentiates(call) || extent(call, "input", 1) != 1) {
                        return r;
                    }
                    Tensor w = r.tensor("grad_weight_input");
                    Tensor b = r.tensor("grad_bias");
                    int inputs = extent(call, "input", 2);
                    return extent(call, "input", 0) != 1
                            ? r
                            : r.with(
                                    "grad_weight_input",
                                    Changes.each(
                                            w,
                                            i -> b.value(i / inputs)
                                                    * call.tensor("input").value(i % inputs)
                                                    / (1 - call.rate())));
                },
                "RNN-4");
    }

    /** The first of each example. */
    private static Tensor cut(Tensor tensor, int rows) {
        Shape shape = tensor.shape();
        int each = shape.extent(1) * shape.extent(2);
        int left = rows * shape.extent(2);
        double[] values = new double[shape.extent(0) * left];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.value(i / left * each + i % left);
        }
        return Tensor.of(tensor.dtype(), Shape.of(shape.extent(0), rows, shape.extent(2)), values);
    }

    private static Tensor cutRows(Tensor mask, int columns) {
        Shape shape = mask.shape();
        boolean[] kept = new boolean[shape.extent(0) * shape.extent(1) * columns];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.bool(i / columns * shape.extent(2) + i % columns) != 0;
        }
        return Tensor.ofBooleans(Shape.of(shape.extent(0), shape.extent(1), columns), kept);
    }
}
