package org.dropoutspec.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.dropoutspec.contract.Verdict.Unsupported;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.spec.Specification;
import org.opentest4j.TestAbortedException;

/** Runs the check of one requirement and turns how it ended into a verdict. */
final class Judge implements AroundPropertyHook, AroundTryHook {
    /** Calls that an adapter cannot express are discarded; however many, the others count. */
    private static final int ANY_DISCARD_RATIO = 1_000_000;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Checks checks = context.findAnnotation(Checks.class).orElseThrow();
        Examination examination = ((Contract) context.testInstance()).examination();
        examination.begin(checks.value());
        Hearing hearing = new Hearing(
                examination,
                Specification.embedded().requirement(checks.value()),
                obstacle(checks, examination, context.targetMethod().getDeclaringClass()));
        configure(context.attributes(), examination, checks.value());
        Hearing.open(hearing);
        try {
            PropertyExecutionResult result = property.execute();
            Verdict verdict = withWhatWasSampled(hearing, verdict(hearing, result));
            examination.conclude(checks.value(), verdict);
            return mapped(result, verdict, examination.seed());
        } finally {
            Hearing.close();
        }
    }

    /**
     * Once no more calls may be made, and while a violation is being shrunk, a try that is discarded passes: jqwik takes
     * it for one to look behind, and would go through all smaller calls there are.
     */
    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        Hearing hearing = Hearing.current();
        TryExecutionResult result = aTry.execute(
                parameters.stream().map(hearing.examination()::fitted).toList());
        if (result.status() == TryExecutionResult.Status.SATISFIED) {
            hearing.complete();
        }
        boolean discarded = result.status() == TryExecutionResult.Status.INVALID;
        return discarded && (hearing.isOver() || hearing.isShrinking()) ? TryExecutionResult.satisfied(true) : result;
    }

    private static void configure(PropertyAttributes attributes, Examination examination, String id) {
        attributes.setEdgeCases(EdgeCasesMode.NONE); // the calls name theirs, with the others around them
        attributes.setSeed(Long.toString(examination.seedFor(id)));
        if (attributes.tries().isEmpty()) {
            attributes.setTries(examination.tier().tries());
        }
        // the hearing bounds it; jqwik's own bound is a clock, and shrinks in a thread that has no hearing
        attributes.setShrinking(ShrinkingMode.FULL);
        attributes.setMaxDiscardRatio(ANY_DISCARD_RATIO);
        attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED);
    }

    private static Optional<Unsupported> obstacle(Checks checks, Examination examination, Class<?> chapter) {
        Description description = examination.description();
        if (!description.operations().contains("dropout")) {
            return Optional.of(new Unsupported("the implementation does not declare the operation dropout"));
        }
        if (description.dtypes().stream().noneMatch(dtype -> dtype.isFloating())) {
            return Optional.of(new Unsupported("the implementation declares no floating type"));
        }
        Optional<Capability> missing = Arrays.stream(checks.needs())
                .filter(capability -> !description.can(capability) && !canWhole(examination, chapter, capability))
                .findFirst();
        if (missing.isPresent()) {
            boolean shown =
                    examination.site().map(site -> site.shows(missing.get())).orElse(true);
            return Optional.of(
                    shown
                            ? new Unsupported("needs the capability " + missing.get())
                            : Unsupported.inapplicable("does not show at this mask: " + missing.get()));
        }
        return Arrays.stream(checks.when())
                .filter(condition -> !condition.holdsFor(description))
                .findFirst()
                .map(condition -> Unsupported.inapplicable(condition.obstacle()));
    }

    /** A requirement of an operation's own chapter is asked of the operation, and not of a mask site. */
    private static boolean canWhole(Examination examination, Class<?> chapter, Capability capability) {
        return OperationContract.class.isAssignableFrom(chapter)
                && examination
                        .site()
                        .filter(site -> site.declared().can(capability))
                        .isPresent();
    }

    private static Verdict verdict(Hearing hearing, PropertyExecutionResult result) {
        Throwable thrown = result.throwable().orElse(null);
        if (hearing.obstacle().isPresent()) {
            return hearing.obstacle().get();
        }
        // before a fault, which may have come while the violation was being shrunk
        if (thrown instanceof Violation violation) {
            return new Verdict.Fail(violation.finding(), hearing.evidence());
        }
        if (hearing.fault().isPresent()) {
            return new Verdict.Error(hearing.fault().get().getMessage());
        }
        if (thrown instanceof Undecided undecided) {
            return new Verdict.Inconclusive(undecided.finding(), hearing.evidence());
        }
        if (hearing.completed() == 0 && hearing.unsupported().isPresent()) {
            return new Unsupported(hearing.unsupported().get(), true, hearing.evidence());
        }
        if (result.status() != PropertyExecutionResult.Status.SUCCESSFUL) {
            return new Verdict.Error("the suite broke: " + thrown);
        }
        if (hearing.certified().isEmpty()) {
            hearing.record("calls", hearing.answered());
        }
        return new Verdict.Pass(hearing.certified(), hearing.evidence());
    }

    /** A pass stands only if no answer under any condition broke the requirement either. */
    private static Verdict withWhatWasSampled(Hearing hearing, Verdict verdict) {
        Optional<String> seen = hearing.examination().seen(hearing.requirement().id());
        if (verdict instanceof Verdict.Pass && seen.isPresent()) {
            return new Verdict.Fail(seen.get(), hearing.evidence());
        }
        if (!(verdict instanceof Verdict.Pass)
                || !Watch.REQUIREMENTS.contains(hearing.requirement().id())) {
            return verdict;
        }
        try {
            return hearing.examination()
                    .sampled(hearing.requirement().id())
                    .filter(Conclusion.Rejected.class::isInstance)
                    .<Verdict>map(broken -> new Verdict.Fail(broken.message(), broken.evidence()))
                    .orElse(verdict);
        } catch (ImplementationFault broken) {
            return new Verdict.Error(broken.getMessage());
        }
    }

    /** What a test runner is told: an error or an open question is no pass there either. */
    private static PropertyExecutionResult mapped(PropertyExecutionResult result, Verdict verdict, long seed) {
        if (verdict instanceof Unsupported) {
            return result.mapToAborted(new TestAbortedException(verdict.message()));
        }
        if (verdict instanceof Verdict.Error) {
            return result.mapToFailed(new AssertionError("error: " + verdict.message()));
        }
        if (verdict instanceof Verdict.Pass) {
            return result;
        }
        Throwable seen = result.throwable().orElseGet(() -> new AssertionError(verdict.message()));
        return result.mapToFailed(new AssertionError(
                seen.getMessage() + System.lineSeparator() + "  replay: override seed() to return " + seed + "L",
                seen));
    }
}
