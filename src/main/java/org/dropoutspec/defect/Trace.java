package org.dropoutspec.defect;

/** What one call shows of a defect. Each kind is a kind of bet; {@link ExpectedGain} adds up what it should pay. */
sealed interface Trace {
    /** The number of elements, each of which stands for one bet in a view. */
    double elements();

    /** Whether the masks of a stream show it together, rather than a single answer or related seeds. */
    default boolean isOfTheStream() {
        return true;
    }

    /** Whether it shows only in the elements that are compared with elements far before them. */
    default boolean isFar() {
        return false;
    }

    /** The trace of a call that is not struck: it shows nothing, and dilutes what struck calls show. */
    Trace unstruck();

    /** Elements dropped at {@code toward} instead of the rate; at lower strength, as far on the way as it says. */
    record Rate(View view, double rate, double toward, double elements) implements Trace {
        @Override
        public Trace unstruck() {
            return new Rate(view, rate, rate, elements);
        }
    }

    /**
     * Elements each made from the same random word as another element, with the strength as probability.
     *
     * @param other the rate at which the other element was drawn
     * @param sign 1 for the same word, -1 for one less that word, 0 for neither
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

    /** Elements each made from the words of two others, with the strength as probability. */
    record Triples(View view, double rate, Combination combination, double elements) implements Trace {
        @Override
        public Trace unstruck() {
            return new Triples(view, rate, Combination.NONE, elements);
        }
    }

    /** Elements of which each settles it by itself, with a probability of {@code share} times the strength. */
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

    /** Calls with a fixed number of drops, or with a rate of their own; {@code struck} tells which calls those are. */
    record Calls(Overdispersion spread, boolean struck, double rate, int size, double elements) implements Trace {
        @Override
        public Trace unstruck() {
            return new Calls(spread, false, rate, size, elements);
        }
    }
}
