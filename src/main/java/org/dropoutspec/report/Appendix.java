package org.dropoutspec.report;

import java.util.Optional;
import org.dropoutspec.golden.Counterexamples;
import org.dropoutspec.implementation.Implementation;

/**
 * What a report shows beside its certificate, got by asking the implementation once more after the verdict.
 *
 * @param counterexamples of plain dropout
 * @param exhibits masks and errors to be looked at
 */
public record Appendix(Optional<Counterexamples> counterexamples, Optional<Exhibits> exhibits) {
    public static final Appendix NONE = new Appendix(Optional.empty(), Optional.empty());

    /** Asks the implementation for what is shown. */
    public static Appendix of(Counterexamples counterexamples, Implementation implementation) {
        return new Appendix(Optional.of(counterexamples), Exhibits.of(implementation));
    }
}
