package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Draws shapes that aim at a geometry. Sizes are log-uniform within their class. A draw may miss its aim, and always
 * does where there is no such shape.
 */
final class ShapeDraw {
    private static final double LN_2 = Math.log(2);
    private static final int ATTEMPTS = 8;

    private final int largest;
    private final SplittableRandom random;
    private final Spread spreads;

    /** {@code largest} is the size that draws do not intend to exceed. */
    ShapeDraw(int largest, SplittableRandom random) {
        this.largest = largest;
        this.random = random;
        this.spreads = new Spread(random);
    }

    /** A shape of this geometry that the layout and the kind of mask fit; empty where a few draws all failed. */
    Optional<Shape> like(Geometry geometry, Layout layout, MaskShape mask) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Shape shape = draw(geometry);
            if (shape != null
                    && shape.size() <= largest
                    && Geometry.of(shape).code() == geometry.code()
                    && layout.fits(shape)
                    && mask.fits(shape)) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    /** A shape that is aimed at this geometry; null where the draw failed. */
    @Nullable
    Shape draw(Geometry aim) {
        int rank = aim.rank() == 5 ? 5 + random.nextInt(2) : aim.rank();
        int low = Geometry.smallest(aim.size());
        int high = Math.min(Geometry.largest(aim.size()), largest);
        if (rank == 0) {
            return Shape.of();
        }
        int @Nullable [] extents = switch (aim.residue()) {
            case Geometry.POWER -> powers(aim, rank, low, high);
            case Geometry.NEAR_POWER -> factors(aim, rank, low, high);
            default -> rank == 1 ? line(aim, low, high) : block(aim, rank, low, high);
        };
        return extents == null ? null : shape(extents);
    }

    private static @Nullable Shape shape(int[] extents) {
        double size = 1;
        for (int extent : extents) {
            size *= extent;
        }
        return size < Integer.MAX_VALUE ? Shape.of(extents) : null;
    }

    /** Extents that are all powers of two. */
    private int @Nullable [] powers(Geometry aim, int rank, int low, int high) {
        int bits = powerBits(low, high);
        if (bits < 0) {
            return null;
        }
        int last = rank == 1 ? bits : lastBits(aim.lastAxis(), bits);
        if (last < 0 || last > bits) {
            return null;
        }
        double[] spread = spreads.draw(bits, last, rank, aim.largeAxis());
        int[] exponents = new int[rank];
        int left = bits - last;
        for (int axis = 0; axis < rank - 1; axis++) {
            exponents[axis] = (int) Math.min(Math.floor(spread[axis] + random.nextDouble()), left);
            left -= exponents[axis];
        }
        if (rank > 1) {
            exponents[Spread.longest(spread)] += left;
        }
        exponents[rank - 1] = last;
        return Arrays.stream(exponents).map(exponent -> 1 << exponent).toArray();
    }

    /** The exponent of a power of two in [low, high], or -1. */
    private int powerBits(int low, int high) {
        int from = 32 - Integer.numberOfLeadingZeros(low - 1);
        int to = 31 - Integer.numberOfLeadingZeros(high);
        return from > to ? -1 : random.nextInt(from, to + 1);
    }

    private int lastBits(int level, int bits) {
        return switch (level) {
            case Geometry.LAST_1 -> 0;
            case Geometry.LAST_BELOW_32 -> 1;
            case Geometry.LAST_TO_16 -> random.nextInt(2, 5);
            case Geometry.LAST_TO_64 -> random.nextInt(5, 7);
            case Geometry.LAST_128 -> bits < 7 ? -1 : random.nextInt(7, bits + 1);
            default -> -1;
        };
    }

    /** A size next to a power of two. Its prime factors are put on random axes until the axes are as they should be. */
    private int @Nullable [] factors(Geometry aim, int rank, int low, int high) {
        int bits = powerBits(low, high);
        int size = bits < 0 ? low - 1 : (1 << bits) + (random.nextBoolean() ? 1 : -1);
        if (size < low || size > high) {
            return null;
        }
        List<Integer> primes = primes(size);
        int[] extents = new int[rank];
        for (int attempt = 0; attempt < 8; attempt++) {
            Arrays.fill(extents, 1);
            for (int prime : primes) {
                extents[random.nextInt(rank)] *= prime;
            }
            if (Geometry.of(Shape.of(extents)).code() == aim.code()) {
                break;
            }
        }
        return extents;
    }

    private static List<Integer> primes(int number) {
        List<Integer> primes = new ArrayList<>();
        int left = number;
        for (int divisor = 2; divisor * divisor <= left; divisor++) {
            for (; left % divisor == 0; left /= divisor) {
                primes.add(divisor);
            }
        }
        if (left > 1) {
            primes.add(left);
        }
        return primes;
    }

