package org.dropoutspec.mutant;

/** A generator of an old kind, with a state; each step gives a uniform number in [0, 1). */
interface Uniform {
    double next();

    default void fill(byte[] kept, double rate) {
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (byte) (next() < rate ? 0 : 1);
        }
    }
}
