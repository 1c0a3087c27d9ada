package org.dropoutspec.statistics;

import java.util.List;

/** Where, or when, elements were counted: what a finding is about, as data that a report puts into words. */
public sealed interface Place {
    /** All elements. */
    record All() implements Place {}

    /** The element at this index of each call. */
    record Index(int index) implements Place {}

    /** The element this far from the end of each call, 0 for the last. */
    record FromEnd(int distance) implements Place {}

    /** The elements whose index leaves this remainder. */
    record Residue(int modulus, int remainder) implements Place {}

    /** One sixteenth of each call, counted from 1. */
    record Sixteenth(int number) implements Place {}

    /** What is left over behind the last whole vector of this width. */
    record VectorTail(int width) implements Place {}

    /** Elements with something known of the input. */
    record Feature(String name) implements Place {}

    /** By the element this far before, in row-major order. */
    record Lag(int distance) implements Place {}

    /** By the element some strides of an axis before, give or take one: {@code row}, {@code plane}, {@code example}. */
    record Stride(String axis, int times, int plus) implements Place {}

    /** By the two elements this far before. */
    record LagPair(int near, int far) implements Place {}

    /** By an element of another call. */
    record Other(String call, Where where) implements Place {}

    /** After the six elements before were dropped where a bit is 1; the oldest is the lowest bit. */
    record Context(int dropped) implements Place {}

    /** By the parity of those of the six elements before that have a bit of 1; the oldest is the lowest bit. */
    record Parity(int members) implements Place {}

    /** Calls of a size that drop everything or nothing; size 0 for all sizes up to 16. */
    record Whole(int size, boolean everything) implements Place {}

    /** How the numbers of drops vary, counted by {@code calls}, {@code rows}, ...: too evenly or too unevenly. */
    record Spread(String unit, boolean tooEven) implements Place {}

    /** Stretches of a mask of this length that were seen before. */
    record Repeated(int length) implements Place {}

    /** The same, in the calls alone that meet these conditions. */
    record Under(Place place, List<String> conditions) implements Place {
        public Under {
            conditions = List.copyOf(conditions);
        }
    }

    /** Which element of another call is compared with an element of this one. */
    sealed interface Where {
        /** The element at the same place, or so many elements later. */
        record Later(int elements) implements Where {}

        /** So many rows later. */
        record RowsLater(int rows) implements Where {}

        /** So many quarters of the other call later. */
        record QuartersLater(int quarters) implements Where {}

        /** The element at this index, both times. */
        record At(int index) implements Where {}
    }
}
