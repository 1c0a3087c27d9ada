package org.dropoutspec.benchmark;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Draw;
import org.dropoutspec.statistics.MaskAnalysis;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.Shape;
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

/** What a mask costs each family and all together, in nanoseconds an element; not to exceed {@link DrawBenchmark}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(AnalysisBenchmark.ELEMENTS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class AnalysisBenchmark {
    static final int ELEMENTS = 1 << 19;

    @Param({"all", "rate", "position", "column", "dispersion", "lag", "join", "across calls", "duplicate", "context"})
    String family;

    @Param({"8x65536", "256x2048", "512x4x256", "64x32x256"})
    String calls;

    private Draw[] draws;
    private MaskAnalysis analysis;

    @Setup
    public void draw() {
        Shape shape = shape(calls);
        int size = shape.size();
        SplittableRandom random = new SplittableRandom(7);
        draws = new Draw[ELEMENTS / size];
        for (int i = 0; i < draws.length; i++) {
            PackedMask mask = PackedMask.ofWords(size, random.longs(size / 64).toArray());
            draws[i] = Draw.of(0.5, shape, mask);
        }
        Design design = Design.of(0x1p-20, 0.1, 0.5, 0.9);
        MaskAnalysis all = MaskAnalysis.of(design);
        analysis = family.equals("all") ? all : MaskAnalysis.of(all.family(family));
    }

    @Benchmark
    public MaskAnalysis analyse() {
        for (Draw draw : draws) {
            analysis.observe(draw);
        }
        return analysis;
    }

    /** Of the calls named, such as 256x2048 for 256 calls of 2048 elements. */
    static Shape shape(String calls) {
        return Shape.of(Arrays.stream(calls.split("x"))
                .skip(1)
                .mapToInt(Integer::parseInt)
                .toArray());
    }
}
