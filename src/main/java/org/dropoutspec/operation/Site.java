package org.dropoutspec.operation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.SiteView;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Enclosing;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** One mask site of one implementation, as plain dropout. Every answer that passes through is judged in full. */
public final class Site implements SiteView, Enclosing {
    /** The largest mask with which gradients are asked for, since those of larger ones cost several times as much. */
    private static final int MOST_DIFFERENTIATED = 1 << 8;

    private static final int ONE_SHAPE_OF = 7;

    private static final double HIGHEST_RATE = 0.9;

    private static final double LARGEST_INPUT = 32;

    private final Operation operation;
    private MaskSite site;
    private final Implementation implementation;
    private final Description whole;
    private final Oracle oracle;
    private final Description description;
    /**
     * Whether all calls of the site ask for gradients. They do if every further shape is expensive: then the
     * operation's own chapter has no other calls than these, and they have to show the gradients too.
     */
    private final boolean gradientsToo;

    /** Whether calls of the site ask for gradients under some shapes only. */
    private final boolean gradientsAtTimes;

    private final Map<String, Seen> seen = new TreeMap<>();

    private JudgedAnswer last = new JudgedAnswer(null, null, List.of());

    /** How an answer broke a requirement, with the call, which had so many elements. */
    private record Seen(long elements, Sighting sighting) {}

    private record JudgedAnswer(
            @Nullable OperationCall call, @Nullable OperationResult result, List<Sighting> sightings) {}

    public Site(Operation operation, MaskSite site, Implementation implementation) {
        this.operation = operation;
        this.site = site;
        this.implementation = implementation;
        this.whole = implementation.description();
        this.oracle = operation.oracle(whole);
        this.description = whole.alone(site.shown(whole.declaration(operation.name())));
        Declaration declared = whole.declaration(operation.name());
        boolean hidden =
                declared.can(Capability.BACKWARD) && !site.capabilities().contains(Capability.BACKWARD);
        this.gradientsToo = hidden && declared.can(Capability.FEW_SHAPES);
        this.gradientsAtTimes = hidden && !gradientsToo;
    }

    @Override
    public String operation() {
        return operation.name();
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public Result dropout(Call call) {
        OperationCall asked = asked(call);
        return shown(call, asked, answer(asked));
    }

    @Override
    public void settle(Stream<Call> plain) {
        if (site.forms().isEmpty()) {
            return;
        }
        plain.filter(call -> !isExpressible(site, call))
                .flatMap(call -> site.forms().stream().filter(form -> isExpressible(form, call)))
                .findFirst()
                .ifPresent(form -> site = form);
    }

    private boolean isExpressible(MaskSite form, Call call) {
        try {
            implementation.answer(standingBehind(form, call));
            return true;
        } catch (RejectedCall rejection) {
            return true;
        } catch (UnsupportedCall cannot) {
            return false;
        }
    }

    @Override
    public Result shown(Call call, OperationCall asked, OperationResult answer) {
        return site.result(call, asked, answer, whole);
    }

    @Override
    public Shape layout(Call call) {
        return site.layout(call, whole);
    }

    @Override
    public Bits kept(Call call) {
        OperationCall asked = site.call(call, whole);
        OperationCall inBits = PlainDropout.inBits(asked, asked.tensor("input").size());
        return site.bits(call, PlainDropout.bits(implementation.answer(inBits)));
    }

    @Override
    public OperationResult answer(OperationCall call) {
        OperationResult result = implementation.answer(call);
        if (!call.operation().equals(operation.name())) {
            return result; // another operation's call is one between calls, and is judged by whoever asks it
        }
        if (call.flag("recompute") || call.flag("in_place")) {
            return result; // such a call too is judged by whoever asks it, since it may be wrong for this reason alone
        }
        for (Sighting sighting : judge(call, result)) {
            Seen smallest = seen.get(sighting.requirement());
            if (smallest == null || call.elements() < smallest.elements) {
                seen.put(sighting.requirement(), new Seen(call.elements(), sighting.in(call.toString())));
            }
        }
        return result;
    }

    @Override
    public Implementation enclosed() {
        return implementation;
    }

    @Override
    public List<Implementation> beside() {
        return implementation.beside().stream()
                .<Implementation>map(other -> new Site(operation, site, other))
                .toList();
    }

    @Override
    public Declaration declared() {
        return whole.declaration(operation.name());
    }

    @Override
    public boolean shows(Capability capability) {
        return site.capabilities().contains(capability);
    }

    @Override
    public OperationCall standingBehind(Call call) {
        return standingBehind(site, call);
    }

    private OperationCall standingBehind(MaskSite form, Call call) {
        OperationCall asked = form.call(call, whole);
        return gradientsToo ? operation.differentiated(asked, whole) : asked;
    }

    /** The call of the operation, now and then with gradients, as in training: masks drawn either way are looked at. */
    @Override
    public OperationCall asked(Call call) {
        OperationCall asked = standingBehind(call);
        boolean differentiated = gradientsAtTimes
                && call.training()
                && call.rate() <= HIGHEST_RATE
                && call.input().size() <= MOST_DIFFERENTIATED
                && Math.floorMod(call.input().shape().hashCode(), ONE_SHAPE_OF) == 0
                && isModerate(call.input());
        return differentiated ? operation.differentiated(asked, whole) : asked;
    }

    /** Whether the input is small enough for gradients to stay far from the largest number of their type. */
    private static boolean isModerate(Tensor input) {
        for (int i = 0; i < input.size(); i++) {
            if (!(Math.abs(input.value(i)) <= LARGEST_INPUT)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public OperationCall differentiated(OperationCall call) {
        return operation.differentiated(call, whole);
    }

    @Override
    public OperationCall awaiting(OperationCall call) {
        return operation.awaiting(call, whole);
    }

    @Override
    public Arbitrary<OperationCall> calls() {
        return operation.calls(whole);
    }

    /** Judges an answer, but only once: whoever asked may judge an answer that was judged as it passed through. */
    @Override
    public List<Sighting> judge(OperationCall call, OperationResult result) {
        if (call != last.call || result != last.result) {
            last = new JudgedAnswer(call, result, oracle.judge(call, result));
        }
        return last.sightings;
    }

    @Override
    public Optional<Sighting> seen(String requirement) {
        return Optional.ofNullable(seen.get(requirement)).map(Seen::sighting);
    }

    @Override
    public Set<String> broken() {
        return Collections.unmodifiableSet(seen.keySet());
    }
}
