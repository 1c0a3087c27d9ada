package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.Shape;

/**
 * How many elements it takes to find each defect, beside what the statistical design needs: the median of 20 runs of a
 * stream of tiny, small and large calls, over all families at once, at a false-alarm probability of 1e-9 for 60 checks.
 *
 * <p>{@code java -cp target/test-classes:target/dropout-conformance.jar org.dropoutspec.statistics.PowerTable}, after {@code mvn
 * package}
 */
public final class PowerTable {
    private static final int RUNS = 20;
    private static final int LIMIT = 20_000_000;
    /** 60 checks at 1e-9 in all, as in the design's matrix of defects. */
    static final double THRESHOLD = Math.log(60 / 1e-9);

    private PowerTable() {}

    /**
     * @param elements until it was found, or {@link #LIMIT}
     * @param family by which, if it was found
     */
    record Found(int elements, Optional<String> family) {}

    public static void main(String[] arguments) {
        System.out.println("median elements to find, (the design's), by which family; nx: not in n of 20 runs");
        System.out.printf(Locale.ROOT, "%-46s%18s%24s%24s%n", "", "p = .1", "p = .5", "p = .9");
        for (Defect defect : Defect.all()) {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-46s", defect.name()));
            for (int r = 0; r < Defect.RATES.length; r++) {
                row.append(' ').append(cell(defect, r));
            }
            System.out.println(row);
        }
    }

    private static String cell(Defect defect, int rate) {
        double design = defect.design().get(rate);
        if (Double.isNaN(design)) {
            return String.format(Locale.ROOT, "%22s", "-");
        }
        List<Found> found = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            found.add(find(defect, Defect.RATES[rate], run, LIMIT, List.of()));
        }
        int[] elements = found.stream().mapToInt(Found::elements).sorted().toArray();
        long missed = Arrays.stream(elements).filter(n -> n >= LIMIT).count();
        String first = found.get(0).family().orElse("none");
        return String.format(
                Locale.ROOT,
                "%7.2g (%6.2g) %-5.5s%s",
                (double) elements[RUNS / 2],
                design,
                first,
                missed == 0 ? " " : missed + "x");
    }

    /** @param names of the families that look; all when there is none */
    static Found find(Defect defect, double rate, long seed, int limit, List<String> names) {
        SplittableRandom random = new SplittableRandom(seed);
        Defect.Generator generator = defect.generator().get();
        Design design = Design.of(0x1p-20, rate);
        List<Family> families = new ArrayList<>(MaskAnalysis.of(design).families());
        families.add(Family.strata(design, List.of("negative", "large")));
        families.removeIf(family -> !names.isEmpty() && !names.contains(family.name()));
        int elements = 0;
        int next = 1000;
        for (int call = 1; elements < limit; call++) {
            Shape shape = call % 256 == 0
                    ? Shape.of(131_075)
                    : call % 4 == 0 ? Shape.of(7, 259) : Shape.of(1 + random.nextInt(16));
            Defect.Input input = Defect.Input.random(random, shape.size());
            int width = shape.extent(shape.rank() - 1);
            PackedMask mask = generator.draw(random, shape.size(), width, rate, input);
            Draw draw = Draw.of(rate, shape, mask).with(input.negative(), input.large());
            families.forEach(family -> family.observe(draw));
            elements += shape.size();
            if (elements >= next) {
                for (Family family : families) {
                    if (family.logE() >= THRESHOLD) {
                        return new Found(elements, Optional.of(family.name()));
                    }
                }
                next = elements + elements / 8;
            }
        }
        return new Found(limit, Optional.empty());
    }
}
