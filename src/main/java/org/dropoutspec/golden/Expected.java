package org.dropoutspec.golden;

import java.util.List;
import org.dropoutspec.tensor.Tensor;

/** A tensor that a vector expects, and how each element must stand to it. */
record Expected(Tensor tensor, List<ExpectedRelation> relations) {
    Expected {
        relations = List.copyOf(relations);
    }
}
