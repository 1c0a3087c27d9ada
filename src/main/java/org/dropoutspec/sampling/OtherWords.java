package org.dropoutspec.sampling;

import org.dropoutspec.statistics.Place;
import org.dropoutspec.statistics.Place.Kinship;
import org.dropoutspec.statistics.Place.Match;
import org.dropoutspec.statistics.Place.Where;

/** The other call, or the stream of another seed, that elements are compared with, in words. */
final class OtherWords {
    private OtherWords() {}

    /** Which call: {@code the last call of the same shape}. */
    static String call(Place.Other other) {
        String what = other.what();
        if (other.call() instanceof Place.Back back) {
            return "the " + what + " " + back.calls() + " " + what + "s before";
        } else if (other.call() instanceof Place.BackOfShape back) {
            return "the " + what + " " + back.calls() + " " + what + "s of the same shape before";
        } else if (other.call() instanceof Place.Within within) {
            return "one of the " + within.calls() + " " + what + "s before";
        }
        return switch ((Place.Related) other.call()) {
            case PREVIOUS -> "the previous " + what;
            case BEFORE_PREVIOUS -> "the " + what + " before the previous";
            case SAME_SHAPE_AND_RATE -> "the last " + what + " of the same shape and rate";
            case SAME_SHAPE -> "the last " + what + " of the same shape";
            case SAME_RATE -> "the last " + what + " of the same rate";
            case SAME_SIZE -> "the last " + what + " of the same size";
            case SAME_TYPE -> "the last " + what + " of the same type";
            case OTHER_TYPE -> "the last " + what + " of another type";
            case FIRST_OF_SHAPE -> "the first " + what + " of the same shape";
            case SEEDED -> "the last call with a seed";
        };
    }

    /** Which element of that call: {@code the element 1 earlier}. */
    static String element(Where where) {
        if (where instanceof Where.At at) {
            return "element " + at.index();
        } else if (where instanceof Where.First) {
            return "the first element";
        } else if (where instanceof Where.Last || where instanceof Where.LastForFirst) {
            return "the last element";
        } else if (where instanceof Where.Later later) {
            int by = later.elements();
            return by == 0 ? "the same element" : "the element " + Math.abs(by) + (by < 0 ? " earlier" : " later");
        } else if (where instanceof Where.RowsLater rows) {
            return "the element a row " + (rows.rows() < 0 ? "earlier" : "later");
        } else if (where instanceof Where.QuartersLater quarters) {
            return "the element " + quarters.quarters() + " quarters of it later";
        } else if (where instanceof Where.FromEnd) {
            return "the element as far from the end";
        } else if (where instanceof Where.Reversed) {
            return "the element as far from the end as this one from the start";
        } else if (where instanceof Where.LastBlock block) {
            return "the element as far into the last block of " + block.width();
        }
        throw new IllegalArgumentException("no words for " + where);
    }

    /** Which elements of which seeds: {@code draw 3 of seed s against the same of seed s + 1}. */
    static String match(Place.Seeds seeds) {
        String other = higher(seeds.seeds());
        if (seeds.match() instanceof Match.SameDraw same) {
            return (same.number() == 0 ? "each draw" : "draw " + same.number()) + " of seed s against the same of "
                    + other;
        } else if (seeds.match() instanceof Match.DrawsLater later) {
            return "each draw of seed s against the one " + Math.abs(later.draws())
                    + (later.draws() > 0 ? " later" : " earlier") + " of " + other;
        }
        int by = ((Match.ElementsLater) seeds.match()).elements();
        return "the stream of seed s against that of " + other + ", " + Figures.items(Math.abs(by), "element")
                + (by < 0 ? " earlier" : " later");
    }

    private static String higher(Kinship seeds) {
        if (seeds instanceof Kinship.Apart apart) {
            return "seed s + " + apart.difference();
        } else if (seeds instanceof Kinship.Bit bit) {
            return "seed s xor 2^" + bit.bit();
        } else if (seeds instanceof Kinship.PowerApart) {
            return "seeds s + 2^k";
        }
        if (seeds instanceof Kinship.Folded) {
            return "seeds that are one in magnitude as signed numbers, or folded to 16 bits";
        }
        return seeds instanceof Kinship.AnyBit ? "seeds s xor 2^k" : "other seeds";
    }
}
