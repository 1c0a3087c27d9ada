package org.dropoutspec.contract;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Sighting;

/**
 * A place in an operation where a mask is drawn, seen from outside as plain dropout: calls of plain dropout become
 * calls of the operation that show this mask and nothing else. So the same code asks every requirement on masks of
 * every operation.
 */
public interface SiteView extends Implementation {
    /** The name of the operation, such as {@code rnn}. */
    String operation();

    /** What the implementation declares about the operation. */
    Declaration declared();

    /** Whether this capability, if it were declared, could be asked for at this mask. */
    boolean shows(Capability capability);

    /** The call of the operation that stands behind a call of plain dropout. */
    OperationCall standingBehind(Call call);

    /** The same call as {@link #dropout} puts it: in some shapes with an upstream gradient, which changes no mask. */
    OperationCall asked(Call call);

    /** A call of the operation, asked for its gradients too. */
    OperationCall differentiated(OperationCall call);

    /** A call of the operation, with the fields that its answer has to carry. */
    OperationCall awaiting(OperationCall call);

    /** Asks these calls; where one cannot be expressed, the site takes on a form in which it can, from now on. */
    void settle(Stream<Call> plain);

    /** The result of plain dropout that an answer of the operation shows. */
    Result shown(Call call, OperationCall asked, OperationResult answer);

    /** Calls of the operation itself, for the requirements of its own chapter. */
    Arbitrary<OperationCall> calls();

    /** How an answer breaks requirements of the operation's own chapter, each at most once. */
    List<Sighting> judge(OperationCall call, OperationResult result);

    /** How any answer so far broke a requirement, with the smallest call that showed it; empty where none did. */
    Optional<Sighting> seen(String requirement);

    /** The requirements that an answer broke so far. */
    Set<String> broken();
}
