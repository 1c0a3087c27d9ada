package org.dropoutspec.sampling;

import org.dropoutspec.condition.Condition;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.statistics.PackedMask;

/**
 * A call, and the condition that it is asked for.
 *
 * @param condition that the call shows
 * @param features what is known of the elements of its mask; none where nothing is known
 */
record Asking(Condition condition, Call call, PackedMask... features) {
    LabelledCall labelled() {
        return new LabelledCall(call, features);
    }
}
