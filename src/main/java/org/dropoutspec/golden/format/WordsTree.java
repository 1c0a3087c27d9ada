package org.dropoutspec.golden.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.Rendering;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Words as a JSON tree: the inverse of {@link WordsParser}. */
public final class WordsTree {
    /** The largest number of words that is always written in full; more are written as a tile if they repeat. */
    private static final int LARGEST_IN_FULL = 16;

    private WordsTree() {}

    public static Map<String, Object> of(Tensor tensor) {
        return words(WordType.of(tensor.dtype()), tensor.shape(), bits(tensor), Optional.empty());
    }

    public static Map<String, Object> of(Expected expected) {
        Tensor tensor = expected.tensor();
        return words(WordType.of(tensor.dtype()), tensor.shape(), bits(tensor), Optional.of(expected.relations()));
    }

    static Map<String, Object> vector(WordType type, long[] bits) {
        return words(type, Shape.of(bits.length), bits, Optional.empty());
    }

    static Map<String, Object> scalar(WordType type, long bits) {
        return words(type, Shape.of(), new long[] {bits}, Optional.empty());
    }

    static Map<String, Object> rate(double rate) {
        long word = Double.doubleToRawLongBits(rate);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("bits", WordType.FLOAT64.hex(word));
        tree.put("value", Rendering.of(WordType.FLOAT64, word));
        return tree;
    }

    static List<Long> integers(int[] values) {
        return Arrays.stream(values).mapToObj(value -> (long) value).toList();
    }

    private static Map<String, Object> words(
            WordType type, Shape shape, long[] bits, Optional<List<ExpectedRelation>> relations) {
        int count = bits.length > LARGEST_IN_FULL ? period(bits, relations) : bits.length;
        List<Object> hex = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hex.add(type.hex(bits[i]));
            values.add(Rendering.of(type, bits[i]));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("dtype", type.toString());
        tree.put("shape", integers(shape.extents()));
        if (count < bits.length) {
            tree.put("tile", true);
        }
        tree.put("bits", hex);
        tree.put("values", values);
        relations.ifPresent(all -> tree.put(
                "relation",
                all.subList(0, count).stream().map(ExpectedRelation::toString).toList()));
        return tree;
    }

    /** The smallest number of words, with their relations, whose repetition gives all of them. */
    private static int period(long[] bits, Optional<List<ExpectedRelation>> relations) {
        return IntStream.rangeClosed(1, bits.length)
                .filter(period -> IntStream.range(period, bits.length)
                        .allMatch(i -> bits[i] == bits[i - period]
                                && relations
                                        .map(all -> all.get(i).equals(all.get(i - period)))
                                        .orElse(true)))
                .findFirst()
                .orElse(bits.length);
    }

    private static long[] bits(Tensor tensor) {
        long[] bits = new long[tensor.size()];
        Arrays.setAll(bits, tensor::bits);
        return bits;
    }
}
