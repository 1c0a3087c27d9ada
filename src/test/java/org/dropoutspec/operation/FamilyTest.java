package org.dropoutspec.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Outcome;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.network.NetworkDropout;
import org.dropoutspec.selftest.MutantScope;
import org.dropoutspec.selftest.SelfTest;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation of the family: its broken implementations are found by their own requirements, sound ones by none. */
class FamilyTest {
    private static final long SEED = 11;

    private static final boolean ALL =
            System.getProperty("dropoutspec.family", "").equals("all");

    @TestFactory
    Stream<DynamicTest> everyMutantIsFoundByItsOwnRequirement() {
        SelfTest test = new SelfTest(Tier.QUICK, SEED, mutant -> true, name -> {});
        return mutants()
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.name(),
                        () -> assertThat(test.mutant(mutant, MutantScope.OWN).foundBy())
                                .as(mutant.defect())
                                .containsExactly(mutant.finding())));
    }

    /**
     * What statistics find takes seconds each: of those the ones of groups stand for all, whose masks are put to the same
     * checks. {@code -Ddropoutspec.family=all} runs the others too, and so does the command self-test.
     */
    private static Stream<Mutant> mutants() {
        return Operations.all().stream()
                .flatMap(operation -> operation.mutants().stream())
                .filter(mutant -> ALL
                        || !mutant.requirement().matches("(MASK|SEED)-.*")
                        || mutant.name().matches("(spatial|depth|pair)-.*"));
    }

    /** Code for training with and without a recorded graph is often separate. */
    @TestFactory
    Stream<DynamicTest> whatDrawsOtherwiseWhereGradientsAreAskedForIsToldByThat() {
        return Stream.of("alpha_dropout", "gaussian_dropout", "dropconnect", "rnn", "attention", "network")
                .map(name -> Operations.named(name).orElseThrow())
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> {
                    BrokenOperation wrong = new BrokenOperation(operation, SEED, (call, dropout, sound) -> {
                        if (call.training() && (call.has("grad_output") || call.has("gradients"))) {
                            dropout.drawMask(Shape.of(1), 0.5);
                        }
                        return sound.answer(call, dropout);
                    });
                    assertThat(new OperationVerdicts(operation)
                                    .of(wrong, "BWD-10")
                                    .get("BWD-10")
                                    .message())
                            .contains("asked for its gradients too, index ");
                }));
    }

    /** Its masks are read from outputs, and so would be told as wrong too. */
    @Test
    void anOutputThatIsWrongIsToldOnce() {
        Operation alpha = Operations.named("alpha_dropout").orElseThrow();
        Mutant wrong = alpha.mutants().stream()
                .filter(mutant -> mutant.name().equals("alpha-of-the-other-sign"))
                .findFirst()
                .orElseThrow();
        Set<String> broken = Set.of("ALPHA-1", "ALPHA-2", "ALPHA-3", "MASK-4", "MASK-7", "SEED-6");
        assertThat(new Certifier(Tier.QUICK, SEED, broken, id -> {})
                        .certify(wrong.implementation().apply(SEED)).findings().stream()
                                .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                                .map(finding -> finding.requirement().id()))
                .containsExactly("ALPHA-1");
    }

    /**
     * One that shows its mask in its answers alone, in one type and without a gradient. Those with several mask sites take
     * as long as all others together, so {@code -Ddropoutspec.family=all} runs them.
     */
    @Tag("sound")
    @TestFactory
    Stream<DynamicTest> aSoundImplementationThatShowsNothingButItsAnswersIsConformant() {
        return Operations.all().stream()
                .filter(operation -> ALL || operation.sites().size() == 1)
                .map(operation -> DynamicTest.dynamicTest(
                        operation.name(), () -> assertSound(operation, EnumSet.of(Capability.SEED))));
    }

    @TestFactory
    Stream<DynamicTest> aSiteOfAnImplementationThatDeclaresNothingShowsNothingButItsMask() {
        return Operations.all().stream()
                .flatMap(operation -> operation.sites().stream()
                        .map(site -> DynamicTest.dynamicTest(operation.name() + " " + site.name(), () -> {
                            Declaration all = operation.reference();
                            Declaration nothing = new Declaration(all.dtypes(), Set.of(), all.choices());
                            assertThat(site.shown(nothing).capabilities()).isEmpty();
                        })));
    }

    @Tag("sound")
    @TestFactory
    Stream<DynamicTest> everyTypeAloneIsAskedTheOwnChapter() {
        return Operations.all().stream()
                .filter(operation -> !own(operation).isEmpty())
                .flatMap(operation -> operation.reference().dtypes().stream()
                        .filter(DType::isFloating)
                        .map(dtype -> DynamicTest.dynamicTest(
                                operation.name() + " " + dtype, () -> assertCoreIsDecided(operation, dtype))));
    }

    /** The own chapter, and what goes on between other calls: more forms than are asked for the masks. */
    @TestFactory
    Stream<DynamicTest> aCompiledOneIsAskedNoFormOfACallBeyondForty() {
        return Operations.all().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> {
                    Set<String> ids = new HashSet<>(own(operation));
                    operation.mutants().forEach(mutant -> ids.add(operation.name() + ":" + mutant.requirement()));
                    ids.removeIf(id -> id.matches(".*:(MASK|SEED|RATE|EVAL|NUM)-.*"));
                    if (operation.reference().can(Capability.RETAIN)) {
                        ids.add(operation.name() + ":BWD-11");
                    }
                    Certificate certificate =
                            new Certifier(Tier.QUICK, SEED, ids, id -> {}).certify(new CompiledOperation(operation, 1));
                    assertThat(certificate.findings())
                            .allMatch(finding -> finding.verdict() instanceof Verdict.Pass
                                    || finding.verdict() instanceof Verdict.Unsupported)
                            .anyMatch(finding -> finding.verdict() instanceof Verdict.Pass);
                }));
    }

    /** With this seed the plainest calls of bfloat16 that may be asked have a single element, of which no network is made. */
    @Test
    void whatAnOperationHasNoCallForIsNoObstacle() {
        long seed = 5011;
        Certificate certificate = new Certifier(Tier.QUICK, seed, Set.of("network:FWD-9"), id -> {})
                .certify(new CompiledOperation(new NetworkDropout(), seed));
        assertThat(certificate.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.verdict()).isInstanceOf(Verdict.Pass.class));
    }

    /** What the operation is, as its own chapter says. */
    private static Set<String> own(Operation operation) {
        return operation.core().stream()
                .filter(id -> !id.startsWith("MASK"))
                .map(id -> operation.name() + ":" + id)
                .collect(Collectors.toSet());
    }

    private static void assertCoreIsDecided(Operation operation, DType dtype) {
        Declaration all = operation.reference();
        Declaration declaration = new Declaration(Set.of(dtype), all.capabilities(), all.choices());
        assertThat(new Certifier(Tier.QUICK, SEED, own(operation), id -> {})
                        .certify(new BrokenOperation(
                                operation, SEED, declaration, (call, dropout, whole) -> whole.answer(call, dropout)))
                        .findings())
                .allSatisfy(finding -> assertThat(finding.verdict()).isInstanceOf(Verdict.Pass.class));
    }

    private static void assertSound(Operation operation, Set<Capability> capabilities) {
        Declaration all = operation.reference();
        Set<Capability> declared = EnumSet.copyOf(capabilities);
        declared.retainAll(all.capabilities());
        Declaration declaration = new Declaration(Set.of(DType.FLOAT32), declared, all.choices());
        BrokenOperation sound = new BrokenOperation(
                operation, SEED, declaration, (call, dropout, whole) -> whole.answer(call, dropout));
        Certificate certificate = new Certifier(
                        Tier.QUICK, SEED, new Selection(Set.of(operation.name()), Set.of()), id -> {})
                .certify(sound);
        List<String> faulted = certificate.findings().stream()
                .filter(finding -> !(finding.verdict() instanceof Verdict.Pass)
                        && !(finding.verdict() instanceof Verdict.Unsupported))
                .map(finding -> finding.name() + " " + finding.verdict())
                .toList();
        assertThat(faulted).isEmpty();
        assertThat(certificate.outcome()).isSameAs(Outcome.CONFORMANT);
    }
}
