package org.dropoutspec.operation.toy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Contract;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.MaskSite;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.OperationCalls;
import org.dropoutspec.operation.Oracle;
import org.dropoutspec.operation.ShownMask;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** An operation that exists to show how one is added: it drops the elements of a vector [2 n] by twos. */
public final class PairDropout implements Operation {
    private static final String NAME = "pair_dropout";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<MaskSite> sites() {
        return List.of(new Pairs());
    }

    @Override
    public Class<? extends Contract> checks() {
        return PairChecks.class;
    }

    @Override
    public Set<String> core() {
        return Set.of("MASK-1");
    }

    @Override
    public Arbitrary<OperationCall> calls(Description description) {
        return OperationCalls.of(
                NAME,
                description,
                1,
                9,
                (calls, extents) -> calls.begun()
                        .with("input", calls.moderate(DType.FLOAT32, Shape.of(2 * extents.get(0))))
                        .expecting(List.of(ResultField.tensor("output")), 2L * extents.get(0)));
    }

    @Override
    public OperationCall awaiting(OperationCall call, Description description) {
        return call.expecting(
                List.of(ResultField.tensor("output")), call.tensor("input").size());
    }

    @Override
    public Oracle oracle(Description description) {
        return (call, result) -> List.of(); // no chapter of its own
    }

    @Override
    public Declaration reference() {
        return new Declaration(EnumSet.of(DType.FLOAT32), EnumSet.of(Capability.SEED), Choices.defaults());
    }

    @Override
    public OperationResult answer(OperationCall call, Dropout dropout) {
        Tensor x = call.tensor("input");
        double rate = BernoulliMask.requireRate(call.rate());
        return OperationResult.of(
                "output", call.training() ? masked(x, dropout.drawMask(Shape.of(x.size() / 2), rate), rate) : x);
    }

    private static Tensor masked(Tensor x, Tensor pairs, double rate) {
        boolean[] kept = new boolean[x.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = pairs.bool(i / 2) != 0;
        }
        return Dropout.forward(x, Tensor.ofBooleans(x.shape(), kept), rate);
    }

    @Override
    public VectorOperation vectors() {
        return new PairVectors();
    }

    @Override
    public List<Mutant> mutants() {
        return List.of(
                BrokenOperation.mutant(
                        this, "pair-rate-halved", "MASK-1", "drops half as often as asked", (call, dropout, sound) -> {
                            double rate = call.rate() < 1 ? call.rate() / 2 : call.rate();
                            return sound.answer(call.with("rate", rate), dropout);
                        }),
                BrokenOperation.mutant(
                        this,
                        "pair-evaluation-drops",
                        "EVAL-1",
                        "drops in evaluation too",
                        (call, dropout, sound) -> sound.answer(call.with("training", true), dropout)));
    }

    /** Where the mask is drawn: an element for each pair. */
    private static final class Pairs implements MaskSite {
        @Override
        public String name() {
            return "mask";
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(Capability.SEED);
        }

        @Override
        public OperationCall call(Call plain, Description description) {
            int pairs = plain.input().size();
            OptionalLong seed = plain.seed();
            return OperationCall.of(NAME)
                    .with("rate", plain.rate())
                    .with("training", plain.training())
                    .with("input", Tensor.full(DType.FLOAT32, Shape.of(2 * pairs), 1))
                    .withSeed(seed)
                    .expecting(List.of(ResultField.tensor("output")), 2L * pairs);
        }

        @Override
        public Result result(Call plain, OperationCall asked, OperationResult answer, Description description) {
            Tensor y = answer.tensor("output");
            if (!plain.training()) {
                return ShownMask.evaluated(plain, y.equals(asked.tensor("input")), Choices.defaults());
            }
            boolean[] kept = new boolean[plain.input().size()];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = y.value(2 * i) != 0;
            }
            return ShownMask.trained(plain, kept, Optional.empty(), Choices.defaults());
        }
    }
}
