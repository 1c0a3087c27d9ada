package org.dropoutspec.defect;

/** What one call lets be seen of a defect. Each of them is a kind of bet; {@link ExpectedGain} adds up what it is expected to pay. */
sealed interface Trace {
    /** Elements that stand for one bet in a view. */
    double elements();

    /** Whether the masks of a stream show it, together; not an answer by itself, nor related seeds. */
    default boolean isOfTheStream() {
        return true;
    }

    /** Whether it is seen of the elements alone that are compared with those far before them. */
    default boolean isFar() {
        return false;
    }

    /** The same in a call that is not struck: there is nothing to be seen, and it dilutes what is. */
    Trace unstruck();

    /** Dropped at {@code toward} instead of the rate, or as far on the way there as the strength says. */
    record Rate(View view, double rate, double toward, double elements) implements Trace {
        @Override
        public Trace unstruck() {
            return new Rate(view, rate, rate, elements);
        }
    }

    /**
     * Each made of the same random word as another element, with a probability that is the strength.
     *
     * @param other the rate at which the other was drawn
     * @param sign 1 for the same word, -1 for one less it, 0 for none
     */
    record Pairs(View view, double rate, double other, int sign, double elements) implements Trace {
        @Override
        public boolean isOfTheStream() {
            return view != View.SEEDS;
        }

        @Override
        public boolean isFar() {
            return view.far();
        }

        @Override
        public Trace unstruck() {
            return new Pairs(view, rate, other, 0, elements);
        }
    }

    /** Each made of the words of two others, with a probability that is the strength. */
    record Triples(View view, double rate, Combination combination, double elements) implements Trace {
        @Override
        public Trace unstruck() {
            return new Triples(view, rate, Combination.NONE, elements);
        }
    }

    /** Each a single observation that settles it, with a probability of {@code share} times the strength. */
    record Shown(double share, double elements) implements Trace {
        @Override
        public boolean isOfTheStream() {
            return false;
        }

        @Override
        public Trace unstruck() {
            return new Shown(0, elements);
        }
    }

    /** Calls of which each drops a number that is fixed, or at a rate of its own; {@code struck} where it does. */
    record Calls(Overdispersion spread, boolean struck, double rate, int size, double elements) implements Trace {
        @Override
        public Trace unstruck() {
            return new Calls(spread, false, rate, size, elements);
        }
    }
}
