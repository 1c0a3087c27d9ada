package org.dropoutspec.adversary.family;

import static org.dropoutspec.adversary.family.Changes.answered;
import static org.dropoutspec.adversary.family.Changes.each;
import static org.dropoutspec.adversary.family.Changes.where;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.tensor.Tensor;

/** A network. */
final class NetworkDefects {
    private static final List<FamilyBroken> ALL = new ArrayList<>();

    private NetworkDefects() {}

    private static void network(String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of("network", name, defect, requirements));
    }

    private interface Masks {
        List<Tensor> of(OperationCall call, List<Tensor> drawn, org.dropoutspec.reference.Dropout dropout);
    }

    private static Defect masks(Masks change) {
        return (call, dropout, sound) -> {
            OperationResult r = sound.answer(call, dropout);
            if (!call.training() || call.has("masks")) {
                return r;
            }
            return sound.answer(call.with("masks", change.of(call, r.tensors("masks"), dropout)), dropout);
        };
    }

    private static double rate(OperationCall call, int number) {
        return new Drawn(call, "masks", number, null, null).rate();
    }

    private static OperationCall rates(OperationCall call, java.util.function.IntToDoubleFunction rate) {
        List<Object> layers = new ArrayList<>();
        int[] drops = {0};
        for (Object layer : (List<?>) call.required("layers")) {
            layers.add(
                    ((Map<?, ?>) layer).containsKey("dropout")
                            ? Map.of("dropout", Map.of("rate", rate.applyAsDouble(drops[0]++)))
                            : layer);
        }
        return call.with("layers", layers);
    }

    private static int drops(OperationCall call) {
        return (int) ((List<?>) call.required("layers"))
                .stream().filter(l -> ((Map<?, ?>) l).containsKey("dropout")).count();
    }

    private static OperationResult gradients(
            OperationResult r, UnaryOperator<Tensor> weight, UnaryOperator<Tensor> bias) {
        if (!r.has("gradients")) {
            return r;
        }
        List<Map<String, Tensor>> all = new ArrayList<>();
        for (Map<String, Tensor> one : r.tensorsByName("gradients")) {
            Map<String, Tensor> changed = new LinkedHashMap<>();
            one.forEach((name, t) -> changed.put(name, name.equals("weight") ? weight.apply(t) : bias.apply(t)));
            all.add(changed);
        }
        return r.with("gradients", all);
    }

    private static Tensor times(Tensor t, double factor) {
        return each(t, i -> t.value(i) * factor);
    }

    private static int batch(OperationCall call) {
        return call.tensor("input").shape().extent(0);
    }

    private static boolean sameRates(OperationCall call) {
        boolean same = true;
        for (int i = 1; i < drops(call); i++) {
            same &= rate(call, i) == rate(call, 0);
        }
        return same;
    }

    static List<FamilyBroken> all() {
        ALL.clear();
        network(
                "draws the second mask as the first shifted by one",
                masks((call, m, dropout) -> {
                    if (m.size() < 2 || m.get(0).size() != m.get(1).size() || !sameRates(call)) {
                        return m;
                    }
                    List<Tensor> now = new ArrayList<>(m);
                    Tensor first = m.get(0);
                    now.set(
                            1,
                            new Drawn(call, "masks", 1, m.get(1), dropout)
                                    .with(i -> first.bool((i + 1) % first.size()) != 0));
                    return now;
                }),
                "NET-6",
                "MASK-2");
        network(
                "draws the second mask as half of the first",
                masks((call, m, dropout) -> {
                    if (m.size() < 2 || m.get(0).size() != m.get(1).size() || !sameRates(call)) {
                        return m;
                    }
                    List<Tensor> now = new ArrayList<>(m);
                    now.set(
                            1,
                            new Drawn(call, "masks", 1, m.get(1), dropout)
                                    .with(i -> (i % 2 == 0 ? m.get(0) : m.get(1)).bool(i) != 0));
                    return now;
                }),
                "NET-6",
                "MASK-2");
        network(
                "draws the second mask as the complement of the first at a half",
                masks((call, m, dropout) -> {
                    if (m.size() < 2
                            || m.get(0).size() != m.get(1).size()
                            || !sameRates(call)
                            || rate(call, 0) != 0.5) {
                        return m;
                    }
                    List<Tensor> now = new ArrayList<>(m);
                    now.set(
                            1,
                            new Drawn(call, "masks", 1, m.get(1), dropout)
                                    .with(i -> m.get(0).bool(i) == 0));
                    return now;
                }),
                "NET-6",
                "MASK-2");
        network(
                "gives example b of the second layer the mask of example b + 1 of the first",
                masks((call, m, dropout) -> {
                    if (m.size() < 2 || m.get(0).size() != m.get(1).size() || !sameRates(call)) {
                        return m;
                    }
                    List<Tensor> now = new ArrayList<>(m);
                    int w = m.get(0).shape().extent(1);
                    now.set(
                            1,
                            new Drawn(call, "masks", 1, m.get(1), dropout)
                                    .with(i -> m.get(0).bool((i + w) % m.get(0).size()) != 0));
                    return now;
                }),
                "NET-6",
                "MASK-2");
        network("uses the rate of the first layer for all", masksAt((call, n) -> rate(call, 0)), "MASK-1", "RATE-7");
        network(
                "uses the rate of the last layer for all",
                masksAt((call, n) -> rate(call, drops(call) - 1)),
                "MASK-1",
                "RATE-7");
        network(
                "exchanges the rates of two layers",
                masksAt((call, n) -> rate(call, drops(call) - 1 - n)),
                "MASK-1",
                "RATE-7");
        network(
                "uses the mean of all rates",
                masksAt((call, n) -> {
                    double sum = 0;
                    for (int i = 0; i < drops(call); i++) {
                        sum += rate(call, i);
                    }
                    return sum / drops(call);
                }),
                "MASK-1",
                "RATE-7");
        network(
                "shares the mask of the second layer over the batch",
                Drawn.changed(where(d -> d.number() == 1, d -> d.with(i -> d.kept(i % d.columns())))),
                "NET-7",
                "MASK-2");
        network(
                "drops whole examples of the second layer",
                Drawn.changed(where(d -> d.number() == 1, d -> d.with(i -> d.kept(i - i % d.columns())))),
                "MASK-2");
        network(
                "draws every second example as the one before",
                Drawn.changed(d -> d.with(i -> d.kept(i / d.columns() / 2 * 2 * d.columns() + i % d.columns()))),
                "MASK-2",
                "NET-7");
        network(
                "scales the gradient of the weights by the batch",
                answered(c -> c.flag("gradients"), (call, r) -> gradients(r, t -> times(t, batch(call)), t -> t)),
                "NET-3",
                "NET-5");
        network(
                "scales all gradients by the batch",
                answered(c -> c.flag("gradients"), (call, r) -> {
                    OperationResult all = gradients(r, t -> times(t, batch(call)), t -> times(t, batch(call)));
                    return all.with("grad_input", times(r.tensor("grad_input"), batch(call)));
                }),
                "NET-3",
                "NET-5");
        network(
                "gives the loss as a sum",
                answered(c -> true, (call, r) -> r.with("loss", r.number("loss") * batch(call))),
                "NET-2");
        network(
                "gives the loss of the whole network in training",
                (call, dropout, sound) -> {
                    OperationResult r = sound.answer(call, dropout);
                    return call.training()
                            ? r.with(
                                    "loss",
                                    sound.answer(
                                                    call.with("training", false)
                                                            .without("masks")
                                                            .without("gradients"),
                                                    dropout)
                                            .number("loss"))
                            : r;
                },
                "NET-2");
        network(
                "clips its gradients at 1",
                answered(
                        c -> c.flag("gradients"),
                        (call, r) -> gradients(r, t -> each(t, i -> Math.max(-1, Math.min(1, t.value(i)))), t -> t)),
                "NET-3",
                "NET-5");
        network(
                "decays the weights of dropped units too",
                answered(c -> c.flag("gradients") && c.training(), (call, r) -> {
                    List<Map<String, Tensor>> all = new ArrayList<>();
                    List<?> layers = (List<?>) call.required("layers");
                    List<Map<String, Tensor>> own = r.tensorsByName("gradients");
                    for (int i = 0; i < own.size(); i++) {
                        Map<?, ?> layer = (Map<?, ?>) layers.get(i);
                        if (layer.containsKey("dense")) {
                            Tensor w = (Tensor) ((Map<?, ?>) layer.get("dense")).get("weight");
                            Tensor g = own.get(i).get("weight");
                            all.add(Map.of(
                                    "weight",
                                    each(g, j -> g.value(j) + 0.01 * w.value(j)),
                                    "bias",
                                    own.get(i).get("bias")));
                        } else {
                            all.add(own.get(i));
                        }
                    }
                    return r.with("gradients", all);
                }),
                "NET-3",
                "NET-4");
        network("adds the gradients of the step before", new Accumulated(), "NET-3", "NET-4");
        network(
                "leaves the gradient of the input unscaled behind the first dropout",
                answered(
                        c -> c.flag("gradients") && c.training(),
                        (call, r) -> r.with("grad_input", times(r.tensor("grad_input"), 0.5))),
                "NET-3");
        network(
                "reports its masks in reverse",
                answered(c -> c.training(), (call, r) -> {
                    List<Tensor> m = new ArrayList<>(r.tensors("masks"));
                    java.util.Collections.reverse(m);
                    boolean alike = m.stream().map(Tensor::shape).distinct().count() <= 1;
                    return alike ? r.with("masks", m) : r;
                }),
                "MASK-4",
                "NET-1");
        network("reports what a dropout layer took and not what it gave", new Taken(), "NET-1");
        network(
                "drops in evaluations of one example",
                (call, dropout, sound) -> !call.training() && batch(call) == 1
                        ? sound.answer(call.with("training", true), dropout)
                        : sound.answer(call, dropout),
                "EVAL-1",
                "NET-5");
        network(
                "leaves the last dropout layer on in evaluation",
                (call, dropout, sound) -> {
                    if (call.training() || drops(call) == 0) {
                        return sound.answer(call, dropout);
                    }
                    int last = drops(call) - 1;
                    return sound.answer(
                            rates(call, i -> i == last ? rate(call, i) : 0).with("training", true), dropout);
                },
                "EVAL-1",
                "NET-5");
        network(
                "leaves dropout on in evaluations with gradients",
                (call, dropout, sound) -> !call.training() && call.flag("gradients")
                        ? sound.answer(call.with("training", true), dropout)
                        : sound.answer(call, dropout),
                "EVAL-1",
                "NET-5");
        network("keeps a unit at least", Drawn.changed(d -> Changes.oneOfEachRow(d, 0)), "MASK-9", "MASK-1", "MASK-8");
        network(
                "never drops the last unit of an odd layer",
                Drawn.changed(d -> d.with(i ->
                        d.columns() % 2 == 1 && d.columns() > 1 && i % d.columns() == d.columns() - 1 || d.kept(i))),
                "MASK-8",
                "MASK-1");
        network(
                "draws units 32 apart alike",
                Drawn.changed(d -> d.with(i -> d.kept(i - i % d.columns() + i % d.columns() % 32))),
                "MASK-2");
        network("keeps its masks for a second step", Changes.again(1, d -> ""), "NET-8", "MASK-3");
        network("keeps the mask of the second layer for a second step", secondAgain(), "NET-8", "MASK-3");
        network(
                "gives the gradient of the weight of the last layer transposed where it is square",
                answered(
                        c -> c.flag("gradients"),
                        (call, r) -> gradients(
                                r, t -> t.shape().extent(0) == t.shape().extent(1) ? t.permuted(1, 0) : t, t -> t)),
                "NET-3",
                "NET-5");
        network(
                "gives no gradient to a bias of more than 64",
                answered(
                        c -> c.flag("gradients"),
                        (call, r) -> gradients(r, t -> t, t -> t.size() > 64 ? times(t, 0) : t)),
                "NET-3",
                "NET-5");
        network(
                "gives the gradient of the first 64 examples",
                answered(c -> c.flag("gradients") && batch(c) > 64, (call, r) -> {
                    int w = call.tensor("input").shape().extent(1);
                    Tensor g = r.tensor("grad_input");
                    return r.with("grad_input", each(g, i -> i / w < 64 ? g.value(i) : 0));
                }),
                "NET-3",
                "NET-5");
        return List.copyOf(ALL);
    }

    private interface RateAt {
        double of(OperationCall call, int number);
    }

    private static Defect masksAt(RateAt rate) {
        return (call, dropout, sound) -> {
            OperationResult r = sound.answer(call, dropout);
            if (!call.training() || call.has("masks") || drops(call) == 0) {
                return r;
            }
            for (int i = 0; i < drops(call); i++) {
                if (rate(call, i) == 1 || !(rate(call, i) >= 0)) {
                    return r;
                }
            }
            List<Tensor> masks = new ArrayList<>();
            List<Tensor> drawn = r.tensors("masks");
            for (int i = 0; i < drawn.size(); i++) {
                masks.add(dropout.drawMask(drawn.get(i).shape(), rate.of(call, i)));
            }
            return sound.answer(call.with("masks", masks), dropout);
        };
    }

    private static Defect secondAgain() {
        Defect again = Changes.again(1, d -> d.number() == 1 ? "" : new Object());
        return again;
    }

    private static final class Accumulated implements Defect {
        private final Map<Object, List<Map<String, Tensor>>> before = new HashMap<>();

        @Override
        public OperationResult answer(
                OperationCall call,
                org.dropoutspec.reference.Dropout dropout,
                org.dropoutspec.operation.Operation sound) {
            OperationResult r = sound.answer(call, dropout);
            if (!r.has("gradients") || !call.training()) {
                return r;
            }
            List<Map<String, Tensor>> now = r.tensorsByName("gradients");
            StringBuilder key = new StringBuilder(call.tensor("input").dtype().toString());
            now.forEach(one -> one.forEach((n, t) -> key.append(n).append(t.shape())));
            List<Map<String, Tensor>> last = before.put(key.toString(), now);
            if (last == null) {
                return r;
            }
            List<Map<String, Tensor>> sum = new ArrayList<>();
            for (int i = 0; i < now.size(); i++) {
                Map<String, Tensor> both = new LinkedHashMap<>();
                Map<String, Tensor> old = last.get(i);
                now.get(i)
                        .forEach((n, t) ->
                                both.put(n, each(t, j -> t.value(j) + old.get(n).value(j))));
                sum.add(both);
            }
            return r.with("gradients", sum);
        }
    }

    private static final class Taken implements Defect {
        @Override
        public OperationResult answer(
                OperationCall call,
                org.dropoutspec.reference.Dropout dropout,
                org.dropoutspec.operation.Operation sound) {
            OperationResult r = sound.answer(call, dropout);
            if (!call.training()) {
                return r;
            }
            List<Tensor> a = new ArrayList<>(r.tensors("activations"));
            List<?> layers = (List<?>) call.required("layers");
            for (int i = 1; i < a.size(); i++) {
                if (((Map<?, ?>) layers.get(i)).containsKey("dropout")) {
                    a.set(i, r.tensors("activations").get(i - 1));
                }
            }
            return r.with("activations", a);
        }
    }
}
