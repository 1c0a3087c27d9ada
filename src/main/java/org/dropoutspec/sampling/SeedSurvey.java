package org.dropoutspec.sampling;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Draw;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Rows;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** Calls that each carry a seed, one more than the call before: the masks of neighbouring seeds. */
final class SeedSurvey {
    private static final List<Shape> SHAPES = List.of(
            Shape.of(2),
            Shape.of(1813),
            Shape.of(8),
            Shape.of(7, 259),
            Shape.of(1),
            Shape.of(3, 8, 9, 9),
            Shape.of(5),
            Shape.of(29, 64),
            Shape.of(16),
            Shape.of(2, 16, 7, 8));

    private final SamplingContext context;
    private final List<SequentialTest> tests;

    SeedSurvey(SamplingContext context, Check check) {
        this.context = context;
        Design design = new Design(context.certifiedStrata(), context.resolution(), Rows.NONE);
        this.tests = List.of(
                check.add(CertifiedQuantity.NONE, true, Family::duplicates, design),
                check.add(CertifiedQuantity.NONE, true, Family::position, design),
                check.add(CertifiedQuantity.CORRELATION, true, any -> Family.across(any, "seed"), design));
    }

    void run() {
        for (DType dtype : context.dtypes()) {
            long horizon = context.plan().seededElements();
            long asked = 0;
            long first = new SplittableRandom(context.seedFor("seeds " + dtype))
                    .nextLong(1L << Math.min(30, context.seedBits() - 1));
            long most = (1L << context.seedBits()) - first;
            for (int call = 0; asked < horizon && call < most; call++) {
                Shape shape = SHAPES.get(call % SHAPES.size());
                Stratum stratum = context.certifiedStrata().stream()
                        .filter(one -> one.dtype() == dtype)
                        .toList()
                        .get(call / 8 % 4);
                Call asking = Call.training(
                                stratum.rate(),
                                context.sampler()
                                        .inputs()
                                        .of(dtype, ValueKind.MODERATE, shape, call)
                                        .tensor())
                        .withSeed(first + call);
                Optional<Result> result = context.sampler().put(asking);
                asked += shape.size();
                if (result.isEmpty()) {
                    break;
                }
                Draw draw = Draw.of(
                                stratum, shape, PackedMask.ofOutput(result.get().output()))
                        .withSeed();
                tests.stream().filter(SequentialTest::isOpen).forEach(test -> test.family.observe(draw));
            }
        }
        tests.forEach(test -> test.look(true));
    }
}
