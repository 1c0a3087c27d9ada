package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.WordType;

/** Compares a generator with the vectors of words and thresholds. */
public final class GeneratorCheck {
    private final WordGenerator generator;

    public GeneratorCheck(WordGenerator generator) {
        this.generator = generator;
    }

    public Attempt check(GoldenVector vector) {
        if (vector instanceof GoldenVector.OfBlock block) {
            return compare(
                    WordType.UINT32,
                    block.words(),
                    unsigned(generator.block(ints(block.counter()), ints(block.key()))));
        } else if (vector instanceof GoldenVector.OfWords words) {
            int[] got = generator.words(words.seed(), words.draw(), words.words().length);
            return compare(WordType.UINT32, words.words(), unsigned(got));
        } else if (vector instanceof GoldenVector.OfThreshold threshold) {
            long[] kept = Arrays.stream(threshold.words())
                    .map(word -> generator.keeps((int) word, threshold.rate()) ? 1 : 0)
                    .toArray();
            return compare(WordType.BOOL, threshold.mask(), kept);
        }
        throw new IllegalArgumentException("vector (" + vector.label().id() + ") must be one of the generator");
    }

    private static Attempt compare(WordType type, long[] expected, long[] got) {
        List<String> failures = new ArrayList<>();
        if (got.length != expected.length) {
            failures.add("expected " + expected.length + " words, got " + got.length);
        }
        for (int i = 0; i < Math.min(expected.length, got.length); i++) {
            if (expected[i] != got[i]) {
                String name = type == WordType.BOOL ? "mask" : "words";
                failures.add(Mismatch.text(name, i, type, expected[i], ExpectedRelation.BITS, got[i]));
            }
        }
        return new Attempt.Checked(MaskSource.GENERATOR, failures, "the generator itself");
    }

    private static int[] ints(long[] words) {
        return Arrays.stream(words).mapToInt(word -> (int) word).toArray();
    }

    private static long[] unsigned(int[] words) {
        return Arrays.stream(words).mapToLong(Integer::toUnsignedLong).toArray();
    }
}
