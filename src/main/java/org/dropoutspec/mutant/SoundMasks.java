package org.dropoutspec.mutant;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.Philox4x32;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * A dropout that applies its masks soundly, by the reference and at its speed. A subclass says how a mask is filled;
 * there lies the defect of a mutant.
 */
abstract class SoundMasks extends SoundDropout {
    /** One type, seeds and reported masks: the evidence is about masks, and each further type would cost as much. */
    static final Description MASKS =
            EVERYTHING.withDtypes(DType.FLOAT32).withCapabilities(Capability.SEED, Capability.MASK_OUTPUT);

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final long WORD = 0xFFFF_FFFFL;

    private long seed;
    private long draws;

    SoundMasks(long seed) {
        this(MASKS, seed);
    }

    SoundMasks(Description description, long seed) {
        super(description, seed);
        this.seed = seed;
    }

    /** Fills the next mask: 1 keeps, 0 drops. */
    abstract void fill(byte[] kept, Call call);

    @Override
    void reseed(long value) {
        seed = value;
        draws = 0;
    }

    @Override
    final Tensor draw(Call call) {
        byte[] kept = new byte[call.maskShape().size()];
        fill(kept, call);
        return Tensor.wrap(DType.BOOL, call.maskShape(), kept);
    }

    @Override
    final Result train(Call call) {
        call.seed().ifPresent(this::reseed);
        Tensor mask = draw(call);
        return Result.of(Dropout.forward(call.presented(), mask, call.rate())).withMask(mask);
    }

    @Override
    final Result evaluate(Call call) {
        return Result.of(call.presented());
    }

    final long seed() {
        return seed;
    }

    /** The number of the next draw since seeding; each number is given out once. */
    final long nextDraw() {
        return draws++;
    }

    /** The key of the words of a draw, one for each seed and draw. */
    static long key(long seed, long draw) {
        int[] words = Philox4x32.words(seed, draw, 0);
        return (long) words[0] << 32 | words[1] & WORD;
    }

    /** A sound word for each position, from 0 to 2^32 - 1, by SplitMix64, which can be entered at any position. */
    static long word(long key, long position) {
        long z = key + GOLDEN_RATIO * position;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return (z ^ z >>> 31) >>> 32;
    }

    /** The word as a uniform number in [0, 1). */
    static double uniform(long key, long position) {
        return word(key, position) * 0x1p-32;
    }

    /** Fills the range [from, to) with consecutive elements of a sound stream. */
    static void fill(byte[] kept, int from, int to, double rate, long key, long position) {
        long threshold = BernoulliMask.threshold(rate);
        for (int i = from; i < to; i++) {
            kept[i] = keep(word(key, position + i - from), threshold);
        }
    }

    /** Fills the next mask soundly; the rate may differ from that of the call. */
    final void fillSoundly(byte[] kept, double rate) {
        fill(kept, 0, kept.length, rate, key(seed, nextDraw()), 0);
    }

    /** 0 when the word is below the threshold, else 1; computed without a branch. */
    static byte keep(long word, long threshold) {
        return (byte) (1 - (word - threshold >>> 63));
    }

    /** The length of a row: the extent of the last axis. */
    static int row(Call call) {
        Shape shape = call.maskShape();
        return shape.rank() == 0 ? 1 : Math.max(1, shape.extents()[shape.rank() - 1]);
    }

    /** The rate moved by this much, within [0, 1]; 0 and 1 stay as they are. */
    static double moved(double rate, double by) {
        return rate == 0 || rate == 1 ? rate : Math.min(1, Math.max(0, rate + by));
    }
}
