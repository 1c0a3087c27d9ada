package org.dropoutspec.statistics;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What all lags, and all pairs of lags, cost an element, in nanoseconds: not to exceed 10, 100, 1,000 and 4,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class AllLagsBenchmark {
    // beside the kernels, which are not public
    private static final int LARGE = 131_075;
    private static final int SMALL = 1 << 14;

    private PackedMask large;
    private PackedMask rare;
    private PackedMask even;

    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(7);
        large = Masks.random(random, LARGE, 0.5);
        rare = Masks.random(random, SMALL, 0.1);
        even = Masks.random(random, SMALL, 0.5);
    }

    @Benchmark
    @OperationsPerInvocation(LARGE)
    public long[] lagsTo1024() {
        long[] both = new long[1024];
        BitLags.within(large, 1, both.length, both);
        return both;
    }

    @Benchmark
    @OperationsPerInvocation(LARGE)
    public long[] lagsTo65536() {
        long[] both = new long[1 << 16];
        FourierLags.within(large, 1, both.length, both);
        return both;
    }

    @Benchmark
    @OperationsPerInvocation(SMALL)
    public int[] pairsOfLagsTo1024AtATenth() {
        return TripleCounts.of(rare, 1024, 1024);
    }

    @Benchmark
    @OperationsPerInvocation(SMALL)
    public int[] pairsOfLagsTo1024AtAHalf() {
        return TripleCounts.of(even, 1024, 1024);
    }
}
