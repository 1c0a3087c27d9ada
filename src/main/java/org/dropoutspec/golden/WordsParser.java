package org.dropoutspec.golden;

import java.util.List;
import java.util.regex.Pattern;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Words from their JSON: type, shape, bits and the rendering that must agree with them. */
final class WordsParser {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

    private WordsParser() {}

    /** Words with their type and shape. */
    record Words(WordType type, Shape shape, long[] bits) {
        Tensor tensor() {
            return Tensor.ofBits(type.dtype(), shape, bits);
        }
    }

    static Words parse(Node node, WordType type) {
        Words words = parse(node.only("dtype", "shape", "bits", "values"));
        return require(node, words, type);
    }

    static Tensor floating(Node node) {
        return requireFloating(node, parse(node.only("dtype", "shape", "bits", "values")));
    }

    static Expected expected(Node node) {
        return expected(node, requireFloating(node, parse(node)));
    }

    static Expected expectedMask(Node node) {
        return expected(node, require(node, parse(node), WordType.BOOL).tensor());
    }

    /** The words of an expected field of the generator: all by their bits. */
    static long[] exactly(Node node, WordType type) {
        Words words = require(node, parse(node), type);
        for (Relation relation : relations(node, words.bits().length)) {
            if (relation != Relation.BITS) {
                throw node.bad("relation (" + relation + ") must be bits");
            }
        }
        return words.bits();
    }

    private static Expected expected(Node node, Tensor tensor) {
        List<Relation> relations = relations(node, tensor.size());
        for (int i = 0; i < relations.size(); i++) {
            if (!relations.get(i).admits(tensor.dtype(), tensor.bits(i))) {
                throw node.required("relation")
                        .elements()
                        .get(i)
                        .bad("relation (" + relations.get(i) + ") does not go with "
                                + Rendering.of(WordType.of(tensor.dtype()), tensor.bits(i)));
            }
        }
        return new Expected(tensor, relations);
    }

    private static List<Relation> relations(Node node, int count) {
        List<Node> relations = node.required("relation").elements();
        if (relations.size() != count) {
            throw node.bad("relation (" + relations.size() + ") must be one for each of " + count + " words");
        }
        return relations.stream()
                .map(relation -> Relation.named(relation.text())
                        .orElseThrow(() -> relation.bad(
                                "relation (" + relation.text() + ") must be bits, zero, nan or ulp:1 to ulp:99")))
                .toList();
    }

    private static Words parse(Node node) {
        node.only("dtype", "shape", "bits", "values", "relation");
        String dtype = node.required("dtype").text();
        WordType type = WordType.named(dtype)
                .orElseThrow(() -> node.required("dtype").bad("dtype (" + dtype + ") is none of this format"));
        Shape shape = shape(node.required("shape"));
        List<Node> bits = node.required("bits").elements();
        List<Node> values = node.required("values").elements();
        if (bits.size() != shape.size() || values.size() != shape.size()) {
            throw node.bad("shape (" + shape + ") has " + shape.size() + " elements, but there are " + bits.size()
                    + " bits and " + values.size() + " values");
        }
        long[] words = new long[bits.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = word(bits.get(i), values.get(i), type);
        }
        return new Words(type, shape, words);
    }

    /** A word of fixed width that agrees with its rendering. */
    static long word(Node bits, Node value, WordType type) {
        String hex = bits.text();
        if (hex.length() != type.digits() || !HEX.matcher(hex).matches()) {
            throw bits.bad("word (" + hex + ") must have " + type.digits() + " digits of 0-9 and a-f");
        }
        long word = Long.parseUnsignedLong(hex, 16);
        if (type == WordType.BOOL && word > 1) {
            throw bits.bad("word (" + hex + ") must be 00 or 01");
        }
        if (!Rendering.agrees(type, value.text(), word)) {
            throw bits.bad("word (" + hex + ") contradicts its rendering (" + value.text() + "): it is "
                    + Rendering.of(type, word));
        }
        return word;
    }

    private static Shape shape(Node node) {
        try {
            return Shape.of(node.integers());
        } catch (IllegalArgumentException bad) {
            throw node.bad(bad.getMessage());
        }
    }

    private static Words require(Node node, Words words, WordType type) {
        if (words.type() != type) {
            throw node.required("dtype").bad("dtype (" + words.type() + ") must be " + type);
        }
        return words;
    }

    private static Tensor requireFloating(Node node, Words words) {
        if (!words.type().isFloating()) {
            throw node.required("dtype").bad("dtype (" + words.type() + ") must be a floating type");
        }
        return words.tensor();
    }
}
