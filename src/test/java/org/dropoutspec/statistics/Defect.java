package org.dropoutspec.statistics;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * A broken generator of masks, and how many elements the statistical design needs to find it.
 *
 * @param family the family that is there for it
 * @param design elements to find it at the rates .1, .5 and .9: the medians of 20 runs that the statistical design
 *     gives; NaN where it does not show
 * @param generator a fresh one for each stream, since most keep a state
 */
record Defect(String name, String family, List<Double> design, Supplier<Generator> generator) {
    static final double[] RATES = {0.1, 0.5, 0.9};

    private static final double NEVER = Double.NaN;

    /** Draws the mask of a call whose rows have {@code width} elements, from an input of which is known what is. */
    interface Generator {
        PackedMask draw(SplittableRandom random, int size, int width, double rate, Input input);
    }

    /**
     * @param negative the elements that are
     * @param large the hundredth that is largest in magnitude
     */
    record Input(PackedMask negative, PackedMask large) {
        static Input random(SplittableRandom random, int size) {
            return new Input(Masks.random(random, size, 0.5), Masks.random(random, size, 0.01));
        }
    }

    @Override
    public String toString() {
        return name;
    }

    static List<Defect> all() {
        return List.of(
                biased("bias of .01", p -> p + 0.01, 5.5e4, 2.5e5, 5e4),
                biased("bias of .001", p -> p + 0.001, 4.9e6, 1.6e7, 4.4e6),
                biased("p and 1-p swapped", p -> 1 - p, 1.8e3, NEVER, 1.8e3),
                biased("p^1.1", p -> Math.pow(p, 1.1), 1.1e4, 1.3e4, 6.1e4),
                biased("p floored to 1/256", p -> Math.floor(p * 256) / 256, 9.9e5, NEVER, 2.2e6),
                each("same mask a row", "lag", (random, n, w, p) -> repeated(Masks.random(random, w, p), n), 1.8e3),
                each("lane j+4 = j", "lag", (random, n, w, p) -> lanes(random, n, p, 8, 4), 1.8e3),
                each("adjacent pairs", "lag", (random, n, w, p) -> lanes(random, n, p, 2, 1), 1.8e3),
                each("same mask every call", "across calls", (random, n, w, p) -> seeded(1, n, p), 3.7e3),
                stateful("mask reused for 2 calls", "across calls", call -> call / 2, 2e4),
                stateful("ring of 16 masks", "duplicate", call -> call % 16, 9.2e3),
                each(
                        "seed truncated to 6 bits",
                        "duplicate",
                        (random, n, w, p) -> seeded(random.nextInt(64), n, p),
                        3.1e4),
                new Defect("stream shifted by 1 a call", "across calls", same(3.7e3), () -> shifted(1)),
                new Defect("chunk seed = call + chunk", "across calls", List.of(2.7e5, 3.7e3, 2.7e5), Defect::chunked),
                each("lag 1 at rho .05", "lag", (random, n, w, p) -> markov(random, n, p, 0.05, 1), 3e4),
                each("lag 7 at rho .05", "lag", (random, n, w, p) -> markov(random, n, p, 0.05, 7), 3e4),
                each("a row at rho .05", "lag", (random, n, w, p) -> markov(random, n, p, 0.05, w), 3e4),
                each("lag 1 at rho .01", "lag", (random, n, w, p) -> markov(random, n, p, 0.01, 1), 7.4e5),
                each("lag 1000 at rho .21", "lag", (random, n, w, p) -> markov(random, n, p, 0.21, 1000), 5.5e3),
                each("antithetic rows", "lag", Defect::antithetic, 2e4, 1.8e3, 2e4),
                each("period 2^16", "duplicate", (random, n, w, p) -> periodic(random, n, p, 1 << 16), 2.5e5),
                each("period 2^12", "duplicate", (random, n, w, p) -> periodic(random, n, p, 1 << 12), 2.5e5),
                each("period 12345", "duplicate", (random, n, w, p) -> periodic(random, n, p, 12_345), 2.5e5),
                each("fixed number a call", "dispersion", (random, n, w, p) -> fixedNumber(random, n, n, p), 3e4),
                each(
                        "fixed number a row",
                        "dispersion",
                        (random, n, w, p) -> fixedNumber(random, n, Math.max(1, w), p),
                        7.4e3),
                each(
                        "rate jitter of sd .02",
                        "dispersion",
                        (random, n, w, p) -> Masks.random(random, n, p + 0.02 * random.nextGaussian()),
                        5e5),
                keeping("tail n mod 8 kept", (i, n) -> i >= n - n % 8, 3.1e5, 2e4, 5.5e3),
                keeping("first element kept", (i, n) -> i == 0, 2.7e5, 2.4e4, 9.2e3),
                keeping("last element kept", (i, n) -> i == n - 1, 2.7e5, 2.4e4, 9.2e3),
                keeping("index 1000 kept", (i, n) -> i == 1000, 1.3e6, 1.1e5, 3.9e4),
                each(
                        "rate from p - 10 % to p + 10 % along the call",
                        "position",
                        (random, n, w, p) -> Masks.of(n, i -> random.nextDouble() < p * (0.9 + 0.2 * (i + 0.5) / n)),
                        9.9e5,
                        1e5,
                        9.2e3),
                of(
                        "p (1 +- .1 sign x)",
                        "stratum",
                        (random, n, w, p, input) -> Masks.of(
                                n,
                                i -> random.nextDouble() < p * (input.negative().dropped(i) ? 0.9 : 1.1)),
                        9.4e4,
                        1.1e4,
                        1.8e3),
                of(
                        "largest hundredth of abs(x) kept",
                        "stratum",
                        (random, n, w, p, input) -> Masks.of(
                                n,
                                i -> random.nextDouble() < p && !input.large().dropped(i)),
                        3.1e4,
                        5.5e3,
                        1.9e3),
                each("every third uniform u1 + u2 mod 1", "context", Defect::thirds, 6.1e4, NEVER, 6.1e4),
                each("never drops everything", "dispersion", Defect::neverAll, NEVER, 9.6e6, 4.6e4),
                new Defect("low 16 bits of an LCG of 32", "duplicate", same(5.5e4), Defect::lowBits),
                new Defect("RANDU", "context", same(2e7), Defect::randu));
    }

