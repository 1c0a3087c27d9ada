package org.dropoutspec.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.selftest.MutantScope;
import org.dropoutspec.selftest.SelfTest;

/** What the suite says at quick of implementations of one operation, broken and sound. */
public record OperationVerdicts(Operation operation) {
    public static final long SEED = 5;

    /** By what a mutant is told, which has to fail its own requirement. */
    public String message(String name) {
        Mutant mutant = operation.mutants().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Verdict verdict = new SelfTest(Tier.QUICK, SEED, each -> true, each -> {})
                .mutant(mutant, MutantScope.OWN)
                .verdicts()
                .get(mutant.finding());
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        return verdict.message();
    }

    /** The verdicts on these requirements, by their ids. */
    public Map<String, Verdict> of(Implementation implementation, String... ids) {
        Set<String> only = Stream.of(ids).map(id -> operation.name() + ":" + id).collect(Collectors.toSet());
        return new Certifier(Tier.QUICK, SEED, only, id -> {})
                .certify(implementation).findings().stream()
                        .collect(Collectors.toMap(
                                finding -> finding.requirement().id(), Certificate.Finding::verdict));
    }

    /** Holds an implementation to these requirements, all where there are none: it has to be conformant. */
    public void assertSound(Implementation implementation, String... ids) {
        Certificate certificate = new Certifier(
                        Tier.QUICK, SEED, new Selection(Set.of(operation.name()), Set.of(ids)), id -> {})
                .certify(implementation);
        assertThat(certificate.findings())
                .filteredOn(finding -> !(finding.verdict() instanceof Verdict.Pass)
                        && !(finding.verdict() instanceof Verdict.Unsupported))
                .isEmpty();
        assertThat(certificate.outcome()).isSameAs(Outcome.CONFORMANT);
    }

    /** The same implementation, which neither reports nor takes masks. */
    public Implementation opaque(Implementation shown, String... masks) {
        Declaration declared = shown.description().declaration(operation.name());
        return new BrokenOperation(
                operation,
                SEED,
                new Declaration(
                        declared.dtypes(), EnumSet.of(Capability.SEED, Capability.BACKWARD), declared.choices()),
                (call, dropout, sound) -> {
                    List<ResultField> fields = new ArrayList<>(call.result());
                    Stream.of(masks).map(ResultField::mask).forEach(fields::add);
                    return shown.answer(call.expecting(fields, call.answered()));
                });
    }
}
