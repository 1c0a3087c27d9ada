package org.dropoutspec.contract;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.tensor.Tensor;

/** The operation that is really asked when a check asks plain dropout: this itself, or the operation of a mask site. */
final class OperationUnderTest {
    private final Optional<SiteView> site;
    private final Description description;
    private final Watch watch;

    OperationUnderTest(Implementation implementation, Description description) {
        this.site = implementation instanceof SiteView view ? Optional.of(view) : Optional.empty();
        this.description = description;
        this.watch = new Watch(description);
    }

    /** The mask site; empty for plain dropout. */
    Optional<SiteView> site() {
        return site;
    }

    /**
     * The operation's call that stands behind a call of plain dropout.
     *
     * @throws UnsupportedCall where the operation has no such call
     */
    OperationCall standingBehind(Call call) {
        return site.map(view -> view.standingBehind(call)).orElseGet(() -> PlainDropout.asked(call, description));
    }

    /** The same; empty where the operation has no such call, or is plain dropout. */
    Optional<OperationCall> behind(Call call) {
        try {
            return site.map(view -> view.standingBehind(call));
        } catch (UnsupportedCall none) {
            return Optional.empty();
        }
    }

    /** A call of the operation, asked for its gradients too. */
    OperationCall differentiated(OperationCall asked) {
        return site.map(view -> view.differentiated(asked)).orElseGet(() -> {
            Call call = PlainDropout.call(asked);
            Tensor upstream = Fill.COUNTING.fill(call.input().dtype(), call.shape(), 0);
            return PlainDropout.asked(call.withGradOutput(upstream), description);
        });
    }

    /** How an answer to a call of the operation breaks requirements, each at most once. */
    List<Sighting> judged(OperationCall asked, OperationResult answer) {
        return site.map(view -> view.judge(asked, answer))
                .orElseGet(() -> watch.look(PlainDropout.call(asked), PlainDropout.result(answer))
                        .sightings());
    }

    /** The result of plain dropout that an answer of the operation shows. */
    Result shown(Call call, OperationCall asked, OperationResult answer) {
        return site.map(view -> view.shown(call, asked, answer)).orElseGet(() -> PlainDropout.result(answer));
    }

    /** A call as a report shows it: what the implementation was asked, whatever operation it stands for. */
    String words(Call call) {
        try {
            return site.map(view -> view.asked(call).toString()).orElseGet(call::toString);
        } catch (UnsupportedCall cannot) {
            return call + ": not asked, " + cannot.getMessage();
        }
    }
}
