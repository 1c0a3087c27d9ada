package org.dropoutspec.adversary.family;

import static org.dropoutspec.adversary.family.Changes.answered;
import static org.dropoutspec.adversary.family.Changes.field;
import static org.dropoutspec.adversary.family.Changes.times;
import static org.dropoutspec.adversary.family.Changes.trains;
import static org.dropoutspec.adversary.family.Changes.where;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.Attention;
import org.dropoutspec.reference.ElmanCell;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Recurrent dropout and attention. */
final class SequenceDefects {
    private static final List<FamilyBroken> ALL = new ArrayList<>();

    private SequenceDefects() {}

    private static void rnn(String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of("rnn", name, defect, requirements));
    }

    private static void attention(String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of("attention", name, defect, requirements));
    }

    private static int steps(OperationCall call) {
        return call.tensor("input").shape().extent(0);
    }

    private static int examples(OperationCall call) {
        return call.tensor("input").shape().extent(1);
    }

    private static double scale(double rate) {
        return rate == 1 ? 1 : 1 / (1 - rate);
    }

    private static ElmanCell cell(OperationCall call, Tensor in, Tensor back) {
        return new ElmanCell(
                new ElmanCell.Weights(
                        call.tensor("weight_input"), call.tensor("weight_recurrent"), call.tensor("bias")),
                new ElmanCell.Masks(in, scale(call.rate()), back, scale(call.number("recurrent_rate"))));
    }

    /** By masks of each step, the state before the first one given or none. */
    private static Tensor unrolled(
            OperationCall call,
            IntFunction<Tensor> in,
            IntFunction<Tensor> back,
            double[] begin,
            boolean maskProduct,
            boolean maskOut) {
        Tensor x = call.tensor("input");
        int b = examples(call);
        int n = x.shape().extent(2);
        int h = call.tensor("bias").size();
        double[] w = call.tensor("weight_input").values();
        double[] u = call.tensor("weight_recurrent").values();
        double[] state = begin == null ? new double[b * h] : begin.clone();
        double[] all = new double[steps(call) * b * h];
        double si = scale(call.rate());
        double sr = scale(call.number("recurrent_rate"));
        for (int t = 0; t < steps(call); t++) {
            Tensor mi = in.apply(t);
            Tensor mr = back.apply(t);
            double[] next = new double[b * h];
            for (int e = 0; e < b; e++) {
                for (int k = 0; k < h; k++) {
                    double a = call.tensor("bias").value(k);
                    for (int i = 0; i < n; i++) {
                        a += w[k * n + i] * mi.bool(e * n + i) * si * x.value((t * b + e) * n + i);
                    }
                    double r = 0;
                    for (int j = 0; j < h; j++) {
                        r += u[k * h + j] * (maskProduct || maskOut ? 1 : mr.bool(e * h + j) * sr) * state[e * h + j];
                    }
                    a += maskProduct ? r * mr.bool(e * h + k) * sr : r;
                    next[e * h + k] = Math.tanh(a);
                    all[(t * b + e) * h + k] = next[e * h + k];
                }
            }
            if (maskOut) {
                for (int i = 0; i < next.length; i++) {
                    next[i] *= mr.bool(i) * sr;
                    all[t * b * h + i] = next[i];
                }
            }
            state = next;
        }
        return Tensor.of(x.dtype(), Shape.of(steps(call), b, h), all);
    }

    private static Tensor whole(Tensor mask) {
        return Tensor.full(DType.BOOL, mask.shape(), 1);
    }

    /** The recurrent mask in a call whose states are as many as its inputs. */
    private static Defect recurrent(java.util.function.BiFunction<Tensor, Drawn, Tensor> change) {
        return (call, dropout, sound) -> {
            OperationResult r = sound.answer(call, dropout);
            if (!trains(call)
                    || Drawn.given(call)
                    || r.tensor("mask").size() != r.tensor("recurrent_mask").size()) {
                return r;
            }
            Tensor back = change.apply(
                    r.tensor("mask"), new Drawn(call, "recurrent_mask", 0, r.tensor("recurrent_mask"), dropout));
            return sound.answer(call.with("mask", r.tensor("mask")).with("recurrent_mask", back), dropout);
        };
    }

    static List<FamilyBroken> all() {
        ALL.clear();
        rnn(
                "scales the bias",
                answered(
                        Changes::trains,
                        (call, r) -> r.with(
                                "output",
                                cell(
                                                call.with(
                                                        "bias",
                                                        Changes.each(
                                                                call.tensor("bias"),
                                                                i -> call.tensor("bias")
                                                                                .value(i)
                                                                        * scale(call.rate()))),
                                                r.tensor("mask"),
                                                r.tensor("recurrent_mask"))
                                        .forward(call.tensor("input")))),
                "RNN-1");
        rnn(
                "scales the bias by the recurrent scale",
                answered(
                        Changes::trains,
                        (call, r) -> r.with(
                                "output",
                                cell(
                                                call.with(
                                                        "bias",
                                                        Changes.each(
                                                                call.tensor("bias"),
                                                                i -> call.tensor("bias")
                                                                                .value(i)
                                                                        * scale(call.number("recurrent_rate")))),
                                                r.tensor("mask"),
                                                r.tensor("recurrent_mask"))
                                        .forward(call.tensor("input")))),
                "RNN-1");
        rnn(
                "leaves the bias out",
                answered(
                        c -> true,
                        (call, r) -> r.with(
                                "output",
                                cell(
                                                call.with("bias", Changes.each(call.tensor("bias"), i -> 0)),
                                                call.training()
                                                        ? r.tensor("mask")
                                                        : Tensor.full(
                                                                DType.BOOL,
                                                                Shape.of(
                                                                        examples(call),
                                                                        call.tensor("input")
                                                                                .shape()
                                                                                .extent(2)),
                                                                1),
                                                call.training()
                                                        ? r.tensor("recurrent_mask")
                                                        : Tensor.full(
                                                                DType.BOOL,
                                                                Shape.of(
                                                                        examples(call),
                                                                        call.tensor("bias")
                                                                                .size()),
                                                                1))
                                        .forward(call.tensor("input")))),
                "RNN-1",
                "RNN-7",
                "EVAL-1");
        rnn(
                "draws the input mask anew from the fifth step on",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!trains(call) || Drawn.given(call) || steps(call) < 5) {
                        return r;
                    }
                    Tensor other = dropout.drawMask(r.tensor("mask").shape(), call.rate());
                    return r.with(
                            "output",
                            unrolled(
                                    call,
                                    t -> t < 4 ? r.tensor("mask") : other,
                                    t -> r.tensor("recurrent_mask"),
                                    null,
                                    false,
                                    false));
                },
                "RNN-2");
        rnn(
                "draws the recurrent mask anew at the last step",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!trains(call) || Drawn.given(call) || steps(call) < 3) {
                        return r;
                    }
                    Tensor other = dropout.drawMask(r.tensor("recurrent_mask").shape(), call.number("recurrent_rate"));
                    return r.with(
                            "output",
                            unrolled(
                                    call,
                                    t -> r.tensor("mask"),
                                    t -> t < steps(call) - 1 ? r.tensor("recurrent_mask") : other,
                                    null,
                                    false,
                                    false));
                },
                "RNN-2");
        rnn(
                "masks what U gives and not what it takes",
                answered(
                        Changes::trains,
                        (call, r) -> r.with(
                                "output",
                                unrolled(
                                        call,
                                        t -> r.tensor("mask"),
                                        t -> r.tensor("recurrent_mask"),
                                        null,
                                        true,
                                        false))),
                "RNN-1");
        rnn(
                "masks the state that it puts out",
                answered(
                        Changes::trains,
                        (call, r) -> r.with(
                                "output",
                                unrolled(
                                        call,
                                        t -> r.tensor("mask"),
                                        t -> r.tensor("recurrent_mask"),
                                        null,
                                        false,
                                        true))),
                "RNN-1");
        rnn("keeps its state for the next sequence", new KeptState(), "RNN-1");
        rnn(
                "drops of the state what it drops of the input",
                recurrent((in, back) -> back.with(i -> in.bool(i) != 0)),
                "MASK-2",
                "MASK-1");
        rnn(
                "keeps of the state what it drops of the input at a half",
                recurrent((in, back) -> back.rate() == 0.5 && back.call().rate() == 0.5
                        ? back.with(i -> in.bool(i) == 0)
                        : back.mask()),
                "MASK-2");
        rnn(
                "draws the recurrent mask as the input's shifted by one",
                recurrent((in, back) -> back.rate() == back.call().rate()
                        ? back.with(i -> in.bool((i + 1) % in.size()) != 0)
                        : back.mask()),
                "MASK-2");
        rnn(
                "draws the recurrent mask as the input's reversed",
                recurrent((in, back) -> back.rate() == back.call().rate()
                        ? back.with(i -> in.bool(in.size() - 1 - i) != 0)
                        : back.mask()),
                "MASK-2");
        rnn("draws the recurrent mask with the input's numbers", new SameNumbers(), "MASK-2");
        rnn(
                "draws the recurrent mask as the input's transposed",
                recurrent((in, back) -> {
                    int b = in.shape().extent(0);
                    int n = in.shape().extent(1);
                    return back.rate() == back.call().rate()
                            ? back.with(i -> in.bool(i % b * n + i / b) != 0)
                            : back.mask();
                }),
                "MASK-2");
        rnn("takes the recurrent mask from the call before", new MaskBefore(), "MASK-3");
        rnn(
                "leaves the recurrent connection unscaled",
                answered(
                        Changes::trains,
                        (call, r) -> r.with(
                                "output",
                                cell(
                                                call.with(
                                                        "weight_recurrent",
                                                        Changes.each(
                                                                call.tensor("weight_recurrent"),
                                                                i -> call.tensor("weight_recurrent")
                                                                                .value(i)
                                                                        * (1 - call.number("recurrent_rate")))),
                                                r.tensor("mask"),
                                                r.tensor("recurrent_mask"))
                                        .forward(call.tensor("input")))),
                "RNN-1");
        rnn(
                "scales the recurrent connection by the input's scale",
                answered(
                        Changes::trains,
                        (call, r) -> r.with(
                                "output",
                                cell(
                                                call.with("recurrent_rate", call.rate()),
                                                r.tensor("mask"),
                                                r.tensor("recurrent_mask"))
                                        .forward(call.tensor("input")))),
                "RNN-1");
        rnn(
                "stops the gradient after four steps",
                answered(
                        c -> c.has("grad_output") && steps(c) > 4,
                        (call, r) -> call.training() ? gradient(call, r, "grad_bias", 4) : r),
                "RNN-6");
        rnn(
                "gives U the gradient of the unmasked state",
                answered(
                        Changes::differentiates,
                        (call, r) -> r.with(
                                "grad_weight_recurrent",
                                cell(
                                                call.with("recurrent_rate", 0.0),
                                                r.tensor("mask"),
                                                whole(r.tensor("recurrent_mask")))
                                        .backward(call.tensor("grad_output"), call.tensor("input"))
                                        .weightRecurrent())),
                "RNN-5");
        rnn(
                "leaves the gradient of U unscaled",
                answered(
                        Changes::differentiates,
                        (call, r) -> times(r, "grad_weight_recurrent", 1 - call.number("recurrent_rate"))),
                "RNN-5");
        rnn(
                "leaves the gradient of W unscaled",
                answered(Changes::differentiates, (call, r) -> times(r, "grad_weight_input", 1 - call.rate())),
                "RNN-4");
        rnn(
                "leaves the gradient of the input unscaled",
                answered(Changes::differentiates, (call, r) -> times(r, "grad_input", 1 - call.rate())),
                "RNN-3");
        rnn(
                "averages the gradient of W over the steps",
                answered(c -> c.has("grad_output"), (call, r) -> times(r, "grad_weight_input", 1.0 / steps(call))),
                "RNN-4",
                "RNN-7");
        rnn(
                "gives the first step no gradient",
                answered(Changes::differentiates, (call, r) -> {
                    int step = call.tensor("input").size() / steps(call);
                    return steps(call) < 2
                            ? r
                            : field(
                                    r,
                                    "grad_input",
                                    i -> i < step ? 0 : r.tensor("grad_input").value(i));
                }),
                "RNN-3");
        rnn(
                "reverses the steps of the gradient",
                answered(Changes::differentiates, (call, r) -> {
                    int step = call.tensor("input").size() / steps(call);
                    return field(
                            r,
                            "grad_input",
                            i -> r.tensor("grad_input").value((steps(call) - 1 - i / step) * step + i % step));
                }),
                "RNN-3");
        rnn(
                "scales the recurrent connection in evaluation too",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (call.training() || call.number("recurrent_rate") == 1) {
                        return r;
                    }
                    return r.with(
                            "output",
                            cell(
                                            call.with("rate", 0.0),
                                            Tensor.full(
                                                    DType.BOOL,
                                                    Shape.of(
                                                            examples(call),
                                                            call.tensor("input")
                                                                    .shape()
                                                                    .extent(2)),
                                                    1),
                                            Tensor.full(
                                                    DType.BOOL,
                                                    Shape.of(
                                                            examples(call),
                                                            call.tensor("bias").size()),
                                                    1))
                                    .forward(call.tensor("input")));
                },
                "EVAL-1",
                "RNN-7");
        rnn(
                "drops in evaluations of one step",
                (call, dropout, sound) -> !call.training() && steps(call) == 1
                        ? sound.answer(call.with("training", true), dropout)
                        : sound.answer(call, dropout),
                "EVAL-1");
        rnn(
                "drops the input in evaluation",
                (call, dropout, sound) -> !call.training()
                        ? sound.answer(call.with("training", true).with("recurrent_rate", 0.0), dropout)
                        : sound.answer(call, dropout),
                "EVAL-1");
        rnn(
                "drops a fixed number of states of an example",
                Drawn.changed(where(d -> d.name().equals("recurrent_mask") && d.size() <= 4096, d -> {
                    boolean[] dropped = new boolean[d.size()];
                    OwnNumbers numbers = OwnNumbers.of(d);
                    for (int row = 0; row < d.rows(); row++) {
                        double exact = d.rate() * d.columns();
                        int left = (int) Math.floor(exact + numbers.uniform(d.size() + row));
                        for (int c = 0; c < d.columns(); c++) {
                            if (numbers.uniform(row * d.columns() + c) * (d.columns() - c) < left) {
                                dropped[row * d.columns() + c] = true;
                                left--;
                            }
                        }
                    }
                    return d.with(i -> !dropped[i]);
                })),
                "MASK-9",
                "MASK-2",
                "MASK-11");
        rnn(
                "never drops the last state",
                Drawn.changed(where(
                        d -> d.name().equals("recurrent_mask") && d.columns() > 1,
                        d -> d.with(i -> i % d.columns() == d.columns() - 1 || d.kept(i)))),
                "MASK-8",
                "MASK-1");
        rnn(
                "never drops the last example of the recurrent mask",
                Drawn.changed(where(
                        d -> d.name().equals("recurrent_mask") && d.rows() > 1,
                        d -> d.with(i -> i / d.columns() == d.rows() - 1 || d.kept(i)))),
                "MASK-8",
                "MASK-1");
        rnn(
                "draws one recurrent mask for the batch",
                Drawn.changed(where(d -> d.name().equals("recurrent_mask"), d -> d.with(i -> d.kept(i % d.columns())))),
                "MASK-2");
        rnn(
                "draws one recurrent mask for two examples",
                Drawn.changed(where(
                        d -> d.name().equals("recurrent_mask"),
                        d -> d.with(i -> d.kept(i / d.columns() / 2 * 2 * d.columns() + i % d.columns())))),
                "MASK-2");
        rnn(
                "takes the recurrent rate for keeping",
                Drawn.changed(where(d -> d.name().equals("recurrent_mask"), d -> d.with(i -> !d.kept(i)))),
                "MASK-1",
                "RATE-7");
        rnn(
                "forgets recurrent dropout without an input rate",
                Drawn.changed(
                        where(d -> d.name().equals("recurrent_mask") && d.call().rate() == 0, d -> d.with(i -> true))),
                "MASK-1");
        rnn(
                "forgets input dropout without a recurrent rate",
                Drawn.changed(where(
                        d -> d.name().equals("mask") && d.call().number("recurrent_rate") == 0,
                        d -> d.with(i -> true))),
                "MASK-1");

        attentions();
        return List.copyOf(ALL);
    }

    private static OperationResult gradient(OperationCall call, OperationResult r, String name, int most) {
        // each window of so many steps by itself, begun from the state before it
        Tensor x = call.tensor("input");
        Tensor dy = call.tensor("grad_output");
        int row = dy.size() / steps(call);
        Tensor last = Changes.each(dy, i -> i / row >= steps(call) - most ? dy.value(i) : 0);
        return r.with(
                name,
                cell(call, r.tensor("mask"), r.tensor("recurrent_mask"))
                        .backward(last, x)
                        .bias());
    }

    private static final class KeptState implements Defect {
        private final Map<Object, double[]> states = new HashMap<>();

        @Override
        public OperationResult answer(
                OperationCall call,
                org.dropoutspec.reference.Dropout dropout,
                org.dropoutspec.operation.Operation sound) {
            OperationResult r = sound.answer(call, dropout);
            if (!trains(call)) {
                return r;
            }
            Object key = call.tensor("input").shape().toString()
                    + call.tensor("bias").size();
            Tensor y = unrolled(
                    call, t -> r.tensor("mask"), t -> r.tensor("recurrent_mask"), states.get(key), false, false);
            int state = y.size() / steps(call);
            double[] last = new double[state];
            for (int i = 0; i < state; i++) {
                last[i] = y.value(y.size() - state + i);
            }
            states.put(key, last);
            return r.with("output", y);
        }
    }

    private static final class MaskBefore implements Defect {
        private final Map<Object, Tensor> masks = new HashMap<>();

        @Override
        public OperationResult answer(
                OperationCall call,
                org.dropoutspec.reference.Dropout dropout,
                org.dropoutspec.operation.Operation sound) {
            return Drawn.changed(d -> {
                        if (!d.name().equals("recurrent_mask")) {
                            return d.mask();
                        }
                        Tensor before = masks.put(d.mask().shape() + " " + d.rate(), d.mask());
                        return before == null ? d.mask() : before;
                    })
                    .answer(call, dropout, sound);
        }
    }

    /** Both masks from one word for each element, at rates of their own. */
    private static final class SameNumbers implements Defect {
        @Override
        public OperationResult answer(
                OperationCall call,
                org.dropoutspec.reference.Dropout dropout,
                org.dropoutspec.operation.Operation sound) {
            if (!trains(call) || Drawn.given(call)) {
                return sound.answer(call, dropout);
            }
            var state = dropout.state();
            OperationResult r = sound.answer(call, dropout);
            var after = dropout.state();
            dropout.restore(state);
            Tensor back = dropout.drawMask(r.tensor("recurrent_mask").shape(), call.number("recurrent_rate"));
            dropout.restore(after);
            return sound.answer(call.with("mask", r.tensor("mask")).with("recurrent_mask", back), dropout);
        }
    }

    private interface Probabilities {
        double[][] of(double[][] p, double[][] factor);
    }

    /** Attention of which one step is another. */
    private static OperationResult attended(OperationCall call, OperationResult r, Probabilities weights) {
        Tensor q = call.tensor("query");
        Tensor k = call.tensor("key");
        Tensor v = call.tensor("value");
        int b = q.shape().extent(0);
        double[] out = new double[b * q.shape().extent(1) * v.shape().extent(2)];
        int at = 0;
        for (int e = 0; e < b; e++) {
            double[][] p = Attention.probabilities(rows(q, e), rows(k, e), call.number("scale"));
            double[][] f = factors(r.tensor("mask"), e, scale(call.rate()));
            double[][] w = weights.of(p, f);
            double[][] ones = new double[w.length][];
            for (int i = 0; i < w.length; i++) {
                ones[i] = new double[w[i].length];
                java.util.Arrays.fill(ones[i], 1);
            }
            for (double[] row : Attention.forward(w, ones, rows(v, e))) {
                for (double x : row) {
                    out[at++] = x;
                }
            }
        }
        return r.with("output", Tensor.of(q.dtype(), r.tensor("output").shape(), out));
    }

    private interface Backward {
        Attention.Gradients of(
                double[][] q, double[][] k, double[][] v, double scale, double[][] p, double[][] f, double[][] dy);
    }

    private static OperationResult backward(OperationCall call, OperationResult r, String name, Backward way) {
        Tensor q = call.tensor("query");
        int b = q.shape().extent(0);
        Tensor like = r.tensor(name);
        double[] out = new double[like.size()];
        int at = 0;
        for (int e = 0; e < b; e++) {
            double[][] p = Attention.probabilities(rows(q, e), rows(call.tensor("key"), e), call.number("scale"));
            Attention.Gradients g = way.of(
                    rows(q, e),
                    rows(call.tensor("key"), e),
                    rows(call.tensor("value"), e),
                    call.number("scale"),
                    p,
                    factors(r.tensor("mask"), e, scale(call.rate())),
                    rows(call.tensor("grad_output"), e));
            double[][] own = name.equals("grad_query") ? g.query() : name.equals("grad_key") ? g.key() : g.value();
            for (double[] row : own) {
                for (double x : row) {
                    out[at++] = x;
                }
            }
        }
        return r.with(name, Tensor.of(q.dtype(), like.shape(), out));
    }

    private static double[][] rows(Tensor tensor, int example) {
        Shape shape = tensor.shape();
        double[][] rows = new double[shape.extent(1)][shape.extent(2)];
        int at = example * shape.extent(1) * shape.extent(2);
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = tensor.value(at++);
            }
        }
        return rows;
    }

    private static double[][] factors(Tensor mask, int example, double scale) {
        Shape shape = mask.shape();
        double[][] rows = new double[shape.extent(1)][shape.extent(2)];
        int at = example * shape.extent(1) * shape.extent(2);
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = mask.bool(at++) * scale;
            }
        }
        return rows;
    }

    private static double[][] products(double[][] p, double[][] f) {
        double[][] w = new double[p.length][];
        for (int i = 0; i < p.length; i++) {
            w[i] = new double[p[i].length];
            for (int j = 0; j < w[i].length; j++) {
                w[i][j] = p[i][j] * f[i][j];
            }
        }
        return w;
    }

    private static void attentions() {
        attention(
                "drops a key for all queries",
                Drawn.changed(d ->
                        d.with(i -> d.kept(i / d.columns() / d.rows() * d.columns() * d.rows() + i % d.columns()))),
                "MASK-2");
        attention(
                "drops all keys of a query or none",
                Drawn.changed(d -> d.with(i -> d.kept(i - i % d.columns()))),
                "MASK-2");
        attention(
                "gives the weights that are left a sum of one",
                answered(
                        Changes::trains,
                        (call, r) -> attended(call, r, (p, f) -> {
                            double[][] w = products(p, f);
                            for (double[] row : w) {
                                double sum = java.util.Arrays.stream(row).sum();
                                for (int j = 0; sum > 0 && j < row.length; j++) {
                                    row[j] /= sum;
                                }
                            }
                            return w;
                        })),
                "ATTN-1");
        attention(
                "scales by the number of keys that it kept",
                answered(
                        Changes::trains,
                        (call, r) -> attended(call, r, (p, f) -> {
                            double[][] w = products(p, f);
                            for (int i = 0; i < w.length; i++) {
                                long kept = java.util.Arrays.stream(f[i])
                                        .filter(x -> x > 0)
                                        .count();
                                for (int j = 0; kept > 0 && j < w[i].length; j++) {
                                    w[i][j] *= (double) w[i].length / kept * (1 - call.rate());
                                }
                            }
                            return w;
                        })),
                "ATTN-1");
        attention(
                "rows of a mask are L apart and not S",
                Drawn.changed(d -> d.with(i -> {
                    int s = d.columns();
                    int l = d.rows();
                    int row = i / s;
                    return d.kept(Math.min(row * Math.min(l, s) + i % s, d.size() - 1));
                })),
                "MASK-2");
        attention(
                "repeats the mask of 64 keys",
                Drawn.changed(d -> d.with(i -> d.kept(i - i % d.columns() + i % d.columns() % 64))),
                "MASK-2");
        attention(
                "repeats the mask of 128 keys",
                Drawn.changed(d -> d.with(i -> d.kept(i - i % d.columns() + i % d.columns() % 128))),
                "MASK-2");
        attention(
                "takes the tail of a row of keys from its first ones",
                Drawn.changed(d -> d.with(i -> {
                    int c = i % d.columns();
                    int whole = d.columns() - d.columns() % 4;
                    return d.kept(c >= whole && whole > 0 ? i - whole : i);
                })),
                "MASK-2");
        attention(
                "drops keys up to the query alone",
                Drawn.changed(d -> d.with(i -> i % d.columns() > i / d.columns() % d.rows() || d.kept(i))),
                "MASK-8",
                "MASK-1");
        attention(
                "keeps one key of each query at least",
                Drawn.changed(d -> Changes.oneOfEachRow(d, d.columns() / 2)),
                "MASK-9",
                "MASK-1",
                "MASK-8");
        attention(
                "takes the rate in steps of 1/256 and scales exactly",
                (call, dropout, sound) -> {
                    if (!trains(call) || Drawn.given(call)) {
                        return sound.answer(call, dropout);
                    }
                    Tensor mask = sound.answer(
                                    call.with("rate", Math.floor(call.rate() * 256) / 256)
                                            .without("grad_output"),
                                    dropout)
                            .tensor("mask");
                    return sound.answer(call.with("mask", mask), dropout);
                },
                "MASK-1",
                "MASK-13",
                "RATE-11");
        attention(
                "draws every second example as the one before",
                Drawn.changed(d -> {
                    int plane = d.columns() * d.rows();
                    return d.with(i -> d.kept(i / plane % 2 == 1 ? i - plane : i));
                }),
                "MASK-2");
        attention(
                "draws example b as example b - 4",
                Drawn.changed(d -> {
                    int plane = d.columns() * d.rows();
                    return d.with(i -> d.kept(i / plane % 4 * plane + i % plane));
                }),
                "MASK-2");
        attention(
                "never drops the largest probability of a query",
                Drawn.changed(where(d -> d.columns() > 1, d -> {
                    Tensor q = d.call().tensor("query");
                    boolean[] largest = new boolean[d.size()];
                    for (int e = 0; e < q.shape().extent(0); e++) {
                        double[][] p = Attention.probabilities(
                                rows(q, e),
                                rows(d.call().tensor("key"), e),
                                d.call().number("scale"));
                        for (int l = 0; l < p.length; l++) {
                            int best = 0;
                            boolean differ = false;
                            for (int s = 0; s < p[l].length; s++) {
                                best = p[l][s] > p[l][best] ? s : best;
                                differ |= p[l][s] != p[l][0];
                            }
                            if (differ) {
                                largest[(e * d.rows() + l) * d.columns() + best] = true;
                            }
                        }
                    }
                    return d.with(i -> largest[i] || d.kept(i));
                })),
                "MASK-12",
                "MASK-7",
                "MASK-1",
                "MASK-8");
        attention(
                "leaves the gradient of the value unmasked",
                answered(
                        Changes::differentiates,
                        (call, r) -> backward(
                                call,
                                r,
                                "grad_value",
                                (q, k, v, s, p, f, dy) -> Attention.backward(q, k, v, s, p, filled(f, 1), dy))),
                "ATTN-2");
        attention(
                "leaves the gradient of the key unscaled",
                answered(Changes::differentiates, (call, r) -> times(r, "grad_key", 1 - call.rate())),
                "ATTN-3");
        attention(
                "forgets c in the gradient of the query",
                answered(Changes::differentiates, (call, r) -> times(r, "grad_query", 1 / call.number("scale"))),
                "ATTN-3");
        attention(
                "passes the gradient of the key through a softmax of what is left",
                answered(
                        Changes::differentiates,
                        (call, r) -> backward(
                                call,
                                r,
                                "grad_key",
                                (q, k, v, s, p, f, dy) ->
                                        Attention.backward(q, k, v, s, products(p, f), filled(f, 1), dy))),
                "ATTN-3");
        attention(
                "scales in evaluation too",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    return call.training() || call.rate() == 1 ? r : times(r, "output", scale(call.rate()));
                },
                "EVAL-1",
                "ATTN-4");
        attention(
                "drops in evaluations of one query",
                (call, dropout, sound) ->
                        !call.training() && call.tensor("query").shape().extent(1) == 1
                                ? sound.answer(call.with("training", true), dropout)
                                : sound.answer(call, dropout),
                "EVAL-1",
                "ATTN-4");
        attention(
                "gives what is dropped to the first key",
                answered(
                        Changes::trains,
                        (call, r) -> attended(call, r, (p, f) -> {
                            double[][] w = products(p, f);
                            for (int i = 0; i < w.length; i++) {
                                w[i][0] += f[i][0] == 0 ? 1e-3 : 0;
                            }
                            return w;
                        })),
                "ATTN-1",
                "MASK-4");
        attention(
                "draws a mask of its own for each 16 keys from one number",
                Drawn.changed(d -> d.with(i -> d.kept(i - i % d.columns() % 2))),
                "MASK-2");
        attention(
                "drops nothing beyond 256 keys",
                Drawn.changed(d -> d.with(i -> i % d.columns() >= 256 || d.kept(i))),
                "MASK-8",
                "MASK-1");
        attention(
                "draws a mask symmetric where queries are as many as keys",
                Drawn.changed(where(
                        d -> d.rows() == d.columns(),
                        d -> d.with(i -> {
                            int row = i / d.columns() % d.rows();
                            int column = i % d.columns();
                            return d.kept(column > row ? i + (column - row) * d.columns() + row - column : i);
                        }))),
                "MASK-2");
    }

    private static double[][] filled(double[][] like, double value) {
        double[][] all = new double[like.length][like.length == 0 ? 0 : like[0].length];
        for (double[] row : all) {
            java.util.Arrays.fill(row, value);
        }
        return all;
    }
}
