package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.rank;
import static org.dropoutspec.adversary.Layer.row;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;

/** Ways from good random words to a bad mask: exact numbers, strata, runs, groups, buffers and counters. */
final class Quotas {
    private static final String[] MASKS = {
        "MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-9", "MASK-10", "MASK-11", "MASK-12", "MASK-13", "RATE-7", "RATE-8"
    };

    private Quotas() {}

    static List<Broken> all() {
        return List.of(
                drawn(
                        "drops an exact number of each 100 neighbours",
                        (kept, call, layer) -> quota(kept, call, layer, 100)),
                drawn(
                        "drops an exact number of each 1,000 neighbours",
                        (kept, call, layer) -> quota(kept, call, layer, 1000)),
                drawn("drops an exact number of each row", (kept, call, layer) -> quota(kept, call, layer, row(call))),
                drawn("drops an exact number of each column", (kept, call, layer) -> {
                    int columns = row(call);
                    int rows = kept.length / Math.max(1, columns);
                    byte[] turned = new byte[kept.length];
                    quota(turned, call, layer, rows);
                    for (int i = 0; i < kept.length; i++) {
                        kept[i] = turned[i % columns * rows + i / columns];
                    }
                }),
                drawn(
                        "drops an exact number of each call of 100,000 and more",
                        (kept, call, layer) -> quota(kept, call, layer, kept.length < 100_000 ? 1 : kept.length)),
                exact("drops a rounded number of each call", Math::rint),
                exact("drops a number of each call that is cut", Math::floor),
                exact("drops a number of each call that is rounded up", Math::ceil),
                drawn(
                        "drops a number of each call that is as near as may be",
                        (kept, call, layer) -> quota(kept, call, layer, Math.max(1, kept.length))),
                drawn("stratifies the uniform numbers of each 16 neighbours, in random order", (kept, call, layer) -> {
                    int[] order = new int[16];
                    for (int from = 0; from < kept.length; from += 16) {
                        Arrays.setAll(order, k -> k);
                        for (int k = 15; k > 0; k--) {
                            int other = (int) (layer.uniform() * (k + 1));
                            int swapped = order[k];
                            order[k] = order[other];
                            order[other] = swapped;
                        }
                        for (int i = from; i < Math.min(kept.length, from + 16); i++) {
                            kept[i] = drop(call, (order[i - from] + layer.uniform()) / 16);
                        }
                    }
                }),
                drawn("carries the error of each element over to the next", (kept, call, layer) -> {
                    double error = layer.uniform();
                    for (int i = 0; i < kept.length; i++) {
                        error += call.rate() * 2 * layer.uniform();
                        kept[i] = (byte) (error >= 1 ? 0 : 1);
                        error -= error >= 1 ? 1 : 0;
                    }
                    if (call.rate() == 0 || call.rate() == 1) {
                        Arrays.fill(kept, (byte) (call.rate() == 0 ? 1 : 0));
                    }
                }),
                drawn("skips at most 255 elements at a time", (kept, call, layer) -> skip(kept, call, layer, 255)),
                drawn("skips at most 127 elements at a time", (kept, call, layer) -> skip(kept, call, layer, 127)),
                drawn("takes the mirror image of each second number", (kept, call, layer) -> {
                    double u = 0;
                    for (int i = 0; i < kept.length; i++) {
                        u = i % 2 == 0 ? layer.uniform() : 1 - u;
                        kept[i] = drop(call, u);
                    }
                }),
                drawn("takes the mirror images for the second half of the batch", (kept, call, layer) -> {
                    double[] u = new double[kept.length];
                    int half = kept.length / 2;
                    for (int i = 0; i < kept.length; i++) {
                        u[i] = i >= half && half > 0 && i - half < half ? 1 - u[i - half] : layer.uniform();
                        kept[i] = drop(call, u[i]);
                    }
                }),
                drawn("gives a batch of two one mask", (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    if (rank(call) > 1 && call.shape().extent(0) == 2) {
                        System.arraycopy(kept, 0, kept, kept.length / 2, kept.length / 2);
                    }
                }),
                drawn("gives the first two examples of a batch one mask", (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    if (rank(call) > 1 && call.shape().extent(0) > 2) {
                        int example = kept.length / call.shape().extent(0);
                        System.arraycopy(kept, 0, kept, example, example);
                    }
                }),
                drawn("drops whole channels of tensors of 4 axes", (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    if (rank(call) == 4) {
                        int plane = call.shape().extent(2) * call.shape().extent(3);
                        for (int i = 0; i < kept.length; i++) {
                            kept[i] = kept[i - i % plane];
                        }
                    }
                }),
                drawn("drops whole examples where the batch is above 1,024", (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    if (rank(call) > 1 && call.shape().extent(0) > 1024) {
                        int example = kept.length / call.shape().extent(0);
                        for (int i = 0; i < kept.length; i++) {
                            kept[i] = kept[i - i % example];
                        }
                    }
                }),
                drawn("draws 64 elements from a word by turning it, at rate .5", (kept, call, layer) -> {
                    if (call.rate() != 0.5) {
                        layer.fill(kept, 0, kept.length, call.rate());
                        return;
                    }
                    long word = 0;
                    for (int i = 0; i < kept.length; i++) {
                        word = i % 64 == 0 ? layer.word() : Integer.toUnsignedLong(Integer.rotateLeft((int) word, 1));
                        kept[i] = (byte) (word & 1);
                    }
                }),
                drawn("takes the exclusive or of a row's and a column's bit at rate .5", (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    int columns = row(call);
                    for (int i = columns; i < kept.length && call.rate() == 0.5; i++) {
                        kept[i] = i % columns == 0 ? kept[i] : (byte) (kept[i % columns] ^ kept[i - i % columns]);
                    }
                }),
                drawn(
                        "takes a wrong bound of the loop in blocks of 32 by 32: the last row again",
                        (kept, call, layer) -> {
                            layer.fill(kept, 0, kept.length, call.rate());
                            int columns = row(call);
                            for (int i = columns; i < kept.length; i++) {
                                kept[i] = i / columns % 32 == 31 ? kept[i - columns] : kept[i];
                            }
                        }),
                drawn("draws one number for each warp's first lane twice", (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    for (int i = 32; i < kept.length; i += 32) {
                        kept[i] = kept[i - 1];
                    }
                }),
                drawn("lets the second of two threads begin one block late", (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    int half = kept.length / 2;
                    if (kept.length >= 2048) {
                        System.arraycopy(kept, half - 64, kept, half, 64);
                    }
                }),
                drawn(
                        "uses one of two neighbours' numbers where they differ by less than a tenth",
                        (kept, call, layer) -> {
                            double before = 2;
                            for (int i = 0; i < kept.length; i++) {
                                double u = layer.uniform();
                                u = Math.abs(u - before) < 0.1 ? before : u;
                                kept[i] = drop(call, u);
                                before = u;
                            }
                        }),
                remembering("redraws only what a buffer grew by", (kept, call, layer, memory) -> {
                    byte[] all = (byte[]) memory.getOrDefault(call.rate(), new byte[0]);
                    if (kept.length > all.length) {
                        byte[] grown = new byte[kept.length];
                        layer.fill(grown, all.length, grown.length, call.rate());
                        System.arraycopy(all, 0, grown, 0, all.length);
                        memory.put(call.rate(), grown);
                        all = grown;
                    }
                    System.arraycopy(all, 0, kept, 0, kept.length);
                }),
                remembering(
                        "compares with the threshold of a shape's first call",
                        (kept, call, layer, memory) -> layer.fill(
                                kept,
                                0,
                                kept.length,
                                edge(call)
                                        ? call.rate()
                                        : (double) memory.computeIfAbsent(call.shape(), any -> call.rate()))),
                remembering(
                        "compares with the threshold of the first call of as many elements",
                        (kept, call, layer, memory) -> layer.fill(
                                kept,
                                0,
                                kept.length,
                                edge(call)
                                        ? call.rate()
                                        : (double) memory.computeIfAbsent(kept.length, any -> call.rate()))),
                remembering(
                        "draws the same mask twice in a row, from 2,048 elements on", (kept, call, layer, memory) -> {
                            String key = call.shape() + " " + call.rate();
                            byte[] last = (byte[]) memory.remove(key);
                            if (last != null && kept.length >= 2048) {
                                System.arraycopy(last, 0, kept, 0, kept.length);
                                return;
                            }
                            layer.fill(kept, 0, kept.length, call.rate());
                            memory.put(key, kept.clone());
                        }),
                remembering(
                        "draws for every fifth call of a shape the mask of the fifth before",
                        (kept, call, layer, memory) -> {
                            layer.fill(kept, 0, kept.length, call.rate());
                            int count = (int) memory.merge(call.shape(), 1, (a, b) -> (int) a + (int) b);
                            if (count % 5 == 0) {
                                byte[] last = (byte[]) memory.put(call.shape() + " " + call.rate(), kept.clone());
                                if (last != null) {
                                    System.arraycopy(last, 0, kept, 0, kept.length);
                                }
                            }
                        }),
                remembering("begins its stream again at every 400th call", (kept, call, layer, memory) -> {
                    int count = (int) memory.merge("calls", 1, (a, b) -> (int) a + (int) b);
                    if (count % 400 == 1) {
                        layer.seed(12_345);
                    }
                    layer.fill(kept, 0, kept.length, call.rate());
                }),
                remembering("begins its stream again after each four million words", (kept, call, layer, memory) -> {
                    long words = (long) memory.merge("words", (long) kept.length, (a, b) -> (long) a + (long) b);
                    if (words >>> 22 != words - kept.length >>> 22) {
                        layer.seed(12_345);
                    }
                    layer.fill(kept, 0, kept.length, call.rate());
                }),
                remembering("seeds with the time in milliseconds of a slow clock", (kept, call, layer, memory) -> {
                    int count = (int) memory.merge("calls", 1, (a, b) -> (int) a + (int) b);
                    layer.seed(1_000_003L + count / 3);
                    layer.fill(kept, 0, kept.length, call.rate());
                }),
                remembering("drops a little more with each call, up to a tenth more", (kept, call, layer, memory) -> {
                    int count = (int) memory.merge("calls", 1, (a, b) -> (int) a + (int) b);
                    double more = 1 + Math.min(1000, count) / 10_000.0;
                    layer.fill(
                            kept,
                            0,
                            kept.length,
                            edge(call) ? call.rate() : Math.min(call.rate() * more, (1 + call.rate()) / 2));
                }),
                remembering("anneals: drops a twentieth less in the first 200 calls", (kept, call, layer, memory) -> {
                    int count = (int) memory.merge("calls", 1, (a, b) -> (int) a + (int) b);
                    layer.fill(kept, 0, kept.length, edge(call) || count > 200 ? call.rate() : call.rate() * 0.95);
                }),
                remembering("moves its rate halfway from the last one", (kept, call, layer, memory) -> {
                    double last = (double) memory.getOrDefault("rate", call.rate());
                    memory.put("rate", call.rate());
                    layer.fill(kept, 0, kept.length, edge(call) ? call.rate() : (call.rate() + last) / 2);
                }),
                remembering("uses the rate of the last call of another shape", (kept, call, layer, memory) -> {
                    Shape shape = (Shape) memory.put("shape", call.shape());
                    double last = (double) memory.getOrDefault("rate", call.rate());
                    memory.put("rate", edge(call) ? last : call.rate());
                    boolean other = shape != null && !shape.equals(call.shape());
                    layer.fill(kept, 0, kept.length, edge(call) || !other ? call.rate() : last);
                }));
    }

