package org.dropoutspec.adversary.family;

import static org.dropoutspec.adversary.family.Changes.answered;
import static org.dropoutspec.adversary.family.Changes.each;
import static org.dropoutspec.adversary.family.Changes.field;
import static org.dropoutspec.adversary.family.Changes.times;
import static org.dropoutspec.adversary.family.Changes.where;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Alpha and Gaussian dropout. */
final class NoiseDefects {
    private static final List<FamilyBroken> ALL = new ArrayList<>();

    private NoiseDefects() {}

    private static void alpha(String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of("alpha_dropout", name, defect, requirements));
    }

    private static void gaussian(String name, Defect defect, String... requirements) {
        ALL.add(FamilyBroken.of("gaussian_dropout", name, defect, requirements));
    }

    private static double deviation(double rate) {
        return Math.sqrt(rate / (1 - rate));
    }

    private interface Standard {
        double of(Drawn drawn, double[] z, int index);
    }

    /** Noise 1 + s f(z), from standard normal z. */
    private static Defect noise(Standard standard) {
        return Drawn.changed(where(drawn -> drawn.rate() > 0, drawn -> {
            double s = deviation(drawn.rate());
            double[] z = drawn.mask().values();
            for (int i = 0; i < z.length; i++) {
                z[i] = (z[i] - 1) / s;
            }
            return each(drawn.mask(), i -> 1 + s * standard.of(drawn, z, i));
        }));
    }

    private static double cdf(double z) {
        return 0.5 * org.apache.commons.math3.special.Erf.erfc(-z / Math.sqrt(2));
    }

    static List<FamilyBroken> all() {
        ALL.clear();
        for (int r : new int[] {7, 3, 1, 5}) {
            alpha(
                    "never drops the last element of sizes of " + r + " mod 8",
                    Drawn.changed(drawn ->
                            drawn.with(i -> drawn.size() % 8 == r && i == drawn.size() - 1 || drawn.kept(i))),
                    "MASK-8");
        }
        alpha(
                "never drops the last element of sizes of 15 mod 16",
                Drawn.changed(drawn ->
                        drawn.with(i -> drawn.size() % 16 == 15 && i == drawn.size() - 1 || drawn.kept(i))),
                "MASK-8");
        alpha(
                "never drops the first of 3 elements",
                Drawn.changed(drawn -> drawn.with(i -> drawn.size() == 3 && i == 0 || drawn.kept(i))),
                "MASK-8");
        alpha(
                "never drops the last of 31 elements",
                Drawn.changed(drawn -> drawn.with(i -> drawn.size() == 31 && i == 30 || drawn.kept(i))),
                "MASK-8");
        alpha(
                "forgets b of what it drops from 1,024 elements on",
                answered(Changes::trains, (call, r) -> {
                    Tensor x = call.tensor("input");
                    if (x.size() < 1024 || call.has("noise_shape")) {
                        return r;
                    }
                    double a = AlphaDropout.scale(call.rate());
                    return field(
                            r,
                            "output",
                            i -> r.tensor("mask").bool(i) != 0
                                    ? r.tensor("output").value(i)
                                    : a * AlphaDropout.ALPHA);
                }),
                "ALPHA-2");
        alpha(
                "forgets b of what it keeps below 4 elements",
                answered(Changes::trains, (call, r) -> {
                    Tensor x = call.tensor("input");
                    double a = AlphaDropout.scale(call.rate());
                    return x.size() >= 4 || call.has("noise_shape")
                            ? r
                            : field(
                                    r,
                                    "output",
                                    i -> r.tensor("mask").bool(i) != 0
                                            ? a * x.value(i)
                                            : r.tensor("output").value(i));
                }),
                "ALPHA-1");
        alpha(
                "lets the gradient through where the input is zero",
                answered(
                        Changes::differentiates,
                        (call, r) -> field(
                                r,
                                "grad_input",
                                i -> call.tensor("input").value(i) == 0
                                        ? AlphaDropout.scale(call.rate())
                                                * call.tensor("grad_output").value(i)
                                        : r.tensor("grad_input").value(i))),
                "ALPHA-3");
        alpha(
                "gives no gradient where the input is negative",
                answered(
                        Changes::differentiates,
                        (call, r) -> field(
                                r,
                                "grad_input",
                                i -> call.tensor("input").value(i) < 0
                                        ? 0
                                        : r.tensor("grad_input").value(i))),
                "ALPHA-3");
        alpha(
                "maps in evaluation too",
                (call, dropout, sound) -> {
                    var r = sound.answer(call, dropout);
                    double a = AlphaDropout.scale(Math.min(call.rate(), 0.999));
                    return call.training()
                            ? r
                            : field(
                                    r,
                                    "output",
                                    i -> a * (call.tensor("input").value(i) - call.rate() * AlphaDropout.ALPHA));
                },
                "EVAL-1");
        alpha(
                "gives the constant at rate 1",
                (call, dropout, sound) -> {
                    var r = sound.answer(call, dropout);
                    return call.training() && call.rate() == 1 ? field(r, "output", i -> AlphaDropout.ALPHA) : r;
                },
                "RATE-8");
        alpha(
                "broadcasts a noise shape from the left",
                (call, dropout, sound) -> {
                    if (!Changes.trains(call) || Drawn.given(call) || !call.has("noise_shape")) {
                        return sound.answer(call, dropout);
                    }
                    Shape noise = (Shape) call.required("noise_shape");
                    Shape shape = call.tensor("input").shape();
                    Tensor m = sound.answer(call, dropout).tensor("mask");
                    Tensor all = dropout.drawMask(shape, call.rate());
                    var r = sound.answer(call.without("noise_shape").with("mask", all), dropout);
                    return noise.equals(shape) ? r : r.with("mask", m);
                },
                "SHAPE-3",
                "MASK-4",
                "ALPHA-1",
                "ALPHA-2");
        alpha(
                "shares the mask along the last axis of rank 3",
                Drawn.changed(where(
                        drawn -> drawn.mask().shape().rank() == 3,
                        drawn -> drawn.with(i -> drawn.kept(i - i % drawn.columns())))),
                "MASK-2");
        alpha(
                "draws neighbours antithetically",
                Drawn.changed(drawn -> {
                    double p = drawn.rate();
                    double[] u = new double[Math.min(drawn.size(), 4096)];
                    for (int i = 0; i < u.length; i++) {
                        u[i] = i % 2 == 1 ? 1 - u[i - 1] : OwnNumbers.of(drawn).uniform(i);
                    }
                    return drawn.with(i -> i < u.length ? u[i] >= p : drawn.kept(i));
                }),
                "MASK-2",
                "MASK-9");
        alpha(
                "repeats its mask after 256 elements",
                Drawn.changed(drawn -> drawn.with(i -> drawn.kept(i % 256))),
                "MASK-2",
                "MASK-10");
        alpha(
                "repeats its mask after 1,000 elements",
                Drawn.changed(drawn -> drawn.with(i -> drawn.kept(i % 1000))),
                "MASK-2",
                "MASK-10");
        alpha(
                "uses each mask twice where it is asked for a gradient",
                Changes.again(1, drawn -> drawn.call().has("grad_output") ? "g" : new Object()),
                "MASK-3");
        alpha(
                "rounds the rate to sixteenths",
                (call, dropout, sound) -> {
                    if (!Changes.trains(call) || Drawn.given(call)) {
                        return sound.answer(call, dropout);
                    }
                    var other = sound.answer(
                            call.with("rate", Math.rint(call.rate() * 16) / 16).without("grad_output"), dropout);
                    return sound.answer(call.with("mask", other.tensor("mask")), dropout);
                },
                "MASK-1");
        alpha(
                "takes a of the rate and b of what is kept",
                answered(Changes::trains, (call, r) -> {
                    double shift = AlphaDropout.scale(call.rate()) * AlphaDropout.ALPHA * (2 * call.rate() - 1);
                    return field(r, "output", i -> r.tensor("output").value(i) + shift);
                }),
                "ALPHA-1",
                "ALPHA-2");

        gaussian(
                "multiplies by 1 in calls of one element",
                noise((d, z, i) -> z.length == 1 ? 0 : z[i]),
                "MASK-8",
                "MASK-1",
                "GAUSS-6",
                "MASK-2",
                "MASK-9");
        gaussian(
                "multiplies by 1 in calls of two elements",
                noise((d, z, i) -> z.length == 2 ? 0 : z[i]),
                "MASK-8",
                "MASK-1",
                "GAUSS-6",
                "MASK-2",
                "MASK-9");
        gaussian(
                "multiplies by 1 in calls of seven elements",
                noise((d, z, i) -> z.length == 7 ? 0 : z[i]),
                "MASK-8",
                "MASK-1",
                "GAUSS-6",
                "MASK-2",
                "MASK-9");
        gaussian(
                "multiplies by 1 below 5 elements",
                noise((d, z, i) -> z.length < 5 ? 0 : z[i]),
                "MASK-8",
                "MASK-1",
                "GAUSS-6",
                "MASK-2",
                "MASK-9");
        gaussian(
                "multiplies by 1 in the last of an odd number",
                noise((d, z, i) -> z.length % 2 == 1 && i == z.length - 1 ? 0 : z[i]),
                "MASK-8",
                "GAUSS-6",
                "MASK-1");
        gaussian(
                "multiplies scalars by 1",
                noise((d, z, i) -> d.mask().shape().rank() == 0 ? 0 : z[i]),
                "MASK-8",
                "MASK-1",
                "GAUSS-6",
                "MASK-9");
        gaussian(
                "has the variance of the rate",
                noise((d, z, i) -> z[i] * Math.sqrt(1 - d.rate())),
                "MASK-1",
                "GAUSS-6");
        gaussian(
                "takes the variance for the deviation",
                noise((d, z, i) -> z[i] * deviation(d.rate())),
                "MASK-1",
                "GAUSS-6");
        gaussian(
                "has half the deviation in calls of one element",
                noise((d, z, i) -> z.length == 1 ? z[i] / 2 : z[i]),
                "MASK-1",
                "GAUSS-6");
        gaussian(
                "cuts its noise at two deviations",
                noise((d, z, i) -> Math.abs(z[i]) > 2 ? z[i] / 2 : z[i]),
                "GAUSS-6",
                "MASK-13",
                "MASK-1");
        gaussian(
                "clips its noise at three deviations",
                noise((d, z, i) -> Math.max(-3, Math.min(3, z[i]))),
                "GAUSS-6",
                "MASK-13",
                "MASK-1");
        gaussian(
                "clips its noise at zero",
                noise((d, z, i) -> Math.max(-1 / deviation(d.rate()), z[i])),
                "GAUSS-6",
                "MASK-13",
                "MASK-1");
        gaussian(
                "has Laplace noise",
                noise((d, z, i) -> {
                    double u = cdf(z[i]);
                    double b = Math.sqrt(0.5);
                    return u < 0.5 ? b * Math.log(2 * u) : -b * Math.log(2 * (1 - u));
                }),
                "GAUSS-6",
                "MASK-1");
        gaussian("has uniform noise", noise((d, z, i) -> (2 * cdf(z[i]) - 1) * Math.sqrt(3)), "GAUSS-6", "MASK-1");
        gaussian(
                "has logistic noise",
                noise((d, z, i) -> {
                    double u = cdf(z[i]);
                    return Math.sqrt(3) / Math.PI * Math.log(u / (1 - u));
                }),
                "GAUSS-6",
                "MASK-1");
        gaussian("draws two of opposite signs", noise((d, z, i) -> i % 2 == 1 ? -z[i - 1] : z[i]), "MASK-2", "MASK-9");
        gaussian(
                "draws two of one magnitude",
                noise((d, z, i) -> i % 2 == 1 ? Math.signum(z[i]) * Math.abs(z[i - 1]) : z[i]),
                "MASK-2");
        gaussian("has a mean of 1.02", noise((d, z, i) -> z[i] + 0.02 / deviation(d.rate())), "MASK-1", "GAUSS-6");
        gaussian(
                "has one per cent of three deviations",
                noise((d, z, i) -> (i * 2654435761L >>> 7) % 100 == 0 ? 3 * z[i] : z[i]),
                "MASK-13",
                "GAUSS-6",
                "MASK-8",
                "MASK-1");
        gaussian(
                "is skewed",
                noise((d, z, i) -> {
                    double u = (z[i] * z[i] - 1) * 0.15;
                    return (z[i] + u) / Math.sqrt(1 + 2 * 0.15 * 0.15);
                }),
                "GAUSS-6",
                "MASK-1");
        gaussian("shares the noise of a row", noise((d, z, i) -> z[i - i % d.columns()]), "MASK-2");
        gaussian(
                "has more noise where the input is negative",
                noise((d, z, i) -> d.call().tensor("input").value(i) < 0 ? 1.2 * z[i] : z[i]),
                "MASK-12",
                "MASK-1",
                "GAUSS-6",
                "MASK-7");
        gaussian(
                "has a deviation of its own in each call",
                new JitteredNoise(),
                "MASK-9",
                "MASK-2",
                "MASK-1",
                "GAUSS-6");
        gaussian(
                "has the last noise of an odd number from its neighbour",
                noise((d, z, i) -> z.length % 2 == 1 && z.length > 1 && i == z.length - 1 ? z[i - 1] : z[i]),
                "MASK-2");
        gaussian(
                "has half the noise at a half",
                noise((d, z, i) -> d.rate() == 0.5 ? 0.9 * z[i] : z[i]),
                "GAUSS-6",
                "MASK-1");
        gaussian(
                "has less noise from 4,096 elements on",
                noise((d, z, i) -> z.length >= 4096 ? 0.9 * z[i] : z[i]),
                "GAUSS-6",
                "MASK-1");
        gaussian(
                "passes the gradient on",
                answered(Changes::differentiates, (call, r) -> r.with("grad_input", call.tensor("grad_output"))),
                "GAUSS-2");
        gaussian(
                "gives the gradient noise of its own where the input is zero",
                answered(
                        Changes::differentiates,
                        (call, r) -> field(
                                r,
                                "grad_input",
                                i -> call.tensor("input").value(i) == 0
                                        ? 0
                                        : r.tensor("grad_input").value(i))),
                "GAUSS-2");
        gaussian(
                "scales the gradient by 1/(1 - rate)",
                answered(Changes::differentiates, (call, r) -> times(r, "grad_input", 1 / (1 - call.rate()))),
                "GAUSS-2");
        gaussian(
                "reports its noise less 1",
                answered(
                        Changes::trains,
                        (call, r) -> field(r, "noise", i -> r.tensor("noise").value(i) - 1)),
                "GAUSS-3");
        gaussian(
                "adds its noise",
                answered(
                        Changes::trains,
                        (call, r) -> field(
                                r,
                                "output",
                                i -> call.tensor("input").value(i)
                                        + r.tensor("noise").value(i)
                                        - 1)),
                "GAUSS-1");
        gaussian(
                "adds a small noise to a zero",
                answered(
                        Changes::trains,
                        (call, r) -> field(
                                r,
                                "output",
                                i -> call.tensor("input").value(i) == 0
                                        ? 0.01 * (r.tensor("noise").value(i) - 1)
                                        : r.tensor("output").value(i))),
                "GAUSS-1");
        gaussian(
                "multiplies magnitudes",
                answered(
                        Changes::trains,
                        (call, r) -> field(
                                r,
                                "output",
                                i -> Math.abs(call.tensor("input").value(i))
                                        * r.tensor("noise").value(i))),
                "GAUSS-1");
        gaussian(
                "leaves its noise on in evaluations of one element",
                (call, dropout, sound) -> !call.training()
                                && call.rate() < 1
                                && call.tensor("input").size() == 1
                        ? sound.answer(call.with("training", true), dropout)
                        : sound.answer(call, dropout),
                "EVAL-1");
        gaussian(
                "scales evaluation",
                (call, dropout, sound) -> {
                    var r = sound.answer(call, dropout);
                    return call.training() ? r : times(r, "output", 1 - call.rate());
                },
                "EVAL-1");
        gaussian("uses its noise twice for a shape", Changes.again(1, drawn -> ""), "MASK-3");
        return List.copyOf(ALL);
    }

    /** Called with a deviation between .8 and 1.2. */
    private static final class JitteredNoise implements Defect {
        @Override
        public org.dropoutspec.implementation.OperationResult answer(
                org.dropoutspec.implementation.OperationCall call,
                org.dropoutspec.reference.Dropout dropout,
                org.dropoutspec.operation.Operation operation) {
            double factor = 0.8 + 0.4 * OwnNumbers.after(dropout, "jitter").uniform(0);
            return noise((d, z, i) -> factor * z[i]).answer(call, dropout, operation);
        }
    }
}
