package org.dropoutspec.statistics;

import java.util.List;

/** The place or time of the elements counted: the subject of a finding, as data that a report puts into words. */
public sealed interface Place {
    /** All elements. */
    record All() implements Place {}

    /** The element at this index of each call. */
    record Index(int index) implements Place {}

    /** The element this far from the end of each call, 0 for the last. */
    record FromEnd(int distance) implements Place {}

    /** The elements whose index leaves this remainder. */
    record Residue(int modulus, int remainder) implements Place {
        /** Whether these are some of the elements of the other residue. */
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

    /** The elements with equal indices on the last two axes or, on the other diagonal, as far from opposite ends. */
    record Diagonal(boolean other) implements Place {}

    /** The elements whose indices on the last two axes have an even sum. */
    record BlackFields() implements Place {}

    /** The first or the last row of each matrix that the last two axes make. */
    record RowOfMatrix(boolean first) implements Place {}

    /** One element of those left behind the last whole vector of {@code width}, in calls that leave {@code left}. */
    record TailOf(int width, int left, int index) implements Place {}

    /** One element of the calls of exactly this size. */
    record OfSize(int size, int index) implements Place {}

    /** One sixteenth of each call, counted from 1. */
    record Sixteenth(int number) implements Place {}

    /** A half, a quarter or an eighth of each call, counted from 1. */
    record Part(int parts, int number) implements Place {}

    /** The elements left over behind the last whole vector of this width. */
    record VectorTail(int width) implements Place {}

    /** The first or the last element of each row. */
    record RowEnd(boolean first) implements Place {}

    /** Elements of which something is known of the input. */
    record Feature(String name) implements Place {}

    /** Elements by the one this far before, in row-major order. */
    record Lag(int distance) implements Place {}

    /** Elements by the one so many before, for every distance up to this. */
    record UpTo(int distance) implements Place {}

    /** Elements by the one this far before in an earlier call, with the calls of one type and rate laid end to end. */
    record Joined(int distance) implements Place {}

    /**
     * Elements by the one some strides of an axis ({@code row}, {@code plane}, {@code example}) before, give or take one.
     */
    record Stride(String axis, int times, int plus) implements Place {}

    /** Elements by the one a half, a quarter, ... of the call before. */
    record PartBefore(int parts) implements Place {}

    /** Elements of the second half of a call by the one as far from the start as they are from the end. */
    record Mirrored() implements Place {}

    /** Elements by another one of the matrix that the last two axes make. */
    enum Reflected implements Place {
        /** The other element has row and column exchanged. */
        TRANSPOSED,
        /** The other element is as far from the other end of the row. */
        IN_ITS_ROW,
        /** The other element is as far from the other end of the row before. */
        IN_THE_ROW_BEFORE,
        /** The other element is as far from the other end of the column. */
        IN_ITS_COLUMN,
        /** The other element is as far from the other end of both row and column. */
        HALF_A_TURN
    }

    /** Elements by the two this far before. */
    record LagPair(int near, int far) implements Place {}

    /**
     * Elements by one of another call.
     *
     * @param what the unit of the stream: {@code call}, or {@code seed} where each call has the next one
     */
    record Other(String what, Call call, Where where) implements Place {}

    /** Elements by one of the stream of draws of another seed. */
    record Seeds(Kinship seeds, Match match) implements Place {}

    /** Elements by the six before them, which were dropped where a bit is 1; the oldest is the lowest bit. */
    record Context(int dropped) implements Place {}

    /** Elements by the parity of some of the six before them: those with a bit of 1. The oldest is the lowest bit. */
    record Parity(int members) implements Place {}

    /** Calls of this size that drop everything, or nothing; size 0 stands for all sizes up to 16. */
    record Whole(int size, boolean everything) implements Place {}

    /** The variation of the numbers of drops, counted by {@code calls}, {@code rows}, ...: too even or too uneven. */
    record Spread(String unit, boolean tooEven) implements Place {
        /** The unit with the most elements. */
        public static final String LARGEST = "calls of 32,768 elements and more";
    }

    /** Stretches of this length of a mask that were seen before. */
    record Repeated(int length) implements Place {}

    /** The elements left over behind the last whole vector of {@code width}, by the first elements of the call. */
    record TailByHead(int width) implements Place {}

