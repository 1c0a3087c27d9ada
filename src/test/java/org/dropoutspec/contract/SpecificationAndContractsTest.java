package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Operations;
import org.dropoutspec.selftest.SelfTest;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;
import org.junit.jupiter.api.Test;

/** Specification, checks and mutants belong together: none of them without the others. */
class SpecificationAndContractsTest {
    private static final Specification SPECIFICATION = Specification.embedded();
    /** Of plain dropout, and of the chapters of single operations. */
    private static final List<Method> CHECKS = Stream.concat(
                    Stream.of(DropoutContract.class),
                    Operations.all().stream()
                            .map(Operation::checks)
                            .flatMap(checks -> Arrays.stream(checks.getInterfaces()))
                            .filter(OperationContract.class::isAssignableFrom))
            .flatMap(contract -> Arrays.stream(contract.getMethods()))
            .filter(method -> method.isAnnotationPresent(Checks.class))
            .distinct()
            .toList();

    private static final Set<String> CHECKED =
            CHECKS.stream().map(SpecificationAndContractsTest::id).collect(Collectors.toSet());

    @Test
    void everyRequirementHasACheckOrSaysWhyItHasNone() {
        assertThat(SPECIFICATION.requirements())
                .filteredOn(requirement -> requirement.untestable().isEmpty())
                .filteredOn(requirement -> !CHECKED.contains(requirement.id()))
                .extracting(Requirement::heading)
                .as("requirements without a method annotated @Checks in a contract, and without '- Untestable: '")
                .isEmpty();
    }

    @Test
    void noRequirementThatIsCalledUntestableHasACheck() {
        assertThat(SPECIFICATION.requirements())
                .filteredOn(requirement -> requirement.untestable().isPresent())
                .filteredOn(requirement -> CHECKED.contains(requirement.id()))
                .extracting(Requirement::heading)
                .as("requirements with a check whose entry says '- Untestable: '")
                .isEmpty();
    }

    @Test
    void everyCheckIsOfARequirementThatExists() {
        assertThat(CHECKED).isNotEmpty().allMatch(SPECIFICATION::has);
    }

    @Test
    void noRequirementIsCheckedTwice() {
        assertThat(CHECKS).extracting(SpecificationAndContractsTest::id).doesNotHaveDuplicates();
    }

    @Test
    void everyCheckIsAPropertyThatJqwikRuns() {
        assertThat(CHECKS)
                .allMatch(
                        check -> check.isAnnotationPresent(Property.class) || check.isAnnotationPresent(Example.class));
        assertThat(DropoutContract.class.getMethods())
                .filteredOn(method -> method.isAnnotationPresent(Property.class))
                .allMatch(method -> method.isAnnotationPresent(Checks.class));
    }

    @Test
    void everyCheckPinsTheSentenceThatItWasReadAgainst() {
        assertThat(CHECKS.stream()
                        .filter(check -> SPECIFICATION.has(id(check)))
                        .filter(check -> !pin(check)
                                .equals(SPECIFICATION.requirement(id(check)).pin()))
                        .map(SpecificationAndContractsTest::stale)
                        .sorted())
                .as("checks whose requirement was changed since they were last read against it")
                .isEmpty();
    }

    private static String stale(Method check) {
        Requirement requirement = SPECIFICATION.requirement(id(check));
        return id(check) + ": read " + check.getDeclaringClass().getSimpleName() + "." + check.getName()
                + " again beside its sentence in spec/dropout.md, correct what no longer fits, then pin = \""
                + requirement.pin() + "\" (was \"" + pin(check) + "\")";
    }

    @Test
    void everyCheckIsThereToFindAMutant() {
        Set<String> hunted =
                SelfTest.mutants().stream().map(Mutant::requirement).collect(Collectors.toSet());
        assertThat(CHECKED)
                .filteredOn(id -> !hunted.contains(id))
                .as("checks that no mutant proves able to fail: add one to org.dropoutspec.mutant")
                .isEmpty();
    }

    @Test
    void everyMutantHasACheckThatIsThereToFindIt() {
        assertThat(SelfTest.mutants())
                .filteredOn(mutant -> !CHECKED.contains(mutant.requirement()))
                .as("mutants of requirements without a check")
                .isEmpty();
    }

    @Test
    void everyMutantHasANameOfItsOwnAndADefect() {
        assertThat(SelfTest.mutants()).extracting(Mutant::name).doesNotHaveDuplicates();
        assertThat(SelfTest.mutants()).allSatisfy(mutant -> {
            assertThat(mutant.name()).matches("[a-z0-9]+([-.][a-z0-9]+)*");
            assertThat(mutant.defect()).isNotBlank();
        });
    }

    private static String id(Method check) {
        return check.getAnnotation(Checks.class).value();
    }

    private static String pin(Method check) {
        return check.getAnnotation(Checks.class).pin();
    }
}
