package org.dropoutspec.operation.gaussian;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.ShownMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * Gaussian noise as a mask. An element is dropped if its noise lies below the quantile of the asked rate, so that it is
 * dropped with exactly this probability. Inputs are signed powers of two, so that the output divided by the input is
 * exactly the noise.
 */
final class NoiseSite implements MaskSite {
    private static final Set<DType> WIDE = EnumSet.of(DType.FLOAT32, DType.FLOAT64);

    /** The noise of every rate, split at its quantile of the same rate. */
    static final NoiseSite NOISE = new NoiseSite("noise_below_its_quantile", WIDE, false);
    /** The noise of rate 1/2, split at the quantiles of all rates, from far down in one tail to far up in the other. */
    static final NoiseSite TAILS = new NoiseSite("noise_of_rate_one_half_below_its_quantile", WIDE, true);
    /** Like {@link #NOISE}, for a type whose roundings move an element across a quantile now and then. */
    static final NoiseSite OF_FLOAT16 = new NoiseSite("noise_of_float16_below_its_quantile", DType.FLOAT16);
    /** The same for a type with coarser roundings, of which less can be said. */
    static final NoiseSite OF_BFLOAT16 = new NoiseSite("noise_of_bfloat16_below_its_quantile", DType.BFLOAT16);

    /**
     * How many times as much the drop probability changes as the effective rate, at most: |z| phi(z) / (2 r (1 - r))
     * for the quantile z of a rate r from 2^-21 to 1 - 2^-21.
     */
    private static final int SENSITIVITY = 13;

    /** The largest exponent of an input, of either sign: float16 never overflows, nor underflows near a quantile. */
    private static final int EXPONENTS = 6;

    private static final int MOST_SHIFT = 10;

    private final String name;
    private final Set<DType> dtypes;
    private final boolean atOneHalf;

    private NoiseSite(String name, DType half) {
        this(name, EnumSet.of(half), false);
    }

    private NoiseSite(String name, Set<DType> dtypes, boolean atOneHalf) {
        this.name = name;
        this.dtypes = dtypes;
        this.atOneHalf = atOneHalf;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return atOneHalf
                ? Set.of(Capability.SEED, Capability.MASK_INPUT)
                : MaskSite.withBetweenCalls(
                        Capability.SEED, Capability.MASK_INPUT, Capability.INPUT_AFTER, Capability.IN_PLACE);
    }

    @Override
    public Declaration shown(Declaration declared) {
        Set<Capability> shown = EnumSet.noneOf(Capability.class);
        shown.addAll(MaskSite.super.shown(declared).capabilities());
        if (declared.can(Capability.NOISE_INPUT)) {
            shown.add(Capability.MASK_INPUT);
        }
        Set<DType> looked = declared.dtypes().stream().filter(dtypes::contains).collect(Collectors.toSet());
        Choices choices = declared.choices();
        return new Declaration(
                looked,
                shown,
                choices.with(Scaling.INVERTED)
                        .with(DroppedNonfinite.ZERO)
                        .withRateResolution(resolution(choices.rateResolution(), looked)));
    }

    /**
     * The resolution of the site. Sound noise may be on the wrong side of a quantile if it is within a few roundings of
     * it: four of u |z| in z itself (a function of its own), two in the standard deviation s and one in s z, and two of
     * u |1 + s z| in the sum and in the output. The probability of this is at most phi(z) (7 |z| + 2 |1/s + z|) u, less
     * than 4u at every rate. At rate 1/2 the probability moves by 2 |z| phi(z), less than a half, times the rate.
     */
    private double resolution(double declared, Set<DType> looked) {
        double u = looked.stream().mapToDouble(DType::roundoff).max().orElse(0);
        double shown = atOneHalf ? Math.max(declared, 8 * u) : SENSITIVITY * declared + 4 * u;
        return Math.min(shown, Math.nextDown(1.0));
    }

    private double asked(double rate) {
        return atOneHalf && rate > 0 && rate < 1 ? 0.5 : rate;
    }

    @Override
    public OperationCall call(Call plain, Description description) {
        double rate = asked(plain.rate());
        OperationCall call = OperationCall.of(Gaussian.NAME)
                .with("rate", rate)
                .with("training", plain.training())
                .with("input", plain.training() ? powers(plain.input(), rate) : plain.input())
                .withSeed(plain.seed())
                .with(
                        "noise",
                        plain.mask().map(mask -> noise(mask, plain.input().dtype(), plain.rate())));
        return Gaussian.expecting(call, description);
    }

    /** The powers of two next below the magnitudes, with their signs, made smaller if the noise is large. */
    private static Tensor powers(Tensor input, double rate) {
        DType dtype = input.dtype();
        double deviation = Gaussian.deviation(rate);
        int shift = deviation > 1 ? Math.min(Math.getExponent(deviation), MOST_SHIFT) : 0;
        long[] powers = new long[2 * EXPONENTS + 1];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = dtype.round(Math.scalb(1.0, i - EXPONENTS - shift));
        }
        Tensor.Builder x = Tensor.builder(dtype, input.shape());
        for (int i = 0; i < input.size(); i++) {
            double value = input.value(i);
            if (value != 0) {
                int exponent = Double.isFinite(value) ? Math.getExponent(value) : 0;
                int clamped = Math.max(-EXPONENTS, Math.min(EXPONENTS, exponent));
                x.setBits(i, powers[clamped + EXPONENTS] | input.bits(i) & dtype.signBit());
            }
        }
        return x.build();
    }

    /** Noise far from the quantile, on the side that the mask gives. */
    private Tensor noise(Tensor mask, DType dtype, double rate) {
        boolean inside = rate > 0 && rate < 1;
        double quantile = inside ? quantile(rate) : 2;
        double far = inside ? Math.max(1, Math.abs(quantile) / 2) : -1; // at rate 0 noise 1 keeps, any other drops
        long kept = dtype.round(quantile + far);
        long dropped = dtype.round(quantile - far);
        Tensor.Builder noise = Tensor.builder(dtype, mask.shape());
        for (int i = 0; i < mask.size(); i++) {
            noise.setBits(i, mask.bool(i) != 0 ? kept : dropped);
        }
        return noise.build();
    }

    /** The quantile of the noise for the plain rate. */
    private double quantile(double rate) {
        return 1 + Gaussian.deviation(asked(rate)) * NormalQuantile.of(rate);
    }

    @Override
    public Result result(Call plain, OperationCall asked, OperationResult answer, Description description) {
        Tensor x = asked.tensor("input");
        Tensor y = answer.tensor("output");
        if (!plain.training() || y.size() != x.size()) {
            return Result.of(y); // an output of another shape than it should have is shown as it is
        }
        boolean[] kept = new boolean[x.size()];
        double rate = plain.rate();
        double quantile = rate > 0 && rate < 1 ? quantile(rate) : Double.NaN;
        for (int i = 0; i < kept.length; i++) {
            if (rate == 0) {
                kept[i] = y.value(i) == x.value(i);
            } else if (rate == 1) {
                kept[i] = y.value(i) != 0;
            } else {
                kept[i] = !(y.value(i) / x.value(i) < quantile);
            }
        }
        return ShownMask.trained(plain, kept, Optional.empty(), Choices.defaults());
    }
}
