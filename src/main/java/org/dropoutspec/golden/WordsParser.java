package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Words from their JSON: type, shape, bits and the rendering that must agree with them. */
final class WordsParser {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
    /** What a tile may fill: a few words must not ask for all the memory there is. */
    private static final int LARGEST_TILED = 1 << 20;

    private WordsParser() {}

    /** Words with their type and shape. */
    record Words(WordType type, Shape shape, long[] bits) {
        Tensor tensor() {
            return Tensor.ofBits(type.dtype(), shape, bits);
        }
    }

    static Words parse(Node node, WordType type) {
        Words words = parse(node.only("dtype", "shape", "tile", "bits", "values"));
        return require(node, words, type);
    }

    static Tensor floating(Node node) {
        return requireFloating(node, parse(node.only("dtype", "shape", "tile", "bits", "values")));
    }

    static Expected expected(Node node) {
        return expected(node, requireFloating(node, parse(node)));
    }

    static Expected expectedMask(Node node) {
        Expected mask = expected(node, require(node, parse(node), WordType.BOOL).tensor());
        requireBits(node, mask.relations());
        return mask;
    }

    /** The words of an expected field of the generator: all by their bits. */
    static long[] exactly(Node node, WordType type) {
        Words words = require(node, parse(node), type);
        requireBits(node, relations(node, words.shape()));
        return words.bits();
    }

    private static void requireBits(Node node, List<ExpectedRelation> relations) {
        for (ExpectedRelation relation : relations) {
            if (relation != ExpectedRelation.BITS) {
                throw node.bad("relation (" + relation + ") must be bits");
            }
        }
    }

    private static Expected expected(Node node, Tensor tensor) {
        List<ExpectedRelation> relations = relations(node, tensor.shape());
        for (int i = 0; i < relations.size(); i++) {
            if (!relations.get(i).admits(tensor.dtype(), tensor.bits(i))) {
                throw node.required("relation")
                        .bad("relation (" + relations.get(i) + ") of element " + i + " does not go with "
                                + Rendering.of(WordType.of(tensor.dtype()), tensor.bits(i)));
            }
        }
        return new Expected(tensor, relations);
    }

    private static List<ExpectedRelation> relations(Node node, Shape shape) {
        List<Node> written = node.required("relation").elements();
        int count = node.required("bits").elements().size();
        if (written.size() != count) {
            throw node.bad("relation (" + written.size() + ") must be one for each of " + count + " words");
        }
        List<ExpectedRelation> relations = written.stream()
                .map(relation -> ExpectedRelation.named(relation.text())
                        .orElseThrow(() -> relation.bad(
                                "relation (" + relation.text() + ") must be bits, zero, nan or ulp:1 to ulp:99")))
                .toList();
        List<ExpectedRelation> all = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            all.add(relations.get(i % count));
        }
        return all;
    }

    private static Words parse(Node node) {
        node.only("dtype", "shape", "tile", "bits", "values", "relation");
        String dtype = node.required("dtype").text();
        WordType type = WordType.named(dtype)
                .orElseThrow(() -> node.required("dtype").bad("dtype (" + dtype + ") is none of this format"));
        Shape shape = shape(node.required("shape"));
        List<Node> bits = node.required("bits").elements();
        List<Node> values = node.required("values").elements();
        requireCount(node, shape, bits.size(), values.size());
        long[] tile = new long[bits.size()];
        for (int i = 0; i < tile.length; i++) {
            tile[i] = word(bits.get(i), values.get(i), type);
        }
        long[] words = new long[shape.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = tile[i % tile.length];
        }
        return new Words(type, shape, words);
    }

    /** As many words as elements, or, where they are a tile, fewer. */
    private static void requireCount(Node node, Shape shape, int bits, int values) {
        boolean tiled = node.optional("tile").isPresent();
        if (tiled && !node.required("tile").flag()) {
            throw node.required("tile").bad("tile (false) must be true or absent");
        }
        if (tiled && shape.size() > LARGEST_TILED) {
            throw node.bad("shape (" + shape + ") of a tile must have at most " + LARGEST_TILED + " elements");
        }
        boolean fits = tiled ? bits > 0 && bits < shape.size() : bits == shape.size();
        if (!fits || values != bits) {
            throw node.bad("shape (" + shape + ") has " + shape.size() + " elements, but there are " + bits
                    + " bits and " + values + " values" + (tiled ? " in the tile" : ""));
        }
    }

    /** A word of fixed width and its rendering. */
    static long word(Node bits, Node value, WordType type) {
        String hex = bits.text();
        if (hex.length() != type.digits() || !HEX.matcher(hex).matches()) {
            throw bits.bad("word (" + hex + ") must have " + type.digits() + " digits of 0-9 and a-f");
        }
        long word = Long.parseUnsignedLong(hex, 16);
        if (type == WordType.BOOL && word > 1) {
            throw bits.bad("word (" + hex + ") must be 00 or 01");
        }
        String rendering = Rendering.of(type, word);
        if (!value.text().equals(rendering)) {
            throw Rendering.agrees(type, value.text(), word)
                    ? value.bad("rendering (" + value.text() + ") must be the shortest: " + rendering)
                    : bits.bad(
                            "word (" + hex + ") contradicts its rendering (" + value.text() + "): it is " + rendering);
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
