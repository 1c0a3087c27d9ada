package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.condition.Age;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Layout;
import org.dropoutspec.condition.Level;
import org.dropoutspec.condition.MaskShape;
import org.dropoutspec.condition.RateKind;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;

/**
 * A check asks at several levels of every factor of a call, or says to which it is blind, and why. What the stream of masks
 * shows is asked there under every condition, and not measured here.
 */
class BlindnessTest {
    private static final Set<Factor> OF_A_CALL = EnumSet.range(Factor.TYPE, Factor.GRADIENT);
    private static final long SEED = 1;

    private static final List<Checks> CHECKS = Arrays.stream(DropoutContract.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Checks.class))
            .map((Method method) -> method.getAnnotation(Checks.class))
            .toList();

    @Test
    void aCheckIsBlindToWhatItSaysAndToNothingElse() {
        Map<String, Set<Factor>> blind = new TreeMap<>();
        Map<String, Set<Factor>> declared = new TreeMap<>();
        for (RateOne rateOne : RateOne.values()) {
            asked(new Asked(rateOne)).forEach((id, levels) -> {
                blind.put(id, atOneLevel(levels));
                declared.put(id, Set.of(check(id).blindTo()));
            });
        }
        assertThat(declared).hasSizeGreaterThan(30).containsKeys("SEED-1", "RATE-9", "SHAPE-5");
        assertThat(blind).isEqualTo(declared);
    }

    @Test
    void whoIsBlindSaysWhy() {
        assertThat(CHECKS)
                .allSatisfy(check ->
                        assertThat(check.because().isBlank()).as(check.value()).isEqualTo(check.blindTo().length == 0));
    }

    private static Map<String, Map<Factor, Set<Level>>> asked(Asked implementation) {
        Set<String> measured = CHECKS.stream()
                .map(Checks::value)
                .filter(id -> !StatisticalRequirements.ALL.contains(id) && !Watch.REQUIREMENTS.contains(id))
                .collect(Collectors.toSet());
        new Certifier(
                        Tier.QUICK,
                        SEED,
                        measured,
                        id -> implementation.levels =
                                implementation.byRequirement.computeIfAbsent(id, any -> new EnumMap<>(Factor.class)))
                .certify(implementation);
        implementation.byRequirement.values().removeIf(Map::isEmpty);
        return implementation.byRequirement;
    }

    private static Set<Factor> atOneLevel(Map<Factor, Set<Level>> levels) {
        return OF_A_CALL.stream()
                .filter(factor -> levels.getOrDefault(factor, Set.of()).size() < 2)
                .collect(Collectors.toSet());
    }

    private static Checks check(String id) {
        return CHECKS.stream()
                .filter(check -> check.value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The reference, which notes the levels that it is asked at. */
    private static final class Asked implements Implementation {
        private final Implementation reference = new ReferenceImplementation(SEED);
        private final RateOne rateOne;
        private final Map<String, Map<Factor, Set<Level>>> byRequirement = new TreeMap<>();
        private Map<Factor, Set<Level>> levels = new EnumMap<>(Factor.class);

        Asked(RateOne rateOne) {
            this.rateOne = rateOne;
        }

        @Override
        public Description description() {
            return reference.description().with(Choices.defaults().with(rateOne));
        }

        @Override
        public Result dropout(Call call) {
            Condition shown = condition(call);
            for (Factor factor : OF_A_CALL) {
                boolean judged = factor != Factor.RATE || call.rate() >= 0 && call.rate() <= 1;
                if (judged && !(factor.isGeometry() && call.input().size() == 0)) {
                    levels.computeIfAbsent(factor, any -> new HashSet<>()).add(shown.level(factor));
                }
            }
            if (rateOne == RateOne.REJECT && call.training() && call.rate() == 1) {
                throw new RejectedCall("rate must be below 1");
            }
            return reference.dropout(call);
        }

        /** Of layouts and masks it is only told whether they are plain. */
        private static Condition condition(Call call) {
            boolean empty = call.input().size() == 0;
            return new Condition(
                    call.input().dtype(),
                    call.rate(),
                    call.rate() >= 0 && call.rate() <= 1 ? RateKind.of(call.rate()) : RateKind.HALF,
                    empty ? Shape.of() : call.shape(),
                    call.permutation().isPresent() ? Layout.SWAPPED : Layout.CONTIGUOUS,
                    call.noiseShape().isPresent() ? MaskShape.SINGLE : MaskShape.OWN,
                    Optional.empty(),
                    call.gradOutput().isPresent(),
                    SeedKind.STREAM,
                    Before.SAME_SHAPE_AND_RATE,
                    Age.LATER,
                    ValueKind.MODERATE);
        }
    }
}
