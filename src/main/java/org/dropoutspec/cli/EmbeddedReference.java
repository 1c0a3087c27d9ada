package org.dropoutspec.cli;

import org.dropoutspec.golden.verify.ReferenceWords;
import org.dropoutspec.golden.verify.WordGenerator;
import org.dropoutspec.operation.ReferenceFamily;

/** The reference of all operations, which also shows the words of its generator. */
final class EmbeddedReference extends ReferenceFamily implements WordGenerator {
    private final WordGenerator words = new ReferenceWords();

    EmbeddedReference(long seed) {
        super(seed);
    }

    @Override
    public int[] block(int[] counter, int[] key) {
        return words.block(counter, key);
    }

    @Override
    public int[] words(long seed, long draw, int count) {
        return words.words(seed, draw, count);
    }

    @Override
    public boolean keeps(int word, double rate) {
        return words.keeps(word, rate);
    }
}
