package org.dropoutspec.golden;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Asks an implementation for a vector of dropout, in every way that its capabilities allow. */
final class DropoutCheck {
    private final Implementation implementation;
    private final Description description;

    DropoutCheck(Implementation implementation) {
        this.implementation = implementation;
        this.description = implementation.description();
    }

    List<Attempt> check(GoldenVector.OfDropout vector) {
        Optional<String> hindrance =
                hindrance(vector.call()).or(() -> inapplicable(vector.label().requirement(), vector.call()));
        if (hindrance.isPresent()) {
            return List.of(new Attempt.Skipped(hindrance.get()));
        }
        Optional<Expectation> expectation = vector.expectations().stream()
                .filter(candidate -> candidate.appliesTo(description.choices()))
                .findFirst();
        if (expectation.isEmpty()) {
            return List.of(new Attempt.Skipped("it is for other declared choices: " + choices(vector)));
        }
        return check(vector, expectation.get());
    }

    /** The choices that a vector is for. */
    private static String choices(GoldenVector.OfDropout vector) {
        return vector.expectations().stream()
                .map(expectation -> expectation.when().toString())
                .collect(Collectors.joining(" or "));
    }

    private Optional<String> hindrance(Call call) {
        if (!description.operations().contains("dropout")) {
            return Optional.of("operation dropout is not declared");
        }
        DType dtype = call.input().dtype();
        if (!description.dtypes().contains(dtype)) {
            return Optional.of("dtype " + dtype + " is not declared");
        }
        List<Capability> needed = new ArrayList<>();
        call.gradOutput().ifPresent(gradient -> needed.add(Capability.BACKWARD));
        call.noiseShape().ifPresent(shape -> needed.add(Capability.NOISE_SHAPE));
        call.permutation().ifPresent(axes -> needed.add(Capability.PERMUTED_INPUT));
        return needed.stream()
                .filter(capability -> !description.can(capability))
                .findFirst()
                .map(capability -> "capability " + capability + " is not declared");
    }

    /** Why the specification does not ask this of an implementation that declares what this one does. */
    private Optional<String> inapplicable(String requirement, Call call) {
        if (requirement.equals(Requirements.GENERATOR) && !hasReferenceGenerator()) {
            return Optional.of("it is for those who declare seed and philox4x32_10");
        }
        double beyond = Math.max(-call.rate(), call.rate() - 1);
        boolean excused = beyond > 0 && beyond <= description.choices().rateResolution();
        return excused ? Optional.of("the rate is within rate_resolution of a good one") : Optional.empty();
    }

    private boolean hasReferenceGenerator() {
        return description.can(Capability.SEED) && description.can(Capability.PHILOX4X32_10);
    }

    private List<Attempt> check(GoldenVector.OfDropout vector, Expectation expectation) {
        Call call = vector.call();
        if (expectation.rejected() || !call.training()) {
            return List.of(attempt(Rung.NO_MASK, withoutMask(call).withoutSeed(), expectation, Optional.empty()));
        }
        Tensor mask =
                call.mask().or(() -> expectation.mask().map(Expected::tensor)).orElseThrow();
        List<Attempt> attempts = new ArrayList<>();
        if (call.mask().isPresent() && description.can(Capability.MASK_INPUT)) {
            attempts.add(attempt(Rung.MASK_INJECTED, call, expectation, Optional.of(mask)));
        }
        if (call.seed().isPresent() && hasReferenceGenerator()) {
            attempts.add(attempt(Rung.PHILOX, call, expectation, Optional.of(mask)));
        } else {
            Rung rung = description.can(Capability.MASK_OUTPUT) ? Rung.MASK_REPORTED : Rung.OPAQUE;
            Call own = withoutMask(call);
            Call seeded = description.can(Capability.SEED) ? own.withSeed(seedOf(vector)) : own.withoutSeed();
            attempts.add(attempt(rung, seeded, expectation, Optional.of(mask)));
        }
        return attempts;
    }

