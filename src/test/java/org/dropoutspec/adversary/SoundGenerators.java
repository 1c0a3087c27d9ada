package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;
import static org.dropoutspec.adversary.Layer.SEEDED;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.Well512a;
import org.dropoutspec.reference.Philox4x32;

/** Generators in use, each good enough for dropout. */
final class SoundGenerators {
    private SoundGenerators() {}

    static List<Sound> all() {
        return List.of(
                words("xorshift64*", seed -> {
                    long[] x = {mixed(seed) | 1};
                    return () -> {
                        x[0] ^= x[0] >>> 12;
                        x[0] ^= x[0] << 25;
                        x[0] ^= x[0] >>> 27;
                        return x[0] * 0x2545_F491_4F6C_DD1DL >>> 32;
                    };
                }),
                words("MT19937", seed -> {
                    MersenneTwister twister = new MersenneTwister(seed);
                    return () -> twister.nextInt() & 0xFFFF_FFFFL;
                }),
                words("WELL512a", seed -> {
                    Well512a well = new Well512a(seed);
                    return () -> well.nextInt() & 0xFFFF_FFFFL;
                }),
                words("PCG32", seed -> {
                    long[] state = {mixed(seed)};
                    return () -> {
                        long x = state[0];
                        state[0] = x * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
                        int shifted = (int) ((x >>> 18 ^ x) >>> 27);
                        return Integer.rotateRight(shifted, (int) (x >>> 59)) & 0xFFFF_FFFFL;
                    };
                }),
                words("the upper half of a congruential generator of 64 bits", seed -> {
                    long[] state = {mixed(seed)};
                    return () -> (state[0] = state[0] * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L) >>> 32;
                }),
                words("java.util.Random, one for the process, seeded by a hash", seed -> {
                    Random random = new Random(mixed(seed));
                    return () -> random.nextInt() & 0xFFFF_FFFFL;
                }),
                words("the minimal standard with its full state: numbers of 31 bits", seed -> {
                    long[] state = {1 + Math.floorMod(mixed(seed), 0x7FFF_FFFEL)};
                    return () -> {
                        state[0] = state[0] * 48_271 % 0x7FFF_FFFFL;
                        return state[0] << 1;
                    };
                }),
                words("xoroshiro128+", seed -> {
                    long[] s = {mixed(seed), mixed(~seed)};
                    return () -> {
                        long sum = s[0] + s[1];
                        long t = s[1] ^ s[0];
                        s[0] = Long.rotateLeft(s[0], 24) ^ t ^ t << 16;
                        s[1] = Long.rotateLeft(t, 37);
                        return sum >>> 32;
                    };
                }),
                words("multiply with carry", seed -> {
                    long[] state = {mixed(seed) >>> 2 | 1};
                    return () ->
                            (state[0] = (state[0] & 0xFFFF_FFFFL) * 4_294_957_665L + (state[0] >>> 32)) & 0xFFFF_FFFFL;
                }),
                words("three shift registers, taus88", seed -> {
                    long[] s = {16 | mixed(seed) >>> 32, 16 | mixed(seed + 1) >>> 32, 16 | mixed(seed + 2) >>> 32};
                    return () -> {
                        s[0] = ((s[0] & 0xFFFF_FFFEL) << 12 & 0xFFFF_FFFFL)
                                ^ ((s[0] << 13 & 0xFFFF_FFFFL) ^ s[0]) >>> 19;
                        s[1] = ((s[1] & 0xFFFF_FFF8L) << 4 & 0xFFFF_FFFFL) ^ ((s[1] << 2 & 0xFFFF_FFFFL) ^ s[1]) >>> 25;
                        s[2] = ((s[2] & 0xFFFF_FFF0L) << 17 & 0xFFFF_FFFFL)
                                ^ ((s[2] << 3 & 0xFFFF_FFFFL) ^ s[2]) >>> 11;
                        return s[0] ^ s[1] ^ s[2];
                    };
                }),
                words("two combined generators of L'Ecuyer", seed -> {
                    long[] s = {
                        1 + Math.floorMod(mixed(seed), 2_147_483_562L), 1 + Math.floorMod(mixed(~seed), 2_147_483_398L)
                    };
                    return () -> {
                        s[0] = s[0] * 40_014 % 2_147_483_563L;
                        s[1] = s[1] * 40_692 % 2_147_483_399L;
                        return Math.floorMod(s[0] - s[1], 2_147_483_562L) << 1;
                    };
                }),
                words("Philox, block after block", seed -> {
                    long[] block = {0};
                    int[][] words = {{}};
                    int[] at = {4};
                    return () -> {
                        if (at[0] == 4) {
                            words[0] = Philox4x32.words(seed, 0, block[0]++);
                            at[0] = 0;
                        }
                        return words[0][at[0]++] & 0xFFFF_FFFFL;
                    };
                }),
                words("four generators in turn, a lane each", seed -> {
                    SplittableRandom[] lanes = new SplittableRandom[4];
                    for (int lane = 0; lane < 4; lane++) {
                        lanes[lane] = new SplittableRandom(mixed(seed * 4 + lane));
                    }
                    int[] turn = {0};
                    return () -> lanes[turn[0]++ & 3].nextLong() >>> 32;
                }));
    }

    /** A seed in which every bit of {@code seed} counts. */
    static long mixed(long seed) {
        return new SplittableRandom(seed).nextLong();
    }

    private static Sound words(String name, LongFunction<Generators.Words> generator) {
        return new Sound(name, seed -> new Layer(name.length() % 2 == 0 ? PLAIN : SEEDED, seed) {
            private Generators.Words words;

            @Override
            void seed(long value) {
                words = generator.apply(value);
            }

            @Override
            long word() {
                return words.next();
            }
        });
    }
}
