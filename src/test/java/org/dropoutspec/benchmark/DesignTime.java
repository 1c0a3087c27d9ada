package org.dropoutspec.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Coverage;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Rounds;
import org.dropoutspec.condition.Scope;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;

/** How long a design takes to make, the first time in a process and later, and how large it is. */
public final class DesignTime {
    private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();
    private static final Scope SCOPE = Scope.of(Description.of("any", "1")
            .withDtypes(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64)
            .withCapabilities(Capability.values()));

    private DesignTime() {}

    /** The strength of the first design, 2 or 3; without it 2. */
    public static void main(String[] args) {
        int first = args.length == 0 ? 2 : Integer.parseInt(args[0]);
        for (int seed = 0; seed < 3; seed++) {
            for (int strength : new int[] {first, 5 - first}) {
                print(strength, seed);
            }
        }
    }

    private static void print(int strength, int seed) {
        long start = TIMES.getCurrentThreadCpuTime();
        CoveringDesign design = CoveringDesign.of(SCOPE, strength, 1 << 21, seed);
        long made = TIMES.getCurrentThreadCpuTime();
        new Rounds(design.own(), seed).next();
        long ordered = TIMES.getCurrentThreadCpuTime();
        Coverage coverage = Coverage.of(design.all());
        System.out.printf(
                "strength %d: %d + %d + %d + %d rows, %,d + %,d + %,d + %,d elements, %,d pairs, %,d triples;"
                        + " made in %d ms, a round in %d ms%n",
                strength,
                design.own().size(),
                design.noise().size(),
                design.large().size(),
                design.first().size(),
                elements(design.own()),
                elements(design.noise()),
                elements(design.large()),
                elements(design.first()),
                coverage.pairs(),
                coverage.triples(),
                (made - start) / 1_000_000,
                (ordered - made) / 1_000_000);
    }

    private static long elements(List<Condition> rows) {
        return rows.stream().mapToLong(row -> row.shape().size()).sum();
    }
}
