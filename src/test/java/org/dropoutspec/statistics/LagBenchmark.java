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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One lag over a packed mask, in elements a nanosecond, which is G elements/s; to reach 40. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LagBenchmark.ELEMENTS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class LagBenchmark {
    // beside the kernel, which is not public, and not in the package of the other benchmarks
    static final int ELEMENTS = 1 << 20;

    @Param({"1", "64", "1000"})
    int lag;

    private PackedMask mask;

    @Setup
    public void draw() {
        mask = PackedMask.ofWords(
                ELEMENTS, new SplittableRandom(7).longs(ELEMENTS / 64).toArray());
    }

    @Benchmark
    public long joint() {
        return Overlap.count(mask, mask, lag);
    }
}
