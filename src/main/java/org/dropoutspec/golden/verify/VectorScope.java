package org.dropoutspec.golden.verify;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dropoutspec.golden.format.Expectation;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Need;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;

/** Decides which vectors are for an implementation, by what it declares. */
final class VectorScope {
    private final Description description;

    VectorScope(Description description) {
        this.description = description;
    }

    /** The reason why a vector is not for the implementation; empty if it is. */
    Optional<String> reasonAgainst(GoldenVector.OfDropout vector) {
        if (!description.operations().contains("dropout")) {
            return Optional.of("operation dropout is not declared");
        }
        return Need.of(vector).stream()
                .map(need -> need.missingIn(description))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> vector.calls().stream()
                        .map(this::reasonAgainst)
                        .flatMap(Optional::stream)
                        .findFirst())
                .or(() -> expectation(vector).isPresent()
                        ? Optional.empty()
                        : Optional.of("it is for other declared choices: " + choices(vector)));
    }

    /** The expectation that applies to the choices of the implementation; empty if none does. */
    Optional<Expectation> expectation(GoldenVector.OfDropout vector) {
        return vector.expectations().stream()
                .filter(candidate -> candidate.appliesTo(description.choices()))
                .findFirst();
    }

    private Optional<String> reasonAgainst(Call call) {
        double beyond = Math.max(-call.rate(), call.rate() - 1);
        if (beyond > 0 && beyond <= description.choices().rateResolution()) {
            return Optional.of("the rate is within rate_resolution of a good one");
        }
        long limit = description.seeding().limit();
        boolean tooLarge = call.seed().isPresent() && call.seed().getAsLong() >= limit;
        return tooLarge && description.can(Capability.SEED)
                ? Optional.of("the seed has more bits than seed_bits")
                : Optional.empty();
    }

    /** The choices that would have to be declared for the vector to apply. */
    private String choices(GoldenVector.OfDropout vector) {
        Map<String, String> declared = Expectation.named(description.choices());
        return vector.expectations().stream()
                .map(expectation -> new TreeMap<>(expectation.when()))
                .peek(when -> when.entrySet().removeAll(declared.entrySet()))
                .map(TreeMap::toString)
                .distinct()
                .collect(Collectors.joining(" or "));
    }
}
