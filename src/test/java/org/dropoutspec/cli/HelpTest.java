package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(strings = {"--help", "certify --help"})
    void helpSaysWhatTheExitStatusMeans(String commandLine) {
        Run run = Run.of(commandLine.split(" "));
        assertThat(run.exitStatus()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(String.join(" ", run.out()).replaceAll("\\s+", " "))
                .contains("Exit status: 0 conformant, 1 not conformant, 2 could not be judged (usage, adapter fault).");
    }

    @Test
    void helpOfCertifyNamesEveryOption() {
        assertThat(String.join("\n", Run.of("certify", "--help").out()))
                .contains(
                        "--tier",
                        "--seed",
                        "--only",
                        "--report",
                        "--timeout",
                        "--total-timeout",
                        "--require",
                        "--class",
                        "--expect",
                        "COMMAND");
    }

    @Test
    void specListsEveryRequirementInItsOrder() {
        Run run = Run.of("spec");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.out().stream().map(line -> line.replace(" (untestable)", "")))
                .containsExactlyElementsOf(Specification.embedded().requirements().stream()
                        .map(Requirement::heading)
                        .toList());
    }

    @Test
    void specShowsTheNamedRequirementsInFull() {
        Run run = Run.of("spec", "BWD-1", "FWD-1");
        assertThat(run.exitStatus()).isZero();
        assertThat(String.join(" ", run.out()))
                .contains(Specification.embedded().requirement("BWD-1").sentence());
        assertThat(run.out())
                .filteredOn(line -> line.startsWith("### "))
                .containsExactly(
                        "### BWD-1 MUST mask the gradient like the output",
                        "### FWD-1 MUST scale what it keeps by 1/(1 - rate)");
    }
}
