package org.dropoutspec.golden.format;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.json.JsonNode;

/** Reads one vector from its JSON. */
final class VectorParser {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]*");
    private static final Pattern REQUIREMENT = Pattern.compile("[A-Z]+-[0-9]+");

    private VectorParser() {}

    /**
     * Reads a vector.
     *
     * @param notes the flags that the file explains
     * @param first whether the file is of the first format, in which a vector does not say what it needs
     */
    static GoldenVector parse(JsonNode vector, Set<String> notes, boolean first) {
        if (first) {
            vector.only("id", "requirement", "flags", "comment", "call", "expected");
        } else {
            vector.only("id", "requirement", "flags", "needs", "comment", "call", "expected")
                    .required("needs")
                    .distinctTexts();
        }
        Label label = label(vector, notes);
        JsonNode call = vector.required("call");
        JsonNode expected = vector.required("expected");
        String op = call.required("op").text();
        return switch (op) {
            case "dropout" -> {
                Call single = CallParser.parse(call, "op");
                yield new GoldenVector.OfDropout(label, List.of(single), ExpectationParser.ofDropout(expected, single));
            }
            case "calls" -> {
                List<Call> calls = CallParser.several(call);
                yield new GoldenVector.OfDropout(label, calls, ExpectationParser.ofCalls(expected, calls));
            }
            case "philox_block" -> {
                call.only("op", "counter", "key");
                yield new GoldenVector.OfBlock(
                        label,
                        words(call.required("counter"), WordType.UINT32, 4),
                        words(call.required("key"), WordType.UINT32, 2),
                        ExpectationParser.ofGenerator(expected, "words", WordType.UINT32, 4));
            }
            case "philox_words" -> {
                call.only("op", "seed", "draw");
                yield new GoldenVector.OfWords(
                        label,
                        scalar(call.required("seed")),
                        scalar(call.required("draw")),
                        ExpectationParser.ofGenerator(expected, "words", WordType.UINT32, 6));
            }
            case "words_to_mask" -> {
                call.only("op", "rate", "words");
                long[] words = WordsParser.parse(call.required("words"), WordType.UINT32)
                        .bits();
                yield new GoldenVector.OfThreshold(
                        label,
                        CallParser.rate(call.required("rate")),
                        words,
                        ExpectationParser.ofGenerator(expected, "mask", WordType.BOOL, words.length));
            }
            default -> {
                VectorOperation operation = VectorOperations.named(op)
                        .filter(known -> !first)
                        .orElseThrow(() -> BadVector.at(
                                call,
                                "op (" + op + ") must be dropout, calls, philox_block, philox_words, words_to_mask"
                                        + " or an operation of the family"));
                yield OperationParser.parse(label, operation, call, expected);
            }
        };
    }

    private static Label label(JsonNode vector, Set<String> notes) {
        JsonNode flags = vector.required("flags");
        for (String flag : flags.distinctTexts()) {
            if (!notes.contains(flag)) {
                throw BadVector.at(flags, "flag (" + flag + ") must be explained in the notes of the file");
            }
        }
        JsonNode requirement = vector.required("requirement");
        if (!REQUIREMENT.matcher(requirement.text()).matches()) {
            throw BadVector.at(requirement, "requirement (" + requirement.text() + ") must read as FWD-1");
        }
        return new Label(
                id(vector.required("id")),
                requirement.text(),
                flags.texts(),
                VectorJson.words(vector.required("comment")));
    }

    /** The id of a vector. */
    static String id(JsonNode node) {
        if (!ID.matcher(node.text()).matches()) {
            throw BadVector.at(node, "id (" + node.text() + ") must be of a-z, 0-9, - and .");
        }
        return node.text();
    }

    private static long scalar(JsonNode node) {
        WordsParser.Words word = WordsParser.parse(node, WordType.UINT64);
        if (word.shape().rank() != 0) {
            throw BadVector.at(node, "shape (" + word.shape() + ") must be [], that of one word");
        }
        return word.bits()[0];
    }

    private static long[] words(JsonNode node, WordType type, int count) {
        WordsParser.Words words = WordsParser.parse(node, type);
        if (words.shape().rank() != 1 || words.bits().length != count) {
            throw BadVector.at(node, "shape (" + words.shape() + ") must be [" + count + "]");
        }
        return words.bits();
    }
}
