package org.dropoutspec.sampling;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Finding;
import org.dropoutspec.statistics.Finding.Given;
import org.dropoutspec.statistics.Place;
import org.dropoutspec.statistics.Place.Where;

/** The finding that refuted a requirement, in words: {@code element 0 was dropped in 0 of 4,096 calls at rate 0.5}. */
final class RefutationWords {
    private static final Map<Integer, String> PARTS = Map.of(2, "half", 4, "quarter", 8, "eighth");

    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth");

    private RefutationWords() {}

    private static String article(int parts) {
        return parts == 8 ? "an " : "a ";
    }

    /** The finding to tell: the strongest, or a count of calls where that is nearly as strong and easier to see. */
    static Optional<Finding> telling(Family family) {
        Optional<Finding> strongest = family.strongest();
        return family.findings().stream()
                .filter(found -> found.place() instanceof Place.Whole whole && whole.size() > 0)
                .max(Comparator.comparingDouble(Finding::logE))
                .filter(found -> found.logE() >= strongest.orElseThrow().logE() / 2)
                .or(() -> strongest);
    }

    static String of(Finding found) {
        return of(found.place(), found);
    }

    private static String of(Place place, Finding found) {
        if (place instanceof Place.All) {
            return dropped(found, "elements");
        } else if (place instanceof Place.Index index) {
            return "element " + index.index() + inCalls(found) + at(found);
        } else if (place instanceof Place.FromEnd end) {
            return (end.distance() == 0
                            ? "the last element"
                            : "the element " + end.distance() + " places before the last")
                    + inCalls(found)
                    + at(found);
        } else if (place instanceof Place.Residue residue) {
            return "with index modulo " + residue.modulus() + " = " + residue.remainder() + ", "
                    + dropped(found, "elements");
        } else if (place instanceof Place.Column column) {
            return "in " + counted("column", column.index()) + " of calls of rank 2 and more, "
                    + dropped(found, "elements");
        } else if (place instanceof Place.Slab slab) {
            return "at " + counted("index", slab.index()) + " of the first axis of calls of rank 2 and more, "
                    + dropped(found, "elements");
        } else if (place instanceof Place.Diagonal diagonal) {
            return "on the " + (diagonal.other() ? "other " : "") + "diagonal of each matrix, "
                    + dropped(found, "elements");
        } else if (place instanceof Place.BlackFields) {
            return "where the sum of row and column is even, " + dropped(found, "elements");
        } else if (place instanceof Place.RowOfMatrix row) {
            return "in the " + (row.first() ? "first" : "last") + " row of each matrix, " + dropped(found, "elements");
        } else if (place instanceof Place.TailOf tail) {
            return "of the " + Figures.items(tail.left(), "element") + " left over by vectors of " + tail.width()
                    + ", element " + tail.index() + inCalls(found) + ", " + expected(found) + at(found);
        } else if (place instanceof Place.OfSize of) {
            return "of calls of " + Figures.items(of.size(), "element") + ", element " + of.index() + inCalls(found)
                    + ", " + expected(found) + at(found);
        } else if (place instanceof Place.Sixteenth part) {
            return "in the sixteenth " + part.number() + " of the call, " + dropped(found, "elements");
        } else if (place instanceof Place.Part part) {
            return "in the " + ORDINALS.get(part.number() - 1) + " " + PARTS.get(part.parts()) + " of the call, "
                    + dropped(found, "elements");
        } else if (place instanceof Place.VectorTail tail) {
            return "in the remainder of a loop over vectors of " + tail.width() + ", " + dropped(found, "elements");
        } else if (place instanceof Place.RowEnd end) {
            return "at the " + (end.first() ? "start" : "end") + " of each row, " + dropped(found, "elements");
        } else if (place instanceof Place.Feature feature) {
            return "where " + feature.name() + ", " + dropped(found, "elements");
        } else if (place instanceof Place.Lag lag) {
            return where("the element " + lag.distance() + " before", found);
        } else if (place instanceof Place.Stride stride) {
            return where("the element " + stride(stride) + " before", found);
        } else if (place instanceof Place.PartBefore part) {
            return where(
                    "the element " + article(part.parts()) + PARTS.get(part.parts()) + " of the call before", found);
        } else if (place instanceof Place.Mirrored) {
            return where("the element as far from the start as this one from the end", found);
        } else if (place instanceof Place.Reflected reflected) {
            return where(reflected(reflected), found);
        } else if (place instanceof Place.TailByHead tail) {
            return "in the remainder of a loop over vectors of " + tail.width() + ", "
                    + where("the element at the same place of the first vector", found);
        } else if (place instanceof Place.TailByBefore tail) {
            return "in the remainder of a loop over vectors of " + tail.width() + ", "
                    + where("the element " + tail.distance() + " before", found);
        } else if (place instanceof Place.ChunkSeam seam) {
            return "at the start of each chunk of " + Figures.count(seam.width()) + ", "
                    + where("the element before", found);
        } else if (place instanceof Place.PartSeam seam) {
            return "at the start of each " + PARTS.get(seam.parts()) + " of the call but the first, "
                    + where("the element before", found);
        } else if (place instanceof Place.NeighbourOf of) {
            return "of calls of " + Figures.items(of.size(), "element") + ", " + where("the element before", found);
        } else if (place instanceof Place.Square square) {
            return "of " + square.side() + " by " + square.side() + " elements, "
                    + where(reflected(Place.Reflected.TRANSPOSED), found);
        } else if (place instanceof Place.RowTail tail) {
            return "at the start of each row, where what vectors of " + tail.width()
                    + " leave over of the row before was " + given(found) + ", " + dropped(found, "elements");
        } else if (place instanceof Place.HalfOf of) {
            return "of calls of " + Figures.items(of.size(), "element") + ", "
                    + where("the element half a call before", found);
        } else if (place instanceof Place.Joined joined) {
            return where(
                    "the element " + joined.distance() + " before, in an earlier call of the type and rate,", found);
        } else if (place instanceof Place.LagPair pair) {
            return "where " + given(pair, found.given()) + ", " + dropped(found, "elements");
        } else if (place instanceof Place.Other other) {
            return other(other, found);
        } else if (place instanceof Place.Seeds seeds) {
            return OtherWords.match(seeds) + ": where one was " + given(found) + ", of the other "
                    + dropped(found, "elements");
        } else if (place instanceof Place.Context context) {
            return "where the six elements before were " + six(context.dropped(), 'D', 'k') + " (D dropped, k kept), "
                    + dropped(found, "elements");
        } else if (place instanceof Place.Parity parity) {
            return "where " + (found.given() == Given.DROPPED ? "an odd" : "an even") + " number of the elements "
                    + six(parity.members(), 'x', '.') + " before was dropped, " + dropped(found, "elements");
        } else if (place instanceof Place.Whole whole) {
            String calls = whole.size() == 0 ? "tiny calls" : "calls of " + Figures.items(whole.size(), "element");
            return Figures.count(found.dropped()) + " of " + Figures.count(found.elements()) + " " + calls + " dropped "
                    + (whole.everything() ? "everything" : "nothing") + ", " + expected(found) + at(found);
        } else if (place instanceof Place.Spread spread) {
            return "the number of dropped elements varies too " + (spread.tooEven() ? "little" : "much") + ", over "
                    + Figures.count(found.elements()) + " " + spread.unit() + at(found);
        } else if (place instanceof Place.Repeated repeated) {
            return Figures.count(found.dropped()) + " of " + Figures.count(found.elements()) + " stretches of "
                    + repeated.length() + " elements had been drawn before, 0 expected" + at(found);
        } else if (place instanceof Place.Under under) {
            return of(under.place(), found) + ", only under: " + String.join("; ", under.conditions());
        }
        throw new IllegalArgumentException("no words for " + place);
    }

