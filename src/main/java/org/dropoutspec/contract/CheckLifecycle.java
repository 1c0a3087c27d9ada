package org.dropoutspec.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.spec.Specification;
import org.opentest4j.TestAbortedException;

/** Runs the check of one requirement and turns how it ended into a verdict. */
final class CheckLifecycle implements AroundPropertyHook, AroundTryHook {
    /** Calls that an adapter cannot express are discarded; the others count, however many were discarded. */
    private static final int ANY_DISCARD_RATIO = 1_000_000;

    /** Walks at one mask site: operations mostly share the code that keeps masks between calls, and each is asked. */
    private static final int MOST_WALKS_AT_A_SITE = 20;

    /** Tries with and without gradients, where these are the operation's own: other checks ask for them too. */
    private static final int MOST_AT_A_SITE_OF_ITS_OWN_GRADIENTS = 40;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Checks checks = context.findAnnotation(Checks.class).orElseThrow();
        Session session = ((Contract) context.testInstance()).session();
        session.begin(checks.value());
        CheckRun run = new CheckRun(
                session,
                Specification.embedded().requirement(checks.value()),
                obstacle(checks, session, context.targetMethod().getDeclaringClass()),
                Set.of(checks.needs()));
        configure(context, run);
        CheckRun.open(run);
        try {
            PropertyExecutionResult result = property.execute();
            Verdict verdict = withWhatWasSampled(run, run.outcome().verdict(result));
            session.conclude(checks.value(), verdict);
            return mapped(result, verdict, session.seed());
        } finally {
            CheckRun.close();
        }
    }

    /**
     * Once no more calls may be made, and while a violation is being shrunk, a discarded try passes: otherwise jqwik
     * looks behind it, and would go through all smaller calls there are.
     */
    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        CheckRun run = CheckRun.current();
        List<Object> fitted =
                parameters.stream().map(run.session().shapes()::fitted).toList();
        fitted.stream()
                .filter(Replay.class::isInstance)
                .map(replay -> ((Replay) replay).condition())
                .forEach(condition -> run.violations().under(Optional.of(condition)));
        if (run.description().can(Capability.FEW_SHAPES)) {
            run.violations().under(Optional.empty()); // plainer conditions may not be asked, so nothing is said of them
        }
        run.violations().asked().begin();
        TryExecutionResult result = aTry.execute(fitted);
        if (result.status() == TryExecutionResult.Status.SATISFIED) {
            run.outcome().completed();
        }
        boolean discarded = result.status() == TryExecutionResult.Status.INVALID;
        return discarded && (run.isOver() || run.violations().any()) ? TryExecutionResult.satisfied(true) : result;
    }

    private static void configure(PropertyLifecycleContext context, CheckRun run) {
        PropertyAttributes attributes = context.attributes();
        Session session = run.session();
        attributes.setEdgeCases(EdgeCasesMode.NONE); // the calls name edge cases of their own, among other values
        attributes.setSeed(Long.toString(session.seedFor(run.requirement().id())));
        attributes.setTries(attributes
                .tries()
                .map(tries -> session.operation().site().isPresent() ? Math.min(tries, MOST_WALKS_AT_A_SITE) : tries)
                .orElseGet(() -> tries(context, run)));
        // the run bounds the shrinking; jqwik's own bound is a clock, and shrinks in a thread that has no run
        boolean ofSteps = List.of(context.targetMethod().getParameterTypes()).contains(List.class);
        attributes.setShrinking(
                ofSteps ? ShrinkingMode.OFF : ShrinkingMode.FULL); // a walk finds its fewest steps itself
        attributes.setMaxDiscardRatio(ANY_DISCARD_RATIO);
        attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED);
    }

    /** How many tries a check gets: at least one for every condition. */
    private static int tries(PropertyLifecycleContext context, CheckRun run) {
        if (run.isOver()) {
            return 1;
        }
        boolean ofItsOwn = !run.can(Capability.BACKWARD);
        if (ofItsOwn && context.targetMethod().getDeclaringClass() == AskedGradientContract.class) {
            return MOST_AT_A_SITE_OF_ITS_OWN_GRADIENTS;
        }
        Conditions conditions = run.conditions();
        List<Class<?>> parameters = List.of(context.targetMethod().getParameterTypes());
        return parameters.contains(Replay.class)
                ? conditions.replays().size()
                : Math.max(
                        run.session().tier().tries(),
                        conditions.calls().size() + conditions.large().size());
    }

    private static Optional<Unsupported> obstacle(Checks checks, Session session, Class<?> chapter) {
        Description description = session.description();
        if (!description.operations().contains("dropout")) {
            return Optional.of(new Unsupported("the implementation does not declare the operation dropout"));
        }
        if (description.dtypes().stream().noneMatch(dtype -> dtype.isFloating())) {
            return Optional.of(new Unsupported("the implementation declares no floating type"));
        }
        Optional<Capability> missing = Arrays.stream(checks.needs())
                .filter(capability -> !description.can(capability) && !canWhole(session, chapter, capability))
                .findFirst();
        if (missing.isPresent()) {
            boolean shown = session.operation()
                    .site()
                    .map(site -> site.shows(missing.get()))
                    .orElse(true);
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

    /** Whether a chapter on the operation or its gradients can ask this of the operation itself, not of a mask site. */
    private static boolean canWhole(Session session, Class<?> chapter, Capability capability) {
        boolean ofGradients = chapter == RetainContract.class
                // where every new shape is expensive, all calls of a mask site ask for gradients anyway
                || chapter == AskedGradientContract.class
                        && !session.description().can(Capability.FEW_SHAPES);
        boolean whole =
                OperationContract.class.isAssignableFrom(chapter) || ofGradients && capability == Capability.BACKWARD;
        return whole
                && session.operation()
                        .site()
                        .filter(site -> site.declared().can(capability))
                        .isPresent();
    }

    private static Verdict refuted(Conclusion.Rejected broken, OperationUnderTest operation) {
        Map<String, Object> evidence = new TreeMap<>(broken.evidence());
        if (!broken.calls().isEmpty()
                && broken.calls().get(broken.calls().size() - 1).scaleOverflows()) {
            evidence.put(Verdict.SCALE_OVERFLOWS, true);
        }
        List<OperationCall> asked =
                broken.calls().stream().reduce((earlier, later) -> later).flatMap(operation::behind).stream()
                        .toList();
        return new Verdict.Fail(broken.message(), evidence, broken.calls(), asked);
    }

    /**
     * The verdict, or a failure that was seen elsewhere: a pass stands only if no answer under any condition broke the
     * requirement. An implementation that broke is asked nothing more, but what it was seen to break before counts.
     */
    private static Verdict withWhatWasSampled(CheckRun run, Verdict verdict) {
        boolean broke = verdict instanceof Verdict.Error;
        if (!(verdict instanceof Verdict.Pass) && !broke) {
            return verdict;
        }
        String id = run.requirement().id();
        Optional<Sighting> seen = run.session().seen(id);
        if (seen.isPresent()) {
            return Verdict.Fail.of(seen.get(), run.outcome().evidence());
        }
        if (!Watch.REQUIREMENTS.contains(id)) {
            return verdict;
        }
        try {
            SampledMasks masks = run.session().masks();
            return (broke ? masks.known(id) : masks.conclusion(id))
                    .filter(Conclusion.Rejected.class::isInstance)
                    .map(Conclusion.Rejected.class::cast)
                    .map(broken -> refuted(broken, run.session().operation()))
                    .orElse(verdict);
        } catch (ImplementationFault broken) {
            return new Verdict.Error(broken.getMessage());
        }
    }

    /** What a test runner is told: an error or an inconclusive verdict is a failure there. */
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
