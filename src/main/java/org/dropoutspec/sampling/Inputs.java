package org.dropoutspec.sampling;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Inputs, cut from one long row of numbers for each type and kind of values: making each anew would cost as much as the
 * call. An input longer than the row repeats it.
 *
 * <p>Where inputs may travel as a tile, the longer ones repeat a short stretch of the row instead.
 */
final class Inputs {
    static final List<String> FEATURES = List.of(
            "the input is negative",
            "the input is below 2^-4 in magnitude",
            "the input is at least 2^4 in magnitude",
            "the input is among the largest hundredth in magnitude",
            "the input is the largest of its call",
            "the input is the smallest of its call",
            "the input is the largest of its call in magnitude");

    /** In longer calls no element counts as the largest: where the row repeats, no single one is. */
    private static final int RANKED = 4096;

    /** Shorter calls would have most of the extremes: an error of tiny calls would look like one of extremes. */
    private static final int LEAST_RANKED = 17;

    /** The number of inputs whose places of extremes are remembered. */
    private static final int REMEMBERED = 1024;

    /** Elements of a tile, a few kilobytes; no power of two, so that a value is not at the same place of each block. */
    private static final int TILE = 17 * 64;

    private final long seed;
    private final boolean tiled;
    private final Map<DType, Map<ValueKind, Row>> rows = new EnumMap<>(DType.class);
    private final Map<List<Integer>, PackedMask[]> ranked = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Integer>, PackedMask[]> eldest) {
            return size() > REMEMBERED;
        }
    };

    Inputs(long seed, boolean tiled) {
        this.seed = seed;
        this.tiled = tiled;
    }

    /**
     * An input and what is known of its elements, packed in the order of {@link #FEATURES}; nothing is known of values
     * that are not moderate.
     */
    record Input(Tensor tensor, PackedMask... features) {}

    /** An input; the same arguments give the same one. */
    Input of(DType dtype, ValueKind values, Shape shape, long number) {
        Row row = row(dtype, values);
        int start = (int) Math.floorMod(number * 0x9E37_79B9_7F4A_7C15L >>> 20, (long) Row.SIZE / 64) * 64;
        int period = tiled && shape.size() > RANKED ? TILE : Row.SIZE;
        Tensor tensor = period == TILE
                ? Tensor.tiled(dtype, shape, row.bytes(start, TILE))
                : Tensor.wrap(dtype, shape, row.bytes(start, shape.size()));
        if (values != ValueKind.MODERATE) {
            return new Input(tensor);
        }
        int size = shape.size();
        PackedMask[] features = new PackedMask[FEATURES.size()];
        for (int f = 0; f < row.features.length; f++) {
            features[f] = PackedMask.ofWords(size, row.words(row.features[f], start, size, period));
        }
        PackedMask[] extremes = extremes(row, dtype, start, size);
        System.arraycopy(extremes, 0, features, row.features.length, extremes.length);
        return new Input(tensor, features);
    }

    private Row row(DType dtype, ValueKind values) {
        return rows.computeIfAbsent(dtype, type -> new EnumMap<>(ValueKind.class))
                .computeIfAbsent(values, kind -> new Row(dtype, kind, seed + 31L * dtype.ordinal() + kind.ordinal()));
    }

    private PackedMask[] extremes(Row row, DType dtype, int start, int size) {
        if (size < LEAST_RANKED || size > RANKED) {
            PackedMask none = PackedMask.ofWords(size, new long[(size + 63) / 64]);
            return new PackedMask[] {none, none, none};
        }
        return ranked.computeIfAbsent(List.of(dtype.ordinal(), start, size), key -> {
            int[] at = new int[3];
            for (int i = 1; i < size; i++) {
                double x = row.value(start + i);
                at[0] = x > row.value(start + at[0]) ? i : at[0];
                at[1] = x < row.value(start + at[1]) ? i : at[1];
                at[2] = Math.abs(x) > Math.abs(row.value(start + at[2])) ? i : at[2];
            }
            PackedMask[] masks = new PackedMask[at.length];
            for (int f = 0; f < at.length; f++) {
                long[] words = new long[(size + 63) / 64];
                if (size > 0) {
                    words[at[f] >>> 6] |= 1L << at[f];
                }
                masks[f] = PackedMask.ofWords(size, words);
            }
            return masks;
        });
    }

    /** Numbers of one kind, and what is known of each. */
    private static final class Row {
        static final int SIZE = 1 << 14;
        /** 2^6 less a hundredth of the twelve powers of two that moderate magnitudes cover. */
        private static final double LARGEST_HUNDREDTH = 60.16;

        private final DType dtype;
        private final byte[] data;
        private final float[] values = new float[SIZE];
        private final long[][] features = new long[4][SIZE / 64];

        Row(DType dtype, ValueKind kind, long seed) {
            this.dtype = dtype;
            SplittableRandom random = new SplittableRandom(seed);
            Tensor.Builder tensor = Tensor.builder(dtype, Shape.of(SIZE));
            for (int i = 0; i < SIZE; i++) {
                long bits = bits(dtype, kind, random);
                tensor.setBits(i, bits);
                double x = dtype.value(bits);
                values[i] = (float) x;
                note(0, i, x < 0);
                note(1, i, Math.abs(x) < 0x1p-4);
                note(2, i, Math.abs(x) >= 0x1p4);
                note(3, i, Math.abs(x) >= LARGEST_HUNDREDTH);
            }
            this.data = new byte[SIZE * dtype.bytes()];
            tensor.build().data().get(data);
        }

        private void note(int feature, int i, boolean holds) {
            features[feature][i >>> 6] |= (holds ? 1L : 0) << i;
        }

        private static long bits(DType dtype, ValueKind kind, SplittableRandom random) {
            double fraction = 1 + random.nextDouble();
            int sign = random.nextBoolean() ? 1 : -1;
            long bits = switch (kind) {
                case MODERATE -> dtype.round(sign * Math.scalb(fraction, random.nextInt(12) - 6));
                case CONSTANT -> dtype.round(1); // as in most inputs of tests
                case TINY -> dtype.round(sign * Math.scalb(fraction, dtype.minExponent() + random.nextInt(4)));
                // no asked rate scales one to infinity, which would become a NaN where it is dropped
                case HUGE -> dtype.round(sign * dtype.largest() * 0x1p-11 * fraction);
                case WITH_ZEROS ->
                    random.nextInt(4) == 0
                            ? dtype.round(sign * 0.0)
                            : dtype.round(sign * Math.scalb(fraction, random.nextInt(12) - 6));
            };
            return bits;
        }

        double value(int index) {
            return values[index % SIZE];
        }

        byte[] bytes(int start, int size) {
            int width = dtype.bytes();
            byte[] bytes = new byte[size * width];
            for (int done = 0; done < size; ) {
                int from = (start + done) % SIZE;
                int length = Math.min(size - done, SIZE - from);
                System.arraycopy(data, from * width, bytes, done * width, length * width);
                done += length;
            }
            return bytes;
        }

        long[] words(long[] feature, int start, int size, int period) {
            long[] words = new long[(size + 63) / 64];
            for (int w = 0; w < words.length; w++) {
                words[w] = feature[(start / 64 + w % (period / 64)) % feature.length];
            }
            return words;
        }
    }
}
