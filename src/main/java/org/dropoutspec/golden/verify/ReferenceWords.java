package org.dropoutspec.golden.verify;

import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Philox4x32;

/** The generator of the reference, with its words visible. */
public final class ReferenceWords implements WordGenerator {
    @Override
    public int[] block(int[] counter, int[] key) {
        return Philox4x32.block(counter, key);
    }

    @Override
    public int[] words(long seed, long draw, int count) {
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            words[i] = Philox4x32.words(seed, draw, i / 4)[i % 4];
        }
        return words;
    }

    @Override
    public boolean keeps(int word, double rate) {
        return Integer.toUnsignedLong(word) >= BernoulliMask.threshold(rate);
    }
}
