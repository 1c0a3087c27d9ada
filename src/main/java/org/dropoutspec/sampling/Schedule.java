package org.dropoutspec.sampling;

import java.util.List;
import java.util.function.DoublePredicate;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * Which call comes next. Tiny calls cost next to nothing and show what happens at the ends of a tensor and to whole
 * masks; small calls, of several axes, show neighbours and strides; large ones fill the budget of the rates.
 */
final class Schedule {
    /**
     * For the first elements 192 tiny calls and 63 small ones to a large one, then mostly large ones. Small ones do not
     * follow each other, so that what happens to the first elements of every call is not lost among all others when it
     * is compared with the call before. The later pattern is of odd length, so that of the large calls that follow each
     * other, and with them their seeds, either may be the even one.
     */
    private static final String FIRST = "TTTSTTTSTTTSTTST";

    private static final String LATER = "TLTSTLLTT";
    /** How many rates there are. */
    static final int RATES = 4;

    private static final int CYCLE = 256;
    private static final int FIRST_CYCLES = 4;

    private static final int[] TINY = {1, 2, 3, 7, 1, 5, 2, 16, 4, 8, 1, 3, 9, 6, 15, 2, 1, 12, 13, 10, 11, 14};

    private static final List<Shape> SMALL =
            List.of(Shape.of(7, 259), Shape.of(1813), Shape.of(3, 8, 9, 9), Shape.of(29, 64), Shape.of(2, 16, 7, 8));

    static final Shape LARGEST = Shape.of(131_075);

    private static final List<Shape> LARGE =
            List.of(LARGEST, Shape.of(37, 3543), Shape.of(16, 64, 131), Shape.of(5, 26_215));

    /** A rate of .5 needs more than twice the elements of .1 and .9 for the same bound. */
    private static final int[] LARGE_RATES = {0, 1, 0, 2, 0, 1, 0, 3, 0, 2, 1, 0, 2, 0, 1, 0, 3, 0, 2, 0};

    private final List<Double> rates;
    private final int[] made = new int[3];
    private long calls;

    /** One call: the n-th of the stream. */
    record Step(long number, Shape shape, double rate) {}

    Schedule(DType dtype) {
        this.rates = rates(dtype);
    }

    /**
     * Near .5, .1, .9 and .05, each the number that float32 and the type both hold: an implementation may receive its
     * rate in either.
     */
    static List<Double> rates(DType dtype) {
        return List.of(0.5f, 0.1f, 0.9f, 0.05f).stream()
                .map(rate -> dtype.value(dtype.round(rate)))
                .toList();
    }

    /** The next call; where large calls fill up what is left undecided, at a rate that is wanted. */
    Step next(DoublePredicate wanted) {
        long number = calls++;
        boolean first = number < (long) CYCLE * FIRST_CYCLES;
        String pattern = first ? FIRST : LATER;
        char size = first && number % CYCLE == CYCLE - 1 ? 'L' : pattern.charAt((int) (number % pattern.length()));
        return switch (size) {
            case 'T' -> {
                int n = made[0]++;
                // eight in a row at one rate: under the same rate the same numbers give the same mask
                yield new Step(number, Shape.of(TINY[n % TINY.length]), rates.get(n / 8 % RATES));
            }
            case 'S' -> {
                int n = made[1]++;
                yield new Step(number, SMALL.get(n % SMALL.size()), rates.get(n / 2 % RATES));
            }
            default -> {
                double rate = rates.get(LARGE_RATES[made[2]++ % LARGE_RATES.length]);
                for (int i = 1; i < LARGE_RATES.length && !wanted.test(rate); i++) {
                    rate = rates.get(LARGE_RATES[made[2]++ % LARGE_RATES.length]);
                }
                int n = made[2];
                yield new Step(number, LARGE.get((n + n / 20) % LARGE.size()), rate);
            }
        };
    }
}
