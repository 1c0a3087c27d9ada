package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;

/**
 * What an implementation was asked and what became of it: how far a certificate reaches.
 *
 * @param types what became of the calls, by the element type of the input; no entry where none was asked
 * @param capabilities what became of the calls that needed each; no entry where none was asked
 * @param trained the types of which a training call with elements, at a rate between 0 and 1, was answered
 * @param largest the elements of the largest input of an answered call
 * @param ranks the ranks of the inputs of answered calls
 * @param rates the rates of answered calls
 */
public record Inquiry(
        Map<DType, Answers> types,
        Map<Capability, Answers> capabilities,
        Set<DType> trained,
        long largest,
        SortedSet<Integer> ranks,
        Rates rates) {

    /** The inquiry of an implementation that was asked nothing. */
    public static final Inquiry NOTHING = new Inquiry(Map.of(), Map.of(), Set.of(), 0, new TreeSet<>(), Rates.NONE);

    /**
     * The rates of answered calls.
     *
     * @param zero whether 0 was among them
     * @param least the least one above 0; NaN where there is none
     * @param greatest the greatest one below 1; NaN where there is none
     * @param one whether 1 was among them
     */
    public record Rates(boolean zero, double least, double greatest, boolean one) {
        static final Rates NONE = new Rates(false, Double.NaN, Double.NaN, false);

        Rates and(double rate) {
            if (rate <= 0 || rate >= 1) {
                return new Rates(zero || rate == 0, least, greatest, one || rate == 1);
            }
            return new Rates(zero, rate >= least ? least : rate, rate <= greatest ? greatest : rate, one);
        }

        Rates and(Rates others) {
            Rates inside = Double.isNaN(others.least) ? this : and(others.least).and(others.greatest);
            return new Rates(zero || others.zero, inside.least, inside.greatest, one || others.one);
        }
    }

    public Inquiry {
        types = Collections.unmodifiableMap(copy(types, DType.class));
        capabilities = Collections.unmodifiableMap(copy(capabilities, Capability.class));
        Set<DType> copy = EnumSet.noneOf(DType.class);
        copy.addAll(trained);
        trained = Collections.unmodifiableSet(copy);
        ranks = Collections.unmodifiableSortedSet(new TreeSet<>(ranks));
    }

    /** What was asked in both together, such as at two mask sites. */
    public Inquiry and(Inquiry other) {
        Map<DType, Answers> ofTypes = new EnumMap<>(DType.class);
        ofTypes.putAll(types);
        other.types.forEach((dtype, answers) -> ofTypes.merge(dtype, answers, Answers::and));
        Map<Capability, Answers> ofCapabilities = new EnumMap<>(Capability.class);
        ofCapabilities.putAll(capabilities);
        other.capabilities.forEach((capability, answers) -> ofCapabilities.merge(capability, answers, Answers::and));
        Set<DType> both = EnumSet.noneOf(DType.class);
        both.addAll(trained);
        both.addAll(other.trained);
        SortedSet<Integer> all = new TreeSet<>(ranks);
        all.addAll(other.ranks);
        return new Inquiry(
                ofTypes, ofCapabilities, both, Math.max(largest, other.largest), all, rates.and(other.rates));
    }

    /** The types that something was found out about: a call was answered or rejected. */
    public List<DType> judgedTypes() {
        return types.entrySet().stream()
                .filter(type -> type.getValue().answered() + type.getValue().rejected() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * What is declared but was never answered, one sentence for each: there is no certificate for it.
     *
     * @param whole whether every requirement was asked about, so that every declared type was asked for
     */
    public List<String> unearned(Description description, boolean whole) {
        if (!description.operations().contains(Description.JUDGED)) {
            return List.of(
                    "declares no operation that this suite asks about: " + String.join(", ", description.operations()));
        }
        List<String> unearned = new ArrayList<>();
        for (DType dtype : description.dtypes()) {
            Answers answers = types.getOrDefault(dtype, Answers.NONE);
            if (dtype.isFloating() && (whole ? !trained.contains(dtype) : answers.areNone())) {
                unearned.add("declares " + dtype + ", and answered no " + (whole ? "training call" : "call")
                        + " of it: " + answers);
            }
        }
        capabilities.forEach((capability, answers) -> {
            if (answers.areNone()) {
                unearned.add("declares " + capability + ", and answered no call with it: " + answers);
            }
        });
        return unearned;
    }

    private static <K extends Enum<K>, V> Map<K, V> copy(Map<K, V> map, Class<K> type) {
        Map<K, V> copy = new EnumMap<>(type);
        copy.putAll(map);
        return copy;
    }
}
