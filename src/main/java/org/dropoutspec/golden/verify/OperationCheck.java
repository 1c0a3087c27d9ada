package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Need;
import org.dropoutspec.golden.format.OperationExpectation;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperations;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.NotAsked;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.implementation.Thrown;
import org.dropoutspec.implementation.UnsupportedCall;

/** Asks an implementation for a vector of an operation, in every way that its capabilities allow. */
public final class OperationCheck {
    private static final long OWN_SEED = 7;

    private final Implementation implementation;

    public OperationCheck(Implementation implementation) {
        this.implementation = implementation;
    }

    public List<Attempt> check(GoldenVector.OfOperation vector) {
        VectorOperation operation =
                VectorOperations.named(vector.call().operation()).orElseThrow();
        Description whole = implementation.description();
        if (!whole.operations().contains(operation.name())) {
            return List.of(new Attempt.Skipped("operation " + operation.name() + " is not declared"));
        }
        Description description = whole.alone(whole.declaration(operation.name()));
        Optional<String> missing = Need.of(vector).stream()
                .map(need -> need.missingIn(description))
                .flatMap(Optional::stream)
                .findFirst();
        if (missing.isPresent()) {
            return List.of(new Attempt.Skipped(operation.name() + ": " + missing.get()));
        }
        return vector.expectations().stream()
                .filter(expectation -> expectation.appliesTo(description.choices()))
                .findFirst()
                .map(expectation -> new Asking(operation, description, vector.call(), expectation).attempts())
                .orElseGet(() ->
                        List.of(new Attempt.Skipped(operation.name() + ": the vector is for other declared choices")));
    }

    /** One vector for one implementation. */
    private final class Asking {
        private final VectorOperation operation;
        private final Description description;
        private final OperationCall call;
        private final OperationExpectation expectation;
        private final boolean noise;

        Asking(
                VectorOperation operation,
                Description description,
                OperationCall call,
                OperationExpectation expectation) {
            this.operation = operation;
            this.description = description;
            this.call = call;
            this.expectation = expectation;
            this.noise = operation.drawn(call).stream().anyMatch(VectorOperation.Drawn::isNoise);
        }

        List<Attempt> attempts() {
            if (expectation.rejected()) {
                return List.of(attempt(MaskSource.NO_MASK, withoutDrawn(), this::accepted));
            }
            DrawnFields given = DrawnFields.of(operation, call);
            if (!call.training()) {
                return List.of(attempt(MaskSource.NO_MASK, call, result -> failures(result)));
            }
            List<Attempt> attempts = new ArrayList<>();
            if (description.can(noise ? Capability.NOISE_INPUT : Capability.MASK_INPUT)) {
                attempts.add(attempt(MaskSource.MASK_INJECTED, call, result -> injected(result, given)));
            }
            OperationCall own = withoutDrawn();
            if (description.can(Capability.SEED)) {
                own = own.with("seed", OWN_SEED);
            }
            RecoveredMask recovered = new RecoveredMask(operation, call, description.choices());
            if (tells()) {
                attempts.add(attempt(MaskSource.MASK_REPORTED, own, recovered::failuresUnderReported));
            } else if (recovered.isPossible()) {
                attempts.add(attempt(MaskSource.OPAQUE, own, recovered::failuresUnderAny));
            } else if (attempts.isEmpty()) {
                attempts.add(new Attempt.Skipped(operation.name() + ": " + recovered.reasonAgainst()));
            }
            return attempts;
        }

        private boolean tells() {
            return description.can(noise ? Capability.NOISE_OUTPUT : Capability.MASK_OUTPUT);
        }

        private List<String> accepted(OperationResult result) {
            return List.of("expected a rejection, got an answer");
        }

        private List<String> failures(OperationResult result) {
            return OperationAnswer.failures(expectation.answer(), result);
        }

        private List<String> injected(OperationResult result, DrawnFields given) {
            List<String> failures = new ArrayList<>(failures(result));
            boolean asked = !noise || call.rate() < 1; // nobody can report noise of infinite variance
            if (tells() && asked) {
                failures.addAll(given.failures(result));
            }
            return failures;
        }

        private OperationCall withoutDrawn() {
            OperationCall bare = call;
            for (VectorOperation.Drawn drawn : operation.drawn(call)) {
                bare = bare.without(drawn.field());
            }
            return bare;
        }

        private Attempt attempt(
                MaskSource rung, OperationCall asked, Function<OperationResult, List<String>> failures) {
            OperationCall complete = expecting(asked);
            OperationResult result;
            try {
                result = implementation.answer(complete);
            } catch (RejectedCall rejection) {
                List<String> told = expectation.rejected()
                        ? List.of()
                        : List.of("expected an answer, but the call was rejected: " + rejection.getMessage());
                return new Attempt.Checked(rung, told, asked.toString());
            } catch (NotAsked outside) {
                return new Attempt.Skipped(outside.getMessage());
            } catch (UnsupportedCall unsupported) {
                return new Attempt.Skipped("unsupported: " + unsupported.getMessage());
            } catch (ImplementationFault fault) {
                return new Attempt.Broken(rung.title() + ": " + fault.getMessage());
            } catch (RuntimeException broken) {
                return new Attempt.Broken(rung.title() + ": " + Thrown.words(broken));
            }
            return complete.result().stream()
                    .filter(field -> field.required() && !result.has(field.name()))
                    .findFirst()
                    .<Attempt>map(field -> new Attempt.Broken("the answer has no " + field.name() + ": " + asked))
                    .orElseGet(() -> new Attempt.Checked(rung, failures.apply(result), asked.toString()));
        }

        /** The call; its answer carries the required fields, and those that the implementation declares to show. */
        private OperationCall expecting(OperationCall asked) {
            List<ResultField> fields = new ArrayList<>(operation.result(asked));
            long elements = asked.elements();
            for (VectorOperation.Drawn drawn : operation.drawn(asked)) {
                elements += drawn.shape().size();
            }
            DrawnFields.names(operation, call).forEach(name -> {
                if (tells()) {
                    fields.add(DrawnFields.carried(operation, asked, name));
                }
            });
            if (description.can(Capability.INPUT_AFTER) && asked.has("input")) {
                fields.add(ResultField.ignored("input_after"));
            }
            return asked.expecting(fields, 4 * elements + 1024);
        }
    }
}
