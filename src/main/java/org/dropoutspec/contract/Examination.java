package org.dropoutspec.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.sampling.Counted;

/**
 * The result of a session. That of one of several processes also has the counts of its masks, for a sum over all of
 * them.
 *
 * @param verdicts by requirement id, in the order in which they were reached
 * @param seen by requirement id, how an answer of the operation broke it, whatever the call was made for
 * @param inquiry what was asked and answered
 * @param elements how many mask elements were asked for
 * @param faults how the implementation broke, each way once
 * @param ledger how the probability of a false alarm was spent, one line for each check
 * @param counted the counts of the masks, where the session is a part
 * @param failure how the sampling of a part broke: then nothing was counted
 * @param discarded how many calls of the sampling could not be expressed, by the name of their type
 * @param shapes how many combinations of type, shape and fields were asked, where only few may be
 */
public record Examination(
        Map<String, Verdict> verdicts,
        Map<String, Sighting> seen,
        Inquiry inquiry,
        long elements,
        List<String> faults,
        List<String> ledger,
        Optional<Counted> counted,
        Optional<String> failure,
        Map<String, Long> discarded,
        Optional<String> shapes) {
    public Examination {
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        seen = Map.copyOf(seen);
        faults = List.copyOf(faults);
        ledger = List.copyOf(ledger);
    }

    /** The same with these verdicts. */
    public Examination withVerdicts(Map<String, Verdict> others) {
        return new Examination(others, seen, inquiry, elements, faults, ledger, counted, failure, discarded, shapes);
    }

    /** The same with these counts of the masks of the part. */
    public Examination with(Counted other) {
        return new Examination(
                verdicts, seen, inquiry, elements, faults, ledger, Optional.of(other), failure, discarded, shapes);
    }
}
