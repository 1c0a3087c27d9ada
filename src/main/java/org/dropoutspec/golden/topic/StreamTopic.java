package org.dropoutspec.golden.topic;

import java.util.List;
import org.dropoutspec.golden.format.Field;
import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.Same;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Calls that are made one after the other: which ones advance the stream of masks, and which answers must agree. */
final class StreamTopic {
    /** A shape so large that two masks at rate 1/2 are the same by chance once in 16 million. */
    private static final Shape LARGE = Shape.of(24);

    private static final Flag MOVED = Flag.STREAM_MOVED;
    private static final Flag NOT_REPLAYED = Flag.STREAM_NOT_REPLAYED;

    private final Topic topic =
            new Topic("streams", "Several calls, one after the other: what draws, what does not, and what must agree.");

    private StreamTopic() {}

    static VectorFile file() {
        StreamTopic streams = new StreamTopic();
        for (Ieee format : Ieee.values()) {
            new StreamTopic.Typed(streams.topic, format).add();
        }
        new GeneratorStreams(streams.topic).add();
        return streams.topic.file();
    }

    /** The vectors of one element type. */
    private record Typed(Topic topic, Ieee format) {
        void add() {
            sameSeed();
            sameStream();
            evaluationBetween();
            givenMaskBetween();
            whateverTheInput();
            evaluationAfterTraining();
            for (NamedRate rate : NamedRate.held(format, "0.1", "0.75")) {
                given(rate);
                seeded(rate);
            }
        }

        private void sameSeed() {
            topic.add(
                    id("same-seed"),
                    Requirements.SAME_SEED,
                    "the same seed gives the same mask, whatever was drawn before",
                    List.of(
                            large().withSeed(3),
                            small(0.25).withSeed(4),
                            small(0.5).withSeed(5),
                            large().withSeed(3)),
                    List.of(Same.of(Field.MASK, 0, 3)),
                    NOT_REPLAYED);
        }

        private void sameStream() {
            Call other = Call.training(0.25, ScriptedWords.tile(format, Shape.of(4, 6), "3 -1 2 -7 9"));
            topic.add(
                    id("same-stream"),
                    Requirements.SAME_STREAM,
                    "after the same seed the calls draw what they drew the first time",
                    List.of(
                            large().withSeed(3),
                            large(),
                            other,
                            small(0.5).withSeed(9),
                            large().withSeed(3),
                            large(),
                            other),
                    List.of(Same.of(Field.MASK, 0, 4), Same.of(Field.MASK, 1, 5), Same.of(Field.MASK, 2, 6)),
                    NOT_REPLAYED);
        }

        private void evaluationBetween() {
            topic.add(
                    id("evaluation-between"),
                    Requirements.EVALUATION_DRAWS_NOTHING,
                    "an evaluation between two training calls draws nothing",
                    List.of(
                            large().withSeed(3),
                            large(),
                            large().withSeed(3),
                            large().withTraining(false),
                            small(0.25).withTraining(false),
                            large()),
                    List.of(Same.of(Field.MASK, 0, 2), Same.of(Field.MASK, 1, 5)),
                    MOVED);
        }

        private void givenMaskBetween() {
            Call masked = small(0.5);
            topic.add(
                    id("given-mask-between"),
                    Requirements.GIVEN_MASK_DRAWS_NOTHING,
                    "a call with a mask between two others draws nothing",
                    List.of(
                            large().withSeed(3),
                            large(),
                            large().withSeed(3),
                            masked.withMask(ScriptedWords.mask(masked.shape(), "10")),
                            large()),
                    List.of(Same.of(Field.MASK, 0, 2), Same.of(Field.MASK, 1, 4)),
                    MOVED);
        }

        private void whateverTheInput() {
            topic.add(
                    id("mask-whatever-the-input"),
                    Requirements.MASK_WHATEVER_THE_INPUT,
                    "the same seed gives the same mask, whatever the input holds",
                    List.of(
                            large().withSeed(3),
                            large().withInput(x("-100 -3")).withSeed(3),
                            large().withInput(x("0 1 -0 2 0")).withSeed(3),
                            large().withInput(x("nan 1 inf -inf 2")).withSeed(3)),
                    List.of(Same.of(Field.MASK, 0, 1, 2, 3)),
                    Flag.MASK_FOLLOWS_INPUT);
        }

        private void evaluationAfterTraining() {
            Call half = small(0.5);
            Call most = small(0.75);
            topic.add(
                    id("evaluation-after-training"),
                    Requirements.EVALUATION_AFTER_TRAINING,
                    "an evaluation right after a training call is the identity",
                    List.of(half, half.withTraining(false), most, most.withTraining(false)),
                    List.of(),
                    Flag.TRAINING_LEFT_OVER);
        }

        private void given(NamedRate rate) {
            Shape shape = Shape.of(8);
            Call call = Call.training(rate.value(), ScriptedWords.counting(format, shape))
                    .withMask(ScriptedWords.mask(shape, "11011101"));
            agreeing("given", rate, call);
        }

        private void seeded(NamedRate rate) {
            agreeing("seeded", rate, large().withRate(rate.value()).withSeed(5));
        }

        private void agreeing(String how, NamedRate rate, Call call) {
            Tensor gradient = ScriptedWords.tile(format, call.shape(), "3 -5 7 0.3 -11");
            Call backward = call.withGradOutput(gradient);
            topic.add(
                    id("output-whatever-the-gradient") + "-r" + rate.name() + "-" + how,
                    Requirements.OUTPUT_WHATEVER_THE_GRADIENT,
                    "the output is the same to the last bit, whether a gradient is asked for or not",
                    List.of(call, backward),
                    List.of(Same.of(Field.OUTPUT, 0, 1)),
                    Flag.OUTPUT_FOLLOWS_GRADIENT);
            topic.add(
                    id("gradient-whatever-the-input") + "-r" + rate.name() + "-" + how,
                    Requirements.GRADIENT_WHATEVER_THE_INPUT,
                    "the gradient is the same to the last bit, whatever the input holds",
                    List.of(
                            backward,
                            backward.withInput(ScriptedWords.tile(format, call.shape(), "0 -0")),
                            backward.withInput(ScriptedWords.tile(format, call.shape(), "nan inf -inf"))),
                    List.of(Same.of(Field.GRAD_INPUT, 0, 1, 2)),
                    Flag.GRADIENT_FROM_VALUES);
        }

        private Call large() {
            return Call.training(0.5, x("1 -2 3 -4 5"));
        }

        private Call small(double rate) {
            return Call.training(rate, ScriptedWords.counting(format, Shape.of(7)));
        }

        private Tensor x(String texts) {
            return ScriptedWords.tile(format, LARGE, texts);
        }

        private String id(String name) {
            return "stream-" + format.dtype() + "-" + name;
        }
    }
}
