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
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Channels and examples. */
final class GroupedDefects {
    private static final String SPATIAL = "spatial_dropout";
    private static final String DEPTH = "stochastic_depth";

    private static final List<FamilyBroken> ALL = new ArrayList<>();

    private GroupedDefects() {}

    private static void spatial(String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of(SPATIAL, name, defect, requirements));
    }

    private static void depth(String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of(DEPTH, name, defect, requirements));
    }

    private static Shape seen(OperationCall call) {
        Shape shape = call.tensor("input").shape();
        return call.fields().get("permutation") instanceof int[] axes ? shape.permuted(axes) : shape;
    }

    private static boolean isLast(OperationCall call) {
        return call.integer("channel_axis") != 1;
    }

    static List<FamilyBroken> all() {
        ALL.clear();
        spatial(
                "shares the mask of an example from the fifth on",
                Drawn.changed(drawn -> drawn.with(i ->
                        drawn.kept(Math.min(i / drawn.columns(), 4) * drawn.columns() + i % drawn.columns()))),
                "MASK-2");
        spatial(
                "rows overlap by C mod 16",
                Drawn.changed(drawn -> {
                    int columns = drawn.columns();
                    int stride = columns < 16 ? columns : columns - columns % 16;
                    return drawn.with(i -> drawn.kept(i / columns * stride + i % columns));
                }),
                "MASK-2");
        spatial(
                "rows overlap by C mod 4",
                Drawn.changed(drawn -> {
                    int columns = drawn.columns();
                    int stride = columns < 4 ? columns : columns - columns % 4;
                    return drawn.with(i -> drawn.kept(i / columns * stride + i % columns));
                }),
                "MASK-2");
        spatial(
                "rows overlap by C mod 32",
                Drawn.changed(drawn -> {
                    int columns = drawn.columns();
                    int stride = columns < 32 ? columns : columns - columns % 32;
                    return drawn.with(i -> drawn.kept(i / columns * stride + i % columns));
                }),
                "MASK-2");
        spatial(
                "drops whole examples of rank 3",
                Drawn.changed(where(
                        drawn -> seen(drawn.call()).rank() == 3,
                        drawn -> drawn.with(i -> drawn.kept(i - i % drawn.columns())))),
                "MASK-2");
        spatial(
                "shares the mask over the batch for rank 5",
                Drawn.changed(where(
                        drawn -> seen(drawn.call()).rank() == 5,
                        drawn -> drawn.with(i -> drawn.kept(i % drawn.columns())))),
                "MASK-2");
        spatial(
                "channels 32 apart share their fate",
                Drawn.changed(drawn -> drawn.with(i -> drawn.kept(i - i % drawn.columns() + i % drawn.columns() % 32))),
                "MASK-2");
        spatial(
                "keeps one channel of an example at least",
                Drawn.changed(drawn -> Changes.oneOfEachRow(drawn, drawn.columns() / 2)),
                "MASK-9",
                "MASK-1",
                "MASK-8");
        spatial(
                "drops an exact number of channels of each example",
                Drawn.changed(drawn -> {
                    int columns = drawn.columns();
                    boolean[] dropped = new boolean[drawn.size()];
                    OwnNumbers numbers = OwnNumbers.of(drawn);
                    for (int row = 0; row < drawn.rows(); row++) {
                        int left = (int) Math.round(drawn.rate() * columns);
                        for (int c = 0; c < columns; c++) {
                            if (numbers.uniform(row * columns + c) * (columns - c) < left) {
                                dropped[row * columns + c] = true;
                                left--;
                            }
                        }
                    }
                    return drawn.size() > 4096 ? drawn.mask() : drawn.with(i -> !dropped[i]);
                }),
                "MASK-9",
                "MASK-1",
                "MASK-2");
        spatial("uses each mask twice for as many channels", Changes.again(1, drawn -> drawn.columns()), "MASK-3");
        spatial(
                "leaves the last channel unscaled where their number is odd",
                answered(Changes::trains, (call, r) -> {
                    Tensor x = call.tensor("input");
                    if (call.has("permutation") || isLast(call) || x.shape().extent(1) % 2 == 0) {
                        return r;
                    }
                    int channel = x.size() / x.shape().extent(0) / x.shape().extent(1);
                    int c = x.shape().extent(1);
                    return field(
                            r,
                            "output",
                            i -> i / channel % c == c - 1 && r.tensor("output").value(i) != 0
                                    ? x.value(i)
                                    : r.tensor("output").value(i));
                }),
                "FWD-1");
        spatial(
                "divides by the share of channels that it kept",
                answered(Changes::trains, (call, r) -> {
                    Tensor m = r.tensor("mask");
                    int kept = 0;
                    for (int i = 0; i < m.size(); i++) {
                        kept += m.bool(i);
                    }
                    double scale = kept == 0 ? 1 : (double) m.size() / kept;
                    return times(r, "output", scale * (1 - call.rate()));
                }),
                "FWD-1");
        spatial(
                "scales the gradient twice where channels are last",
                answered(
                        Changes::differentiates,
                        (call, r) -> isLast(call) ? times(r, "grad_input", 1 / (1 - call.rate())) : r),
                "BWD-2");
        spatial(
                "leaves the gradient unmasked for rank 4",
                answered(
                        Changes::differentiates,
                        (call, r) -> seen(call).rank() == 4
                                ? r.with(
                                        "grad_input",
                                        each(
                                                call.tensor("grad_output"),
                                                i -> call.tensor("grad_output").value(i) / (1 - call.rate())))
                                : r),
                "BWD-1");
        spatial(
                "drops the first plane alone of rank 5",
                answered(Changes::trains, (call, r) -> {
                    Shape shape = seen(call);
                    if (shape.rank() != 5 || isLast(call) || call.has("permutation")) {
                        return r;
                    }
                    int channel = shape.size() / shape.extent(0) / shape.extent(1);
                    int plane = channel / Math.max(1, shape.extent(2));
                    return field(
                            r,
                            "output",
                            i -> i % channel < plane
                                    ? r.tensor("output").value(i)
                                    : call.tensor("input").value(i) / (1 - call.rate()));
                }),
                "SPATIAL-1",
                "MASK-4");
        spatial(
                "keeps the last place of an odd channel",
                answered(Changes::trains, (call, r) -> {
                    Shape shape = seen(call);
                    int channel =
                            Math.max(1, shape.size() / Math.max(1, shape.extent(0)) / Math.max(1, shape.extent(1)));
                    if (channel % 2 == 0 || channel == 1 || isLast(call) || call.has("permutation")) {
                        return r;
                    }
                    return field(
                            r,
                            "output",
                            i -> i % channel < channel - 1
                                    ? r.tensor("output").value(i)
                                    : call.tensor("input").value(i) / (1 - call.rate()));
                }),
                "SPATIAL-1",
                "MASK-4");
        spatial(
                "scales in evaluation where there is one example",
                (call, dropout, sound) -> {
                    var r = sound.answer(call, dropout);
                    return call.training()
                                    || seen(call).rank() == 0
                                    || seen(call).extent(0) != 1
                            ? r
                            : times(r, "output", 1 - call.rate());
                },
                "EVAL-1");
        spatial(
                "drops in evaluation where there is one channel",
                (call, dropout, sound) -> !call.training()
                                && call.rate() < 1
                                && seen(call).extent((int) call.integer("channel_axis")) == 1
                        ? sound.answer(call.with("training", true), dropout)
                        : sound.answer(call, dropout),
                "EVAL-1");
        spatial(
                "takes the rate in steps of 1/256",
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
        spatial(
                "drops half as much from 64 channels on",
                Drawn.changed(where(drawn -> drawn.columns() >= 64, drawn -> {
                    Tensor other = drawn.another(drawn.mask().shape());
                    return drawn.with(i -> drawn.kept(i) || other.bool(i) != 0);
                })),
                "MASK-1",
                "MASK-8");
        spatial(
                "draws by the sign of the first place of a channel",
                Drawn.changed(where(drawn -> !drawn.call().has("permutation") && !isLast(drawn.call()), drawn -> {
                    Tensor x = drawn.call().tensor("input");
                    int channel = x.size() / drawn.size();
                    Tensor other = drawn.another(drawn.mask().shape());
                    return drawn.with(i -> drawn.kept(i) || x.value(i * channel) < 0 && other.bool(i) != 0);
                })),
                "MASK-12",
                "MASK-7",
                "MASK-1");
        spatial(
                "takes a row of the next example for its last channel's neighbour",
                Drawn.changed(drawn -> drawn.with(
                        i -> drawn.kept(i % drawn.columns() == drawn.columns() - 1 ? (i + 1) % drawn.size() : i))),
                "MASK-2",
                "MASK-8");
        for (int m : new int[] {2, 4, 8}) {
            spatial(
                    "examples " + m + " apart are drawn alike in batches of " + 2 * m,
                    Drawn.changed(where(
                            drawn -> drawn.rows() == 2 * m,
                            drawn -> drawn.with(i -> drawn.kept(i % (m * drawn.columns()))))),
                    "MASK-2");
        }

        for (int n : new int[] {32, 24, 16, 48, 64, 5, 63}) {
            depth(
                    "drops a fixed number of batches of exactly " + n,
                    Drawn.changed(where(drawn -> drawn.size() == n, Changes::counted)),
                    "MASK-9");
        }
        depth(
                "drops a fixed number of each batch of a multiple of 8",
                Drawn.changed(where(drawn -> drawn.size() % 8 == 0 && drawn.size() < 4096, Changes::counted)),
                "MASK-9");
        depth(
                "never drops the first example",
                Drawn.changed(drawn -> drawn.with(i -> i == 0 || drawn.kept(i))),
                "MASK-8");
        depth(
                "never drops the last example",
                Drawn.changed(drawn -> drawn.with(i -> i == drawn.size() - 1 || drawn.kept(i))),
                "MASK-8");
        depth(
                "never drops the last of an odd batch",
                Drawn.changed(drawn ->
                        drawn.with(i -> drawn.size() % 2 == 1 && i == drawn.size() - 1 || drawn.kept(i))),
                "MASK-8");
        depth(
                "drops both of a batch of two or none",
                Drawn.changed(drawn -> drawn.with(i -> drawn.kept(drawn.size() == 2 ? 0 : i))),
                "MASK-2",
                "MASK-9");
        depth(
                "drops all of a batch of four or none",
                Drawn.changed(drawn -> drawn.with(i -> drawn.kept(drawn.size() == 4 ? 0 : i))),
                "MASK-2",
                "MASK-9");
        depth(
                "drops half of a batch with the other half where it is a power of two",
                Drawn.changed(drawn -> drawn.with(i -> drawn.kept(
                        Integer.bitCount(drawn.size()) == 1 && drawn.size() > 1 ? i % (drawn.size() / 2) : i))),
                "MASK-2");
        depth(
                "draws systematically, with one number for the batch",
                Drawn.changed(where(drawn -> drawn.size() > 1, drawn -> {
                    double u = OwnNumbers.of(drawn).uniform(0);
                    return drawn.with(i -> (u + i * 0.6180339887498949) % 1 >= drawn.rate());
                })),
                "MASK-9",
                "MASK-2",
                "MASK-11",
                "MASK-10");
        depth(
                "draws in strata",
                Drawn.changed(where(drawn -> drawn.size() > 1 && drawn.size() < 4096, drawn -> {
                    int n = drawn.size();
                    double[] u = new double[n];
                    Integer[] order = new Integer[n];
                    for (int i = 0; i < n; i++) {
                        u[i] = OwnNumbers.of(drawn).uniform(i);
                        order[i] = i;
                    }
                    java.util.Arrays.sort(order, java.util.Comparator.comparingDouble(i -> u[i]));
                    double v = OwnNumbers.of(drawn).uniform(n);
                    boolean[] kept = new boolean[n];
                    for (int k = 0; k < n; k++) {
                        kept[order[k]] = (k + v) / n >= drawn.rate();
                    }
                    return drawn.with(i -> kept[i]);
                })),
                "MASK-9");
        depth(
                "leaves a single example unscaled",
                answered(
                        Changes::trains,
                        (call, r) ->
                                call.tensor("input").shape().extent(0) == 1 ? times(r, "output", 1 - call.rate()) : r),
                "FWD-1");
        depth(
                "leaves examples of one element unscaled",
                answered(
                        Changes::trains,
                        (call, r) -> call.tensor("input").size()
                                                == call.tensor("input").shape().extent(0)
                                        && call.tensor("input").shape().rank() > 1
                                ? times(r, "output", 1 - call.rate())
                                : r),
                "FWD-1");
        depth(
                "lets the gradient of the last example through",
                answered(Changes::differentiates, (call, r) -> {
                    Tensor dy = call.tensor("grad_output");
                    int example = dy.size() / Math.max(1, dy.shape().extent(0));
                    return field(
                            r,
                            "grad_input",
                            i -> i >= dy.size() - example
                                    ? dy.value(i) / (1 - call.rate())
                                    : r.tensor("grad_input").value(i));
                }),
                "BWD-1");
        depth(
                "leaves the gradient unscaled",
                answered(Changes::differentiates, (call, r) -> times(r, "grad_input", 1 - call.rate())),
                "BWD-2");
        depth(
                "leaves the gradient unscaled where the input is zero",
                answered(
                        Changes::differentiates,
                        (call, r) -> field(
                                r,
                                "grad_input",
                                i -> r.tensor("grad_input").value(i)
                                        * (call.tensor("input").value(i) == 0 ? 1 - call.rate() : 1))),
                "BWD-2",
                "BWD-3",
                "BWD-6");
        depth(
                "scales by the probability of survival in evaluation too",
                (call, dropout, sound) -> {
                    var r = sound.answer(call, dropout);
                    return call.training() ? r : times(r, "output", 1 - call.rate());
                },
                "EVAL-1");
        depth(
                "drops the whole batch of rank 1",
                Drawn.changed(where(
                        drawn -> drawn.call().tensor("input").shape().rank() == 1,
                        drawn -> drawn.with(i -> drawn.kept(0)))),
                "MASK-2");
        depth(
                "masks by example and channel for rank 4",
                (call, dropout, sound) -> {
                    Shape shape = call.tensor("input").shape();
                    if (!trains(call) || Drawn.given(call) || shape.rank() != 4) {
                        return sound.answer(call, dropout);
                    }
                    var r = sound.answer(call, dropout);
                    Tensor m = dropout.drawMask(Shape.of(shape.extent(0), shape.extent(1), 1, 1), call.rate());
                    return r.with(
                            "output", org.dropoutspec.reference.Dropout.forward(call.tensor("input"), m, call.rate()));
                },
                "DEPTH-1");
        depth("takes the mask of the call before shifted by one", shifted(), "MASK-3");
        depth(
                "begins its stream again every 16 calls",
                (call, dropout, sound) -> sound.answer(call, dropout),
                "MASK-3");
        ALL.remove(ALL.size() - 1);
        ALL.add(new FamilyBroken(
                DEPTH,
                "begins its stream again every 16 calls of a shape",
                java.util.Set.of("MASK-3", "MASK-10"),
                seed -> new org.dropoutspec.operation.BrokenOperation(
                        FamilyBroken.named(DEPTH), seed, opaque(DEPTH), ring(16))));
        depth(
                "draws again where all were dropped",
                Drawn.changed(drawn -> {
                    Tensor m = drawn.mask();
                    for (int tries = 0; tries < 50; tries++) {
                        Tensor now = m;
                        boolean any = false;
                        for (int i = 0; i < now.size(); i++) {
                            any |= now.bool(i) != 0;
                        }
                        if (any) {
                            return now;
                        }
                        m = drawn.another(m.shape());
                    }
                    return m;
                }),
                "MASK-9",
                "MASK-1");
        depth(
                "takes the rate for keeping from 128 examples on",
                Drawn.changed(where(drawn -> drawn.size() >= 128, drawn -> drawn.with(i -> !drawn.kept(i)))),
                "MASK-1");
        depth(
                "takes the rate for keeping in a batch of one",
                Drawn.changed(where(drawn -> drawn.size() == 1, drawn -> drawn.with(i -> !drawn.kept(i)))),
                "MASK-1");
        depth(
                "drops an example with the one before it reversed",
                Drawn.changed(drawn ->
                        drawn.with(i -> i % 2 == 1 && drawn.rate() == 0.5 ? !drawn.kept(i - 1) : drawn.kept(i))),
                "MASK-2",
                "MASK-9");
        depth(
                "drops the second half as the first reversed",
                Drawn.changed(drawn -> drawn.with(i -> drawn.kept(i < drawn.size() / 2 ? i : drawn.size() - 1 - i))),
                "MASK-2");
        depth(
                "drops nothing of examples with more than 100 elements",
                Drawn.changed(where(
                        drawn -> drawn.call().tensor("input").size() > 100 * drawn.size(),
                        drawn -> drawn.with(i -> true))),
                "MASK-1");
        return List.copyOf(ALL);
    }

    static org.dropoutspec.implementation.Declaration opaque(String operation) {
        return FamilyBroken.named(operation)
                .reference()
                .withCapabilities(java.util.Set.of(
                        org.dropoutspec.implementation.Capability.SEED,
                        org.dropoutspec.implementation.Capability.BACKWARD));
    }

    private static Defect ring(int times) {
        java.util.Map<Object, List<Tensor>> masks = new java.util.HashMap<>();
        java.util.Map<Object, Integer> next = new java.util.HashMap<>();
        return Drawn.changed(drawn -> {
            Object key = drawn.mask().shape() + " " + drawn.rate();
            List<Tensor> own = masks.computeIfAbsent(key, any -> new ArrayList<>());
            if (own.size() < times) {
                own.add(drawn.mask());
                return drawn.mask();
            }
            return own.get(next.merge(key, 1, Integer::sum) % times);
        });
    }

    private static Defect shifted() {
        java.util.Map<Object, Tensor> last = new java.util.HashMap<>();
        return Drawn.changed(drawn -> {
            Object key = drawn.mask().shape() + " " + drawn.rate();
            Tensor before = last.get(key);
            Tensor now =
                    before == null ? drawn.mask() : drawn.with(i -> i == 0 ? drawn.kept(0) : before.bool(i - 1) != 0);
            last.put(key, now);
            return now;
        });
    }
}
