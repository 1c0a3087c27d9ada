package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.BACKWARD;
import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;
import static org.dropoutspec.adversary.Layer.keep;
import static org.dropoutspec.adversary.Layer.row;
import static org.dropoutspec.adversary.Layer.threshold;
import static org.dropoutspec.adversary.Twist.RICH;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.implementation.Seeding.Unseeded;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Sound ways that nobody would think of first: ciphers, chance from hardware, orders of drawing, rounding, few capabilities. */
final class SoundOddities {
    private static final Description TYPES =
            RICH.withDtypes(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64);

    private SoundOddities() {}

    static List<Sound> all() {
        return List.of(
                rounding("cuts half types instead of rounding them", (dtype, exact) -> {
                    double rounded = dtype.value(dtype.round(exact));
                    boolean half = dtype == DType.FLOAT16 || dtype == DType.BFLOAT16;
                    if (!half || Math.abs(rounded) <= Math.abs(exact) || Double.isInfinite(rounded)) {
                        return rounded;
                    }
                    return dtype.value(dtype.round(rounded) - 1);
                }),
                rounding(
                        "rounds twice, to float32 first",
                        (dtype, exact) -> dtype == DType.FLOAT64 ? exact : dtype.value(dtype.round((float) exact))),
                rounding("errs by an ulp now and then", (dtype, exact) -> {
                    long bits = dtype.round(exact);
                    boolean inside =
                            Math.abs(exact) > 4 * dtype.smallestNormal() && Math.abs(exact) < dtype.largest() / 4;
                    return dtype.value(inside && bits % 5 == 0 && exact != Math.rint(exact) ? bits + 1 : bits);
                }),
                new Sound("draws by AES in counter mode", seed -> new Layer(SEEDED, seed) {
                    private Cipher cipher;
                    private ByteBuffer words;
                    private long counter;

                    @Override
                    void seed(long value) {
                        try {
                            cipher = Cipher.getInstance("AES/ECB/NoPadding");
                            byte[] key = ByteBuffer.allocate(16).putLong(value).array();
                            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
                        } catch (GeneralSecurityException impossible) {
                            throw new IllegalStateException(impossible);
                        }
                        words = ByteBuffer.allocate(0);
                        counter = 0;
                    }

                    @Override
                    long word() {
                        if (!words.hasRemaining()) {
                            ByteBuffer blocks = ByteBuffer.allocate(4096);
                            while (blocks.hasRemaining()) {
                                blocks.putLong(0).putLong(counter++);
                            }
                            words = ByteBuffer.wrap(cipher.update(blocks.array()));
                        }
                        return Integer.toUnsignedLong(words.getInt());
                    }
                }),
                new Sound("draws by the machine's own chance", seed -> new Layer(PLAIN, seed) {
                    private SecureRandom chance;
                    private ByteBuffer words;

                    @Override
                    long word() {
                        if (chance == null) {
                            chance = new SecureRandom();
                            words = ByteBuffer.allocate(0);
                        }
                        if (!words.hasRemaining()) {
                            byte[] block = new byte[1 << 14];
                            chance.nextBytes(block);
                            words = ByteBuffer.wrap(block);
                        }
                        return Integer.toUnsignedLong(words.getInt());
                    }
                }),
                new Sound("seeds each call with the time and a counter, hashed", seed -> new Layer(PLAIN, seed) {
                    private long calls;

                    @Override
                    void draw(byte[] kept, Call call) {
                        seed(mixed(System.nanoTime()) + mixed(++calls * 0x9E37_79B9_7F4A_7C15L));
                        super.draw(kept, call);
                    }
                }),
                drawing("draws column by column", SEEDED, (kept, call, layer) -> {
                    int columns = Math.max(1, row(call));
                    int rows = kept.length / columns;
                    for (int i = 0; i < kept.length; i++) {
                        kept[i % rows * columns + i / rows] = keep(layer.word(), threshold(call.rate()));
                    }
                }),
                drawing("draws even elements first and odd ones after them", SEEDED, (kept, call, layer) -> {
                    for (int start = 0; start < 2; start++) {
                        for (int i = start; i < kept.length; i += 2) {
                            kept[i] = keep(layer.word(), threshold(call.rate()));
                        }
                    }
                }),
                drawing("draws in an order that is shuffled anew for each call", PLAIN, (kept, call, layer) -> {
                    int n = kept.length;
                    int step = n < 2 ? 1 : 1 + (int) (layer.uniform() * (n - 1));
                    while (gcd(step, Math.max(1, n)) > 1) {
                        step++;
                    }
                    for (long i = 0; i < n; i++) {
                        kept[(int) (i * step % n)] = keep(layer.word(), threshold(call.rate()));
                    }
                }),
                drawing(
                        "compares 16 bits, and 16 more where they are equal to the rate's",
                        SEEDED,
                        (kept, call, layer) -> {
                            long threshold = threshold(call.rate());
                            for (int i = 0; i < kept.length; i++) {
                                long high = layer.word() >>> 16;
                                boolean tie = high == threshold >>> 16;
                                long word = high << 16 | (tie ? layer.word() >>> 16 : 0);
                                kept[i] = keep(word, threshold);
                            }
                        }),
                drawing("drops where an exponential number is small", PLAIN, (kept, call, layer) -> {
                    double least = -Math.log1p(-call.rate());
                    for (int i = 0; i < kept.length; i++) {
                        double waited = -Math.log1p(-layer.uniform());
                        kept[i] = (byte) (waited < least ? 0 : 1);
                    }
                }),
                drawing(
                        "drops where one number is below the rate times another's share",
                        PLAIN,
                        (kept, call, layer) -> {
                            for (int i = 0; i < kept.length; i++) {
                                double root = Math.sqrt(call.rate());
                                boolean both = layer.uniform() < root && layer.uniform() < root;
                                kept[i] = (byte) (both && call.rate() > 0 || call.rate() == 1 ? 0 : 1);
                            }
                        }),
                drawing("shuffles a block of words before it uses them", PLAIN, (kept, call, layer) -> {
                    long[] words = new long[256];
                    for (int from = 0; from < kept.length; from += 256) {
                        Arrays.setAll(words, any -> layer.word());
                        for (int k = 255; k > 0; k--) {
                            int other = (int) (layer.uniform() * (k + 1));
                            long swapped = words[k];
                            words[k] = words[other];
                            words[other] = swapped;
                        }
                        for (int i = from; i < Math.min(kept.length, from + 256); i++) {
                            kept[i] = keep(words[i - from], threshold(call.rate()));
                        }
                    }
                }),
                drawing("draws in double and in reverse above a half", SEEDED, (kept, call, layer) -> {
                    for (int i = 0; i < kept.length; i++) {
                        double u = layer.word() * 0x1p-32;
                        boolean drop = call.rate() > 0.5 ? 1 - u <= call.rate() : u < call.rate();
                        kept[i] = (byte) (drop ? 0 : 1);
                    }
                }),
                new Sound(
                        "carries what it skipped over to the next call of the same rate",
                        seed -> new Layer(PLAIN, seed) {
                            private double rate = -1;
                            private long left;

                            @Override
                            void draw(byte[] kept, Call call) {
                                double p = call.rate();
                                if (p == 0 || p == 1) {
                                    Arrays.fill(kept, (byte) (1 - p));
                                    return;
                                }
                                left = p == rate ? left : skipped(p);
                                rate = p;
                                Arrays.fill(kept, (byte) 1);
                                long at = left;
                                while (at < kept.length) {
                                    kept[(int) at] = 0;
                                    at += 1 + skipped(p);
                                }
                                left = at - kept.length;
                            }

                            private long skipped(double p) {
                                double u = (word() + 0.5) * 0x1p-32 + word() * 0x1p-64;
                                return (long) (Math.log(Math.min(u, 1 - 0x1p-54)) / Math.log1p(-p));
                            }
                        }),
                new Sound(
                        "draws other numbers for other shapes, types and rates under one seed",
                        seed -> new Layer(RICH.withDtypes(DType.FLOAT32, DType.FLOAT16), seed) {
                            private long key = seed;
                            private long calls;

                            @Override
                            Result train(Call call) {
                                if (call.seed().isPresent()) {
                                    key = call.seed().getAsLong();
                                    calls = 0;
                                }
                                return super.train(call.withoutSeed());
                            }

                            @Override
                            void draw(byte[] kept, Call call) {
                                long what = call.maskShape().hashCode() * 31L
                                        + call.input().dtype().ordinal();
                                long own = mixed(key) + mixed(what + Double.doubleToLongBits(call.rate()));
                                super.seed(mixed(own) + mixed(++calls));
                                super.draw(kept, call);
                            }
                        }),
                new Sound(
                        "draws the mask of a strided input in the order of its buffer, under seeds too",
                        seed -> new Layer(RICH, seed) {
                            @Override
                            Tensor mask(Call call) {
                                if (call.permutation().isEmpty()
                                        || call.noiseShape().isPresent()) {
                                    return super.mask(call);
                                }
                                byte[] kept = new byte[call.input().size()];
                                fill(kept, 0, kept.length, call.rate());
                                return Tensor.wrap(DType.BOOL, call.input().shape(), kept)
                                        .permuted(call.permutation().get());
                            }
                        }),
                new Sound(
                        "has a rate that drifts up and down inside a declared resolution",
                        seed -> new Layer(PLAIN.with(Choices.defaults().withRateResolution(0x1p-9)), seed) {
                            private long words;

                            @Override
                            void draw(byte[] kept, Call call) {
                                double p = call.rate();
                                double moved = p + 0x1p-9 * Math.sin(words / 5000.0);
                                words += kept.length;
                                fill(kept, 0, kept.length, p == 0 || p == 1 ? p : Math.min(1, Math.max(0, moved)));
                            }
                        }),
                new Sound(
                        "always draws from the same seed in a new process, as declared",
                        seed -> new Layer(SEEDED.with(Seeding.defaults().with(Unseeded.FIXED)), seed) {
                            @Override
                            public boolean restart() {
                                seed(seed);
                                return true;
                            }
                        }),
                new Sound(
                        "draws anew in each process, as declared",
                        seed -> new Layer(SEEDED.with(Seeding.defaults().with(Unseeded.FRESH)), seed)),
                new Sound(
                        "scales in evaluation, multiplies by the mask and rejects rate 1",
                        seed -> new ClassicLayer(
                                BACKWARD.with(Choices.defaults()
                                        .with(Scaling.CLASSIC)
                                        .with(DroppedNonfinite.NAN)
                                        .with(RateOne.REJECT)),
                                seed,
                                (x, bit) -> x * bit)),
                capable("takes seeds and tells masks", Capability.SEED, Capability.MASK_OUTPUT),
                capable("tells masks and has gradients", Capability.MASK_OUTPUT, Capability.BACKWARD),
                capable("takes masks and strides", Capability.MASK_INPUT, Capability.PERMUTED_INPUT),
                capable("takes seeds and noise shapes", Capability.SEED, Capability.NOISE_SHAPE),
                capable(
                        "tells bits and has noise shapes, gradients and seeds",
                        Capability.KEPT_BITS,
                        Capability.NOISE_SHAPE,
                        Capability.BACKWARD,
                        Capability.SEED),
                capable(
                        "tells bits and takes masks and noise shapes",
                        Capability.KEPT_BITS,
                        Capability.NOISE_SHAPE,
                        Capability.MASK_INPUT),
                capable(
                        "can afford few shapes and takes all else",
                        Capability.FEW_SHAPES,
                        Capability.SEED,
                        Capability.BACKWARD,
                        Capability.MASK_INPUT,
                        Capability.MASK_OUTPUT,
                        Capability.NOISE_SHAPE,
                        Capability.PERMUTED_INPUT),
                capable("can afford few shapes and takes nothing else", Capability.FEW_SHAPES),
                new Sound("float16 alone", seed -> new Layer(RICH.withDtypes(DType.FLOAT16), seed)),
                new Sound(
                        "bfloat16 alone, without anything", seed -> new Layer(PLAIN.withDtypes(DType.BFLOAT16), seed)),
                new Sound(
                        "float16 and float64",
                        seed -> new Layer(BACKWARD.withDtypes(DType.FLOAT16, DType.FLOAT64), seed)));
    }

