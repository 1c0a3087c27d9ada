package org.dropoutspec.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "Größe 中 \uD83C\uDFB2, Größe 中 \uD83C\uDFB2",
        "a\u001B[31mred, a\\u001b[31mred",
        "a\u0000b\u0007c\u007Fd\u009Be, a\\u0000b\\u0007c\\u007fd\\u009be",
        "a\u202Eb\u2066c\u200Fd, a\\u202eb\\u2066c\\u200fd",
        "a\u2028b\u2029c\u0085d, a\\u2028b\\u2029c\\u0085d",
        "a\uD800b\uDFFFc, a\\ud800b\\udfffc",
        "a\uFFFEb\uFFFFc\uFDD0d\uD83F\uDFFEe, a\\ufffeb\\uffffc\\ufdd0d\\u{1fffe}e",
        "a\uDB40\uDC41b\uFEFFc, a\\u{e0041}b\\ufeffc",
    })
    void whatMovesTheCursorOrIsNoCharacterIsEscaped(String text, String shown) {
        assertThat(Printable.line(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "::error::all is well,\\u003a:error::all is well",
                "  ::set-output name=x::y,  \\u003a:set-output name=x::y",
                "\u00A0\u3000::error::x,\u00A0\u3000\\u003a:error::x",
                "std::vector,std::vector",
                "x ##vso[task.complete result=Succeeded;],x \\u0023#vso[task.complete result=Succeeded;]",
                "##[error]x,\\u0023#[error]x",
                "###teamcity[x],\\u0023\\u0023#teamcity[x]",
                "issue #7,issue #7",
            })
    void whatACiServerObeysIsEscaped(String text, String shown) {
        assertThat(Printable.line(text)).isEqualTo(shown);
    }

    @Test
    void endsOfLinesAreNone() {
        assertThat(Printable.line("x\nreference 1.0 (Java): conformant\r\ty"))
                .isEqualTo("x\\nreference 1.0 (Java): conformant\\r\\ty");
    }

    @Test
    void textIsCutBetweenCharacters() {
        assertThat(Printable.line("abc", 3)).isEqualTo("abc");
        assertThat(Printable.line("abcd", 3)).isEqualTo("abc... (4 characters)");
        assertThat(Printable.line("ab\uD83C\uDFB2", 3)).isEqualTo("ab... (4 characters)");
    }

    @Test
    void linesOfTheSuiteStayLinesAndPassForNoOthers() {
        assertThat(Printable.lines("died\nrequest: {}\r\nconformant: x\u2028y"))
                .isEqualTo(List.of("died", "  request: {}", "  conformant: x\\u2028y"));
    }

    @Property
    void oneLineOfAnyTextIsOneLineAndStaysAsItIs(@ForAll String text) {
        String shown = Printable.line(text);
        assertThat(shown.lines().count()).isLessThanOrEqualTo(1);
        assertThat(Printable.line(shown)).isEqualTo(shown);
    }
}
