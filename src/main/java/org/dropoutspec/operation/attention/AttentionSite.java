package org.dropoutspec.operation.attention;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.NoSuchCall;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.ShownMask;
import org.dropoutspec.operation.VisibleValues;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The mask of attention. With the identity as the value, the output is the mask times the scale and the probabilities.
 * The elements of the plain input become those of the queries. With keys of 0, every key of a query has the same
 * probability, 1/S, whatever the query. With keys that are the identity times a small number, it grows with the element
 * of the query, so that elements dropped by their probability are dropped by the input.
 *
 * <p>An identity of many keys would be most of a call. With more than {@value #ALONE} keys, eight of them share a
 * column of the value, as 1, 2, 4, ... 128, so that each sum of kept ones is another number; half types are too coarse
 * for that.
 */
final class AttentionSite implements MaskSite {
    private static final int MOST_KEYS = 16;
    /** The most keys in long rows, which few masks have: longer than two blocks of a kernel. */
    private static final int MANY_KEYS = 600;
    /** The most keys for which each has a column of the value to itself. */
    private static final int ALONE = 300;
    /** The number of keys that share a column if there are more. */
    private static final int TOGETHER = 8;
    /** The most keys of large masks, since the cost of a call grows with them. */
    private static final int FEW_KEYS = 4;
    /** The smallest square layout, with as many queries as keys, as when a sequence attends to itself. */
    private static final int LEAST_SQUARE = 12;

    private static final int MOST_SQUARE = 32;
    /** The largest small mask. Larger ones have no more keys than queries: the value is no larger than the mask. */
    private static final int SMALL = 1 << 10;
    /** One in this many shapes has probabilities that differ. */
    private static final int ONE_SHAPE_OF = 2;
    /** No product is lost if magnitudes differ from 1 by at most this factor. */
    private static final double LARGEST = 0x1p10;
    /** The most elements of the value if there are more keys than queries. */
    private static final int MOST_OF_VALUE = 1 << 12;

    /** Whether there are always as many queries as keys, for implementations that support nothing else. */
    private final boolean toItself;

    AttentionSite() {
        this(false);
    }

    private AttentionSite(boolean toItself) {
        this.toItself = toItself;
    }

    @Override
    public String name() {
        return "mask";
    }

    @Override
    public List<MaskSite> forms() {
        return toItself ? List.of() : List.of(new AttentionSite(true));
    }

    @Override
    public Set<Capability> capabilities() {
        return MaskSite.withBetweenCalls(
                Capability.SEED, Capability.MASK_OUTPUT, Capability.MASK_INPUT, Capability.PHILOX4X32_10);
    }

    @Override
    public OperationCall call(Call plain, Description description) {
        Tensor x = plain.input();
        if (x.size() == 0) {
            throw new NoSuchCall("attention without queries or keys shows no mask");
        }
        DType dtype = x.dtype();
        AttentionExtents extents = drawn(x.shape(), dtype);
        Tensor.Builder query = Tensor.builder(dtype, extents.query());
        for (int i = 0; i < extents.query().size(); i++) {
            query.setBits(i, Double.isFinite(x.value(i)) ? x.bits(i) : dtype.round(1));
        }
        Tensor.Builder value = Tensor.builder(dtype, extents.value());
        int together = together(extents);
        for (int row = 0; row < extents.examples() * extents.keys(); row++) {
            int key = row % extents.keys();
            value.setBits(row * extents.valueWidth() + key / together, dtype.round(1 << key % together));
        }
        OperationCall call = OperationCall.of(AttentionDropout.NAME)
                .with("rate", plain.rate())
                .with("training", plain.training())
                .with("query", query.build())
                .with("key", key(x, extents))
                .with("value", value.build())
                .with("scale", 1 / Math.sqrt(extents.width()))
                .withSeed(plain.seed())
                .with("mask", plain.mask().map(mask -> mask.reshaped(extents.mask())));
        return AttentionDropout.expecting(call, description);
    }

    /** Keys of zeros or, for every other shape, of numbers that give scores of up to 1 in magnitude. */
    private static Tensor key(Tensor x, AttentionExtents extents) {
        Tensor.Builder key = Tensor.builder(x.dtype(), extents.key());
        // in half types, the digits lost in scores that differ may hide a probability
        boolean fine = x.dtype().roundoff() <= DType.FLOAT32.roundoff();
        if (!fine || together(extents) > 1 || Math.floorMod(x.shape().hashCode(), ONE_SHAPE_OF) != 0) {
            return key.build();
        }
        double largest = 0;
        for (int i = 0; i < x.size(); i++) {
            largest = Math.max(largest, Double.isFinite(x.value(i)) ? Math.abs(x.value(i)) : 1);
        }
        if (!(largest >= 1 / LARGEST && largest <= LARGEST)) {
            return key.build();
        }
        long bits = x.dtype().round(Math.scalb(1.0, -Math.getExponent(largest / Math.sqrt(extents.width())) - 1));
        for (int row = 0; row < extents.examples() * extents.keys(); row++) {
            key.setBits(row * extents.width() + row % extents.keys(), bits);
        }
        return key.build();
    }

    @Override
    public Shape layout(Call plain, Description description) {
        return plain.input().size() == 0
                ? plain.maskShape()
                : drawn(plain.input().shape(), plain.input().dtype()).mask();
    }

    private AttentionExtents drawn(Shape shape, DType dtype) {
        if (!toItself) {
            return extents(shape, dtype);
        }
        int side = largestSquare(shape.size());
        return new AttentionExtents(shape.size() / side / side, side, side, side, side);
    }

    /** Extents with as many elements of the mask; those of the plain shape itself if they are suitable. */
    static AttentionExtents extents(Shape shape, DType dtype) {
        int size = shape.size();
        int last = shape.rank() == 0 ? 1 : shape.extent(shape.rank() - 1);
        if (VisibleValues.isInLongRows(size)) {
            boolean coarse = size <= SMALL || dtype.roundoff() > DType.FLOAT32.roundoff();
            int keys = largestDivisor(size, coarse ? VisibleValues.longestRow(size) : MANY_KEYS);
            int columns = keys > ALONE ? (keys + TOGETHER - 1) / TOGETHER : keys;
            return new AttentionExtents(1, size / keys, keys, columns, columns);
        }
        int square = VisibleValues.isSquare(size) ? largestSquare(size) : 1;
        if (square >= LEAST_SQUARE) {
            return new AttentionExtents(size / square / square, square, square, square, square);
        }
        int most = size <= SMALL ? MOST_KEYS : FEW_KEYS;
        int keys = last > 1 && last <= most ? last : largestDivisor(size, most);
        int rows = size / keys;
        int before = shape.rank() < 2 ? rows : shape.extent(shape.rank() - 2);
        boolean fit = rows % before == 0
                && (before >= keys || size <= SMALL && (long) rows / before * keys * keys <= MOST_OF_VALUE);
        int queries = fit ? before : rows;
        return new AttentionExtents(rows / queries, queries, keys, keys, keys);
    }

    /** The number of keys that share a column of the value. */
    private static int together(AttentionExtents extents) {
        return extents.valueWidth() < extents.keys() ? TOGETHER : 1;
    }

    /** The side of the largest square whose area divides this number. */
    private static int largestSquare(int number) {
        return IntStream.iterate(MOST_SQUARE, candidate -> candidate - 1)
                .filter(candidate -> number % (candidate * candidate) == 0)
                .findFirst()
                .orElseThrow();
    }

    private static int largestDivisor(int number, int most) {
        return IntStream.iterate(Math.min(most, number), candidate -> candidate - 1)
                .filter(candidate -> number % candidate == 0)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Result result(Call plain, OperationCall asked, OperationResult answer, Description description) {
        AttentionExtents extents = AttentionExtents.of(asked);
        Choices choices = description.declaration(AttentionDropout.NAME).choices();
        Tensor output = answer.tensor("output");
        AttentionDropout.misshapen(asked, answer).ifPresent(wrong -> {
            throw new UnsupportedCall(wrong);
        });
        if (!plain.training()) {
            boolean whole =
                    AttentionDropout.JUDGE.judge(asked, answer, description).isEmpty();
            return ShownMask.evaluated(plain, whole, choices);
        }
        double kept = choices.scaling() == Scaling.INVERTED ? 1 / (1 - plain.rate()) : 1;
        boolean[] shown = new boolean[plain.input().size()];
        int together = together(extents);
        boolean flat = asked.tensor("key").value(0) == 0;
        double[] probabilities = flat ? new double[0] : new ExactAttention(asked).probabilities();
        for (int i = 0; i < shown.length; i++) {
            int key = i % extents.keys();
            double column = output.value(i / extents.keys() * extents.valueWidth() + key / together);
            double sum = Math.abs(column) / (kept * (flat ? 1.0 / extents.keys() : probabilities[i]));
            shown[i] = together == 1 ? !(sum < 0.5) : isKept(sum, key % together);
        }
        return ShownMask.trained(plain, shown, answer.optionalTensor("mask"), choices);
    }

    /** Whether a column that sums different powers of two has this one; if it is none of their sums, all are kept. */
    private static boolean isKept(double sum, int power) {
        return !(sum < (1 << TOGETHER) - 0.5) || (Math.round(sum) >> power & 1) == 1;
    }
}
