package org.dropoutspec.adversary.family;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import org.dropoutspec.adversary.family.Drawn.Change;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.tensor.Tensor;

/** What goes wrong with masks of any shape, and answers with another field. */
final class Changes {
    private Changes() {}

    /** What another answer has in the place of a sound one. */
    interface Answered {
        OperationResult of(OperationCall call, OperationResult result);
    }

    static Defect answered(Predicate<OperationCall> where, Answered answered) {
        return (call, dropout, sound) -> {
            OperationResult result = sound.answer(call, dropout);
            return where.test(call) ? answered.of(call, result) : result;
        };
    }

    static boolean trains(OperationCall call) {
        return call.training()
                && (!call.has("rate") || call.rate() < 1 && call.rate() > 0)
                && (!call.has("recurrent_rate") || call.number("recurrent_rate") < 1);
    }

    static boolean differentiates(OperationCall call) {
        return trains(call) && (call.has("grad_output") || call.flag("gradients"));
    }

    /** A field with other elements. */
    static OperationResult field(OperationResult result, String name, IntToDoubleFunction element) {
        return result.has(name) ? result.with(name, each(result.tensor(name), element)) : result;
    }

    static OperationResult times(OperationResult result, String name, double factor) {
        return result.has(name) ? field(result, name, i -> result.tensor(name).value(i) * factor) : result;
    }

    static Tensor each(Tensor tensor, IntToDoubleFunction element) {
        Tensor.Builder mapped = Tensor.builder(tensor.dtype(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            mapped.setBits(i, tensor.dtype().round(element.applyAsDouble(i)));
        }
        return mapped.build();
    }

    /** Where it holds; elsewhere the mask is as it was drawn. */
    static Change where(Predicate<Drawn> holds, Change change) {
        return drawn -> holds.test(drawn) ? change.of(drawn) : drawn.mask();
    }

    /** The same with as many dropped as the rate says, at random places. */
    static Tensor counted(Drawn drawn) {
        int drops = (int) Math.round(drawn.rate() * drawn.size());
        OwnNumbers numbers = OwnNumbers.of(drawn);
        boolean[] dropped = new boolean[drawn.size()];
        int left = drops;
        for (int i = 0; i < dropped.length; i++) {
            double uniform = numbers.uniform(i);
            if (uniform * (dropped.length - i) < left) {
                dropped[i] = true;
                left--;
            }
        }
        return drawn.with(i -> !dropped[i]);
    }

    /** Where a row is dropped whole, one of its elements is kept. */
    static Tensor oneOfEachRow(Drawn drawn, int column) {
        boolean[] any = new boolean[drawn.size() / drawn.columns()];
        for (int i = 0; i < drawn.size(); i++) {
            any[i / drawn.columns()] |= drawn.kept(i);
        }
        return drawn.with(i -> any[i / drawn.columns()] ? drawn.kept(i) : i % drawn.columns() == column);
    }

    /** The last mask with the same key comes again, this many times. */
    static Defect again(int times, java.util.function.Function<Drawn, Object> key) {
        Map<Object, Tensor> last = new HashMap<>();
        Map<Object, Integer> uses = new HashMap<>();
        return Drawn.changed(drawn -> {
            Object of = key.apply(drawn)
                    + drawn.name()
                    + drawn.number()
                    + drawn.mask().shape()
                    + drawn.rate()
                    + drawn.mask().dtype();
            int used = uses.merge(of, 1, Integer::sum);
            if (used % (times + 1) == 1 || times == 0 || !last.containsKey(of)) {
                last.put(of, drawn.mask());
            }
            return last.get(of);
        });
    }
}
