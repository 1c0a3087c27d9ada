package org.dropoutspec.golden;

import java.util.Optional;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;

/** Which vectors are for an implementation, by what it declares. */
final class Audience {
    private final Description description;

    Audience(Description description) {
        this.description = description;
    }

    /** Why a vector is not for the implementation; empty if it is. */
    Optional<String> reasonAgainst(GoldenVector.OfDropout vector) {
        if (!description.operations().contains("dropout")) {
            return Optional.of("operation dropout is not declared");
        }
        return Need.of(vector).stream()
                .map(need -> need.missingIn(description))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> vector.calls().stream()
                        .filter(this::isExcused)
                        .findFirst()
                        .map(call -> "the rate is within rate_resolution of a good one"))
                .or(() -> expectation(vector).isPresent()
                        ? Optional.empty()
                        : Optional.of("it is for other declared choices: " + choices(vector)));
    }

    /** What the implementation must give, as it declares. */
    Optional<Expectation> expectation(GoldenVector.OfDropout vector) {
        return vector.expectations().stream()
                .filter(candidate -> candidate.appliesTo(description.choices()))
                .findFirst();
    }

    private boolean isExcused(Call call) {
        double beyond = Math.max(-call.rate(), call.rate() - 1);
        return beyond > 0 && beyond <= description.choices().rateResolution();
    }

    private static String choices(GoldenVector.OfDropout vector) {
        return vector.expectations().stream()
                .map(expectation -> expectation.when().toString())
                .collect(Collectors.joining(" or "));
    }
}
