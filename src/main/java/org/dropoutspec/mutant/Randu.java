package org.dropoutspec.mutant;

/**
 * IBM's RANDU: any three consecutive numbers a, b, c lie on one of 15 planes, since 9 a - 6 b + c is an integer.
 *
 * <p>Source: Knuth, "The Art of Computer Programming", volume 2, section 3.3.4.
 */
final class Randu implements Uniform {
    private static final int MASK = Integer.MAX_VALUE;

    private int state;

    Randu(long seed) {
        this.state = (int) seed & MASK | 1;
    }

    @Override
    public double next() {
        state = state * 65_539 & MASK;
        return state * 0x1p-31;
    }
}
