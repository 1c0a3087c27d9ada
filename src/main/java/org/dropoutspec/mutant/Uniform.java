package org.dropoutspec.mutant;

/** A generator of old: a state and a uniform number in [0, 1) a step. */
interface Uniform {
    double next();

    default void fill(byte[] kept, double rate) {
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (byte) (next() < rate ? 0 : 1);
        }
    }
}