    /** The elements left over behind the last whole vector of {@code width}, by the ones this far before. */
    record TailByBefore(int width, int distance) implements Place {}

    /** The first element of each chunk of {@code width}, by the last one of the chunk before. */
    record ChunkSeam(int width) implements Place {}

    /** The first element of each of so many equal parts of a call, by the last one of the part before. */
    record PartSeam(int parts) implements Place {}

    /** Elements of calls of exactly this size, by the one before. */
    record NeighbourOf(int size) implements Place {}

    /** Elements by the one with row and column exchanged, in matrices of exactly so many rows and columns. */
    record Square(int side) implements Place {}

    /** The first elements of each row, by those that whole vectors of {@code width} leave over of the row before. */
    record RowTail(int width) implements Place {}

    /** Elements by the one half a call before, in calls of exactly so many elements. */
    record HalfOf(int size) implements Place {}

    /** The same place, only in the calls that meet these conditions. */
    record Under(Place place, List<String> conditions) implements Place {
        public Under {
            conditions = List.copyOf(conditions);
        }
    }

    /** The choice of an earlier call. */
    sealed interface Call {}

    /** The last call, or the first one, with something in common with this call. */
    enum Related implements Call {
        PREVIOUS,
        SAME_SHAPE_AND_RATE,
        BEFORE_PREVIOUS,
        SAME_SHAPE,
        SAME_RATE,
        SAME_SIZE,
        SAME_TYPE,
        OTHER_TYPE,
        /** The first call of the process with the same shape. */
        FIRST_OF_SHAPE,
        /** The last call that carried a seed of its own. */
        SEEDED
    }

    /** The call so many before, whatever it was. */
    record Back(int calls) implements Call {}

    /** The call of the same shape that is so many of that shape before, whatever came between. */
    record BackOfShape(int calls) implements Call {}

    /** Each of so many calls before. */
    record Within(int calls) implements Call {}

    /** The element of another call that an element of this one is compared with. */
    sealed interface Where {
        /** The element at the same place, or so many elements later. */
        record Later(int elements) implements Where {}

        /** The element so many rows later. */
        record RowsLater(int rows) implements Where {}

        /** The element so many quarters of the other call later. */
        record QuartersLater(int quarters) implements Where {}

        /** The element as far from the end, in calls of different sizes. */
        record FromEnd() implements Where {}

        /** The element as far from the end as this one is from the start. */
        record Reversed() implements Where {}

        /** The element at this index, in both calls. */
        record At(int index) implements Where {}

        /** The first element, in both calls. */
        record First() implements Where {}

        /** The last element, in both calls. */
        record Last() implements Where {}

        /** The last element of the other call, against the first of this one. */
        record LastForFirst() implements Where {}

        /** The last block of this width of the other call, whole or not, against the first elements of this one. */
        record LastBlock(int width) implements Where {}
    }

    /** The relation of two seeds. */
    sealed interface Kinship {
        /** They differ by this much. */
        record Apart(long difference) implements Kinship {}

        /** They differ in this bit and no other. */
        record Bit(int bit) implements Kinship {}

        /** They differ by 2^k, for any k that is tried. */
        record PowerApart() implements Kinship {}

        /** They differ in a single bit, any that is tried. */
        record AnyBit() implements Kinship {}

        /** An implementation that keeps 31 or 32 bits of a seed, or folds it, may take them for one. */
        record Folded() implements Kinship {
            private static final long BIT_31 = 1L << 31;
            private static final long BIT_32 = 1L << 32;

            /** Whether they have one magnitude as signed numbers, are complements, or fold to the same 16 bits. */
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

        /** They differ in any way. */
        record Different() implements Kinship {}
    }

    /** The elements of the streams of two seeds that are compared, of the lower seed's and the higher seed's. */
    sealed interface Match {
        /** The same element of the draw of this number, counted from 1; 0 for every number. */
        record SameDraw(int number) implements Match {}

        /** The same element of one draw and of that so many draws later (earlier if negative) under the higher seed. */
        record DrawsLater(int draws) implements Match {}

        /** An element and the one so many later (earlier if negative) in the stream of the higher seed. */
        record ElementsLater(int elements) implements Match {}
    }
}
