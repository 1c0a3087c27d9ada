package org.dropoutspec.sampling;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.sampling.Conclusion.Inapplicable;
import org.dropoutspec.sampling.Conclusion.Undecided;
import org.dropoutspec.statistics.Stratum;

/** Of which strata an implementation can be asked for masks. */
final class Expressed {
    /** In which a mask was to be asked, and could not be. */
    private final Set<Stratum> unsupported = new HashSet<>();

    private final Set<Stratum> asked = new HashSet<>();
    private String reason = "";
    /** What became of the last call that draws a mask, if the implementation can express it. */
    private Optional<String> drawn = Optional.empty();

    void answered(Call call) {
        note(call, "no answer was of the type and shape of its input");
    }

    void rejected(Call call, String why) {
        note(call, "rejected: " + why);
    }

    private void note(Call call, String what) {
        if (drawsAMask(call)) {
            drawn = Optional.of(what);
            asked.add(stratum(call));
        }
    }

    void unsupported(Call call, String why) {
        reason = why;
        if (drawsAMask(call)) {
            unsupported.add(stratum(call));
        }
    }

    /** That a call cannot be asked in bits tells nothing of its stratum. */
    void unsupportedInBits(String why) {
        reason = why;
    }

    private static Stratum stratum(Call call) {
        return new Stratum(call.input().dtype(), call.rate());
    }

    private static boolean drawsAMask(Call call) {
        return call.training()
                && call.mask().isEmpty()
                && call.input().size() > 0
                && call.rate() > 0
                && call.rate() < 1;
    }

    /** Whether calls of the stratum were asked, and each was one that the implementation cannot express. */
    boolean isInexpressible(Stratum stratum) {
        return unsupported.contains(stratum) && !asked.contains(stratum);
    }

    /** Where other processes were asked too, what could be asked of any. */
    void recall(Stratum stratum, boolean couldNot) {
        (couldNot ? unsupported : asked).add(stratum);
    }

    /** How often a stratum could not be asked, 1 or 0; and how often it was. */
    long[] counted(List<Stratum> strata, boolean could) {
        return strata.stream()
                .mapToLong(stratum -> (could ? asked : unsupported).contains(stratum) ? 1 : 0)
                .toArray();
    }

    /** What there is to say where no mask was seen. */
    Conclusion noMask() {
        return drawn.<Conclusion>map(why -> new Undecided(why, Map.of())).orElseGet(() -> new Inapplicable(reason));
    }
}
