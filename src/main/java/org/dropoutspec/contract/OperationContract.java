package org.dropoutspec.contract;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** What chapters of single operations have in common: calls of the operation, each answer held to exact arithmetic. */
public interface OperationContract extends Contract {
    /** Calls that the operation under test can be asked. */
    @Provide
    default Arbitrary<OperationCall> operationCalls() {
        CheckRun run = CheckRun.current();
        return run.can(Capability.FEW_SHAPES) ? fewShapes(run) : run.site().calls();
    }

    /** Where every new shape is expensive: calls that show the mask, in the shapes that are asked anyway. */
    private static Arbitrary<OperationCall> fewShapes(CheckRun run) {
        CallArbitraries calls = CheckRun.calls();
        return calls.withGradientWherePossible(
                        calls.inEitherMode(calls.training(Rates.ordinary(), Shapes.any(), Fill.MODERATE)),
                        Fill.MODERATE)
                .map(run.session().shapes()::fitted)
                .filter(run.session().shapes()::allows)
                .map(run.site()::standingBehind);
    }

    /**
     * Training calls without a seed, one for each floating type, that show a mask of this shape; where every new shape
     * is expensive, of a shape that is asked anyway.
     */
    default List<OperationCall> drawing(Shape shape, double rate) {
        CheckRun run = CheckRun.current();
        Set<DType> dtypes = run.can(Capability.FEW_SHAPES)
                ? run.description().dtypes()
                : run.site().declared().dtypes();
        return dtypes.stream()
                .filter(DType::isFloating)
                .sorted()
                .map(dtype -> Call.training(rate, Fill.COUNTING.fill(dtype, shape, 0)))
                .map(call -> run.standingBehind(run.session().shapes().fitted(call)))
                .toList();
    }

    /** How many elements of plain dropout's masks the tier looks at. */
    default long sampledElements() {
        return CheckRun.current().session().tier().plan().elements();
    }

    /** Whether calls of any shape may be asked. */
    default boolean takesAnyShape() {
        return !CheckRun.current().can(Capability.FEW_SHAPES);
    }

    /** By how much the effective rate may differ from the asked one. */
    default double rateResolution() {
        return CheckRun.current().site().declared().choices().rateResolution();
    }

    /** The answer to a call, which is held to the requirement that is being checked. */
    default OperationResult answered(OperationCall call) {
        return held(call);
    }

    /** Ends the check, and tells how answers to a call break the requirement that is being checked. */
    default void broken(String finding, OperationCall call) {
        throw CheckRun.current().violation(finding + " (" + call + ")");
    }

    /** The same for answers that no mask explains, so that requirements on masks do not tell it. */
    default void brokenWhateverTheMask(String finding, OperationCall call) {
        CheckRun run = CheckRun.current();
        Violation seen = run.violation(finding + " (" + call + ")");
        throw run.cause().of(Sighting.whateverTheMask(run.requirement().id(), finding), seen);
    }

    /** Asks a call, and holds the answer to the requirement that is being checked. */
    default void holds(OperationCall call) {
        held(call);
    }

    private static OperationResult held(OperationCall call) {
        CheckRun run = CheckRun.current();
        OperationResult result = run.answer(call);
        run.site().judge(call, result).stream()
                .filter(sighting ->
                        sighting.requirement().equals(run.requirement().id()))
                .findFirst()
                .ifPresent(sighting -> {
                    Violation seen = run.cause().of(sighting, run.violation(sighting.what() + " (" + call + ")"));
                    throw KeepProbability.explains(call, result) ? run.cause().ofKeepProbability(seen) : seen;
                });
        return result;
    }
}
