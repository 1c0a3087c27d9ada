package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.reference.Philox4x32;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Sound ways from random words to a mask. */
final class SoundDraws {
    private SoundDraws() {}

    static List<Sound> all() {
        return List.of(
                drawing("drops where the number is at most the rate", PLAIN, (kept, call, layer) -> {
                    for (int i = 0; i < kept.length; i++) {
                        kept[i] = (byte) (call.rate() > 0 && layer.uniform() <= call.rate() ? 0 : 1);
                    }
                }),
                drawing("keeps where the number is below 1 - rate", PLAIN, (kept, call, layer) -> {
                    for (int i = 0; i < kept.length; i++) {
                        kept[i] = (byte) (layer.uniform() < 1 - call.rate() ? 1 : 0);
                    }
                }),
                drawing(
                        "compares numbers of 24 bits with a keep probability in float32",
                        PLAIN,
                        (kept, call, layer) -> {
                            float keep = 1 - (float) call.rate();
                            for (int i = 0; i < kept.length; i++) {
                                kept[i] = (byte) ((layer.word() >>> 8) * 0x1p-24f < keep ? 1 : 0);
                            }
                        }),
                drawing("draws numbers of 53 bits", PLAIN, (kept, call, layer) -> {
                    for (int i = 0; i < kept.length; i++) {
                        long word = layer.word() >>> 5 << 26 | layer.word() >>> 6;
                        kept[i] = (byte) (word * 0x1p-53 < call.rate() ? 0 : 1);
                    }
                }),
                drawing("uses its numbers in reverse", PLAIN, (kept, call, layer) -> {
                    for (int i = kept.length - 1; i >= 0; i--) {
                        kept[i] = Layer.keep(layer.word(), Layer.threshold(call.rate()));
                    }
                }),
                drawing("draws for a whole number of 256 and throws the rest away", PLAIN, (kept, call, layer) -> {
                    layer.fill(kept, 0, kept.length, call.rate());
                    for (int i = kept.length; i % 256 != 0; i++) {
                        layer.word();
                    }
                }),
                new Sound(
                        "draws blocks of 256 words and keeps the rest for the next call",
                        seed -> new Layer(PLAIN, seed) {
                            private final long[] block = new long[256];
                            private int at = 256;

                            @Override
                            void draw(byte[] kept, Call call) {
                                for (int i = 0; i < kept.length; i++) {
                                    if (at == 256) {
                                        Arrays.setAll(block, any -> word());
                                        at = 0;
                                    }
                                    kept[i] = keep(block[at++], threshold(call.rate()));
                                }
                            }
                        }),
                drawing("skips from one dropped element to the next", PLAIN, (kept, call, layer) -> {
                    Arrays.fill(kept, (byte) 1);
                    double p = call.rate();
                    if (p == 1) {
                        Arrays.fill(kept, (byte) 0);
                    } else if (p > 0) {
                        // the number of kept elements before the next dropped one is geometrically distributed
                        for (double i = gap(layer, p); i < kept.length; i += 1 + gap(layer, p)) {
                            kept[(int) i] = 0;
                        }
                    }
                }),
                drawing("draws how many it drops, binomially, and then which", PLAIN, (kept, call, layer) -> {
                    if (kept.length > 64) {
                        layer.fill(kept, 0, kept.length, call.rate());
                        return;
                    }
                    byte[] number = new byte[kept.length];
                    layer.fill(number, 0, number.length, call.rate());
                    Arrays.sort(number);
                    for (int i = 0; i < kept.length; i++) {
                        int j = i + (int) (layer.uniform() * (kept.length - i));
                        kept[i] = number[j];
                        number[j] = number[i];
                    }
                }),
                drawing("compares 64 elements at a time with the digits of the rate", PLAIN, (kept, call, layer) -> {
                    long threshold = Layer.threshold(call.rate());
                    for (int from = 0; from < kept.length; from += 32) {
                        long dropped = threshold >> 32 == 0 ? 0 : 0xFFFF_FFFFL;
                        for (int digit = 0; digit < 32 && threshold >> 32 == 0; digit++) {
                            long word = layer.word();
                            dropped = (threshold >> digit & 1) == 0 ? dropped & ~word : dropped | ~word;
                        }
                        for (int i = from; i < Math.min(kept.length, from + 32); i++) {
                            kept[i] = (byte) (1 - (dropped >> i - from & 1));
                        }
                    }
                }),
                drawing("draws nothing at rate 0 and rate 1", SEEDED, (kept, call, layer) -> {
                    if (call.rate() == 0 || call.rate() == 1) {
                        Arrays.fill(kept, (byte) (1 - call.rate()));
                    } else {
                        layer.fill(kept, 0, kept.length, call.rate());
                    }
                }),
                new Sound(
                        "counts elements: Philox of the element's number since seeding",
                        seed -> new Layer(SEEDED, seed) {
                            private long key;
                            private long position;

                            @Override
                            void seed(long value) {
                                key = value;
                                position = 0;
                            }

                            @Override
                            long word() {
                                return Philox4x32.words(key, position >>> 2, 7)[(int) (position++ & 3)] & 0xFFFF_FFFFL;
                            }
                        }),
                new Sound("splits a key for each call", seed -> new Layer(SEEDED, seed) {
                    private SplittableRandom parent;
                    private SplittableRandom child;

                    @Override
                    void seed(long value) {
                        parent = new SplittableRandom(value);
                    }

                    @Override
                    void draw(byte[] kept, Call call) {
                        child = parent.split();
                        super.draw(kept, call);
                    }

                    @Override
                    long word() {
                        return child.nextLong() >>> 32;
                    }
                }),
                new Sound("gives each of four threads a stream of its own", seed -> new Layer(PLAIN, seed) {
                    private SplittableRandom[] threads;
                    private int thread;

                    @Override
                    void seed(long value) {
                        SplittableRandom seeds = new SplittableRandom(value);
                        threads = new SplittableRandom[4];
                        for (int i = 0; i < 4; i++) {
                            threads[i] = seeds.split();
                        }
                    }

                    @Override
                    void draw(byte[] kept, Call call) {
                        int part = kept.length < 1000 ? kept.length : (kept.length + 3) / 4;
                        for (thread = 0; thread < 4; thread++) {
                            int from = Math.min(kept.length, thread * part);
                            fill(kept, from, Math.min(kept.length, from + part), call.rate());
                        }
                        thread = 0;
                    }

                    @Override
                    long word() {
                        return threads[thread].nextLong() >>> 32;
                    }
                }),
                new Sound(
                        "draws a mask in the order of memory where the input is strided",
                        seed ->
                                new Layer(
                                        PLAIN.withCapabilities(
                                                Capability.PERMUTED_INPUT, Capability.SEED, Capability.BACKWARD),
                                        seed) {
                                    @Override
                                    Tensor mask(Call call) {
                                        Tensor mask = super.mask(call);
                                        if (call.permutation().isEmpty()) {
                                            return mask;
                                        }
                                        int[] axes = call.permutation().get();
                                        Shape memory = mask.shape().permuted(Values.inverse(axes));
                                        return mask.reshaped(memory).permuted(axes);
                                    }
                                }),
                drawing(
                        "wanders within a resolution of 2^-7 that it declares",
                        resolution(0x1p-7),
                        (kept, call, layer) -> {
                            double p = call.rate();
                            double wander = p == 0 || p == 1 ? 0 : (layer.word() & 1) == 0 ? 0x1p-7 : -0x1p-7;
                            layer.fill(kept, 0, kept.length, Math.min(1, Math.max(0, p + wander)));
                        }),
                drawing(
                        "dithers from element to element within 2^-8, as declared",
                        resolution(0x1p-8),
                        (kept, call, layer) -> {
                            double p = call.rate();
                            for (int i = 0; i < kept.length; i++) {
                                double wander = p == 0 || p == 1 ? 0 : (i & 1) == 0 ? 0x1p-8 : -0x1p-8;
                                kept[i] =
                                        Layer.keep(layer.word(), Layer.threshold(Math.min(1, Math.max(0, p + wander))));
                            }
                        }),
                drawing(
                        "compares bytes, with a resolution of 2^-8 as declared",
                        resolution(0x1p-8),
                        (kept, call, layer) -> layer.fill(kept, 0, kept.length, Math.rint(call.rate() * 256) / 256)),
                drawing(
                        "compares 16 bits, with a resolution of 2^-16 as declared",
                        resolution(0x1p-16),
                        (kept, call, layer) ->
                                layer.fill(kept, 0, kept.length, Math.ceil(call.rate() * 65_536) / 65_536)),
                drawing(
                        "compares 24 bits, with a resolution of 2^-24 as declared",
                        resolution(0x1p-24),
                        (kept, call, layer) ->
                                layer.fill(kept, 0, kept.length, Math.rint(call.rate() * 0x1p24) * 0x1p-24)));
    }

    private static double gap(Layer layer, double rate) {
        return Math.floor(Math.log1p(-(layer.word() * 0x1p-32 + layer.word() * 0x1p-64)) / Math.log1p(-rate));
    }

    private static Description resolution(double resolution) {
        return PLAIN.with(PLAIN.choices().withRateResolution(resolution)).withDtypes(DType.FLOAT32);
    }

    private interface Drawing {
        void draw(byte[] kept, Call call, Layer layer);
    }

    private static Sound drawing(String name, Description description, Drawing drawing) {
        return new Sound(name, seed -> new Layer(description, seed) {
            @Override
            void draw(byte[] kept, Call call) {
                drawing.draw(kept, call, this);
            }
        });
    }
}
