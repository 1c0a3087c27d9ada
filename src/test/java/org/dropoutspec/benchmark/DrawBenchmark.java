package org.dropoutspec.benchmark;

import java.util.concurrent.TimeUnit;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
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
import org.openjdk.jmh.infra.Blackhole;

/** What the reference needs to draw the masks of {@link AnalysisBenchmark}, in nanoseconds an element. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(AnalysisBenchmark.ELEMENTS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class DrawBenchmark {
    @Param({"8x65536", "256x2048", "512x4x256", "64x32x256"})
    String calls;

    private Shape shape;

    @Setup
    public void shape() {
        shape = AnalysisBenchmark.shape(calls);
    }

    @Benchmark
    public void draw(Blackhole masks) {
        for (int i = 0; i < AnalysisBenchmark.ELEMENTS / shape.size(); i++) {
            Tensor mask = BernoulliMask.draw(shape, 0.5, 7, i);
            masks.consume(mask);
        }
    }
}
