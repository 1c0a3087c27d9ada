package org.dropoutspec.oracle;

import java.util.Optional;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** An answer that depends on no mask: that of an evaluation, or of a training call at rate 0 or 1. */
final class MasklessAnswer {
    /** The requirement that tells of masks at another rate than asked, which is then the cause at rate 0 and 1. */
    private static final String RATE = "MASK-1";

    /** The requirement that a zero stays a zero, whether it is dropped or not. */
    private static final String ZEROS = "FWD-7";

    private final CallAndAnswer answer;
    private final boolean inverted;
    private final Sightings sightings;
    private final double rate;
    private final DType dtype;
    private final Tensor x;
    private final Tensor y;
    private final Optional<Tensor> upstream;
    private final Optional<Tensor> gradient;

    MasklessAnswer(CallAndAnswer answer, boolean inverted, Sightings sightings) {
        this.answer = answer;
        this.inverted = inverted;
        this.sightings = sightings;
        this.rate = answer.call().rate();
        this.dtype = answer.dtype();
        this.x = answer.x();
        this.y = answer.y();
        this.upstream = answer.upstream();
        this.gradient = answer.gradient();
    }

    void evaluated() {
        if (inverted) {
            same(answer.isStrided() ? "SHAPE-7" : "EVAL-1", "", x, y);
            gradient.ifPresent(dx -> same("BWD-4", "gradient ", upstream.orElseThrow(), dx));
        } else if (rate < 1) {
            product(answer.isStrided() ? "SHAPE-7" : "EVAL-5", "", x, y);
            gradient.ifPresent(dx -> product("BWD-4", "gradient ", upstream.orElseThrow(), dx));
        }
    }

    /** Requires a call at rate 0 to drop nothing; where masks are not drawn at their rate, that shows here too. */
    void untouched(String requirement) {
        int at = same(requirement, "", x, y);
        if (at >= 0 && x.value(at) != 0 && y.value(at) == 0) {
            sightings.partOf(RATE, requirement);
        }
        gradient.ifPresent(dx -> same(requirement, "gradient ", upstream.orElseThrow(), dx));
    }

    /** The index of the first element that is not the same; -1 if there is none. */
    private int same(String requirement, String name, Tensor expected, Tensor got) {
        int at = Chunks.mismatch(expected, got);
        if (at >= 0) {
            sightings.see(requirement, name, () -> Sightings.unexpected(name, at, expected.bits(at), got));
        }
        return at;
    }

    private void product(String requirement, String name, Tensor given, Tensor got) {
        for (int i = 0; i < given.size(); i++) {
            long expected = Scaled.product(dtype, given.bits(i), rate);
            boolean normal = (expected & ~dtype.signBit()) >>> dtype.fractionBits() != 0;
            boolean zero = (given.bits(i) & ~dtype.signBit()) == 0;
            if ((normal || zero) && !Scaled.close(dtype, expected, got.bits(i), Scaled.CLASSIC_ULPS)) {
                int at = i;
                sightings.see(requirement, () -> Sightings.unexpected(name, at, expected, got));
                return;
            }
        }
    }

    /** Requires a call at rate 1 to drop everything; where masks are not drawn at their rate, that shows here too. */
    void zeros() {
        int at = zeros("", y);
        if (at >= 0 && Double.isFinite(x.value(at)) && !Double.isNaN(y.value(at))) {
            sightings.partOf(x.value(at) == 0 ? ZEROS : RATE, "RATE-8");
        }
        gradient.ifPresent(dx -> zeros("gradient ", dx));
    }

    /** The index of the first element that is not 0; -1 if there is none. */
    private int zeros(String name, Tensor got) {
        PackedMask zero = PackedMask.ofOutput(got);
        for (int i = 0; i < got.size() && zero.count() < got.size(); i++) {
            if (!zero.dropped(i)) {
                int at = i;
                sightings.see("RATE-8", name, () -> Sightings.unexpected(name, at, 0, got));
                return at;
            }
        }
        return -1;
    }
}
