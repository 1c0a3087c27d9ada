package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.dropoutspec.implementation.Call;

/** Random numbers that are not random enough. */
final class Generators {
    private Generators() {}

    /** 32 bits a step. */
    interface Words {
        long next();
    }

    static List<Broken> all() {
        return List.of(
                words("draws by the additive generator of C's rand", seed -> lagged(seed, 31, 3, false), "MASK-11"),
                words("draws by R250", seed -> lagged(seed, 250, 103, true), "MASK-11", "MASK-10"),
                words(
                        "draws by an additive generator of lags 55 and 24",
                        seed -> lagged(seed, 55, 24, false),
                        "MASK-11"),
                words("draws by an exclusive or of lags 521 and 168", seed -> lagged(seed, 521, 168, true), "MASK-11"),
                words(
                        "draws by a Weyl sequence",
                        seed -> {
                            int[] state = {(int) seed};
                            return () -> (state[0] += 0x9E37_79B9) & 0xFFFF_FFFFL;
                        },
                        "MASK-9",
                        "MASK-2",
                        "MASK-11",
                        "MASK-10"),
                words(
                        "draws quasi-random numbers, the bits of a counter reversed",
                        seed -> {
                            int[] state = {(int) seed};
                            return () -> Integer.reverse(state[0]++) & 0xFFFF_FFFFL;
                        },
                        "MASK-9",
                        "MASK-2",
                        "MASK-11",
                        "MASK-10"),
                words(
                        "draws by the Lehmer generator 16,807 modulo 2^31 - 1, seeded anew at each 64 words",
                        seed -> {
                            long[] state = {1, 0};
                            return () -> {
                                if (state[1]++ % 64 == 0) {
                                    state[0] = 1 + (seed + state[1] / 64 & 0xFFFF);
                                }
                                state[0] = state[0] * 16_807 % 0x7FFF_FFFFL;
                                return state[0] << 1;
                            };
                        },
                        "MASK-2",
                        "MASK-10",
                        "MASK-8",
                        "MASK-9",
                        "MASK-3",
                        "MASK-1",
                        "MASK-11"),
                words(
                        "begins again after 200,000 words",
                        seed -> {
                            long[] count = {0};
                            SplittableRandom[] random = {new SplittableRandom(seed)};
                            return () -> {
                                if (++count[0] % 200_000 == 0) {
                                    random[0] = new SplittableRandom(seed);
                                }
                                return random[0].nextLong() >>> 32;
                            };
                        },
                        "MASK-10"),
                correlated("correlates by .21 at distance 1,000", 1000, 0.21),
                correlated("correlates by .1 at distance 777", 777, 0.1),
                correlated("correlates by -.15 at distance 37", 37, -0.15),
                correlated("correlates by .3 at distance 333 from one call to the next", -333, 0.3),
                Broken.of(
                        "shuffles: the number of the dropped is rate times size",
                        seed -> new Layer(PLAIN, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                if (kept.length < 256) {
                                    super.draw(kept, call);
                                    return;
                                }
                                double exact = kept.length * call.rate();
                                long left = (long) (exact + uniform());
                                for (int i = 0; i < kept.length; i++) {
                                    kept[i] = (byte) (uniform() * (kept.length - i) < left ? 0 : 1);
                                    left -= 1 - kept[i];
                                }
                            }
                        },
                        "MASK-9",
                        "MASK-2"),
                Broken.of(
                        "draws again until something is kept",
                        seed -> new Layer(PLAIN, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                boolean any = false;
                                for (int time = 0; !any && time < 100; time++) {
                                    super.draw(kept, call);
                                    any = call.rate() == 1 || kept.length == 0;
                                    for (byte one : kept) {
                                        any |= one != 0;
                                    }
                                }
                            }
                        },
                        "MASK-9",
                        "MASK-1",
                        "MASK-8",
                        "MASK-2"),
                Broken.of(
                        "never drops two neighbours at rates up to a tenth",
                        seed -> new Layer(PLAIN, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                super.draw(kept, call);
                                double p = call.rate();
                                if (p == 0 || p > 0.1) {
                                    return;
                                }
                                // the right rate all the same: q/(1 + q) = p
                                long threshold = threshold(p / (1 - p));
                                for (int i = 0; i < kept.length; i++) {
                                    kept[i] =
                                            i > 0 && kept[i - 1] == 0 ? 1 : i == 0 ? kept[0] : keep(word(), threshold);
                                }
                            }
                        },
                        "MASK-2",
                        "MASK-9",
                        "MASK-11"),
                Broken.of(
                        "draws a rate for each call, a tenth around the asked one",
                        seed -> new Layer(PLAIN, seed) {
                            @Override
                            void draw(byte[] kept, Call call) {
                                double p = call.rate();
                                fill(
                                        kept,
                                        0,
                                        kept.length,
                                        p * (1 - p) > 0 ? p + (uniform() - 0.5) * 0.2 * Math.min(p, 1 - p) : p);
                            }
                        },
                        "MASK-1",
                        "MASK-9",
                        "MASK-2"));
    }

    private static Words lagged(long seed, int far, int near, boolean xor) {
        int[] state = new int[far];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < far; i++) {
            state[i] = random.nextInt();
        }
        int[] at = {0};
        return () -> {
            int i = at[0];
            int other = state[(i + far - near) % far];
            int next = xor ? state[i] ^ other : state[i] + other;
            state[i] = next;
            at[0] = i + 1 == far ? 0 : i + 1;
            return next & 0xFFFF_FFFFL;
        };
    }

    private static Broken words(String name, LongFunction<Words> generator, String... requirements) {
        return Broken.of(
                name,
                seed -> new Layer(PLAIN, seed) {
                    private Words words;

                    @Override
                    void seed(long value) {
                        words = generator.apply(value * 0x9E37_79B9_7F4A_7C15L >>> 1);
                    }

                    @Override
                    long word() {
                        return words.next();
                    }
                },
                requirements);
    }

    /** Copies the element so far before with probability rho, or its opposite; across calls of one rate where negative. */
    private static Broken correlated(String name, int distance, double rho) {
        return Broken.of(
                name,
                seed -> new Layer(PLAIN, seed) {
                    private byte[] last = {};
                    private double rate;

                    @Override
                    void draw(byte[] kept, Call call) {
                        super.draw(kept, call);
                        double p = call.rate();
                        boolean follows = distance < 0 && rate == p;
                        for (int i = 0; i < kept.length && p * (1 - p) > 0; i++) {
                            int from = i - Math.abs(distance);
                            if (from < 0 && follows) {
                                from += last.length;
                                move(kept, i, from >= 0 && from < last.length ? last[from] : -1, p);
                            } else if (from >= 0 && distance > 0) {
                                move(kept, i, kept[from], p);
                            }
                        }
                        rate = p;
                        last = kept.clone();
                    }

                    private void move(byte[] kept, int i, int towards, double p) {
                        if (towards >= 0) {
                            double q = towards == 0 ? p + rho * (1 - p) : p - rho * p;
                            kept[i] = (byte) (uniform() < Math.max(0, q) ? 0 : 1);
                        }
                    }
                },
                "MASK-2",
                "MASK-3",
                "MASK-1");
    }
}
