package org.dropoutspec.defect;

import java.util.SplittableRandom;

/** A sound stream: every draw of every seed has random words of its own. */
final class IndependentWords {
    private IndependentWords() {}

    /** The key from which the words of a draw follow. */
    static long key(long seed, long draw) {
        return mixed(mixed(seed) + draw);
    }

    static int[] of(long key, int count) {
        SplittableRandom random = new SplittableRandom(key);
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            words[i] = random.nextInt();
        }
        return words;
    }

    private static long mixed(long value) {
        long z = (value + 0x9E37_79B9_7F4A_7C15L) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 31) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 29;
    }
}
