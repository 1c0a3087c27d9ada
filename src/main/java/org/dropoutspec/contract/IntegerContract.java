package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.INTEGERS;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.IntegerInput;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Chapter FWD of the specification, as far as it is about integers, which plain dropout alone is asked. */
public interface IntegerContract extends Contract {

    @Property(tries = 40)
    @Checks(value = "FWD-10", pin = "c3cf521f", when = INTEGERS, standsOn = "FWD-1")
    default void integersAreRejectedOrPromoted(@ForAll("integers") Call call) {
        CheckRun run = CheckRun.current();
        boolean rejected = run.description().choices().integerInput().orElseThrow() == IntegerInput.REJECT;
        OperationCall asked = PlainDropout.asked(call, run.description());
        Result result;
        try {
            result = PlainDropout.result(run.ask(call, asked));
        } catch (RejectedCall rejection) {
            if (rejected) {
                return;
            }
            throw run.violation("rejected: " + rejection.getMessage(), call);
        }
        if (rejected) {
            throw run.violation("expected a rejection, got an answer", call);
        }
        DType dtype = result.output().dtype();
        if (!dtype.isFloating()) {
            throw run.violation("expected an output in a floating type, got " + dtype, call);
        }
        Tensor.Builder promoted = Tensor.builder(dtype, call.shape());
        for (int i = 0; i < call.input().size(); i++) {
            promoted.setBits(i, dtype.round(call.input().value(i)));
        }
        new Watch(run.description())
                .look(call.withInput(promoted.build()), result).sightings().stream()
                        .findFirst()
                        .ifPresent(sighting -> {
                            throw run.cause().saidBy(sighting.requirement(), run.violation(sighting.what(), call));
                        });
    }

    /** The factor of each nine numbers: 1 first, then such that fewer bits than the type's do not hold the numbers. */
    private static double scale(DType dtype, int nines) {
        return switch (nines) {
            case 1 -> 0x1p8;
            case 2 -> 0x1p12;
            case 3 -> dtype == DType.INT64 ? 0x1p33 : 0x1p27;
            default -> 1;
        };
    }

    /** Calls of numbers and rates that are exact in every floating type whose exponents reach that far. */
    @Provide
    default Arbitrary<Call> integers() {
        return Combinators.combine(
                        Arbitraries.of(DType.INT32, DType.INT64),
                        Arbitraries.of(0.5, 0.25, 0.75, 0.125),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.of(1, -1))
                .as((dtype, rate, size, sign) -> {
                    double[] values = new double[size];
                    for (int i = 0; i < size; i++) {
                        values[i] = (i % 9 + 1) * scale(dtype, i / 9) * (i % 2 == 0 ? sign : 1);
                    }
                    return Call.training(rate, Tensor.of(dtype, Shape.of(size), values));
                });
    }
}
