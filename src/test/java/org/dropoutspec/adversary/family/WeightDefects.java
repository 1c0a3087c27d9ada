package org.dropoutspec.adversary.family;

import static org.dropoutspec.adversary.family.Changes.answered;
import static org.dropoutspec.adversary.family.Changes.each;
import static org.dropoutspec.adversary.family.Changes.field;
import static org.dropoutspec.adversary.family.Changes.times;
import static org.dropoutspec.adversary.family.Changes.trains;
import static org.dropoutspec.adversary.family.Changes.where;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.DroppedWeights;
import org.dropoutspec.tensor.Tensor;

/** DropConnect. */
final class WeightDefects {
    private static final List<FamilyBroken> ALL = new ArrayList<>();

    private WeightDefects() {}

    private static void connect(String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of("dropconnect", name, defect, requirements));
    }

    private static int examples(OperationCall call) {
        return call.tensor("input").shape().extent(0);
    }

    private static double scale(OperationCall call) {
        return 1 / (1 - call.rate());
    }

    private static DroppedWeights.Gradients gradients(OperationCall call, Tensor dy, Tensor mask, double scale) {
        return DroppedWeights.backward(dy, call.tensor("input"), call.tensor("weight"), mask, scale);
    }

    static List<FamilyBroken> all() {
        ALL.clear();
        connect("drops whole outputs", Drawn.changed(d -> d.with(i -> d.kept(i - i % d.columns()))), "MASK-2");
        connect("drops whole inputs", Drawn.changed(d -> d.with(i -> d.kept(i % d.columns()))), "MASK-2");
        connect(
                "never drops inputs from the 65th on",
                Drawn.changed(d -> d.with(i -> i % d.columns() >= 64 || d.kept(i))),
                "MASK-8",
                "MASK-1");
        connect(
                "never drops outputs from the 65th on",
                Drawn.changed(d -> d.with(i -> i / d.columns() >= 64 || d.kept(i))),
                "MASK-8",
                "MASK-1");
        connect(
                "draws tiles of 16 by 16 symmetric",
                Drawn.changed(where(
                        d -> d.rows() == 16 && d.columns() == 16,
                        d -> d.with(i -> d.kept(i % 16 > i / 16 ? i % 16 * 16 + i / 16 : i)))),
                "MASK-2");
        connect(
                "draws square weights symmetric",
                Drawn.changed(where(
                        d -> d.rows() == d.columns(),
                        d -> d.with(i -> d.kept(
                                i % d.columns() > i / d.columns()
                                        ? i % d.columns() * d.columns() + i / d.columns()
                                        : i)))),
                "MASK-2");
        connect(
                "keeps the diagonal of square weights",
                Drawn.changed(where(
                        d -> d.rows() == d.columns() && d.rows() > 1,
                        d -> d.with(i -> d.kept(i) || i % d.columns() == i / d.columns()))),
                "MASK-8");
        connect(
                "reports the mask of square weights transposed",
                answered(Changes::trains, (call, r) -> {
                    Tensor m = r.tensor("mask");
                    return m.shape().extent(0) == m.shape().extent(1) ? r.with("mask", m.permuted(1, 0)) : r;
                }),
                "MASK-4");
        connect(
                "takes given masks of square weights transposed",
                (call, dropout, sound) -> {
                    if (!call.has("mask") || !call.training()) {
                        return sound.answer(call, dropout);
                    }
                    Tensor m = call.tensor("mask");
                    boolean square = m.shape().extent(0) == m.shape().extent(1);
                    return square
                            ? sound.answer(call.with("mask", m.permuted(1, 0)), dropout)
                                    .with("mask", m)
                            : sound.answer(call, dropout);
                },
                "MASK-6",
                "MASK-4");
        connect(
                "leaves the gradient of the weight unscaled",
                answered(Changes::differentiates, (call, r) -> times(r, "grad_weight", 1 - call.rate())),
                "CONN-3");
        connect(
                "leaves the gradient of the input unscaled",
                answered(Changes::differentiates, (call, r) -> times(r, "grad_input", 1 - call.rate())),
                "CONN-4");
        connect(
                "averages the gradient of the weight over the batch",
                answered(c -> c.has("grad_output"), (call, r) -> times(r, "grad_weight", 1.0 / examples(call))),
                "CONN-3",
                "CONN-7");
        connect(
                "averages the gradient of the bias over the batch",
                answered(c -> c.has("grad_output"), (call, r) -> times(r, "grad_bias", 1.0 / examples(call))),
                "CONN-5",
                "CONN-7");
        connect(
                "masks the gradient of the bias by the first column",
                answered(
                        Changes::differentiates,
                        (call, r) -> field(
                                r,
                                "grad_bias",
                                i -> r.tensor("mask")
                                                .bool(i
                                                        * call.tensor("weight")
                                                                .shape()
                                                                .extent(1))
                                        * r.tensor("grad_bias").value(i))),
                "CONN-5");
        connect(
                "gives the weight a gradient through a mask drawn anew",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!Changes.differentiates(call)) {
                        return r;
                    }
                    Tensor m = dropout.drawMask(r.tensor("mask").shape(), call.rate());
                    return r.with(
                            "grad_weight",
                            gradients(call, call.tensor("grad_output"), m, scale(call))
                                    .weight());
                },
                "CONN-3");
        connect(
                "gives the input a gradient through a mask drawn anew from 64 weights on",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!Changes.differentiates(call) || call.tensor("weight").size() < 64) {
                        return r;
                    }
                    Tensor m = dropout.drawMask(r.tensor("mask").shape(), call.rate());
                    return r.with(
                            "grad_input",
                            gradients(call, call.tensor("grad_output"), m, scale(call))
                                    .input());
                },
                "CONN-4");
        connect(
                "gives the weight no gradient of the last example",
                answered(Changes::differentiates, (call, r) -> {
                    Tensor dy = call.tensor("grad_output");
                    int outputs = dy.shape().extent(1);
                    if (examples(call) < 2) {
                        return r;
                    }
                    Tensor without = each(dy, i -> i >= dy.size() - outputs ? 0 : dy.value(i));
                    return r.with(
                            "grad_weight",
                            gradients(call, without, r.tensor("mask"), scale(call))
                                    .weight());
                }),
                "CONN-3");
        connect(
                "drops the bias of a single example",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    if (!trains(call) || examples(call) != 1) {
                        return r;
                    }
                    Tensor m = dropout.drawMask(call.tensor("bias").shape(), call.rate());
                    return field(
                            r,
                            "output",
                            i -> r.tensor("output").value(i)
                                    - (1 - m.bool(i)) * call.tensor("bias").value(i));
                },
                "CONN-2");
        connect(
                "scales the bias at rates above a half",
                answered(c -> trains(c) && c.rate() > 0.5, (call, r) -> {
                    int outputs = call.tensor("bias").size();
                    return field(
                            r,
                            "output",
                            i -> r.tensor("output").value(i)
                                    + (scale(call) - 1) * call.tensor("bias").value(i % outputs));
                }),
                "CONN-2",
                "CONN-1");
        connect(
                "scales the bias",
                answered(Changes::trains, (call, r) -> {
                    int outputs = call.tensor("bias").size();
                    return field(
                            r,
                            "output",
                            i -> r.tensor("output").value(i)
                                    + (scale(call) - 1) * call.tensor("bias").value(i % outputs));
                }),
                "CONN-2");
        connect(
                "scales its weights by 1 - rate in evaluation",
                answered(c -> !c.training(), (call, r) -> {
                    int outputs = call.tensor("bias").size();
                    return field(
                            r,
                            "output",
                            i -> (r.tensor("output").value(i)
                                                    - call.tensor("bias").value(i % outputs))
                                            * (1 - call.rate())
                                    + call.tensor("bias").value(i % outputs));
                }),
                "EVAL-1",
                "CONN-7");
        connect(
                "leaves the bias out in evaluation",
                answered(c -> !c.training(), (call, r) -> {
                    int outputs = call.tensor("bias").size();
                    return field(
                            r,
                            "output",
                            i -> r.tensor("output").value(i)
                                    - call.tensor("bias").value(i % outputs));
                }),
                "EVAL-1",
                "CONN-7");
        connect(
                "puts out Gaussian noise of the right moments, as in inference of the paper",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    return call.training()
                            ? r
                            : field(
                                    r,
                                    "output",
                                    i -> r.tensor("output").value(i)
                                            + OwnNumbers.after(dropout, "inference")
                                                    .uniform(i)
                                            - 0.5);
                },
                "EVAL-1",
                "CONN-7");
        connect(
                "masks what underlies float16 in steps of 32 inputs",
                Drawn.changed(where(
                        d -> d.call().tensor("input").dtype() == org.dropoutspec.tensor.DType.FLOAT16,
                        d -> d.with(i -> d.kept(i - i % d.columns() + i % d.columns() % 32)))),
                "MASK-2");
        connect(
                "takes the scale of the rate rounded to 1/64",
                answered(Changes::trains, (call, r) -> {
                    double rounded = Math.min(63, Math.rint(call.rate() * 64)) / 64;
                    int outputs = call.tensor("bias").size();
                    return field(
                            r,
                            "output",
                            i -> (r.tensor("output").value(i)
                                                    - call.tensor("bias").value(i % outputs))
                                            * (1 - call.rate())
                                            / (1 - rounded)
                                    + call.tensor("bias").value(i % outputs));
                }),
                "CONN-1");
        connect(
                "uses its mask twice where the input is the same size",
                Changes.again(1, d -> d.call().tensor("input").shape()),
                "MASK-3");
        connect(
                "drops weights by their magnitude",
                Drawn.changed(d ->
                        d.with(i -> Math.abs(d.call().tensor("weight").value(i)) > 4 || d.kept(i))),
                "MASK-12",
                "MASK-7",
                "MASK-1");
        connect(
                "draws each second row as the first reversed",
                Drawn.changed(d -> d.with(i -> {
                    int row = i / d.columns();
                    int column = i % d.columns();
                    return d.kept(row % 2 == 1 ? (row - 1) * d.columns() + d.columns() - 1 - column : i);
                })),
                "MASK-2");
        connect(
                "draws each second row as the complement of the first at a half",
                Drawn.changed(d -> d.with(i -> {
                    int row = i / d.columns();
                    return row % 2 == 1 && d.rate() == 0.5 ? !d.kept(i - d.columns()) : d.kept(i);
                })),
                "MASK-2",
                "MASK-9");
        return List.copyOf(ALL);
    }
}
