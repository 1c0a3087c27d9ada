package org.dropoutspec.condition;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dropoutspec.tensor.DType;

/**
 * What a number of rows covered, as the certificate states it.
 *
 * @param rows how many there are
 * @param pairs how many pairs of levels of different factors were met
 * @param triples how many triples of levels of different factors were met
 * @param largest the largest number of elements
 * @param ranks of the inputs
 * @param rates of each type
 * @param levels that were met, in the order of the factors
 */
public record Coverage(
        int rows,
        int pairs,
        int triples,
        int largest,
        SortedSet<Integer> ranks,
        SortedMap<DType, SortedSet<Double>> rates,
        List<Level> levels) {

    /** The coverage of these rows, which may be a whole design or only the rows that were asked. */
    public static Coverage of(List<Condition> rows) {
        BitSet pairs = new BitSet();
        BitSet triples = new BitSet();
        LevelSet levels = LevelSet.NONE;
        SortedSet<Integer> ranks = new TreeSet<>();
        SortedMap<DType, SortedSet<Double>> rates = new TreeMap<>();
        int largest = 0;
        for (Condition row : rows) {
            LevelSet set = LevelSet.of(row.levels());
            levels = levels.or(set);
            meet(set.numbers(), pairs, triples);
            ranks.add(row.shape().rank());
            rates.computeIfAbsent(row.dtype(), dtype -> new TreeSet<>()).add(row.rate());
            largest = Math.max(largest, row.shape().size());
        }
        rates.replaceAll((dtype, asked) -> Collections.unmodifiableSortedSet(asked));
        return new Coverage(
                rows.size(),
                pairs.cardinality(),
                triples.cardinality(),
                largest,
                Collections.unmodifiableSortedSet(ranks),
                Collections.unmodifiableSortedMap(rates),
                levels.levels());
    }

    private static void meet(int[] numbers, BitSet pairs, BitSet triples) {
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < i; j++) {
                int pair = numbers[i] * LevelSet.LEVELS + numbers[j];
                pairs.set(pair);
                for (int k = 0; k < j; k++) {
                    triples.set(pair * LevelSet.LEVELS + numbers[k]);
                }
            }
        }
    }
}
