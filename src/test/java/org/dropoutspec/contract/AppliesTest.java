package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.IntegerInput;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A requirement that is taken for inapplicable finds nothing: what each declaration brings with it, and no more. */
class AppliesTest {
    private static final Choices DEFAULTS = Choices.defaults();
    private static final Description PLAIN = Description.of("mine", "1").withDtypes(DType.FLOAT32);
    private static final Set<Applies> TO_PLAIN =
            EnumSet.of(Applies.INVERTED, Applies.RATE_ONE_ZEROS, Applies.EVALUATION, Applies.STREAM);

    static Stream<Arguments> declared() {
        return Stream.of(
                arguments("", "", PLAIN),
                arguments("CLASSIC", "INVERTED", PLAIN.with(DEFAULTS.with(Scaling.CLASSIC))),
                arguments("RATE_ONE_REJECTED", "RATE_ONE_ZEROS", PLAIN.with(DEFAULTS.with(RateOne.REJECT))),
                arguments("HALF_TYPES", "", PLAIN.withDtypes(DType.FLOAT16)),
                arguments("HALF_TYPES", "", PLAIN.withDtypes(DType.BFLOAT16)),
                arguments(
                        "CLASSIC",
                        "INVERTED",
                        PLAIN.withDtypes(DType.FLOAT16, DType.FLOAT64).with(DEFAULTS.with(Scaling.CLASSIC))),
                arguments("DOUBLE", "", PLAIN.withDtypes(DType.FLOAT64)),
                arguments("BEYOND_31_BITS", "", upTo((1L << 31) + (1 << 16))),
                arguments("", "", upTo((1L << 31) + (1 << 16) - 1)),
                arguments("", "EVALUATION", PLAIN.with(DEFAULTS.with(Modes.TRAINING))),
                arguments("INTEGERS", "", PLAIN.with(DEFAULTS.with(IntegerInput.PROMOTE))),
                arguments("UNSEEDED", "", PLAIN.with(Seeding.defaults().with(Seeding.Unseeded.FRESH))),
                arguments("", "STREAM", PLAIN.with(Seeding.defaults().with(Seeding.Stream.NONE))));
    }

    @ParameterizedTest
    @MethodSource("declared")
    void whatIsDeclaredBringsItsRequirements(String more, String less, Description description) {
        Set<Applies> expected = EnumSet.copyOf(TO_PLAIN);
        expected.addAll(named(more));
        expected.removeAll(named(less));
        assertThat(EnumSet.allOf(Applies.class))
                .filteredOn(condition -> condition.holdsFor(description))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyConditionHoldsForSomeAndNotForOthers() {
        for (Applies condition : Applies.values()) {
            assertThat(declared().map(each -> condition.holdsFor((Description) each.get()[2])))
                    .as(condition.name())
                    .contains(true, false);
            assertThat(condition.obstacle()).isNotBlank();
        }
    }

    private static Set<Applies> named(String names) {
        return Stream.of(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(Applies::valueOf)
                .collect(Collectors.toSet());
    }

    private static Description upTo(long elements) {
        return new Description(
                PLAIN.name(),
                PLAIN.version(),
                PLAIN.language(),
                PLAIN.homepage(),
                PLAIN.issues(),
                PLAIN.notes(),
                PLAIN.declarations(),
                PLAIN.seeding(),
                OptionalLong.of(elements));
    }
}
