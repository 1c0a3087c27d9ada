package org.dropoutspec.golden.word;

import java.util.List;
import org.dropoutspec.tensor.Tensor;

/** A tensor that a vector expects, and the relation in which each element of an answer must stand to it. */
public record Expected(Tensor tensor, List<ExpectedRelation> relations) {
    public Expected {
        relations = List.copyOf(relations);
    }
}
