package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.dropoutspec.spec.Specification;
import org.junit.jupiter.api.Test;

/** The list of mutants against the specification. */
class MutantsTest {
    /** Statistical requirements that are being written; what is in the specification need not stand here. */
    private static final Set<String> PENDING =
            Set.of("MASK-8", "MASK-9", "MASK-10", "MASK-11", "MASK-12", "MASK-13", "SEED-8", "RATE-11");

    @Test
    void everyMutantHasANameOfItsOwn() {
        assertThat(Mutants.all()).extracting(Mutant::name).doesNotHaveDuplicates();
        assertThat(Mutants.all()).extracting(Mutant::name).allMatch(name -> name.matches("[a-z0-9.-]{5,46}"));
    }

    @Test
    void everyMutantIsThereForARequirement() {
        assertThat(Mutants.all())
                .extracting(Mutant::requirement)
                .allMatch(id -> Specification.embedded().has(id) || PENDING.contains(id));
    }
}
