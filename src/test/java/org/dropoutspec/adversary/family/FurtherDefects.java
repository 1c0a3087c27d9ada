package org.dropoutspec.adversary.family;

import static org.dropoutspec.adversary.family.Changes.answered;
import static org.dropoutspec.adversary.family.Changes.field;
import static org.dropoutspec.adversary.family.Changes.times;
import static org.dropoutspec.adversary.family.Changes.trains;
import static org.dropoutspec.adversary.family.Changes.where;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Kernels that leave out a part, caches by the wrong key, formulas with one sign or constant wrong, fields in a wrong form. */
final class FurtherDefects {
    private static final List<FamilyBroken> ALL = new ArrayList<>();

    private FurtherDefects() {}

    private static void add(String operation, String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of(operation, name, defect, requirements));
    }

    /** The reference answers another call. */
    private interface Asked {
        OperationCall of(OperationCall call);
    }

    private static Defect asks(Predicate<OperationCall> where, Asked other) {
        return (call, dropout, sound) -> sound.answer(where.test(call) ? other.of(call) : call, dropout);
    }

    private static double scale(OperationCall call) {
        return 1 / (1 - call.rate());
    }

    /** A field whose elements from an index on are these. */
    private static Defect from(int first, String name, double left) {
        return answered(
                Changes::trains,
                (call, r) -> !r.has(name) || r.tensor(name).size() <= first
                        ? r
                        : field(r, name, i -> i < first ? r.tensor(name).value(i) : left));
    }

    /** Masks of which some elements come from others. */
    private interface Source {
        int of(Drawn drawn, int index);
    }

    private static Defect taking(Source source) {
        return Drawn.changed(d -> d.with(i -> d.kept(source.of(d, i))));
    }

    private static Defect keeping(java.util.function.BiPredicate<Drawn, Integer> kept) {
        return Drawn.changed(d -> d.with(i -> kept.test(d, i) || d.kept(i)));
    }

    static List<FamilyBroken> all() {
        ALL.clear();
        grouped();
        noise();
        weights();
        sequences();
        attentions();
        networks();
        return List.copyOf(ALL);
    }

    private static void grouped() {
        add(
                "spatial_dropout",
                "leaves out what is beyond 4,096 elements",
                from(4096, "output", 0),
                "SPATIAL-1",
                "SPATIAL-2",
                "MASK-8");
        add(
                "spatial_dropout",
                "writes the input beyond 4,096 elements",
                answered(Changes::trains, (call, r) -> {
                    Tensor x = call.tensor("input");
                    return field(r, "output", i -> i < 4096 ? r.tensor("output").value(i) : x.value(i));
                }),
                "FWD-1",
                "SPATIAL-2",
                "SPATIAL-1");
        add(
                "spatial_dropout",
                "draws for four channels at once and cuts the last of a row",
                taking((d, i) -> i % d.columns() >= d.columns() - d.columns() % 4 && d.columns() > 4 ? i - 4 : i),
                "MASK-2");
        add(
                "spatial_dropout",
                "takes the mask of the example before for the last of a batch of an odd number",
                taking((d, i) ->
                        d.rows() > 1 && d.rows() % 2 == 1 && i / d.columns() == d.rows() - 1 ? i - d.columns() : i),
                "MASK-2");
        add("spatial_dropout", "keeps each 256th element", keeping((d, i) -> i % 256 == 0), "MASK-8");
        add(
                "spatial_dropout",
                "keeps the mask of a call of the same number of elements before",
                Changes.again(1, d -> d.call().tensor("input").size()),
                "MASK-3");
        add(
                "stochastic_depth",
                "gives the batch an order: as many survive at the front as at the end",
                taking((d, i) -> i < d.size() / 2 ? i : d.size() - 1 - i),
                "MASK-2");
        add("stochastic_depth", "survives by one number for each four examples", taking((d, i) -> i - i % 4), "MASK-2");
        add(
                "stochastic_depth",
                "always keeps example 0 of an even batch",
                keeping((d, i) -> i == 0 && d.size() % 2 == 0),
                "MASK-8");
        add(
                "stochastic_depth",
                "leaves the gradient unscaled in a batch of one",
                answered(
                        c -> Changes.differentiates(c)
                                && c.tensor("input").shape().rank() > 0
                                && c.tensor("input").shape().extent(0) == 1,
                        (call, r) -> times(r, "grad_input", 1 - call.rate())),
                "BWD-2",
                "DEPTH-2");
        add(
                "stochastic_depth",
                "reports that all survive",
                answered(
                        Changes::trains,
                        (call, r) -> r.with(
                                "mask", Tensor.full(DType.BOOL, r.tensor("mask").shape(), 1))),
                "MASK-4");
    }

    private static void noise() {
        add(
                "alpha_dropout",
                "takes alpha' with the other sign",
                answered(Changes::trains, (call, r) -> {
                    Tensor kept =
                            r.tensor("mask").broadcastTo(call.tensor("input").shape());
                    double a = AlphaDropout.scale(call.rate());
                    double b = -a * call.rate() * AlphaDropout.ALPHA;
                    return field(
                            r,
                            "output",
                            i -> kept.bits(i) != 0 ? r.tensor("output").value(i) : -a * AlphaDropout.ALPHA + b);
                }),
                "ALPHA-2");
        add(
                "alpha_dropout",
                "scales as plain dropout does",
                answered(Changes::trains, (call, r) -> {
                    Tensor kept =
                            r.tensor("mask").broadcastTo(call.tensor("input").shape());
                    return field(
                            r,
                            "output",
                            i -> kept.bits(i) != 0 ? call.tensor("input").value(i) * scale(call) : 0);
                }),
                "ALPHA-1",
                "ALPHA-2");
        add(
                "alpha_dropout",
                "shifts by b of the rate for keeping",
                answered(c -> trains(c) && c.rate() != 0.5, (call, r) -> {
                    double a = AlphaDropout.scale(call.rate());
                    double off = a * call.rate() * AlphaDropout.ALPHA - a * (1 - call.rate()) * AlphaDropout.ALPHA;
                    return field(r, "output", i -> r.tensor("output").value(i) + off);
                }),
                "ALPHA-1",
                "ALPHA-2");
        add(
                "alpha_dropout",
                "scales the gradient by 1",
                answered(
                        Changes::differentiates,
                        (call, r) -> times(r, "grad_input", 1 / AlphaDropout.scale(call.rate()))),
                "ALPHA-3");
        add(
                "alpha_dropout",
                "leaves what is beyond 1,024 elements as it was",
                answered(
                        Changes::trains,
                        (call, r) -> field(
                                r,
                                "output",
                                i -> i < 1024
                                        ? r.tensor("output").value(i)
                                        : call.tensor("input").value(i))),
                "ALPHA-1",
                "ALPHA-2");
        add(
                "gaussian_dropout",
                "draws from twelve uniform numbers less 6",
                gaussian((numbers, i) -> {
                    double sum = -6;
                    for (int k = 0; k < 12; k++) {
                        sum += numbers.uniform(12L * i + k);
                    }
                    return sum;
                }),
                "GAUSS-6");
        add(
                "gaussian_dropout",
                "draws signs times a half-normal that is never small",
                gaussian((numbers, i) -> {
                    double z = normal(numbers, i);
                    return Math.abs(z) < 0.01 ? Math.copySign(0.01, z) : z;
                }),
                "GAUSS-6");
        add(
                "gaussian_dropout",
                "draws sine and cosine of one angle and radius for neighbours of the same sign",
                gaussian((numbers, i) -> {
                    double z = normal(numbers, i / 2 * 2);
                    return i % 2 == 0 ? z : Math.copySign(normal(numbers, i), z);
                }),
                "MASK-2");
        add(
                "gaussian_dropout",
                "takes the noise of the call before for the first element",
                new FirstOfTheLast(),
                "MASK-3");
        add(
                "gaussian_dropout",
                "rounds its noise to eighths",
                gaussian((numbers, i) -> Math.rint(8 * normal(numbers, i)) / 8),
                "GAUSS-6",
                "MASK-1");
        add(
                "gaussian_dropout",
                "leaves the second half of an even number as it was",
                answered(Changes::trains, (call, r) -> {
                    Tensor x = call.tensor("input");
                    int half = x.size() / 2;
                    return x.size() < 64
                            ? r
                            : field(
                                    r,
                                    "output",
                                    i -> i < half ? r.tensor("output").value(i) : x.value(i));
                }),
                "GAUSS-1",
                "GAUSS-2");
    }

    private static double normal(OwnNumbers numbers, int i) {
        double radius = Math.sqrt(-2 * Math.log(1 - numbers.uniform(2L * i)));
        return radius * Math.cos(2 * Math.PI * numbers.uniform(2L * i + 1));
    }

    private interface Normal {
        double of(OwnNumbers numbers, int index);
    }

    private static Defect gaussian(Normal normal) {
        return Drawn.changed(where(d -> d.rate() > 0, d -> {
            OwnNumbers numbers = OwnNumbers.of(d);
            double s = Math.sqrt(d.rate() / (1 - d.rate()));
            return Changes.each(d.mask(), i -> 1 + s * normal.of(numbers, i));
        }));
    }

    private static final class FirstOfTheLast implements Defect {
        private double last;
        private boolean drawn;

        @Override
        public OperationResult answer(
                OperationCall call,
                org.dropoutspec.reference.Dropout dropout,
                org.dropoutspec.operation.Operation sound) {
            return Drawn.changed(where(d -> d.rate() > 0, d -> {
                        double s = Math.sqrt(d.rate() / (1 - d.rate()));
                        double z = (d.mask().value(d.size() - 1) - 1) / s;
                        boolean again = drawn && !call.has("seed");
                        double first = last;
                        last = z;
                        drawn = true;
                        return Changes.each(
                                d.mask(),
                                i -> i == 0 && again && d.size() > 1
                                        ? 1 + s * first
                                        : d.mask().value(i));
                    }))
                    .answer(call, dropout, sound);
        }
    }

    private static void weights() {
        add(
                "dropconnect",
                "draws the weights of output o as those of o - 8",
                taking((d, i) -> i / d.columns() % 8 * d.columns() + i % d.columns()),
                "MASK-2");
        add(
                "dropconnect",
                "draws rows of 4 inputs and repeats the rest",
                taking((d, i) -> i - i % d.columns() + i % d.columns() % 4),
                "MASK-2");
        add(
                "dropconnect",
                "keeps the weights of the last input",
                keeping((d, i) -> d.columns() > 1 && i % d.columns() == d.columns() - 1),
                "MASK-8");
        add(
                "dropconnect",
                "computes no outputs from the 17th on",
                answered(
                        Changes::trains,
                        (call, r) -> field(r, "output", i -> {
                            int outputs = call.tensor("weight").shape().extent(0);
                            return i % outputs < 16
                                    ? r.tensor("output").value(i)
                                    : call.tensor("bias").value(i % outputs);
                        })),
                "CONN-1",
                "MASK-8");
        add(
                "dropconnect",
                "scales what the input brings and the bias",
                answered(Changes::trains, (call, r) -> {
                    Tensor bias = call.tensor("bias");
                    double more = scale(call) - 1;
                    return field(r, "output", i -> r.tensor("output").value(i) + more * bias.value(i % bias.size()));
                }),
                "CONN-1",
                "CONN-2");
        add(
                "dropconnect",
                "masks the gradient of the input by the transposed mask of square weights",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!Changes.differentiates(call)
                            || call.tensor("weight").shape().extent(0)
                                    != call.tensor("weight").shape().extent(1)) {
                        return r;
                    }
                    Tensor other = r.tensor("mask").permuted(1, 0);
                    return r.with(
                            "grad_input",
                            sound.answer(call.with("mask", other), dropout).tensor("grad_input"));
                },
                "CONN-4");
        add(
                "dropconnect",
                "drops the first example alone",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!trains(call)) {
                        return r;
                    }
                    Tensor whole = sound.answer(
                                    call.with("training", false).without("mask").without("grad_output"), dropout)
                            .tensor("output");
                    int outputs = whole.shape().extent(1);
                    return field(
                            r, "output", i -> i < outputs ? r.tensor("output").value(i) : whole.value(i));
                },
                "CONN-1");
    }

    private static void sequences() {
        add(
                "rnn",
                "drops the first step alone",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!trains(call) || call.tensor("input").shape().extent(0) < 2) {
                        return r;
                    }
                    Tensor x = call.tensor("input");
                    int step = x.size() / x.shape().extent(0);
                    // later steps are scaled back and whole
                    Tensor mask = r.tensor("mask");
                    Tensor other = Changes.each(
                            x,
                            i -> i < step || mask.bool(i % step) != 0
                                    ? i < step ? x.value(i) : x.value(i) * (1 - call.rate())
                                    : x.value(i));
                    return r.with(
                            "output",
                            sound.answer(
                                            call.with("input", other)
                                                    .with("mask", mask)
                                                    .with("recurrent_mask", r.tensor("recurrent_mask"))
                                                    .without("grad_output"),
                                            dropout)
                                    .tensor("output"));
                },
                "RNN-1",
                "RNN-2");
        add(
                "rnn",
                "takes the recurrent rate for the input",
                (call, dropout, sound) -> {
                    if (!trains(call) || Drawn.given(call)) {
                        return sound.answer(call, dropout);
                    }
                    OperationResult r = sound.answer(
                            call.with("rate", call.number("recurrent_rate")).without("grad_output"), dropout);
                    return sound.answer(
                            call.with("mask", r.tensor("mask")).with("recurrent_mask", r.tensor("recurrent_mask")),
                            dropout);
                },
                "MASK-1",
                "RATE-7");
        add(
                "rnn",
                "draws the mask of an example as that of the one before, reversed",
                taking((d, i) -> {
                    int row = i / d.columns();
                    return row % 2 == 0 ? i : (row - 1) * d.columns() + d.columns() - 1 - i % d.columns();
                }),
                "MASK-2");
        add(
                "rnn",
                "reports the recurrent mask of all ones",
                answered(
                        Changes::trains,
                        (call, r) -> r.with(
                                "recurrent_mask",
                                Tensor.full(
                                        DType.BOOL, r.tensor("recurrent_mask").shape(), 1))),
                "MASK-4");
        add(
                "rnn",
                "leaves the gradient of the bias of the first step out",
                answered(
                        c -> c.has("grad_output") && c.tensor("input").shape().extent(0) > 1,
                        (call, r) -> times(r, "grad_bias", 0.5)),
                "RNN-6",
                "RNN-7");
        add(
                "rnn",
                "applies no recurrent mask in sequences of more than four steps",
                asks(
                        c -> trains(c)
                                && c.number("recurrent_rate") >= 0
                                && c.tensor("input").shape().extent(0) > 4
                                && !Drawn.given(c),
                        c -> c.with("recurrent_rate", 0.0)),
                "MASK-1",
                "RNN-1");
    }

    private static void attentions() {
        add(
                "attention",
                "drops by key and example",
                taking((d, i) -> {
                    int plane = d.rows() * d.columns();
                    return i / plane * plane + i % d.columns();
                }),
                "MASK-2");
        add(
                "attention",
                "draws each head of queries beyond the 32nd as the first",
                taking((d, i) -> {
                    int plane = d.rows() * d.columns();
                    return i / plane * plane + i % plane / d.columns() % 32 * d.columns() + i % d.columns();
                }),
                "MASK-2");
        add(
                "attention",
                "keeps the first key of each query",
                keeping((d, i) -> d.columns() > 1 && i % d.columns() == 0),
                "MASK-8");
        add(
                "attention",
                "leaves the output unscaled where queries are more than keys",
                answered(
                        c -> trains(c)
                                && c.tensor("query").shape().extent(1)
                                        > c.tensor("key").shape().extent(1),
                        (call, r) -> times(r, "output", 1 - call.rate())),
                "ATTN-1");
        add(
                "attention",
                "drops nothing of a single query",
                asks(
                        c -> trains(c)
                                && !Drawn.given(c)
                                && c.tensor("query").shape().extent(1) == 1,
                        c -> c.with(
                                "mask",
                                Tensor.full(
                                        DType.BOOL,
                                        Shape.of(
                                                c.tensor("query").shape().extent(0),
                                                1,
                                                c.tensor("key").shape().extent(1)),
                                        1))),
                "MASK-1",
                "MASK-8",
                "ATTN-1");
        add(
                "attention",
                "gives the value the gradient of the weights before dropout in half types",
                answered(
                        c -> Changes.differentiates(c) && c.tensor("query").dtype() == DType.FLOAT16,
                        (call, r) -> times(r, "grad_value", 1 - call.rate())),
                "ATTN-2");
    }

    private static void networks() {
        add(
                "network",
                "keeps the first unit of each layer",
                keeping((d, i) -> d.columns() > 1 && i % d.columns() == 0),
                "MASK-8");
        add(
                "network",
                "draws the masks of all layers at the first layer's shape and repeats them",
                taking((d, i) -> d.number() > 0 ? i - i % 2 : i),
                "MASK-2");
        add(
                "network",
                "gives the loss of the last example alone in training",
                answered(
                        c -> c.training() && c.tensor("input").shape().extent(0) > 1,
                        (call, r) -> r.with("loss", r.number("loss") * 1.25)),
                "NET-2");
        add(
                "network",
                "adds 0 times the logarithm of 0 for a class that is as good as impossible",
                answered(c -> true, (call, r) -> {
                    Tensor logits = r.tensors("activations")
                            .get(r.tensors("activations").size() - 1);
                    double least = 0;
                    for (int i = 0; i < logits.size(); i++) {
                        int row = i - i % logits.shape().extent(1);
                        for (int c = 0; c < logits.shape().extent(1); c++) {
                            least = Math.min(least, logits.value(i) - logits.value(row + c));
                        }
                    }
                    return least < -800 ? r.with("loss", Double.NaN) : r;
                }),
                "NET-2");
        add(
                "network",
                "gives the loss in base 2",
                answered(c -> true, (call, r) -> r.with("loss", r.number("loss") / Math.log(2))),
                "NET-2");
        add(
                "network",
                "drops half of a layer's rate where there are three dense layers",
                (call, dropout, sound) -> {
                    long dense = ((List<?>) call.required("layers"))
                            .stream()
                                    .filter(l -> ((Map<?, ?>) l).containsKey("dense"))
                                    .count();
                    if (!call.training() || call.has("masks") || dense < 3) {
                        return sound.answer(call, dropout);
                    }
                    return Drawn.changed(d -> {
                                Tensor other = d.another(d.mask().shape());
                                return d.with(i -> d.kept(i) || other.bool(i) != 0);
                            })
                            .answer(call, dropout, sound);
                },
                "MASK-1");
    }
}
