package org.dropoutspec.golden.topic;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.dropoutspec.golden.exact.PaperPhilox;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Call;
import org.jspecify.annotations.Nullable;

/** The generator: from counters to words, seeds to words, words to masks and seeds to masks. */
final class GeneratorTopic {
    private static final long ALL = 0xFFFF_FFFFL;

    private final Topic topic = new Topic(
            "generator",
            "Philox4x32-10: counters to words, seeds to words, words to masks, and seeds to masks through dropout.");

    private GeneratorTopic() {}

    static VectorFile file() {
        GeneratorTopic generator = new GeneratorTopic();
        generator.knownAnswers();
        generator.words();
        generator.thresholds();
        generator.thresholdsBetweenIntegers();
        new GeneratorMasks(generator.topic).add();
        return generator.topic.file();
    }

    /** Random123's known answers, typed in and compared with those of {@link PaperPhilox}; then further blocks. */
    private void knownAnswers() {
        known("zeros", new long[4], new long[2], 0x6627e8d5L, 0xe169c58dL, 0xbc57ac4cL, 0x9b00dbd8L);
        known(
                "ones",
                new long[] {ALL, ALL, ALL, ALL},
                new long[] {ALL, ALL},
                0x408f276dL,
                0x41c83b0eL,
                0xa20bc7c6L,
                0x6d5451fdL);
        known(
                "pi",
                new long[] {0x243f6a88L, 0x85a308d3L, 0x13198a2eL, 0x03707344L},
                new long[] {0xa4093822L, 0x299f31d0L},
                0xd16cfe09L,
                0x94fdccebL,
                0x5001e420L,
                0x24126ea1L);
        known("counter-1", new long[] {1, 0, 0, 0}, new long[2], 0xf8e4cca4L, 0x5cb200dbL, 0xb1a574ebL, 0x097eff67L);
        for (int word = 0; word < 4; word++) {
            long[] counter = new long[4];
            counter[word] = 0x8000_0000L;
            block("counter-word-" + word, counter, new long[2]);
        }
        block("key-word-0", new long[4], new long[] {0x8000_0000L, 0});
        block("key-word-1", new long[4], new long[] {0, 0x8000_0000L});
    }

    private void known(String name, long[] counter, long[] key, long... words) {
        if (!Arrays.equals(words, PaperPhilox.block(counter, key))) {
            throw new IllegalStateException("known answer (" + name + ") must be what the paper's definition gives");
        }
        block(name, counter, key);
    }

    private void block(String name, long[] counter, long[] key) {
        Label label = Topic.label(
                "gen-block-" + name,
                Requirements.GENERATOR,
                "one block of the bijection",
                Flag.GENERATOR_ROUNDS,
                Flag.GENERATOR_COUNTER);
        topic.add(new GoldenVector.OfBlock(label, counter, key, PaperPhilox.block(counter, key)));
    }

    private void words() {
        long[] seeds = {0, 1, 42, 0x1_0000_0000L, Call.SEED_LIMIT - 1, -1};
        long[] draws = {0, 1, 0x1_0000_0000L};
        for (long seed : seeds) {
            for (long draw : draws) {
                Label label = Topic.label(
                        "gen-words-seed" + Long.toUnsignedString(seed) + "-draw" + draw,
                        Requirements.GENERATOR,
                        "the first words of a draw: element i takes word i mod 4 of block i div 4",
                        Flag.GENERATOR_COUNTER);
                long[] words = new long[6];
                Arrays.setAll(words, i -> PaperPhilox.word(seed, draw, i));
                topic.add(new GoldenVector.OfWords(label, seed, draw, words));
            }
        }
    }

    private void thresholds() {
        String[] rates = {
            "0",
            "tiny",
            "0.000000001",
            "0.001",
            "0.1",
            "0.2",
            "0.25",
            "0.3",
            "third",
            "0.5",
            "0.625",
            "0.75",
            "0.9",
            "0.99",
            "0.9999",
            "almost1",
            "1"
        };
        for (NamedRate rate : NamedRate.of(Ieee.FLOAT64, rates)) {
            threshold("gen-threshold-r" + rate.name(), rate.value(), Flag.THRESHOLD_OFF_BY_ONE, Flag.THRESHOLD_COARSE);
        }
    }

    /** Rates a half and a quarter above a word, where rounding down, up and to nearest give different results. */
    private void thresholdsBetweenIntegers() {
        for (long word : new long[] {0, 1, 0x1234_5678L, 0x8000_0000L, ALL - 1, ALL}) {
            String id = "gen-threshold-above-" + WordType.UINT32.hex(word) + "-by-";
            threshold(id + "half", Math.scalb(word + 0.5, -32), Flag.THRESHOLD_ROUNDED, Flag.THRESHOLD_COARSE);
            threshold(id + "quarter", Math.scalb(word + 0.25, -32), Flag.THRESHOLD_ROUNDED, Flag.THRESHOLD_COARSE);
        }
    }

    private void threshold(String id, double rate, @Nullable Flag... flags) {
        long threshold = PaperPhilox.threshold(rate).longValueExact();
        long[] words = LongStream.of(0, threshold - 1, threshold, threshold + 1, ALL)
                .filter(word -> word >= 0 && word <= ALL)
                .distinct()
                .toArray();
        long[] mask = Arrays.stream(words)
                .map(word -> PaperPhilox.kept(word, rate) ? 1 : 0)
                .toArray();
        Label label = Topic.label(
                id,
                Requirements.GENERATOR,
                "an element is dropped when its word is below ceil(rate * 2^32): the words around that",
                flags);
        topic.add(new GoldenVector.OfThreshold(label, rate, words, mask));
    }
}