    /** What does not look at the input. */
    private interface Blind {
        PackedMask draw(SplittableRandom random, int size, int width, double rate);
    }

    private interface Place {
        boolean holds(int index, int size);
    }

    private static Defect of(String name, String family, Generator generator, Double... design) {
        return new Defect(name, family, List.of(design), () -> generator);
    }

    private static Defect each(String name, String family, Blind generator, double... design) {
        List<Double> medians = design.length == 1 ? same(design[0]) : List.of(design[0], design[1], design[2]);
        return new Defect(name, family, medians, () -> (random, n, w, p, input) -> generator.draw(random, n, w, p));
    }

    private static Defect biased(String name, DoubleUnaryOperator effective, double a, double b, double c) {
        return each(name, "rate", (random, n, w, p) -> Masks.random(random, n, effective.applyAsDouble(p)), a, b, c);
    }

    private static Defect keeping(String name, Place place, double... design) {
        return each(
                name,
                "position",
                (random, n, w, p) -> Masks.of(n, i -> random.nextDouble() < p && !place.holds(i, n)),
                design);
    }

    /** Seeded by a number that follows from how many calls there were. */
    private static Defect stateful(String name, String family, IntUnaryOperator seed, double design) {
        return new Defect(name, family, same(design), () -> {
            int[] call = {0};
            return (random, n, w, p, input) -> seeded(seed.applyAsInt(call[0]++), n, p);
        });
    }

    private static List<Double> same(double design) {
        return List.of(design, design, design);
    }

    private static PackedMask seeded(int seed, int n, double p) {
        return Masks.random(new SplittableRandom(seed * 0x9E37L + 5), n, p);
    }

