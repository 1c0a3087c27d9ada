package org.dropoutspec.golden;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** The generator: counters to words, seeds to words, words to masks, seeds to masks. */
final class GeneratorTopic {
    private static final long ALL = 0xFFFF_FFFFL;
    private static final String FIRST_DRAW = "the first draw after seeding, in the mask's row-major order";

    private final Topic topic = new Topic(
            "generator",
            "Philox4x32-10: counters to words, seeds to words, words to masks, and seeds to masks through dropout.");

    private GeneratorTopic() {}

    static VectorFile file() {
        GeneratorTopic generator = new GeneratorTopic();
        generator.knownAnswers();
        generator.words();
        generator.thresholds();
        generator.masks();
        generator.masksAtTheThreshold();
        return generator.topic.file();
    }

    /** Random123's known answers, typed in; what PaperPhilox says of them is checked where it says it. */
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
            long threshold = PaperPhilox.threshold(rate.value()).longValueExact();
            long[] words = LongStream.of(0, threshold - 1, threshold, threshold + 1, ALL)
                    .filter(word -> word >= 0 && word <= ALL)
                    .distinct()
                    .toArray();
            long[] mask = Arrays.stream(words)
                    .map(word -> PaperPhilox.kept(word, rate.value()) ? 1 : 0)
                    .toArray();
            Label label = Topic.label(
                    "gen-threshold-r" + rate.name(),
                    Requirements.GENERATOR,
                    "an element is dropped when its word is below ceil(rate * 2^32): the words around that",
                    Flag.THRESHOLD_OFF_BY_ONE,
                    Flag.THRESHOLD_COARSE);
            topic.add(new GoldenVector.OfThreshold(label, rate.value(), words, mask));
        }
    }

    private void masks() {
        int[][] shapes = {{12}, {2, 3}, {3, 2, 2}};
        for (long seed : new long[] {0, 1, 7, 42, 0x1_0000_0000L, Call.SEED_LIMIT - 1}) {
            for (int[] extents : shapes) {
                for (double rate : new double[] {0.25, 0.5}) {
                    Shape shape = Shape.of(extents);
                    Call call = Call.training(rate, Words.counting(Ieee.FLOAT32, shape))
                            .withSeed(seed);
                    String name = "gen-mask-seed" + seed + "-rank" + shape.rank() + "-r" + rate;
                    add(
                            name,
                            Requirements.GENERATOR,
                            call,
                            Flag.GENERATOR_COUNTER,
                            Flag.GENERATOR_ROUNDS,
                            Flag.MASK_REPORTED_WRONG);
                }
            }
        }
        Shape shape = Shape.of(2, 3);
        Call strided = Call.training(0.5, Words.counting(Ieee.FLOAT32, shape)).withSeed(3);
        add("gen-mask-strided", Requirements.STRIDED, strided.withPermutation(1, 0), Flag.STRIDES_IGNORED);
        add(
                "gen-mask-noise-2x1",
                Requirements.NOISE_SHAPE,
                strided.withNoiseShape(Shape.of(2, 1)),
                Flag.NOISE_SHAPE_IGNORED);
        add(
                "gen-mask-noise-3",
                Requirements.NOISE_SHAPE,
                strided.withNoiseShape(Shape.of(3)),
                Flag.NOISE_SHAPE_IGNORED);
        for (Ieee format : Ieee.values()) {
            Call call = Call.training(0.5, Words.counting(format, Shape.of(8))).withSeed(11);
            add(
                    "gen-mask-" + format.dtype(),
                    Requirements.MASK_AGREES,
                    call.withGradOutput(call.input()),
                    Flag.MASK_REPORTED_WRONG);
        }
    }

    /** Rates at which the word of one element is exactly threshold - 1, threshold or threshold + 1. */
    private void masksAtTheThreshold() {
        for (long seed = 100; seed < 106; seed++) {
            Tensor input = Words.counting(Ieee.FLOAT32, Shape.of(5));
            int element = (int) (seed % 5);
            long word = PaperPhilox.word(seed, 0, element);
            for (int offset : new int[] {-1, 0, 1}) {
                double rate =
                        Math.scalb((double) (word + offset), -32); // exact, so that the threshold is word + offset
                String name = "gen-mask-seed" + seed + "-threshold-"
                        + List.of("below", "at", "above").get(offset + 1) + "-word";
                add(
                        name,
                        Requirements.GENERATOR,
                        Call.training(rate, input).withSeed(seed),
                        offset == -1 ? null : Flag.THRESHOLD_OFF_BY_ONE,
                        Flag.THRESHOLD_COARSE);
            }
        }
    }

    private void add(String id, String requirement, Call call, Flag... flags) {
        topic.add(id, requirement, FIRST_DRAW, call, flags);
    }
}