    private int @Nullable [] line(Geometry aim, int low, int high) {
        int unit = aim.lastAxis() == Geometry.LAST_128 ? 128 : unit(aim.residue());
        int from = (low + unit - 1) / unit;
        return from > high / unit ? null : new int[] {unit * logUniform(from, high / unit)};
    }

    private static int unit(int residue) {
        return switch (residue) {
            case Geometry.MULTIPLE_OF_64 -> 64;
            case Geometry.MULTIPLE_OF_4 -> 4;
            default -> 1;
        };
    }

    /** Draws real extents first, then changes one of them to fit the residue. */
    private int @Nullable [] block(Geometry aim, int rank, int low, int high) {
        double bits = (Math.log(low) + random.nextDouble() * Math.log((high + 1.0) / low)) / LN_2;
        int last = lastExtent(aim, bits, rank);
        int twos = Integer.numberOfTrailingZeros(Math.max(last, 1));
        boolean odd = aim.residue() != Geometry.MULTIPLE_OF_64;
        if (last == 0 || last > high || odd && 1 << twos >= (aim.residue() == Geometry.ODD_SIZE ? 4 : 64)) {
            return null;
        }
        double[] spread = spreads.draw(bits, Math.log(last) / LN_2, rank, aim.largeAxis());
        int[] extents = new int[rank];
        for (int axis = 0; axis < rank - 1; axis++) {
            extents[axis] = rounded(Math.exp(spread[axis] * LN_2), odd);
        }
        extents[rank - 1] = last;
        int fitted = Spread.longest(spread);
        int others = 1;
        for (int axis = 0; axis < rank; axis++) {
            others = axis == fitted ? others : others * extents[axis] % 64;
        }
        int unit = unit(aim.residue());
        int step = Math.max(1, unit / Integer.lowestOneBit(others == 0 ? 64 : others));
        extents[fitted] = step * Math.max(1, (int) Math.round((double) extents[fitted] / step));
        if (aim.residue() == Geometry.ODD_SIZE && others % 2 == 1 && random.nextBoolean()) {
            extents[fitted] = 2 * (extents[fitted] / 2 | 1); // vectors of two elements fill it, vectors of four do not
        }
        return extents;
    }

    /** Mostly odd, where too many factors of two would spoil the residue; otherwise often a power of two. */
    private int rounded(double extent, boolean odd) {
        int near = (int) Math.max(1, Math.round(extent));
        if (random.nextInt(3) == 0) {
            return near;
        } else if (odd) {
            return near % 2 == 0 ? near + (random.nextBoolean() ? 1 : -1) : near;
        }
        return random.nextBoolean() ? Integer.highestOneBit(near) : near;
    }

    /** An extent of this level that leaves the large axis where it should be, or 0 where there is none. */
    private int lastExtent(Geometry aim, double bits, int rank) {
        double from = switch (aim.largeAxis()) {
            case Geometry.LAST_LARGE -> (bits + 2 * (rank - 1)) / rank - 1;
            case Geometry.EVEN -> rank == 2 ? bits / 2 - 1 : 0;
            default -> 0;
        };
        double to = switch (aim.largeAxis()) {
            case Geometry.LAST_LARGE -> bits;
            case Geometry.EVEN -> bits / 2 + 1;
            default -> bits / 2 - 1;
        };
        for (int attempt = 0; attempt < 8; attempt++) {
            int extent = lastExtent(aim.lastAxis(), Math.exp(to * LN_2));
            if (extent > 0 && Math.log(extent) >= from * LN_2 && Math.log(extent) <= to * LN_2) {
                return extent;
            }
        }
        return 0;
    }

    private int lastExtent(int level, double most) {
        return switch (level) {
            case Geometry.LAST_1 -> 1;
            // mostly odd, since an even one rarely leaves a tail
            case Geometry.LAST_BELOW_32 -> random.nextInt(6) == 0 ? random.nextInt(1, 16) * 2 : logUniform(3, 31) | 1;
            case Geometry.LAST_TO_16 -> 4 << random.nextInt(3);
            case Geometry.LAST_TO_64 -> 32 << random.nextInt(2);
            case Geometry.LAST_128 -> most < 128 ? 0 : 128 * logUniform(1, (int) most / 128);
            default -> most < 33 ? 0 : logUniform(33, (int) most) & -(1 << random.nextInt(6)) | random.nextInt(2);
        };
    }

    /** A number from {@code low} to {@code high}, log-uniform. */
    private int logUniform(int low, int high) {
        return Math.min(high, (int) (low * Math.exp(random.nextDouble() * Math.log((high + 1.0) / low))));
    }
}
