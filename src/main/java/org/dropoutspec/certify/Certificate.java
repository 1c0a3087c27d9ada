package org.dropoutspec.certify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dropoutspec.contract.Inquiry;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.operation.Operations;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.oracle.WholeOutput;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.RequirementLevel;

/**
 * What a session found.
 *
 * @param suiteVersion the version of this suite
 * @param specification the SHA-256 of the specification that was examined against
 * @param implementation what was examined
 * @param tier how much was asked
 * @param seed the master seed, which replays the session
 * @param whole whether every requirement was examined, and not a selection
 * @param elements how many mask elements were asked for and answered
 * @param duration how long it took
 * @param judged the operations that were examined
 * @param ledger how the probability of a false alarm was spent, a line a check
 * @param faults why the session cannot be relied on, beyond what a finding tells: how the adapter broke, and what it
 *     declares without having answered any such call
 * @param findings a verdict for each requirement examined, in the order of the specification
 */
public record Certificate(
        String suiteVersion,
        String specification,
        Description implementation,
        Tier tier,
        long seed,
        boolean whole,
        long elements,
        Duration duration,
        List<Judged> judged,
        List<String> ledger,
        List<String> faults,
        List<Finding> findings) {

    /** The probability that a session finds fault with a sound implementation, at most. */
    public static final double FALSE_ALARM_RATE = 1e-9;

    /** One requirement of one operation and what was found about it. */
    public record Finding(String operation, Requirement requirement, Verdict verdict) {
        /** A finding on plain dropout. */
        public Finding(Requirement requirement, Verdict verdict) {
            this(PlainDropout.NAME, requirement, verdict);
        }

        /** The requirement's id, with its operation where that is not plain dropout: {@code rnn:MASK-1}. */
        public String name() {
            return isPlain() ? requirement.id() : operation + ":" + requirement.id();
        }

        /** The name to give to --only: with the operation, even plain dropout, where several were judged. */
        public String replayed(int operations) {
            return operations > 1 ? operation + ":" + requirement.id() : name();
        }

        public boolean isPlain() {
            return operation.equals(PlainDropout.NAME);
        }

        /** Whether this name means the requirement: by its id alone, at any operation, or with the operation. */
        public boolean isNamed(String named) {
            return requirement.id().equals(named) || (operation + ":" + requirement.id()).equals(named);
        }

        /** The name of the requirement whose failure this is the echo of. */
        Optional<String> cause() {
            return verdict instanceof Verdict.Inconclusive open && open.isEcho()
                    ? Optional.of(isPlain() ? open.cause() : operation + ":" + open.cause())
                    : Optional.empty();
        }

        boolean isMust() {
            return requirement.level() == RequirementLevel.MUST;
        }

        boolean isFailure() {
            return verdict instanceof Verdict.Fail;
        }

        /** Whether the evidence has such an entry. */
        boolean says(String entry) {
            return verdict.evidence().containsKey(entry);
        }

        /** The number under such an entry of the evidence; 0 if it has none. */
        long count(String entry) {
            return verdict.evidence().get(entry) instanceof Number count ? count.longValue() : 0;
        }

        /** Whether what is wrong is an output of this kind. */
        boolean isOf(WholeOutput kind) {
            return kind.toString().equals(verdict.evidence().get(Verdict.WHOLE_OUTPUT));
        }

        /** The logarithm to base 10 of the e-value; 0 where the evidence is not statistical. */
        double log10E() {
            return verdict.evidence().get("log10_e") instanceof Number evidence ? evidence.doubleValue() : 0;
        }

        /** Whether it should have been decided and was not. The echo of a failure is decided, by that failure. */
        boolean isOpen() {
            return verdict instanceof Verdict.Error
                    || isMust() && verdict instanceof Verdict.Inconclusive open && !open.isEcho();
        }

        boolean isDecided() {
            return verdict instanceof Verdict.Pass
                    || isFailure()
                    || verdict instanceof Verdict.Inconclusive open && open.isEcho();
        }

        boolean isNarrowed() {
            return verdict instanceof Verdict.Unsupported unsupported
                    ? unsupported.applies()
                    : !verdict.discarded().isEmpty();
        }
    }

    public Certificate {
        judged = List.copyOf(judged);
        ledger = List.copyOf(ledger);
        faults = List.copyOf(faults);
        findings = List.copyOf(findings);
    }

    /**
     * Nonconformant when a MUST failed; conformant when none did and it {@link #isJudged was judged}; otherwise it
     * could not be judged.
     */
    public Outcome outcome() {
        if (mustFailed()) {
            return Outcome.NONCONFORMANT;
        }
        return isJudged() ? Outcome.CONFORMANT : Outcome.NOT_JUDGED;
    }

    private boolean mustFailed() {
        return any(finding -> finding.isMust() && finding.isFailure());
    }

    /**
     * Whether everything was decided that had to be: no MUST is inconclusive, the core of dropout was decided, and
     * nothing broke, not even in the check of a SHOULD.
     */
    public boolean isJudged() {
        return faults.isEmpty() && openCore().isEmpty() && !any(Finding::isOpen);
    }

    /** Why it was not judged, or not all of it, beyond the reasons that the findings give. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>(faults);
        if (!mustFailed() && !any(Finding::isOpen)) {
            reasons.addAll(openCore());
        }
        return reasons.stream().distinct().toList();
    }

    private List<String> openCore() {
        if (!whole) {
            return any(Finding::isDecided) ? List.of() : List.of("none of the requirements selected was decided");
        }
        List<String> open = new ArrayList<>();
        for (Judged operation : judged) {
            operation.core().stream()
                    .filter(ids -> !decided(operation.operation(), ids))
                    .map(ids -> ids.stream().sorted().collect(Collectors.joining(" or ")) + " is of the core of "
                            + operation.operation() + ", and was not decided")
                    .forEach(open::add);
        }
        return open;
    }

    private boolean decided(String operation, Set<String> ids) {
        return any(finding -> finding.isDecided()
                && finding.operation().equals(operation)
                && ids.contains(finding.requirement().id()));
    }

    /**
     * Whether something that applies to the implementation was not asked of it, or not in all calls: the certificate
     * then covers less than the specification.
     */
    public boolean isNarrowed() {
        return any(Finding::isNarrowed) || !operationsNotJudged().isEmpty();
    }

    /** The operations that are declared and that this version of the suite does not judge. */
    public List<String> operationsNotJudged() {
        return implementation.operations().stream()
                .filter(name -> !name.equals(PlainDropout.NAME))
                .filter(name -> Operations.named(name).isEmpty()
                        || implementation.declaration(name).dtypes().isEmpty())
                .toList();
    }

    /** The operations that are declared and were not selected. */
    public List<String> operationsNotSelected() {
        return implementation.operations().stream()
                .filter(name -> !operationsNotJudged().contains(name))
                .filter(name -> judged.stream().noneMatch(one -> one.operation().equals(name)))
                .toList();
    }

    /** What was asked of an operation and what became of it; nothing where it was not judged. */
    public Inquiry inquiry(String operation) {
        return judged.stream()
                .filter(one -> one.operation().equals(operation))
                .findFirst()
                .map(Judged::inquiry)
                .orElse(Inquiry.NOTHING);
    }

    /** What was asked of plain dropout, or of the only operation that was judged. */
    public Inquiry inquiry() {
        return inquiry(judged.size() == 1 ? judged.get(0).operation() : PlainDropout.NAME);
    }

    /** Whether it is the suite's own reference that was examined. */
    public boolean isOfReference() {
        return implementation.equals(ReferenceFamily.described(Operations.all()));
    }

    /** The same with one fault more, which came after the last finding. */
    public Certificate withFault(String fault) {
        List<String> all = new ArrayList<>(faults);
        all.add(fault);
        return new Certificate(
                suiteVersion,
                specification,
                implementation,
                tier,
                seed,
                whole,
                elements,
                duration,
                judged,
                ledger,
                all,
                findings);
    }

    /** How many of the findings have a verdict of this kind. */
    public long count(Class<? extends Verdict> kind) {
        return findings.stream()
                .filter(finding -> kind.isInstance(finding.verdict()))
                .count();
    }

    private boolean any(Predicate<Finding> condition) {
        return findings.stream().anyMatch(condition);
    }
}
