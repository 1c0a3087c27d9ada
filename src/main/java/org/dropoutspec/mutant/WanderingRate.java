package org.dropoutspec.mutant;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;

/** A sound implementation that drops at rates which vary within its declared resolution. */
abstract class WanderingRate extends SoundMasks {
    private final double resolution;

    WanderingRate(double resolution, long seed) {
        super(MASKS.with(Choices.defaults().withRateResolution(resolution)), seed);
        this.resolution = resolution;
    }

    /**
     * The rate of the next element.
     *
     * @param wander a number in [0, 1) for the call
     * @param ahead how many drops the call has had so far beyond what its rate expects
     */
    abstract double effective(double rate, double resolution, double wander, double ahead);

    @Override
    final void fill(byte[] kept, Call call) {
        double rate = call.rate();
        long key = key(seed(), nextDraw());
        double wander = uniform(~key, 0);
        double ahead = 0;
        for (int i = 0; i < kept.length; i++) {
            double q = rate == 0 || rate == 1 ? rate : effective(rate, resolution, wander, ahead);
            kept[i] = (byte) (uniform(key, i) < q ? 0 : 1);
            ahead += 1 - kept[i] - rate;
        }
    }

    /** The rate is a multiple of 2^-7, chosen at random for each call so that it is right on average. */
    static final class Dithered extends WanderingRate {
        Dithered(long seed) {
            super(0x1p-7, seed);
        }

        @Override
        double effective(double rate, double resolution, double wander, double ahead) {
            return Math.floor(rate / resolution + wander) * resolution;
        }
    }

    /** The rate is at one end of the resolution or at the other, constant during a call. */
    static final class ByCall extends WanderingRate {
        ByCall(long seed) {
            super(0.01, seed);
        }

        @Override
        double effective(double rate, double resolution, double wander, double ahead) {
            return moved(rate, wander < 0.5 ? -resolution : resolution);
        }
    }

    /** The rate is at the end of the resolution that brings the number of drops nearer to the expected one. */
    static final class Ratchet extends WanderingRate {
        Ratchet(long seed) {
            super(0.01, seed);
        }

        @Override
        double effective(double rate, double resolution, double wander, double ahead) {
            return moved(rate, ahead > 0 ? -resolution : resolution);
        }
    }
}
