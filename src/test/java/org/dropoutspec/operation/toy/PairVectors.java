package org.dropoutspec.operation.toy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.golden.exact.ExactDropout;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorFile.Note;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.topic.OperationTopic;
import org.dropoutspec.golden.topic.ScriptedWords;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Vectors of the toy operation; its implementation takes no mask, so that one is recovered. */
final class PairVectors implements VectorOperation {
    @Override
    public String name() {
        return "pair_dropout";
    }

    @Override
    public Set<String> fields() {
        return Set.of("training", "rate", "input", "mask");
    }

    @Override
    public List<Drawn> drawn(OperationCall call) {
        return List.of(Drawn.mask("mask", Shape.of(call.tensor("input").size() / 2), call.rate()));
    }

    @Override
    public List<ResultField> result(OperationCall call) {
        return List.of(ResultField.tensor("output"));
    }

    @Override
    public Map<String, Object> answer(OperationCall call, Choices choices) {
        Tensor x = call.tensor("input");
        ExactDropout exact = new ExactDropout(x.dtype(), call.rate(), choices);
        if (!call.training()) {
            return Map.of("output", exact.evaluation(x));
        }
        boolean[] kept = new boolean[x.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = call.tensor("mask").bool(i / 2) != 0;
        }
        return Map.of("output", exact.training(x, Tensor.ofBooleans(x.shape(), kept)));
    }

    @Override
    public VectorFile file() {
        OperationTopic topic = new OperationTopic(this, "Elements by twos.");
        Note halves = new Note("pair-split", "drops half of a pair", "the toy of the test tree");
        OperationCall call = topic.call(0.25, true)
                .with("input", ScriptedWords.counting(Ieee.FLOAT32, Shape.of(6)))
                .with("mask", ScriptedWords.mask(Shape.of(3), "101"));
        topic.add("pair-six", "FWD-1", "one pair of three is dropped", call, halves);
        topic.add("pair-evaluation", "EVAL-1", "none is", call.without("mask").with("training", false));
        topic.addBadRates("pair-rate", "rate", call.without("mask"));
        return topic.file();
    }
}
