package org.dropoutspec.adversary.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken operations that were told by another requirement than the one whose sentence it is, or by several. */
class ToldOnceTest {
    private static final Set<String> OF_MASKS =
            Set.of("MASK-1", "MASK-2", "MASK-3", "MASK-9", "MASK-10", "SEED-1", "SEED-4", "SEED-9", "FWD-1", "BWD-1");
    private static final Set<String> OF_ALPHA = Set.of("FWD-1", "FWD-2", "BWD-1", "ALPHA-1", "ALPHA-2", "ALPHA-3");
    private static final Set<String> OF_RATES =
            Set.of("MASK-1", "MASK-4", "MASK-12", "RATE-7", "RATE-8", "ATTN-1", "CONN-1", "ALPHA-1");
    private static final Set<Capability> GRADIENT_AND_SEED = Set.of(Capability.BACKWARD, Capability.SEED);
    private static final double ALPHA = -1.7580993408473766;

    static Stream<FamilyBroken> broken() {
        return Stream.of(
                FamilyBroken.declaring(
                        "alpha_dropout",
                        "what is dropped becomes b, as that of an input of 0",
                        GRADIENT_AND_SEED,
                        dropped((call, x) -> map(call.rate(), 0)),
                        "ALPHA-2"),
                FamilyBroken.declaring(
                        "alpha_dropout",
                        "what is dropped becomes alpha', without the affine map",
                        GRADIENT_AND_SEED,
                        dropped((call, x) -> ALPHA),
                        "ALPHA-2"),
                FamilyBroken.of(
                        "spatial_dropout",
                        "one mask of channels for all examples",
                        Drawn.changed(drawn -> drawn.with(i -> drawn.kept(i % drawn.columns()))),
                        "MASK-2"),
                FamilyBroken.of(
                        "stochastic_depth",
                        "one draw for all examples",
                        Drawn.changed(drawn -> drawn.with(i -> drawn.kept(0))),
                        "MASK-2"));
    }

    private static double map(double rate, double x) {
        double a = 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA * ALPHA));
        return a * x - a * rate * ALPHA;
    }

    /** Whatever the answer carries of the mask. */
    private static Defect dropped(ToDoubleBiFunction<OperationCall, Double> becomes) {
        return Changes.answered(Changes::trains, (call, result) -> {
            Tensor x = call.tensor("input");
            Tensor kept = result.tensor("mask").broadcastTo(x.shape());
            return Changes.field(
                    result,
                    "output",
                    i -> kept.bits(i) != 0
                            ? result.tensor("output").value(i)
                            : becomes.applyAsDouble(call, x.value(i)));
        });
    }

    @ParameterizedTest
    @MethodSource("broken")
    void byOneRequirement(FamilyBroken broken) {
        requireOne(broken, broken.operation().equals("alpha_dropout") ? OF_ALPHA : OF_MASKS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attention scales nothing",
                "attention scales by 1 / rate",
                "attention keeps with the rate",
                "dropconnect keeps with the rate",
                "alpha_dropout keeps with the rate"
            })
    void aRateOfItsOwnIsToldByTheScaleOrByTheMaskWhicheverTakesIt(String name) {
        requireOne(
                RateDefects.all().stream()
                        .filter(one -> one.toString().equals(name))
                        .findFirst()
                        .orElseThrow(),
                OF_RATES);
    }

    private static void requireOne(FamilyBroken broken, Set<String> asked) {
        List<String> told = new Certifier(Tier.QUICK, 7, asked, id -> {})
                .certify(broken.implementation().apply(7)).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding -> finding.requirement().id() + " "
                                + finding.verdict().message())
                        .toList();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(broken.requirements().iterator().next() + " ");
    }
}
