package org.dropoutspec.report;

import java.util.Optional;
import org.dropoutspec.golden.Counterexamples;

/**
 * What a report shows beside its certificate, got by asking the implementation once more after the verdict.
 *
 * @param counterexamples of plain dropout
 */
public record Appendix(Optional<Counterexamples> counterexamples) {
    public static final Appendix NONE = new Appendix(Optional.empty());
}
