package org.dropoutspec.golden.exact;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.golden.format.Answer;
import org.dropoutspec.golden.format.BadVector;
import org.dropoutspec.golden.format.Expectation;
import org.dropoutspec.golden.format.Field;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorJson;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.Rational;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.Tensor;

/**
 * Compares the expectations of a vector with what its calls give in exact arithmetic. A word, a relation or a choice
 * that differs from the derived one is then the vector's fault and never the implementation's.
 *
 * <p>Two kinds of vectors may differ from what is derived. One that serves {@link Requirements#SCALE_PRECISION} or
 * {@link Requirements#NAN_PAYLOAD} may ask for the exact word, and one that serves {@link Requirements#GENERATOR} may
 * ask for the mask alone.
 */
public final class Derivation {
    private final GoldenVector.OfDropout vector;

    private Derivation(GoldenVector.OfDropout vector) {
        this.vector = vector;
    }

    public static void require(GoldenVector vector) {
        JsonNode node = VectorJson.node(vector.label().id(), VectorTree.of(vector));
        JsonNode expected = node.required("expected");
        if (vector instanceof GoldenVector.OfDropout dropout) {
            new Derivation(dropout).require(expected);
        } else if (vector instanceof GoldenVector.OfOperation operation) {
            OperationDerivation.require(operation, node);
        } else if (vector instanceof GoldenVector.OfBlock block) {
            requireWords(expected, block.words(), PaperPhilox.block(block.counter(), block.key()));
        } else if (vector instanceof GoldenVector.OfWords words) {
            long[] derived = new long[words.words().length];
            Arrays.setAll(derived, i -> PaperPhilox.word(words.seed(), words.draw(), i));
            requireWords(expected, words.words(), derived);
        } else if (vector instanceof GoldenVector.OfThreshold threshold) {
            if (!(threshold.rate() >= 0 && threshold.rate() <= 1)) {
                throw BadVector.at(node.required("call"), "rate (" + threshold.rate() + ") must be in [0, 1]");
            }
            long[] derived = Arrays.stream(threshold.words())
                    .map(word -> PaperPhilox.kept(word, threshold.rate()) ? 1 : 0)
                    .toArray();
            requireWords(expected, threshold.mask(), derived);
        }
    }

    private static void requireWords(JsonNode expected, long[] written, long[] derived) {
        for (int i = 0; i < derived.length; i++) {
            if (written[i] != derived[i]) {
                throw BadVector.at(
                        expected,
                        "word " + i + " (" + Long.toHexString(written[i]) + ") must be what the generator gives: "
                                + Long.toHexString(derived[i]));
            }
        }
    }

    private void require(JsonNode expected) {
        List<Expectation> written = vector.expectations();
        List<Expectation> derived = ExactExpectations.of(
                vector.label().requirement(),
                vector.calls(),
                scaling(written),
                written.get(0).same());
        if (!whens(written).equals(whens(derived))) {
            throw BadVector.at(
                    expected,
                    "expectations " + whens(written) + " must be for the choices that matter: " + whens(derived));
        }
        for (int i = 0; i < derived.size(); i++) {
            require(expected.elements().get(i), written.get(i), derived.get(i));
        }
    }

    private static Scaling scaling(List<Expectation> written) {
        boolean classic = written.stream()
                .anyMatch(expectation -> Expectation.wire(Scaling.CLASSIC)
                        .equals(expectation.when().get("scaling")));
        return classic ? Scaling.CLASSIC : Scaling.INVERTED;
    }

    /** The choices of each expectation in order, as {@code {scaling=inverted}}; a rejection is marked as one. */
    private static List<String> whens(List<Expectation> expectations) {
        return expectations.stream()
                .map(expectation -> expectation.when() + (expectation.rejected() ? " rejected" : ""))
                .toList();
    }

    private void require(JsonNode node, Expectation written, Expectation derived) {
        if (!written.same().equals(derived.same())) {
            throw BadVector.at(node, "same must be alike whatever is declared");
        }
        if (!written.different().equals(vector.expectations().get(0).different())) {
            throw BadVector.at(node, "different must be alike whatever is declared");
        }
        if (vector.isSingle() && derived.answers().contains(Answer.ANY)) {
            throw BadVector.at(node, "a training vector must have a mask or a seed");
        }
        for (int i = 0; i < derived.answers().size(); i++) {
            JsonNode answer = vector.isSingle()
                    ? node
                    : node.required("answers").elements().get(i);
            for (Field field : Field.values()) {
                require(
                        answer,
                        field,
                        i,
                        written.answers().get(i),
                        derived.answers().get(i));
            }
        }
    }

    private void require(JsonNode node, Field field, int call, Answer written, Answer derived) {
        Optional<Expected> got = written.field(field);
        Optional<Expected> wanted = derived.field(field);
        if (got.isEmpty() && field != Field.MASK && asksForTheMaskAlone(written)) {
            return;
        }
        if (got.isPresent() != wanted.isPresent()) {
            throw BadVector.at(node, "field (" + field + ") must be " + (wanted.isPresent() ? "there" : "absent"));
        }
        if (field == Field.MASK) {
            if (!got.equals(wanted)) {
                throw BadVector.at(node, "mask must be the one that the call carries, or that its seed draws");
            }
        } else if (got.isPresent()) {
            Call asked = vector.calls().get(call);
            Tensor x = field == Field.GRAD_INPUT ? asked.gradOutput().orElseThrow() : asked.presented();
            requireWords(node.required(field.toString()), x, asked.rate(), got.get(), wanted.get());
        }
    }

    private boolean asksForTheMaskAlone(Answer written) {
        return serves(Requirements.GENERATOR)
                && written.mask().isPresent()
                && written.output().isEmpty()
                && written.gradInput().isEmpty();
    }

    private boolean serves(String requirement) {
        return vector.label().requirement().equals(requirement);
    }

    private void requireWords(JsonNode node, Tensor x, double rate, Expected written, Expected derived) {
        Tensor got = written.tensor();
        Tensor wanted = derived.tensor();
        WordType type = WordType.of(wanted.dtype());
        for (int i = 0; i < wanted.size(); i++) {
            if (got.bits(i) != wanted.bits(i)) {
                throw BadVector.at(
                        node,
                        "element " + i + " (" + type.hex(got.bits(i)) + ") must be what exact arithmetic gives: "
                                + type.hex(wanted.bits(i)));
            }
            ExpectedRelation relation = written.relations().get(i);
            ExpectedRelation usual = derived.relations().get(i);
            boolean closer =
                    relation == ExpectedRelation.BITS && mayAskForTheWord(usual, Ieee.of(x.dtype()), x.bits(i), rate);
            if (!relation.equals(usual) && !closer) {
                throw BadVector.at(node, "relation (" + relation + ") of element " + i + " must be " + usual);
            }
        }
    }

    private boolean mayAskForTheWord(ExpectedRelation usual, Ieee format, long x, double rate) {
        if (usual == ExpectedRelation.NAN) {
            return serves(Requirements.NAN_PAYLOAD);
        }
        Rational keep = Rational.ONE.minus(Ieee.FLOAT64.exact(Double.doubleToRawLongBits(rate)));
        return usual instanceof ExpectedRelation.WithinUlp
                && serves(Requirements.SCALE_PRECISION)
                && format.isFarFromTie(format.exact(x).dividedBy(keep));
    }
}
