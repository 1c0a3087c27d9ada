package org.dropoutspec.defect;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.tensor.Tensor;

/** An element whose input is special is always kept, or always dropped. */
record InputEffect(Feature feature, boolean dropped) implements Effect {
    /** What is special about an input. The shares hold for numbers of both signs from 2^-6 to 2^6. */
    enum Feature {
        NEGATIVE("is negative", 1 / 2.0),
        SMALL("is below 2^-4 in magnitude", 1 / 6.0),
        LARGE("is at least 2^4 in magnitude", 1 / 6.0);

        private final String words;
        private final double share;

        Feature(String words, double share) {
            this.words = words;
            this.share = share;
        }

        boolean holds(double x) {
            return switch (this) {
                case NEGATIVE -> x < 0;
                case SMALL -> Math.abs(x) < 0x1p-4;
                case LARGE -> Math.abs(x) >= 0x1p4;
            };
        }
    }

    @Override
    public String kind() {
        return "input";
    }

    /** With a noise shape, one element of the mask belongs to many of the input, so such calls do not count. */
    @Override
    public boolean concerns(Asked asked) {
        return Effect.super.concerns(asked)
                && asked.maskShape().equals(asked.shape())
                && asked.is(Factor.VALUES.level(ValueKind.MODERATE.ordinal()));
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        double p = asked.rate();
        double toward = dropped ? 1 : 0;
        int size = asked.maskSize();
        double special = feature.share * size;
        List<Trace> traces = new ArrayList<>();
        traces.add(new Trace.Rate(View.ALL, p, toward, special));
        traces.add(new Trace.Rate(View.ALL, p, p, size - special));
        if (!asked.strided()) {
            traces.add(new Trace.Rate(View.input(feature.words), p, toward, special));
        }
        return traces;
    }

    @Override
    public void mask(byte[] kept, Strike strike) {
        Tensor x = strike.call().presented();
        for (int i = 0; i < kept.length; i++) {
            if (feature.holds(x.value(i)) && strike.hits()) {
                kept[i] = (byte) (dropped ? 0 : 1);
            }
        }
    }

    @Override
    public String toString() {
        return (dropped ? "always drops what " : "never drops what ") + feature.words;
    }
}
