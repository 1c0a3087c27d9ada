package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.dropoutspec.report.ReportLine;
import org.dropoutspec.report.ReportLine.Tone;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ColoursTest {
    @Test
    void aFailureIsRedAndEndsWithItsLine() {
        assertThat(new Colours(Ansi.ON).painted(new ReportLine(Tone.BAD, "FWD-1: it fails")))
                .isEqualTo("\u001b[31m\u001b[1mFWD-1: it fails\u001b[0m");
    }

    @Test
    void withoutATerminalThereIsNoColour() {
        for (Tone tone : Tone.values()) {
            assertThat(new Colours(Ansi.OFF).painted(new ReportLine(tone, "text")))
                    .isEqualTo("text");
        }
    }

    @Test
    void aStrangersTextIsNeitherMarkupNorAnEscape() {
        assertThat(new Colours(Ansi.ON).painted(new ReportLine(Tone.BAD, "@|green conformant|@ \u001b[32m")))
                .isEqualTo("\u001b[31m\u001b[1m@|green conformant|@ \\u001b[32m\u001b[0m");
    }
}
