package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.statistics.Place.Related;
import org.dropoutspec.statistics.Place.Where;

/** The cells in which a call is compared with earlier calls, in their order. */
final class CallCells {
    static final Related[] RELATED = Related.values();
    static final List<Where> NEAR = List.of(
            new Where.Later(0),
            new Where.Later(-1),
            new Where.Later(1),
            new Where.RowsLater(-1),
            new Where.RowsLater(1),
            new Where.FromEnd(),
            new Where.Reversed());
    static final int POWERS = 12;
    static final int QUARTERS = 3;
    static final int[] BLOCKS = {4, 8, 64};
    static final int FIRST = 8;

    static final int FAR = NEAR.size() * RELATED.length;
    static final int ENDS = FAR + POWERS + QUARTERS;
    static final int FIRST_OF_PREVIOUS = ENDS + 3 + BLOCKS.length;
    static final int FIRST_OF_SAME_RATE = FIRST_OF_PREVIOUS + FIRST;
    static final int WITHIN = FIRST_OF_SAME_RATE + FIRST;
    /** The first cell for calls further back: the third before. The two before that are among the related calls. */
    static final int BACK = WITHIN + 1;
    /** The first cell for earlier calls of the same shape: the second before. The last is among the related calls. */
    static final int OF_SHAPE = BACK + Past.RECENT - 2;

    private CallCells() {}

    /** The cell that compares elements at the same place of this call and a related one. */
    static int related(Related call) {
        return NEAR.size() * call.ordinal();
    }

    /** All cells. Half of the weight is on the element at the same place of the related calls. */
    static List<Cell> all(String what) {
        List<Place.Other> places = new ArrayList<>();
        for (Related related : RELATED) {
            NEAR.forEach(where -> places.add(new Place.Other(what, related, where)));
        }
        List<Where> far = new ArrayList<>();
        for (int power = 1; power <= POWERS; power++) {
            far.add(new Where.Later(1 << power));
        }
        for (int quarters = 1; quarters <= QUARTERS; quarters++) {
            far.add(new Where.QuartersLater(quarters));
        }
        far.addAll(List.of(new Where.First(), new Where.Last(), new Where.LastForFirst()));
        for (int width : BLOCKS) {
            far.add(new Where.LastBlock(width));
        }
        far.forEach(where -> places.add(new Place.Other(what, Related.PREVIOUS, where)));
        for (Related related : new Related[] {Related.PREVIOUS, Related.SAME_RATE}) {
            for (int i = 0; i < FIRST; i++) {
                places.add(new Place.Other(what, related, new Where.At(i)));
            }
        }
        places.add(new Place.Other(what, new Place.Within(Past.RECENT), NEAR.get(0)));
        for (int calls = 3; calls <= Past.RECENT; calls++) {
            places.add(new Place.Other(what, new Place.Back(calls), NEAR.get(0)));
        }
        for (int calls = 2; calls <= Past.RECENT; calls++) {
            places.add(new Place.Other(what, new Place.BackOfShape(calls), NEAR.get(0)));
        }
        List<Cell> cells = new ArrayList<>();
        int rest = places.size() - RELATED.length;
        for (Place.Other place : places) {
            boolean first = place.call() instanceof Related && place.where().equals(NEAR.get(0));
            cells.add(new Cell(place, Cell.Kind.PAIR, first ? 1.0 / RELATED.length : 1.0 / rest, 0));
        }
        return cells;
    }
}
