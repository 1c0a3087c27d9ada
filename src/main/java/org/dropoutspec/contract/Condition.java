package org.dropoutspec.contract;

import java.util.function.Predicate;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;

/** When a requirement applies, by what an implementation declares. */
public enum Condition {
    ALWAYS("always", description -> true),
    INVERTED("declares scaling inverted", description -> description.choices().scaling() == Scaling.INVERTED),
    CLASSIC("declares scaling classic", description -> description.choices().scaling() == Scaling.CLASSIC),
    RATE_ONE_ZEROS(
            "declares rate_one zeros", description -> description.choices().rateOne() == RateOne.ZEROS),
    RATE_ONE_REJECTED(
            "declares rate_one reject", description -> description.choices().rateOne() == RateOne.REJECT),
    HALF_TYPES(
            "declares float16 or bfloat16 and inverted scaling",
            description -> INVERTED.test.test(description)
                    && (description.dtypes().contains(DType.FLOAT16)
                            || description.dtypes().contains(DType.BFLOAT16))),
    DOUBLE(
            "declares float64 and inverted scaling",
            description ->
                    INVERTED.test.test(description) && description.dtypes().contains(DType.FLOAT64));

    private final String words;
    private final Predicate<Description> test;

    Condition(String words, Predicate<Description> test) {
        this.words = words;
        this.test = test;
    }

    boolean holdsFor(Description description) {
        return test.test(description);
    }

    /** Completes "applies to an implementation that ...". */
    String words() {
        return words;
    }
}
