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

/** In which strata an implementation can be asked for masks. */
final class Expressed {
    /** The strata in which the implementation could not express a call that draws a mask. */
    private final Set<Stratum> unsupported = new HashSet<>();

    private final Set<Stratum> asked = new HashSet<>();
    private String reason = "";
    /** The outcome of the last call that draws a mask and could be expressed, in words. */
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

    /** Notes a call that cannot be asked in bits, which tells nothing of its stratum. */
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

    /** Notes of a stratum whether, of several processes, none could express it. */
    void recall(Stratum stratum, boolean couldNot) {
        (couldNot ? unsupported : asked).add(stratum);
    }

    /** By stratum, 1 or 0: whether it could be asked, or for {@code could} false whether it could not. */
    long[] counted(List<Stratum> strata, boolean could) {
        return strata.stream()
                .mapToLong(stratum -> (could ? asked : unsupported).contains(stratum) ? 1 : 0)
                .toArray();
    }

    /** The conclusion where no mask was seen. */
    Conclusion noMask() {
        return drawn.<Conclusion>map(why -> new Undecided(why, Map.of())).orElseGet(() -> new Inapplicable(reason));
    }
}
