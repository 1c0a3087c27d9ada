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
    record Residue(int modulus, int remainder) implements Place {
        /** Whether these are some of the elements of the other one. */
        public boolean isWithin(Residue other) {
            return modulus > other.modulus
                    && modulus % other.modulus == 0
                    && remainder % other.modulus == other.remainder;
        }
    }

    /** The elements with this index on the last axis, of calls of rank 2 and more; -1 for the last. */
    record Column(int index) implements Place {}

    /** The elements with this index on the first axis, of calls of rank 2 and more; -1 for the last. */
    record Slab(int index) implements Place {}

    /** The elements with equal indices on the last two axes; or, on the other diagonal, as far from either end. */
    record Diagonal(boolean other) implements Place {}

    /** The elements whose indices on the last two axes have an even sum. */
    record BlackFields() implements Place {}

    /** The first or the last row of each matrix that the last two axes make. */
    record RowOfMatrix(boolean first) implements Place {}

    /** An element of what is left over behind the last whole vector of {@code width}, in calls where that is {@code left}. */
    record TailOf(int width, int left, int index) implements Place {}

    /** An element of calls of just this size. */
    record OfSize(int size, int index) implements Place {}

    /** One sixteenth of each call, counted from 1. */
    record Sixteenth(int number) implements Place {}

    /** A half, a quarter or an eighth of each call, counted from 1. */
    record Part(int parts, int number) implements Place {}

    /** What is left over behind the last whole vector of this width. */
    record VectorTail(int width) implements Place {}

    /** The first or the last element of each row. */
    record RowEnd(boolean first) implements Place {}

    /** Elements with something known of the input. */
    record Feature(String name) implements Place {}

    /** By the element this far before, in row-major order. */
    record Lag(int distance) implements Place {}

    /** By the element so many before, for every distance up to this. */
    record UpTo(int distance) implements Place {}

    /** By the element this far before in an earlier call, the calls of one type and rate laid end to end. */
    record Joined(int distance) implements Place {}

    /** By the element some strides of an axis before, give or take one: {@code row}, {@code plane}, {@code example}. */
    record Stride(String axis, int times, int plus) implements Place {}

    /** By the element a half, a quarter, ... of the call before. */
    record PartBefore(int parts) implements Place {}

    /** By the element as far from the start as this one is from the end; elements of the second half. */
    record Mirrored() implements Place {}

    /** By another element of the matrix that the last two axes make. */
    enum Reflected implements Place {
        /** Row and column exchanged. */
        TRANSPOSED,
        /** As far from the other end of its row. */
        IN_ITS_ROW,
        /** The same of the row before. */
        IN_THE_ROW_BEFORE,
        /** As far from the other end of its column. */
        IN_ITS_COLUMN,
        /** Both. */
        HALF_A_TURN
    }

    /** By the two elements this far before. */
    record LagPair(int near, int far) implements Place {}

    /**
     * By an element of another call.
     *
     * @param what follows what in the stream: {@code call}, or {@code seed} where each call has the next one
     */
    record Other(String what, Call call, Where where) implements Place {}

    /**
     * By an element of the stream of draws of another seed.
     *
     * @param seeds how the seeds are related
     * @param match which elements of the two streams are compared
     */
    record Seeds(Kinship seeds, Match match) implements Place {}

    /** After the six elements before were dropped where a bit is 1; the oldest is the lowest bit. */
    record Context(int dropped) implements Place {}

    /** By the parity of those of the six elements before that have a bit of 1; the oldest is the lowest bit. */
    record Parity(int members) implements Place {}

    /** Calls of a size that drop everything or nothing; size 0 for all sizes up to 16. */
    record Whole(int size, boolean everything) implements Place {}

    /** How the numbers of drops vary, counted by {@code calls}, {@code rows}, ...: too evenly or too unevenly. */
    record Spread(String unit, boolean tooEven) implements Place {
        /** The unit of the most elements. */
        public static final String LARGEST = "calls of 32,768 elements and more";
    }

    /** Stretches of a mask of this length that were seen before. */
    record Repeated(int length) implements Place {}

    /** What is left over behind the last whole vector of {@code width}, by the first elements of the call. */
    record TailByHead(int width) implements Place {}

    /** What is left over behind the last whole vector of {@code width}, by the element this far before. */
    record TailByBefore(int width, int distance) implements Place {}

    /** The first element of each chunk of {@code width}, by the last one of the chunk before. */
    record ChunkSeam(int width) implements Place {}

    /** The same of a call that is cut into so many equal parts. */
    record PartSeam(int parts) implements Place {}

    /** The same of calls of exactly so many elements. */
    record NeighbourOf(int size) implements Place {}

    /** By the element with row and column exchanged, in matrices of just so many rows and columns. */
    record Square(int side) implements Place {}

    /** At the start of each row, by what whole vectors of {@code width} leave over of the row before. */
    record RowTail(int width) implements Place {}

    /** By the element half a call before, in calls of just so many elements. */
    record HalfOf(int size) implements Place {}

    /** The same, in the calls alone that meet these conditions. */
    record Under(Place place, List<String> conditions) implements Place {
        public Under {
            conditions = List.copyOf(conditions);
        }
    }

    /** Which of the calls before. */
    sealed interface Call {}

    /** The last call, or the first, with something in common with this one. */
    enum Related implements Call {
        PREVIOUS,
        SAME_SHAPE_AND_RATE,
        BEFORE_PREVIOUS,
        SAME_SHAPE,
        SAME_RATE,
        SAME_SIZE,
        SAME_TYPE,
        OTHER_TYPE,
        /** The first of the process that had the same shape. */
        FIRST_OF_SHAPE,
        /** The last that carried a seed of its own. */
        SEEDED
    }

    /** So many calls before, whatever they were. */
    record Back(int calls) implements Call {}

    /** So many calls of the same shape before, whatever came between. */
    record BackOfShape(int calls) implements Call {}

    /** Each of so many calls before. */
    record Within(int calls) implements Call {}

    /** Which element of another call is compared with an element of this one. */
    sealed interface Where {
        /** The element at the same place, or so many elements later. */
        record Later(int elements) implements Where {}

        /** So many rows later. */
        record RowsLater(int rows) implements Where {}

        /** So many quarters of the other call later. */
        record QuartersLater(int quarters) implements Where {}

        /** The element as far from the end, where the sizes differ. */
        record FromEnd() implements Where {}

        /** The element as far from the end as this one is from the start. */
        record Reversed() implements Where {}

        /** The element at this index, both times. */
        record At(int index) implements Where {}

        /** The first element, both times. */
        record First() implements Where {}

        /** The last element, both times. */
        record Last() implements Where {}

        /** The last element, against the first of this call. */
        record LastForFirst() implements Where {}

        /** The last block of this width, whole or not, against the first elements of this call. */
        record LastBlock(int width) implements Where {}
    }

    /** How two seeds are related. */
    sealed interface Kinship {
        /** They differ by this much. */
        record Apart(long difference) implements Kinship {}

        /** They differ in this bit and no other. */
        record Bit(int bit) implements Kinship {}

        /** They differ by 2^k, for any k that is asked. */
        record PowerApart() implements Kinship {}

        /** They differ in a single bit, any that is asked. */
        record AnyBit() implements Kinship {}

        /** What keeps 31 or 32 bits of a seed may take them for one. */
        record Folded() implements Kinship {
            private static final long BIT_31 = 1L << 31;
            private static final long BIT_32 = 1L << 32;

            /** As signed numbers of one magnitude or the complement of each other, or alike where folded to 16 bits. */
            static boolean holds(long seed, long other) {
                long sum = seed + other;
                return sum == BIT_31
                        || sum == BIT_32
                        || sum == BIT_32 - 1
                        || seed != other && fold(seed) == fold(other);
            }

            private static long fold(long seed) {
                return (seed ^ seed >>> 16 ^ seed >>> 32 ^ seed >>> 48) & 0xFFFF;
            }
        }

        /** They are not the same. */
        record Different() implements Kinship {}
    }

    /** Which elements of the streams of two seeds are compared, the lower seed's and the higher seed's. */
    sealed interface Match {
        /** The same element of the draw of this number, counted from 1; 0 for every number. */
        record SameDraw(int number) implements Match {}

        /** The same element of one draw and of so many draws later under the higher seed, or earlier where negative. */
        record DrawsLater(int draws) implements Match {}

        /** One element and so many later in the stream of the higher seed, or earlier where negative. */
        record ElementsLater(int elements) implements Match {}
    }
}
