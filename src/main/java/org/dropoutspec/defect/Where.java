package org.dropoutspec.defect;

import java.util.List;
import java.util.stream.Collectors;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Level;

/** Where a defect strikes: a predicate on a call and on what was asked before it. */
sealed interface Where {
    boolean holds(Asked asked, History history);

    /** The kind of condition, by which results are grouped. */
    String kind();

    /** The levels of the design's factors that the condition names. */
    default List<Level> levels() {
        return List.of();
    }

    /** The defect strikes in every call. */
    record Everywhere() implements Where {
        @Override
        public boolean holds(Asked asked, History history) {
            return true;
        }

        @Override
        public String kind() {
            return "everywhere";
        }

        @Override
        public String toString() {
            return "everywhere";
        }
    }

    /** The defect strikes in no call. */
    record Nowhere() implements Where {
        @Override
        public boolean holds(Asked asked, History history) {
            return false;
        }

        @Override
        public String kind() {
            return "nowhere";
        }

        @Override
        public String toString() {
            return "nowhere";
        }
    }

    /** The defect strikes where each of one to three factors has a certain level. */
    record Levels(List<Level> levels) implements Where {
        @Override
        public boolean holds(Asked asked, History history) {
            for (Level level : levels) {
                boolean holds = level.factor() == Factor.BEFORE
                        ? history.cameBefore(Before.values()[level.index()], asked)
                        : asked.is(level);
                if (!holds) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String kind() {
            return List.of("one level", "two levels", "three levels").get(levels.size() - 1);
        }

        @Override
        public String toString() {
            return levels.stream().map(Level::words).collect(Collectors.joining(" and "));
        }
    }

    /** The defect strikes from this many elements on. */
    record SizeFrom(int least) implements Free {
        @Override
        public boolean holds(Asked asked, History history) {
            return asked.size() >= least;
        }

        @Override
        public String toString() {
            return "from " + least + " elements on";
        }
    }

    /** The defect strikes where the number of elements has this remainder. */
    record SizeModulo(int width, int remainder) implements Free {
        @Override
        public boolean holds(Asked asked, History history) {
            return asked.size() > remainder && asked.size() % width == remainder;
        }

        @Override
        public String toString() {
            return "where the number of elements is " + remainder + " modulo " + width;
        }
    }

    /** The defect strikes where the last axis is a multiple of this. */
    record LastAxisModulo(int width) implements Free {
        @Override
        public boolean holds(Asked asked, History history) {
            int rank = asked.shape().rank();
            return rank > 0 && asked.size() > 0 && asked.shape().extent(rank - 1) % width == 0;
        }

        @Override
        public String toString() {
            return "where the last axis is a multiple of " + width;
        }
    }

    /** The defect strikes at every draw of a process whose number is a multiple of the period. */
    record EveryDraw(int period) implements Free {
        @Override
        public boolean holds(Asked asked, History history) {
            return history.draws() % period == period - 1;
        }

        @Override
        public String toString() {
            return "at every draw of number " + period;
        }
    }

    /** The defect strikes at the draw with this number since an event; its own, or the first after it, is number 0. */
    record DrawAfter(Before event, int number) implements Free {
        @Override
        public boolean holds(Asked asked, History history) {
            return history.drawsSince(event).filter(since -> since == number).isPresent();
        }

        @Override
        public String toString() {
            return "at draw " + (number + 1) + " after " + event.toString().replaceFirst("^right after ", "");
        }
    }

    /** The defect strikes after this many draws of a process. */
    record AfterDraws(int count) implements Free {
        @Override
        public boolean holds(Asked asked, History history) {
            return history.draws() >= count;
        }

        @Override
        public String toString() {
            return "after " + count + " draws";
        }
    }

    /** A condition that is not made of levels of factors. */
    sealed interface Free extends Where {
        @Override
        default String kind() {
            return "free";
        }
    }
}
