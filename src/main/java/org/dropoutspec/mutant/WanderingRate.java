package org.dropoutspec.mutant;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;

/** Drops at rates that wander inside the resolution that it declares. */
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
     * @param ahead by how many drops the call is ahead of its rate
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

    /** A multiple of 2^-7, chosen for each call so that the rate is right on average. */
    static final class Dithered extends WanderingRate {
        Dithered(long seed) {
            super(0x1p-7, seed);
        }

        @Override
        double effective(double rate, double resolution, double wander, double ahead) {
            return Math.floor(rate / resolution + wander) * resolution;
        }
    }

    /** At one end or the other, for a call at a time. */
    static final class ByCall extends WanderingRate {
        ByCall(long seed) {
            super(0.01, seed);
        }

        @Override
        double effective(double rate, double resolution, double wander, double ahead) {
            return moved(rate, wander < 0.5 ? -resolution : resolution);
        }
    }

    /** Always so that the number of drops comes nearer to what is expected. */
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
