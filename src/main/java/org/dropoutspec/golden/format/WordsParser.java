package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.Rendering;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Reads words from JSON: type, shape, bits, and the rendering that must agree with the bits. */
final class WordsParser {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
    /** The largest number of elements that a tile may fill, so that a few words cannot ask for all memory. */
    private static final int LARGEST_TILED = 1 << 20;

    private WordsParser() {}

    /** Words with their type and shape. */
    record Words(WordType type, Shape shape, long[] bits) {
        Tensor tensor() {
            return Tensor.ofBits(type.dtype(), shape, bits);
        }
    }

    static Words parse(JsonNode node, WordType type) {
        Words words = parse(node.only("dtype", "shape", "tile", "bits", "values"));
        return require(node, words, type);
    }

    static Tensor floating(JsonNode node) {
        return requireFloating(node, parse(node.only("dtype", "shape", "tile", "bits", "values")));
    }

    static Expected expected(JsonNode node) {
        return expected(node, requireFloating(node, parse(node)));
    }

    static Expected expectedMask(JsonNode node) {
        Expected mask = expected(node, require(node, parse(node), WordType.BOOL).tensor());
        requireBits(node, mask.relations());
        return mask;
    }

    /** The words of an expected field of the generator, all of which are compared by their bits. */
    static long[] exactly(JsonNode node, WordType type) {
        Words words = require(node, parse(node), type);
        requireBits(node, relations(node, words.shape()));
        return words.bits();
    }

    private static void requireBits(JsonNode node, List<ExpectedRelation> relations) {
        for (ExpectedRelation relation : relations) {
            if (relation != ExpectedRelation.BITS) {
                throw BadVector.at(node, "relation (" + relation + ") must be bits");
            }
        }
    }

    private static Expected expected(JsonNode node, Tensor tensor) {
        List<ExpectedRelation> relations = relations(node, tensor.shape());
        for (int i = 0; i < relations.size(); i++) {
            if (!relations.get(i).admits(tensor.dtype(), tensor.bits(i))) {
                throw BadVector.at(
                        node.required("relation"),
                        "relation (" + relations.get(i) + ") of element " + i + " does not go with "
                                + Rendering.of(WordType.of(tensor.dtype()), tensor.bits(i)));
            }
        }
        return new Expected(tensor, relations);
    }

    private static List<ExpectedRelation> relations(JsonNode node, Shape shape) {
        List<JsonNode> written = node.required("relation").elements();
        int count = node.required("bits").elements().size();
        if (written.size() != count) {
            throw BadVector.at(node, "relation (" + written.size() + ") must be one for each of " + count + " words");
        }
        List<ExpectedRelation> relations = written.stream()
                .map(relation -> ExpectedRelation.named(relation.text())
                        .orElseThrow(() -> BadVector.at(
                                relation,
                                "relation (" + relation.text() + ") must be bits, zero, nan or ulp:1 to ulp:9999")))
                .toList();
        List<ExpectedRelation> all = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            all.add(relations.get(i % count));
        }
        return all;
    }

    private static Words parse(JsonNode node) {
        node.only("dtype", "shape", "tile", "bits", "values", "relation");
        String dtype = node.required("dtype").text();
        WordType type = WordType.named(dtype)
                .orElseThrow(
                        () -> BadVector.at(node.required("dtype"), "dtype (" + dtype + ") is none of this format"));
        Shape shape = shape(node.required("shape"));
        List<JsonNode> bits = node.required("bits").elements();
        List<JsonNode> values = node.required("values").elements();
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

    /** Requires as many words as elements, or fewer if they are a tile. */
    private static void requireCount(JsonNode node, Shape shape, int bits, int values) {
        boolean tiled = node.optional("tile").isPresent();
        if (tiled && !node.required("tile").flag()) {
            throw BadVector.at(node.required("tile"), "tile (false) must be true or absent");
        }
        if (tiled && shape.size() > LARGEST_TILED) {
            throw BadVector.at(
                    node, "shape (" + shape + ") of a tile must have at most " + LARGEST_TILED + " elements");
        }
        boolean fits = tiled ? bits > 0 && bits < shape.size() : bits == shape.size();
        if (!fits || values != bits) {
            throw BadVector.at(
                    node,
                    "shape (" + shape + ") has " + shape.size() + " elements, but there are " + bits + " bits and "
                            + values + " values" + (tiled ? " in the tile" : ""));
        }
    }

    /** Reads a word of fixed width, and checks its rendering. */
    static long word(JsonNode bits, JsonNode value, WordType type) {
        String hex = bits.text();
        if (hex.length() != type.digits() || !HEX.matcher(hex).matches()) {
            throw BadVector.at(bits, "word (" + hex + ") must have " + type.digits() + " digits of 0-9 and a-f");
        }
        long word = Long.parseUnsignedLong(hex, 16);
        if (type == WordType.BOOL && word > 1) {
            throw BadVector.at(bits, "word (" + hex + ") must be 00 or 01");
        }
        String rendering = Rendering.of(type, word);
        if (!value.text().equals(rendering)) {
            throw Rendering.agrees(type, value.text(), word)
                    ? BadVector.at(value, "rendering (" + value.text() + ") must be the shortest: " + rendering)
                    : BadVector.at(
                            bits,
                            "word (" + hex + ") contradicts its rendering (" + value.text() + "): it is " + rendering);
        }
        return word;
    }

    private static Shape shape(JsonNode node) {
        try {
            return Shape.of(node.extents());
        } catch (IllegalArgumentException bad) {
            throw BadVector.at(node, bad);
        }
    }

    private static Words require(JsonNode node, Words words, WordType type) {
        if (words.type() != type) {
            throw BadVector.at(node.required("dtype"), "dtype (" + words.type() + ") must be " + type);
        }
        return words;
    }

    private static Tensor requireFloating(JsonNode node, Words words) {
        if (!words.type().isFloating()) {
            throw BadVector.at(node.required("dtype"), "dtype (" + words.type() + ") must be a floating type");
        }
        return words.tensor();
    }
}
