package org.dropoutspec.benchmark;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
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

/** Packing outputs, in elements a nanosecond, which is G elements/s; float32 is to reach .5. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PackingBenchmark.ELEMENTS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PackingBenchmark {
    static final int ELEMENTS = 1 << 20;

    @Param({"FLOAT16", "FLOAT32", "FLOAT64", "BOOL"})
    DType dtype;

    private Tensor tensor;

    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(7);
        double[] values = new double[ELEMENTS];
        for (int i = 0; i < ELEMENTS; i++) {
            values[i] = random.nextBoolean() ? 1 : 0;
        }
        tensor = Tensor.of(dtype, Shape.of(ELEMENTS), values);
    }

    @Benchmark
    public PackedMask pack() {
        return dtype == DType.BOOL ? PackedMask.ofKept(tensor) : PackedMask.ofOutput(tensor);
    }
}