    private static Sound drawing(String name, Description description, Twist.Drawing drawing) {
        Broken twisted = Twist.drawing(name, description, drawing);
        return new Sound(name, twisted.implementation());
    }

    private static Sound capable(String name, Capability... capabilities) {
        return new Sound(name, seed -> new Layer(PLAIN.withCapabilities(capabilities), seed));
    }

    private interface Rounding {
        double of(DType dtype, double exact);
    }

    private static Sound rounding(String name, Rounding rounding) {
        return new Sound(name, seed -> new Layer(TYPES, seed) {
            @Override
            Tensor forward(Call call, Tensor x, Tensor mask) {
                Tensor kept = mask.broadcastTo(x.shape());
                return each(x, i -> scaled(call, kept.bool(i), x.value(i)));
            }

            @Override
            Tensor backward(Call call, Tensor dy, Tensor mask) {
                return forward(call, dy, mask);
            }

            private double scaled(Call call, int kept, double value) {
                double p = call.rate();
                boolean usual = value != 0 && !Double.isNaN(value) && !Double.isInfinite(value) && p > 0;
                return kept == 0 || p == 1
                        ? 0
                        : usual ? rounding.of(call.input().dtype(), value / (1 - p)) : value;
            }
        });
    }

    private static long mixed(long value) {
        return new SplittableRandom(value).nextLong();
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