    private static PackedMask repeated(PackedMask row, int n) {
        return Masks.of(n, i -> row.dropped(i % row.size()));
    }

    /** Of every {@code group} elements those from {@code fresh} on repeat the ones before. */
    private static PackedMask lanes(SplittableRandom random, int n, double p, int group, int fresh) {
        PackedMask mask = Masks.random(random, n, p);
        return Masks.of(n, i -> mask.dropped(i % group < fresh ? i : i - fresh));
    }

    private static PackedMask periodic(SplittableRandom random, int n, double p, int period) {
        return repeated(Masks.random(random, period, p), n);
    }

    /** Each call begins {@code advance} elements after where the one before it began, however many that took. */
    static Generator shifted(int advance) {
        PackedMask[] stream = new PackedMask[1];
        int[] call = {0};
        return (random, n, w, p, input) -> {
            if (stream[0] == null) {
                stream[0] = Masks.random(random, 1 << 20, p);
            }
            int from = advance * call[0]++;
            return Masks.of(n, i -> stream[0].dropped(from + i));
        };
    }

    private static Generator chunked() {
        int[] calls = {0};
        return (random, n, w, p, input) -> {
            int call = calls[0]++;
            PackedMask[] chunks = new PackedMask[(n >> 10) + 1];
            for (int c = 0; c < chunks.length; c++) {
                chunks[c] = seeded(call + c, 1 << 10, p);
            }
            return Masks.of(n, i -> chunks[i >> 10].dropped(i & 1023));
        };
    }

    private static PackedMask markov(SplittableRandom random, int n, double p, double rho, int lag) {
        boolean[] dropped = new boolean[n];
        for (int i = 0; i < n; i++) {
            double q = i < lag ? p : dropped[i - lag] ? p + rho * (1 - p) : p - rho * p;
            dropped[i] = random.nextDouble() < q;
        }
        return PackedMask.of(dropped);
    }

    /** Each second row is made of one less the uniforms of the row before. */
    private static PackedMask antithetic(SplittableRandom random, int n, int w, double p) {
        double[] u = random.doubles(n).toArray();
        return Masks.of(n, i -> (i / w % 2 == 0 ? u[i] : 1 - u[i - w]) < p);
    }

    private static PackedMask fixedNumber(SplittableRandom random, int n, int group, double p) {
        boolean[] dropped = new boolean[n];
        double left = 0;
        for (int i = 0; i < n; i++) {
            int of = Math.min(group, n - i / group * group);
            if (i % group == 0) {
                // the right number on average, so that the rate is no evidence
                left = Math.floor(of * p + random.nextDouble());
            }
            dropped[i] = random.nextInt(of - i % group) < left;
            left -= dropped[i] ? 1 : 0;
        }
        return PackedMask.of(dropped);
    }

    private static PackedMask thirds(SplittableRandom random, int n, int w, double p) {
        double[] u = random.doubles(n).toArray();
        return Masks.of(n, i -> (i % 3 == 2 ? (u[i - 2] + u[i - 1]) % 1 : u[i]) < p);
    }

    private static PackedMask neverAll(SplittableRandom random, int n, int w, double p) {
        PackedMask mask = Masks.random(random, n, p);
        while (mask.count() == n) {
            mask = Masks.random(random, n, p);
        }
        return mask;
    }

    private static Generator lowBits() {
        int[] state = {1};
        return (random, n, w, p, input) -> Masks.of(n, i -> {
            state[0] = 1_664_525 * state[0] + 1_013_904_223;
            return (state[0] & 0xFFFF) * 0x1p-16 < p;
        });
    }

    private static Generator randu() {
        int[] state = {0};
        return (random, n, w, p, input) -> {
            if (state[0] == 0) {
                state[0] = random.nextInt() | 1;
            }
            return Masks.of(n, i -> {
                state[0] = 65_539 * state[0] & Integer.MAX_VALUE;
                return state[0] * 0x1p-31 < p;
            });
        };
    }
}
