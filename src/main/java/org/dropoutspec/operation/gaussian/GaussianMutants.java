package org.dropoutspec.operation.gaussian;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.reference.GaussianDropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Broken Gaussian dropout. */
final class GaussianMutants {
    private static final Defect CLIPPED =
            law((z, rate) -> 1 + GaussianDropout.deviation(rate) * Math.max(-3, Math.min(z, 3)));

    private GaussianMutants() {}

    static List<Mutant> all() {
        return List.of(
                broken(
                        "gaussian-variance-is-the-rate",
                        "MASK-1",
                        "takes the rate for the variance",
                        law((z, rate) -> 1 + Math.sqrt(rate) * z)),
                broken(
                        "gaussian-variance-of-a-mask",
                        "MASK-1",
                        "takes rate (1 - rate) for the variance, which is that of a mask before it is scaled",
                        law((z, rate) -> 1 + Math.sqrt(rate * (1 - rate)) * z)),
                broken(
                        "gaussian-without-the-root",
                        "MASK-1",
                        "takes rate/(1 - rate) for the standard deviation; at rate 1/2 that is right",
                        law((z, rate) -> 1 + rate / (1 - rate) * z)),
                broken(
                        "gaussian-of-the-keep-probability",
                        "MASK-1",
                        "takes (1 - rate)/rate for the variance, as the Javadoc of DL4J's GaussianDropout has it",
                        law((z, rate) -> 1 + Math.sqrt((1 - rate) / rate) * z)),
                broken(
                        "gaussian-uniform",
                        "MASK-1",
                        "draws uniform noise of the right mean and variance",
                        law((z, rate) -> 1 + GaussianDropout.deviation(rate) * Math.sqrt(3) * uniform(z))),
                broken(
                        "gaussian-truncated-at-2-sigma",
                        "MASK-13",
                        "draws again what lies further than two standard deviations from the mean",
                        GaussianMutants::truncated),
                broken(
                        "gaussian-clipped-at-3-sigma",
                        "MASK-13",
                        "clips what lies further above the mean than three standard deviations, as a generator does"
                                + " whose uniform numbers are coarse",
                        law((z, rate) -> 1 + GaussianDropout.deviation(rate) * Math.min(z, 3))),
                broken(
                        "gaussian-of-twelve-uniforms",
                        "GAUSS-6",
                        "adds twelve uniform numbers and takes 6 from the sum, whose kurtosis is .1 too small",
                        law((z, rate) -> 1 + GaussianDropout.deviation(rate) * ofTwelve(z))),
                broken(
                        "gaussian-of-float16-clipped-at-3-sigma",
                        "GAUSS-6",
                        "clips noise of float16 at three standard deviations to either side",
                        (call, dropout, sound) -> call.tensor("input").dtype() == DType.FLOAT16
                                ? CLIPPED.answer(call, dropout, sound)
                                : sound.answer(call, dropout)),
                broken(
                        "gaussian-additive",
                        "GAUSS-1",
                        "adds noise of mean 0 and does not multiply",
                        changed((x, noise) -> x + noise - 1)),
                broken(
                        "gaussian-reports-other-noise",
                        "GAUSS-3",
                        "reports noise that it has not applied",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return call.training()
                                    ? result.with(
                                            "noise", GaussianDropout.noise(call.tensor("input"), call.rate(), dropout))
                                    : result;
                        }),
                broken(
                        "gaussian-gradient-without-noise",
                        "GAUSS-2",
                        "passes the gradient through as if nothing had been multiplied",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return call.has("grad_output")
                                    ? result.with("grad_input", call.tensor("grad_output"))
                                    : result;
                        }),
                broken(
                        "gaussian-gradient-with-noise-of-its-own",
                        "GAUSS-2",
                        "draws again in the backward pass",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return call.training() && call.has("grad_output")
                                    ? noisyGradient(call, dropout, result)
                                    : result;
                        }),
                broken(
                        "gaussian-gradient-in-evaluation",
                        "GAUSS-4",
                        "multiplies the gradient with noise in evaluation too",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            return !call.training() && call.has("grad_output")
                                    ? noisyGradient(call, dropout, result)
                                    : result;
                        }),
                broken(
                        "gaussian-in-float64",
                        "GAUSS-5",
                        "answers in float64 whatever the type of the input",
                        (call, dropout, sound) -> {
                            OperationResult result = sound.answer(call, dropout);
                            Tensor y = result.tensor("output");
                            return result.with("output", Tensor.of(DType.FLOAT64, y.shape(), y.values()));
                        }),
                broken(
                        "gaussian-one-noise-for-the-batch",
                        "MASK-2",
                        "draws the noise of one example and uses it for all",
                        GaussianMutants::shared),
                broken(
                        "gaussian-in-evaluation",
                        "EVAL-1",
                        "multiplies with noise in evaluation too",
                        (call, dropout, sound) -> sound.answer(call.with("training", true), dropout)));
    }

    private static Mutant broken(String name, String requirement, String what, Defect defect) {
        return BrokenOperation.mutant(new Gaussian(), name, requirement, what, defect);
    }

    private interface Law {
        double noise(double z, double rate);
    }

    private interface Change {
        double of(double x, double noise);
    }

    /** A uniform number from -1 to 1, made from the digits of a normal one below 2^-12. */
    private static double uniform(double z) {
        return 2 * (z * 4096 - Math.floor(z * 4096)) - 1;
    }

    /** A sum of twelve uniform numbers of variance 1/12, less 6, made from the bits of a normal number. */
    private static double ofTwelve(double z) {
        return new SplittableRandom(Double.doubleToLongBits(z)).doubles(12).sum() - 6;
    }

    private static boolean draws(OperationCall call) {
        return call.training() && !call.has("noise") && call.rate() > 0 && call.rate() < 1;
    }

    private static OperationResult noisyGradient(OperationCall call, Dropout dropout, OperationResult result) {
        Tensor dy = call.tensor("grad_output");
        Tensor noise = GaussianDropout.noise(dy, call.rate(), dropout);
        return result.with("grad_input", GaussianDropout.multiply(dy, noise));
    }

    /** A defect with noise of another law, made from standard normal numbers. */
    private static Defect law(Law law) {
        return (call, dropout, sound) -> {
            if (!draws(call)) {
                return sound.answer(call, dropout);
            }
            Tensor x = call.tensor("input");
            double[] normal = normal(x.size(), dropout);
            Tensor.Builder noise = Tensor.builder(x.dtype(), x.shape());
            for (int i = 0; i < normal.length; i++) {
                noise.setBits(i, x.dtype().round(law.noise(normal[i], call.rate())));
            }
            return sound.answer(call.with("noise", noise.build()), dropout);
        };
    }

    /** Standard normal numbers, taken from noise at rate 1/2, which is 1 + z. */
    private static double[] normal(int size, Dropout dropout) {
        Tensor like = Tensor.builder(DType.FLOAT64, Shape.of(size)).build();
        double[] normal = GaussianDropout.noise(like, 0.5, dropout).values();
        Arrays.setAll(normal, i -> normal[i] - 1);
        return normal;
    }

    private static OperationResult truncated(OperationCall call, Dropout dropout, Operation sound) {
        return law((z, rate) -> {
                    double within = z;
                    while (Math.abs(within) > 2) {
                        within = normal(1, dropout)[0];
                    }
                    return 1 + GaussianDropout.deviation(rate) * within;
                })
                .answer(call, dropout, sound);
    }

    private static Defect changed(Change change) {
        return (call, dropout, sound) -> {
            OperationResult result = sound.answer(call, dropout);
            if (!call.training() || call.rate() == 1) {
                return result;
            }
            Tensor x = call.tensor("input");
            Tensor noise = result.tensor("noise");
            Tensor.Builder y = Tensor.builder(x.dtype(), x.shape());
            for (int i = 0; i < x.size(); i++) {
                y.setBits(i, x.dtype().round(change.of(x.value(i), noise.value(i))));
            }
            return result.with("output", y.build());
        };
    }

    private static OperationResult shared(OperationCall call, Dropout dropout, Operation sound) {
        Tensor x = call.tensor("input");
        if (!draws(call) || x.shape().rank() < 2 || x.size() == 0) {
            return sound.answer(call, dropout);
        }
        int[] one = x.shape().extents();
        one[0] = 1;
        Tensor like = Tensor.builder(x.dtype(), Shape.of(one)).build();
        Tensor noise = GaussianDropout.noise(like, call.rate(), dropout).broadcastTo(x.shape());
        return sound.answer(call.with("noise", noise), dropout);
    }
}