    private static boolean edge(Call call) {
        return call.rate() == 0 || call.rate() == 1;
    }

    private static byte drop(Call call, double u) {
        return (byte) (u < call.rate() ? 0 : 1);
    }

    /** As a permutation of the elements, of which the first are dropped. */
    private static Broken exact(String name, DoubleUnaryOperator rounded) {
        return Twist.drawing(
                name,
                PLAIN,
                (kept, call, layer) ->
                        choose(kept, 0, kept.length, (long) rounded.applyAsDouble(kept.length * call.rate()), layer),
                "MASK-9");
    }

    private static void quota(byte[] kept, Call call, Layer layer, int block) {
        for (int from = 0; from < kept.length; from += block) {
            int to = Math.min(kept.length, from + block);
            choose(kept, from, to, (long) ((to - from) * call.rate() + layer.uniform()), layer);
        }
    }

    private static void choose(byte[] kept, int from, int to, long drops, Layer layer) {
        long left = drops;
        for (int i = from; i < to; i++) {
            kept[i] = (byte) (layer.uniform() * (to - i) < left ? 0 : 1);
            left -= 1 - kept[i];
        }
    }

    private static void skip(byte[] kept, Call call, Layer layer, int most) {
        Arrays.fill(kept, (byte) 1);
        if (edge(call)) {
            Arrays.fill(kept, (byte) (1 - call.rate()));
            return;
        }
        double base = Math.log1p(-call.rate());
        int i = -1;
        while (i < kept.length) {
            i += 1 + (int) Math.min(most, Math.log1p(-layer.uniform()) / base);
            if (i < kept.length) {
                kept[i] = 0;
            }
        }
    }

    private static Broken drawn(String name, Twist.Drawing drawing) {
        return Twist.drawing(name, PLAIN, drawing, MASKS);
    }

    private interface Remembering {
        void of(byte[] kept, Call call, Layer layer, Map<Object, Object> memory);
    }

    private static Broken remembering(String name, Remembering drawing) {
        return Twist.drawing(
                name,
                PLAIN,
                () -> new Twist.Drawing() {
                    private final Map<Object, Object> memory = new HashMap<>();

                    @Override
                    public void of(byte[] kept, Call call, Layer layer) {
                        drawing.of(kept, call, layer, memory);
                    }
                },
                MASKS);
    }
}
