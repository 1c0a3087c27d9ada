package org.dropoutspec.golden.verify;

/**
 * A generator that shows its words. An {@link org.dropoutspec.implementation.Implementation} in Java that also
 * implements this is checked against the vectors of the generator; over a wire only masks can be asked for.
 */
public interface WordGenerator {
    /** The four words that Philox4x32-10 gives for a counter of four words and a key of two. */
    int[] block(int[] counter, int[] key);

    /** The first {@code count} words of the draw that follows {@code draw} others after seeding. */
    int[] words(long seed, long draw, int count);

    /** Whether an element of this word is kept at a drop rate. */
    boolean keeps(int word, double rate);
}
