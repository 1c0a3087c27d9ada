package org.dropoutspec.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How entries are read from Markdown. */
class SpecificationTest {
    private static final String TEXT = """
            # Dropout

            Words before the first entry.

            ### FWD-1 MUST scale

            What is kept MUST be scaled.

            - Intent: The expectation stays.
            - Check: Calls.

            ## Next chapter

            ### BWD-10 SHOULD do more

            It SHOULD do more.

            - Untestable: Nobody can see it.
            """;

    @Test
    void anEntryIsHeadingSentenceAndList() {
        Requirement forward = Specification.of(TEXT).requirement("FWD-1");
        assertThat(forward.level()).isEqualTo(RequirementLevel.MUST);
        assertThat(forward.title()).isEqualTo("scale");
        assertThat(forward.chapter()).isEqualTo("FWD");
        assertThat(forward.heading()).isEqualTo("FWD-1 MUST scale");
        assertThat(forward.sentence()).isEqualTo("What is kept MUST be scaled.");
        assertThat(forward.untestable()).isEmpty();
        assertThat(forward.text()).startsWith("### FWD-1 MUST scale").endsWith("- Check: Calls.");
    }

    @Test
    void whatCannotBeTestedSaysWhy() {
        Requirement backward = Specification.of(TEXT).requirement("BWD-10");
        assertThat(backward.level()).isEqualTo(RequirementLevel.SHOULD);
        assertThat(backward.untestable()).contains("Nobody can see it.");
    }

    @Test
    void requirementsKeepTheirOrder() {
        assertThat(Specification.of(TEXT).requirements())
                .extracting(Requirement::id)
                .containsExactly("FWD-1", "BWD-10");
    }

    @Test
    void anUnknownIdIsTold() {
        Specification specification = Specification.of(TEXT);
        assertThat(specification.has("FWD-2")).isFalse();
        assertThatThrownBy(() -> specification.requirement("FWD-2"))
                .hasMessage("requirement (FWD-2) must be one of the specification; the command spec lists them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "### FWD-1 scale",
                "### FWD-1 MAY scale",
                "### FWD1 MUST scale",
                "### fwd-1 MUST scale",
                "### FWD-1 MUST",
                "### FWD-1  MUST scale",
                "### FWD-1: MUST scale"
            })
    void aMalformedHeadingIsRejected(String heading) {
        assertThatThrownBy(() -> Specification.of(heading + "\n\nIt MUST.\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("heading (" + heading + ") must read '### ID MUST title' or '### ID SHOULD title'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n- Intent: None.\n", "\n## Next chapter\n\nIt MUST.\n", "\n\n\n"})
    void anEntryWithoutASentenceIsRejected(String rest) {
        assertThatThrownBy(() -> Specification.of("### FWD-1 MUST scale\n" + rest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("requirement (FWD-1) must state its sentence below its heading");
    }

    @Test
    void anIdThatIsUsedTwiceIsRejected() {
        assertThatThrownBy(() -> Specification.of(TEXT + "\n### FWD-1 SHOULD differ\n\nIt SHOULD.\n"))
                .hasMessage("requirement id (FWD-1) must be used once");
    }

    @Test
    void thePinChangesWithEveryWordOfHeadingAndSentence() {
        String pin = Specification.of(TEXT).requirement("FWD-1").pin();
        assertThat(pin).matches("[0-9a-f]{8}");
        assertThat(pinOfForward("MUST be scaled", "MUST NOT be scaled")).isNotEqualTo(pin);
        assertThat(pinOfForward("FWD-1 MUST", "FWD-1 SHOULD")).isNotEqualTo(pin);
        assertThat(pinOfForward("MUST scale\n", "MUST scale it\n")).isNotEqualTo(pin);
    }

    @Test
    void thePinIsThatOfTheSentenceAndNotOfItsExplanation() {
        String pin = Specification.of(TEXT).requirement("FWD-1").pin();
        assertThat(pinOfForward("The expectation stays.", "Another reason.")).isEqualTo(pin);
        assertThat(pinOfForward("It SHOULD do more.", "It SHOULD do less.")).isEqualTo(pin);
    }

    @Test
    void theHashOfTheWholeChangesWithAnyWord() {
        assertThat(Specification.of(TEXT).sha256()).matches("[0-9a-f]{64}");
        assertThat(Specification.of(TEXT.replace("Another", "Any")).sha256())
                .isEqualTo(Specification.of(TEXT).sha256());
        assertThat(Specification.of(TEXT.replace("Words", "Some words")).sha256())
                .isNotEqualTo(Specification.of(TEXT).sha256());
    }

    private static String pinOfForward(String words, String others) {
        String changed = TEXT.replace(words, others);
        assertThat(changed).isNotEqualTo(TEXT);
        return Specification.of(changed).requirement("FWD-1").pin();
    }
}
