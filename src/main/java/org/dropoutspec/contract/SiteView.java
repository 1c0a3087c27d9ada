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
 * A place in an operation where a mask is drawn, seen from outside as plain dropout: calls of plain dropout become calls
 * of the operation that show this mask and nothing else. So every requirement on masks is asked of every operation by
 * the same expression.
 */
public interface SiteView extends Implementation {
    /** The name of the operation, such as {@code rnn}. */
    String operation();

    /** What the implementation declares about the operation. */
    Declaration declared();

    /** Whether it could be asked this at all, were it declared. */
    boolean shows(Capability capability);

    /** The call of the operation that stands behind a call of plain dropout. */
    OperationCall standingBehind(Call call);

    /** The same as {@link #dropout} asks it: under some shapes with an upstream gradient, which changes no mask. */
    OperationCall asked(Call call);

    /** A call of the operation, asked for its gradients too. */
    OperationCall differentiated(OperationCall call);

    /** A call of the operation, saying which fields its answer carries. */
    OperationCall awaiting(OperationCall call);

    /** Asks these in the one form that can be expressed from now on, where one of them cannot be in its own. */
    void settle(Stream<Call> plain);

    /** The result of plain dropout that an answer of the operation shows. */
    Result shown(Call call, OperationCall asked, OperationResult answer);

    /** Calls of the operation itself, for the requirements of its own chapter. */
    Arbitrary<OperationCall> calls();

    /** What an answer breaks of the operation's own chapter; each requirement at most once. */
    List<Sighting> judge(OperationCall call, OperationResult result);

    /** What any answer broke of a requirement so far, with the smallest call that showed it. */
    Optional<String> seen(String requirement);

    /** The requirements of which there is such an answer. */
    Set<String> broken();
}
