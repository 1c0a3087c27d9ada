package org.dropoutspec.condition;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.dropoutspec.tensor.DType;

/**
 * What a number of rows met, as the certificate states it.
 *
 * @param rows how many there are
 * @param pairs how many pairs of levels were met
 * @param triples how many triples of levels were met
 * @param largest the largest number of elements
 * @param ranks of the inputs
 * @param rates of each type
 * @param levels of each factor, by index
 */
public record Coverage(
        int rows,
        int pairs,
        int triples,
        int largest,
        SortedSet<Integer> ranks,
        SortedMap<DType, SortedSet<Double>> rates,
        Map<Factor, SortedSet<Integer>> levels) {

    public static Coverage of(List<Condition> rows) {
        throw new UnsupportedOperationException("not built yet");
    }
}
