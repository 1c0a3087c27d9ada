package org.dropoutspec.sampling;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.statistics.PackedMask;

/**
 * A call with what is known of its elements, whatever it is asked for.
 *
 * @param features what is known of the elements of its mask; none where nothing is known
 */
record LabelledCall(Call call, PackedMask... features) {
    LabelledCall withCall(Call other) {
        return new LabelledCall(other, features);
    }
}
