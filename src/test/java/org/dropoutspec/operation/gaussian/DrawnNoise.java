package org.dropoutspec.operation.gaussian;

import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.GaussianDropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Sound Gaussian dropout whose noise comes about in another way than the reference's. */
public final class DrawnNoise {
    /** Every step rounded to the element type. */
    public static final Defect IN_ITS_TYPE = drawn((dtype, z, rate) -> {
        double variance = round(dtype, rate / round(dtype, 1 - rate));
        double s = round(dtype, Math.sqrt(variance));
        return round(dtype, 1 + round(dtype, s * round(dtype, z)));
    });

    /** At the nearest multiple of 1/256, to be declared as a resolution of 2^-9. */
    public static final Defect AT_A_ROUNDED_RATE = drawn((dtype, z, rate) -> {
        double rounded = Math.min(Math.rint(rate * 256) / 256, 1 - 0x1p-8);
        return 1 + GaussianDropout.deviation(rounded) * z;
    });

    private DrawnNoise() {}

    private interface Noise {
        double of(DType dtype, double z, double rate);
    }

    private static Defect drawn(Noise noise) {
        return (call, dropout, sound) -> {
            double rate = call.rate();
            if (!call.training() || !(rate > 0 && rate < 1) || call.has("noise")) {
                return sound.answer(call, dropout);
            }
            Tensor x = call.tensor("input");
            Tensor normal = GaussianDropout.noise(
                    Tensor.builder(DType.FLOAT64, x.shape()).build(), 0.5, dropout);
            Tensor.Builder drawn = Tensor.builder(x.dtype(), x.shape());
            for (int i = 0; i < x.size(); i++) {
                drawn.setBits(i, x.dtype().round(noise.of(x.dtype(), normal.value(i) - 1, rate)));
            }
            return sound.answer(call.with("noise", drawn.build()), dropout);
        };
    }

    private static double round(DType dtype, double value) {
        return dtype.value(dtype.round(value));
    }
}
