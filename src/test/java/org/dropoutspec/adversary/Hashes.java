package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;

/** Numbers that are made of where they stand and in which call, and not mixed enough; and small generators. */
final class Hashes {
    private static final String[] MASKS = {
        "MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-9", "MASK-10", "MASK-11", "MASK-12", "MASK-13", "RATE-7", "RATE-8"
    };

    private Hashes() {}

    /** A word of 32 bits. */
    interface Hash {
        /**
         * @param key of the process
         * @param number of the call, from 1
         * @param row the extent of the last axis
         */
        long of(long key, int number, int index, int row);
    }

    static List<Broken> all() {
        return List.of(
                hashed("hashes index exclusive-or number of the call", (key, call, i, row) -> mix(key + (i ^ call))),
                hashed(
                        "hashes index plus 7,919 times the number of the call",
                        (key, call, i, row) -> mix(key + i + 7919L * call)),
                hashed(
                        "hashes 31 times the index plus the number of the call",
                        (key, call, i, row) -> mix(key + 31L * i + call)),
                hashed("hashes index times number of the call", (key, call, i, row) -> mix(key + (long) i * call)),
                hashed(
                        "adds a hash of the row to one of the column",
                        (key, call, i, row) ->
                                mix(key + 3L * call + ((long) (i / row) << 32)) + mix(~key + 5L * call + i % row)
                                        & 0xFFFF_FFFFL),
                hashed(
                        "takes the exclusive or of a hash of the row and one of the column",
                        (key, call, i, row) ->
                                mix(key + 3L * call + ((long) (i / row) << 32)) ^ mix(~key + 5L * call + i % row)),
                hashed(
                        "adds a hash of the call to one of the index",
                        (key, call, i, row) -> mix(key + i) + mix(~key + call) & 0xFFFF_FFFFL),
                hashed(
                        "takes the exclusive or of a hash of the call and one of the index",
                        (key, call, i, row) -> mix(key + i) ^ mix(~key + call)),
                hashed("takes the fraction of a large sine of the index", (key, call, i, row) -> {
                    double sine = Math.sin(i * 12.9898 + (call + (key & 0xFFFF)) * 78.233) * 43_758.5453;
                    return (long) ((sine - Math.floor(sine)) * 0x1p32);
                }),
                hashed("takes the fraction of a large sine of the index in float32", (key, call, i, row) -> {
                    float sine = (float) Math.sin(i * 12.9898f + (call + (key & 0xFFF)) * 78.233f) * 43_758.547f;
                    return (long) ((sine - Math.floor(sine)) * 0x1p32) & 0xFFFF_FFFFL;
                }),
                hashed(
                        "multiplies the index by one odd number and the call by another",
                        (key, call, i, row) -> (i * 2_654_435_761L + call * 40_503L + key & 0xFFFF_FFFFL)),
                hashed("multiplies and shifts once", (key, call, i, row) -> {
                    long word = (i + call * 0x10001L + key) * 0x9E37_79B1L & 0xFFFF_FFFFL;
                    return (word ^ word >>> 16) * 0x85EB_CA6BL & 0xFFFF_FFFFL;
                }),
                hashed("hashes an index of 20 bits", (key, call, i, row) -> mix(key + 977L * call + (i & 0xFFFFF))),
                hashed(
                        "hashes the number of the call cut to 10 bits",
                        (key, call, i, row) -> mix(key + ((long) (call & 1023) << 32) + i)),
                hashed(
                        "hashes the index as a float32 with the call in its fraction",
                        (key, call, i, row) -> mix(key + Float.floatToIntBits(i + call / 4096f))),
                rounds(1),
                rounds(2),
                rounds(3),
                generated("draws by a shift register of 16 bits", seed -> {
                    int[] state = {(int) (seed & 0xFFFF) | 1};
                    return () -> {
                        state[0] ^= state[0] << 7 & 0xFFFF;
                        state[0] ^= state[0] >>> 9;
                        state[0] ^= state[0] << 8 & 0xFFFF;
                        return (long) state[0] << 16;
                    };
                }),
                generated("shifts a register of 32 bits by one for each word", seed -> {
                    int[] state = {(int) seed | 1};
                    return () -> {
                        state[0] = state[0] >>> 1 ^ (state[0] & 1) * 0xB400_0000;
                        return state[0] & 0xFFFF_FFFFL;
                    };
                }),
                generated("squares and takes the middle of 32 bits", seed -> {
                    long[] state = {seed & 0xFFFF_FFFFL};
                    return () -> state[0] = state[0] * state[0] >>> 16 & 0xFFFF_FFFFL;
                }),
                generated("draws 15 bits, as rand of Windows does", seed -> {
                    int[] state = {(int) seed};
                    return () -> {
                        state[0] = state[0] * 214_013 + 2_531_011;
                        return (state[0] >>> 16 & 0x7FFFL) << 17;
                    };
                }),
                generated("takes all 32 bits of a congruential generator modulo 2^32, by a bad factor", seed -> {
                    int[] state = {(int) seed};
                    return () -> (state[0] = state[0] * 69 + 1) & 0xFFFF_FFFFL;
                }),
                generated("takes the low 24 bits of a congruential generator of 64 bits", seed -> {
                    long[] state = {seed};
                    return () -> {
                        state[0] = state[0] * 6_364_136_223_846_793_005L + 1;
                        return (state[0] & 0xFF_FFFF) << 8;
                    };
                }),
                generated("averages two numbers", seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    return () -> (random.nextLong() >>> 32) + (random.nextLong() >>> 32) >>> 1;
                }),
                generated("leaves a number out in 64", seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    int[] count = {0};
                    long[] last = {0};
                    return () -> last[0] = ++count[0] % 64 == 0 ? last[0] : random.nextLong() >>> 32;
                }),
                generated("swaps a shuffled table of 4,096 numbers over and over", seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    long[] table = new long[4096];
                    for (int i = 0; i < table.length; i++) {
                        table[i] = random.nextLong() >>> 32;
                    }
                    return () -> table[random.nextInt(4096)];
                }),
                generated("seeds java.util.Random with one of 65,536 after each 1,000 words", seed -> {
                    Random[] random = {new Random(seed)};
                    int[] count = {0};
                    return () -> {
                        if (++count[0] % 1000 == 0) {
                            random[0] = new Random(random[0].nextInt(65_536));
                        }
                        return random[0].nextInt() & 0xFFFF_FFFFL;
                    };
                }),
                twister());
    }

    private static long mix(long value) {
        long z = value * 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return (z ^ z >>> 31) >>> 32;
    }

    private static Broken hashed(String name, Hash hash) {
        return Broken.of(
                name,
                seed -> new Layer(PLAIN, seed) {
                    private long key = seed * 0x632B_E59B_D9B4_E019L;
                    private int calls;

                    @Override
                    public boolean restart() {
                        key = key * 0x632B_E59B_D9B4_E019L + 1;
                        calls = 0;
                        return true;
                    }

                    @Override
                    void draw(byte[] kept, Call call) {
                        calls++;
                        int row = Math.max(1, row(call));
                        long threshold = threshold(call.rate());
                        for (int i = 0; i < kept.length; i++) {
                            kept[i] = keep(hash.of(key, calls, i, row), threshold);
                        }
                    }
                },
                MASKS);
    }

    /** The counter-based generator with too few of its ten rounds. */
    private static Broken rounds(int rounds) {
        return hashed("draws by Philox with " + rounds + (rounds == 1 ? " round" : " rounds"), (key, call, i, row) -> {
            int[] counter = {i >>> 2, 0, call, 0};
            int k0 = (int) key;
            int k1 = (int) (key >>> 32);
            for (int round = 0; round < rounds; round++) {
                long first = (counter[0] & 0xFFFF_FFFFL) * 0xD251_1F53L;
                long second = (counter[2] & 0xFFFF_FFFFL) * 0xCD9E_8D57L;
                counter = new int[] {
                    (int) (second >>> 32) ^ counter[1] ^ k0,
                    (int) second,
                    (int) (first >>> 32) ^ counter[3] ^ k1,
                    (int) first
                };
                k0 += 0x9E37_79B9;
                k1 += 0xBB67_AE85;
            }
            return counter[i & 3] & 0xFFFF_FFFFL;
        });
    }

    private static Broken generated(String name, LongFunction<Generators.Words> generator) {
        return generated(name, PLAIN, generator);
    }

    private static Broken generated(String name, Description description, LongFunction<Generators.Words> generator) {
        return Broken.of(
                name,
                seed -> new Layer(description, seed) {
                    private Generators.Words words;

                    @Override
                    void seed(long value) {
                        words = generator.apply(mix(value) << 31 | mix(~value) >>> 1);
                    }

                    @Override
                    long word() {
                        return words.next();
                    }
                },
                MASKS);
    }

    /** The Mersenne twister with a state of zeros but for one word, which takes it long to recover from. */
    private static Broken twister() {
        return generated("draws by a Mersenne twister whose state is a seed and zeros", seed -> {
            int[] state = new int[624];
            state[0] = (int) seed | 1;
            int[] at = {624};
            return () -> {
                if (at[0] == 624) {
                    for (int i = 0; i < 624; i++) {
                        int y = state[i] & 0x8000_0000 | state[(i + 1) % 624] & 0x7FFF_FFFF;
                        state[i] = state[(i + 397) % 624] ^ y >>> 1 ^ (y & 1) * 0x9908_B0DF;
                    }
                    at[0] = 0;
                }
                int y = state[at[0]++];
                y ^= y >>> 11;
                y ^= y << 7 & 0x9D2C_5680;
                y ^= y << 15 & 0xEFC6_0000;
                y ^= y >>> 18;
                return y & 0xFFFF_FFFFL;
            };
        });
    }
}