    private static String at(Finding found) {
        return " at rate " + Figures.rate(found.stratum().rate());
    }

    private static String expected(Finding found) {
        return Figures.expected(found.elements() * found.expected()) + " expected";
    }

    private static String dropped(Finding found, String what) {
        return Figures.count(found.dropped()) + " of " + Figures.count(found.elements()) + " " + what
                + " were dropped, " + expected(found) + at(found);
    }

    private static String inCalls(Finding found) {
        return " was dropped in " + Figures.count(found.dropped()) + " of " + Figures.count(found.elements())
                + " calls";
    }

    private static String given(Finding found) {
        return found.given() == Given.DROPPED ? "dropped" : "kept";
    }

    private static String where(String element, Finding found) {
        return "where " + element + " was " + given(found) + ", " + dropped(found, "elements");
    }

    private static String counted(String what, int index) {
        return index < 0 ? "the last " + what : what + " " + index;
    }

    private static String given(Place.LagPair pair, Given given) {
        String elements = "the elements " + pair.near() + " and " + pair.far() + " before";
        return given == Given.ONE
                ? "one of " + elements + " was dropped and the other kept"
                : elements + " were both " + (given == Given.DROPPED ? "dropped" : "kept");
    }

    private static String reflected(Place.Reflected place) {
        return switch (place) {
            case TRANSPOSED -> "the element with row and column exchanged";
            case IN_ITS_ROW -> "the element as far from the other end of its row";
            case IN_THE_ROW_BEFORE -> "the element as far from the other end of the row before";
            case IN_ITS_COLUMN -> "the element as far from the other end of its column";
            case HALF_A_TURN -> "the element as far from the other corner of its matrix";
        };
    }

    private static String stride(Place.Stride stride) {
        String distance = stride.times() == 1
                ? (stride.axis().startsWith("e") ? "an " : "a ") + stride.axis()
                : stride.times() + " " + stride.axis() + "s";
        return distance
                + (stride.plus() == 0 ? "" : stride.plus() > 0 ? " + " + stride.plus() : " - " + -stride.plus());
    }

    private static String other(Place.Other other, Finding found) {
        Where where = other.where();
        boolean oneACall = where instanceof Where.At
                || where instanceof Where.First
                || where instanceof Where.Last
                || where instanceof Where.LastForFirst;
        String known = "where " + OtherWords.element(where) + " was " + given(found)
                + (other.what().equals("seed") ? " under " : " in ") + OtherWords.call(other) + ", ";
        return oneACall
                ? known + (where instanceof Where.LastForFirst ? "the first" : "it") + inCalls(found) + ", "
                        + expected(found) + at(found)
                : known + dropped(found, "elements");
    }

    /** The six elements before, the oldest first, as the mask is read. */
    private static String six(int bits, char one, char zero) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            text.append((bits >>> i & 1) == 1 ? one : zero);
        }
        return text.toString();
    }
}
