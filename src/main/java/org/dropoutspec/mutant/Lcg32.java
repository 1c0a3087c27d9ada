package org.dropoutspec.mutant;

/** The low 16 bits of a linear congruential generator modulo 2^32. Bit k has period 2^(k + 1), all together 2^16. */
final class Lcg32 implements Uniform {
    private int state;

    Lcg32(long seed) {
        this.state = (int) seed;
    }

    @Override
    public double next() {
        state = state * 1_664_525 + 1_013_904_223;
        return (state & 0xFFFF) * 0x1p-16;
    }
}
