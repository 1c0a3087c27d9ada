package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;

/**
 * The first seeded calls of a session and their answers, to be asked again much later. An implementation that takes a
 * seed for "none given" often uses the time instead: two calls at the same tick of its clock still draw the same mask.
 */
final class EarlySeeds {
    private final List<Answered> answered;

    private EarlySeeds(List<Answered> answered) {
        this.answered = List.copyOf(answered);
    }

    /** A call with its seed, and what became of it when the session began. */
    record Answered(Call call, Result result) {}

    static EarlySeeds none() {
        return new EarlySeeds(List.of());
    }

    /**
     * Asks the smallest seeds and the largest.
     *
     * @param form makes of a call one that may be asked
     */
    static EarlySeeds ask(Description description, UnaryOperator<Call> form, Function<Call, Result> implementation) {
        if (!description.can(Capability.SEED)) {
            return none();
        }
        List<Answered> answered = new ArrayList<>();
        LongStream.of(Replay.smallestAndLargest(description)).forEach(seed -> {
            Call call = form.apply(Replay.plain(seed, description).seeded());
            try {
                answered.add(new Answered(call, implementation.apply(call)));
            } catch (RejectedCall | UnsupportedCall | ImplementationFault told) {
                // other checks ask such calls and judge that; the session knows of the fault
            }
        });
        return new EarlySeeds(answered);
    }

    /** One of the calls for each number, in turn; empty where there are none. */
    Optional<Answered> turn(long number) {
        return answered.isEmpty()
                ? Optional.empty()
                : Optional.of(answered.get((int) Math.floorMod(number, (long) answered.size())));
    }
}
