package org.dropoutspec.contract;

import java.util.function.Predicate;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.tensor.DType;

/** A condition on what an implementation declares, under which a requirement applies. */
public enum Applies {
    INVERTED(
            "applies to an implementation that declares scaling inverted",
            description -> description.choices().scaling() == Scaling.INVERTED),
    CLASSIC(
            "applies to an implementation that declares scaling classic",
            description -> description.choices().scaling() == Scaling.CLASSIC),
    RATE_ONE_ZEROS(
            "applies to an implementation that declares rate_one zeros",
            description -> description.choices().rateOne() == RateOne.ZEROS),
    RATE_ONE_REJECTED(
            "applies to an implementation that declares rate_one reject",
            description -> description.choices().rateOne() == RateOne.REJECT),
    HALF_TYPES(
            "applies to an implementation that declares float16 or bfloat16 and inverted scaling",
            description -> INVERTED.test.test(description)
                    && (description.dtypes().contains(DType.FLOAT16)
                            || description.dtypes().contains(DType.BFLOAT16))),
    DOUBLE(
            "applies to an implementation that declares float64 and inverted scaling",
            description ->
                    INVERTED.test.test(description) && description.dtypes().contains(DType.FLOAT64)),
    BEYOND_31_BITS(
            "applies to an implementation whose max_elements are more than 2^31",
            description -> description.maxElements().orElse(0) >= (1L << 31) + (1 << 16)),
    EVALUATION(
            "the implementation declares that it has no evaluation",
            description -> description.choices().modes() == Modes.BOTH),
    INTEGERS(
            "applies to an implementation that declares integer_input",
            description -> description.choices().integerInput().isPresent()),
    UNSEEDED(
            "applies to an implementation that declares unseeded_stream",
            description -> description.seeding().unseeded().isPresent()),
    STREAM(
            "the implementation declares that it has no stream",
            description -> description.seeding().stream() == Seeding.Stream.CONTINUES);

    private final String obstacle;
    private final Predicate<Description> test;

    Applies(String obstacle, Predicate<Description> test) {
        this.obstacle = obstacle;
        this.test = test;
    }

    boolean holdsFor(Description description) {
        return test.test(description);
    }

    /** Why a requirement is not asked where the condition does not hold. */
    String obstacle() {
        return obstacle;
    }
}
