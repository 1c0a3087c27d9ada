package org.dropoutspec.defect;

import java.util.List;

/** The whole mask is drawn at another rate. */
record RateEffect(Target target) implements Effect {
    /** The wrong rate, as it is at full strength. */
    enum Target {
        NOTHING("drops nothing"),
        EVERYTHING("drops everything"),
        HALF("halves the odds of a drop"),
        DOUBLE("doubles the odds of a drop"),
        COMPLEMENT("keeps as much as it should drop"),
        EIGHTHS("rounds the rate to eighths");

        private final String words;

        Target(String words) {
            this.words = words;
        }

        double of(double rate) {
            return switch (this) {
                case NOTHING -> 0;
                case EVERYTHING -> 1;
                case HALF -> rate / (2 - rate);
                case DOUBLE -> 2 * rate / (1 + rate);
                case COMPLEMENT -> 1 - rate;
                case EIGHTHS -> Math.rint(rate * 8) / 8;
            };
        }
    }

    @Override
    public String kind() {
        return "rate";
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        return List.of(new Trace.Rate(View.ALL, asked.rate(), target.of(asked.rate()), asked.maskSize()));
    }

    @Override
    public double rate(Strike strike) {
        double rate = strike.asked().rate();
        return rate + strike.strength() * (target.of(rate) - rate);
    }

    @Override
    public String toString() {
        return target.words;
    }
}