    private Attempt attempt(Rung rung, Call call, Expectation expectation, Optional<Tensor> mask) {
        Result result;
        try {
            result = implementation.dropout(call);
        } catch (RejectedCall rejection) {
            List<String> failures = new ArrayList<>();
            if (!expectation.rejected()) {
                failures.add("expected an answer, but the call was rejected: " + rejection.getMessage());
            }
            return new Attempt.Checked(rung, failures, call.toString());
        } catch (UnsupportedCall unsupported) {
            return new Attempt.Skipped("unsupported: " + unsupported.getMessage());
        } catch (RuntimeException broken) {
            return new Attempt.Broken(rung.title() + ": " + broken);
        }
        if (expectation.rejected()) {
            List<String> failures = List.of("expected a rejection, got output " + result.output());
            return new Attempt.Checked(rung, failures, call.toString());
        }
        if (call.gradOutput().isPresent() && result.gradInput().isEmpty()) {
            return new Attempt.Broken("backward is declared, but the answer has no grad_input: " + call);
        }
        if (rung == Rung.MASK_REPORTED && result.mask().isEmpty()) {
            return new Attempt.Broken("mask_output is declared, but the answer has no mask: " + call);
        }
        return new Attempt.Checked(rung, failures(rung, call, expectation, mask, result), call.toString());
    }

    private List<String> failures(Rung rung, Call call, Expectation expectation, Optional<Tensor> mask, Result result) {
        List<String> failures = new ArrayList<>();
        requireLike("output", result.output(), call, failures);
        result.gradInput().ifPresent(gradient -> requireLike("grad_input", gradient, call, failures));
        if (call.training()) {
            result.mask().ifPresent(reported -> requireMask(reported, rung, call, mask.orElseThrow(), failures));
        }
        if (!failures.isEmpty()) {
            return failures;
        }
        if (rung == Rung.NO_MASK) {
            compare("output", expectation.output().orElseThrow(), result.output(), failures);
            expectation
                    .gradInput()
                    .ifPresent(expected ->
                            compare("grad_input", expected, result.gradInput().orElseThrow(), failures));
            return failures;
        }
        Optional<Tensor> known = switch (rung) {
            case MASK_REPORTED -> result.mask();
            case OPAQUE -> Optional.empty();
            default -> mask;
        };
        return new MaskedCheck(call, expectation, mask.orElseThrow(), description.choices(), result).failures(known);
    }

    private static void compare(String field, Expected expected, Tensor got, List<String> failures) {
        DType dtype = got.dtype();
        for (int i = 0; i < got.size(); i++) {
            long word = expected.tensor().bits(i);
            Relation relation = expected.relations().get(i);
            if (!relation.holds(dtype, word, got.bits(i))) {
                failures.add(Mismatch.text(field, i, WordType.of(dtype), word, relation, got.bits(i)));
            }
        }
    }

    private static void requireLike(String field, Tensor got, Call call, List<String> failures) {
        if (got.dtype() != call.input().dtype() || !got.shape().equals(call.shape())) {
            failures.add(field + ": expected " + call.input().dtype() + " " + call.shape() + " as the input, got "
                    + got.dtype() + " " + got.shape());
        }
    }

    private static void requireMask(Tensor reported, Rung rung, Call call, Tensor mask, List<String> failures) {
        if (reported.dtype() != DType.BOOL || !reported.shape().equals(call.maskShape())) {
            failures.add(
                    "mask: expected bool " + call.maskShape() + ", got " + reported.dtype() + " " + reported.shape());
        } else if (rung == Rung.MASK_INJECTED || rung == Rung.PHILOX) {
            for (int i = 0; i < mask.size(); i++) {
                if (mask.bits(i) != reported.bits(i)) {
                    failures.add(
                            Mismatch.text("mask", i, WordType.BOOL, mask.bits(i), Relation.BITS, reported.bits(i)));
                }
            }
        }
    }

    private static Call withoutMask(Call call) {
        return new Call(
                call.rate(),
                call.training(),
                call.input(),
                call.gradOutput(),
                call.seed(),
                call.noiseShape(),
                Optional.empty(),
                call.permutation());
    }

    /** A seed of the vector's own, so that what it drew can be drawn again. */
    private static long seedOf(GoldenVector vector) {
        CRC32 crc = new CRC32();
        crc.update(vector.label().id().getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
