package org.dropoutspec.adversary.family;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Sums in float32, in other orders and with the scale in other places; gradients, but for those of rnn, are the reference's. */
final class SoundSums {
    private static final int LANES = 4;

    private static final int BLOCK = 3;

    private SoundSums() {}

    private interface Terms {
        float of(int index);
    }

    /** In lanes, whose sums are added in the end. */
    private static float inLanes(int size, Terms terms) {
        float[] lanes = new float[LANES];
        for (int i = 0; i < size; i++) {
            lanes[i % LANES] += terms.of(i);
        }
        return lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
    }

    /** Of halves, and halves of these. */
    private static float inHalves(int from, int to, Terms terms) {
        if (to - from < 2) {
            return to == from ? 0 : terms.of(from);
        }
        int middle = from + to >>> 1;
        return inHalves(from, middle, terms) + inHalves(middle, to, terms);
    }

    private static float scale(OperationCall call, double rate, Scaling scaling) {
        if (call.training() == (scaling == Scaling.CLASSIC)) {
            return 1;
        }
        return (float) (scaling == Scaling.CLASSIC ? 1 - rate : rate == 1 ? 0 : 1 / (1 - rate));
    }

    private static boolean kept(OperationResult result, String name, int at, double rate, OperationCall call) {
        return !call.training() || rate < 1 && result.tensor(name).bool(at) != 0;
    }

    /** The scale comes after the sum; in classic scaling too, in evaluation. */
    private static Defect connected(Scaling scaling) {
        return (call, dropout, sound) -> {
            OperationResult r = sound.answer(call, dropout);
            Tensor x = call.tensor("input");
            Tensor w = call.tensor("weight");
            int inputs = w.shape().extent(1);
            int outputs = w.shape().extent(0);
            float scale = scale(call, call.rate(), scaling);
            OperationResult own = r.has("grad_output") || scaling == Scaling.INVERTED ? r : classic(call, r);
            return Changes.field(own, "output", at -> {
                int row = at / outputs * inputs;
                int weights = at % outputs * inputs;
                float sum = inLanes(
                        inputs,
                        i -> kept(r, "mask", weights + i, call.rate(), call)
                                ? x.floatAt(row + i) * w.floatAt(weights + i)
                                : 0);
                return sum * scale + call.tensor("bias").floatAt(at % outputs);
            });
        };
    }

    /** Gradients scaled as the output is. */
    private static OperationResult classic(OperationCall call, OperationResult r) {
        double factor = call.training() && call.rate() < 1 ? 1 - call.rate() : call.training() ? 1 : 1 - call.rate();
        return Changes.times(Changes.times(r, "grad_input", factor), "grad_weight", factor);
    }

    /** What the inputs give is summed for all steps first, in halves, and scaled after it. */
    private static Defect cell() {
        return (call, dropout, sound) -> {
            OperationResult r = sound.answer(call, dropout);
            Tensor x = call.tensor("input");
            Tensor w = call.tensor("weight_input");
            Tensor u = call.tensor("weight_recurrent");
            int examples = x.shape().extent(1);
            int inputs = x.shape().extent(2);
            int states = call.tensor("bias").size();
            float scale = scale(call, call.rate(), Scaling.INVERTED);
            double recurrentRate = call.number("recurrent_rate");
            float recurrentScale = scale(call, recurrentRate, Scaling.INVERTED);
            float[] h = new float[r.tensor("output").size()];
            for (int at = 0; at < h.length; at++) {
                int state = at % states;
                int row = at / states;
                int example = row % examples;
                int inputRow = row * inputs;
                h[at] = scale
                        * inHalves(
                                0,
                                inputs,
                                i -> kept(r, "mask", example * inputs + i, call.rate(), call)
                                        ? x.floatAt(inputRow + i) * w.floatAt(state * inputs + i)
                                        : 0);
            }
            for (int at = 0; at < h.length; at++) {
                int state = at % states;
                int row = at / states;
                int example = row % examples;
                int before = (row - examples) * states;
                float back = row < examples
                        ? 0
                        : recurrentScale
                                * inLanes(
                                        states,
                                        j -> kept(r, "recurrent_mask", example * states + j, recurrentRate, call)
                                                ? h[before + j] * u.floatAt(state * states + j)
                                                : 0);
                h[at] = (float) Math.tanh(back + (h[at] + call.tensor("bias").floatAt(state)));
            }
            OperationResult own = Changes.field(r, "output", i -> h[i]);
            return call.has("grad_output") ? cellBackward(call, own, h, scale, recurrentScale) : own;
        };
    }

    /** Through time, by the states as they were put out. */
    private static OperationResult cellBackward(
            OperationCall call, OperationResult r, float[] h, float scale, float recurrentScale) {
        Tensor x = call.tensor("input");
        Tensor w = call.tensor("weight_input");
        Tensor u = call.tensor("weight_recurrent");
        int examples = x.shape().extent(1);
        int inputs = x.shape().extent(2);
        int states = call.tensor("bias").size();
        float[] da = new float[h.length];
        float[] dx = new float[x.size()];
        float[] dw = new float[w.size()];
        float[] du = new float[u.size()];
        float[] db = new float[states];
        for (int row = h.length / states - 1; row >= 0; row--) {
            int next = (row + examples) * states;
            int example = row % examples;
            for (int k = 0; k < states; k++) {
                int state = k;
                float back = next < h.length ? inLanes(states, j -> u.floatAt(j * states + state) * da[next + j]) : 0;
                double rate = call.number("recurrent_rate");
                float through = kept(r, "recurrent_mask", example * states + k, rate, call) ? recurrentScale : 0;
                float put = h[row * states + k];
                float a = (call.tensor("grad_output").floatAt(row * states + k) + back * through) * (1 - put * put);
                da[row * states + k] = a;
                db[k] += a;
                for (int i = 0; i < inputs; i++) {
                    float taken = kept(r, "mask", example * inputs + i, call.rate(), call) ? scale : 0;
                    dw[k * inputs + i] += a * (taken * x.floatAt(row * inputs + i));
                    dx[row * inputs + i] += a * (taken * w.floatAt(k * inputs + i));
                }
                for (int j = 0; row >= examples && j < states; j++) {
                    float taken = kept(r, "recurrent_mask", example * states + j, rate, call) ? recurrentScale : 0;
                    du[k * states + j] += a * (taken * h[(row - examples) * states + j]);
                }
            }
        }
        OperationResult first = Changes.field(Changes.field(r, "grad_input", i -> dx[i]), "grad_bias", i -> db[i]);
        return Changes.field(
                Changes.field(first, "grad_weight_input", i -> dw[i]), "grad_weight_recurrent", i -> du[i]);
    }

    /** Keys pass by in blocks, as in a fused kernel: the softmax and the scale are divided by in the end. */
    private static Defect fused() {
        return (call, dropout, sound) -> {
            OperationResult r = sound.answer(call, dropout);
            Tensor q = call.tensor("query");
            Tensor k = call.tensor("key");
            Tensor v = call.tensor("value");
            int queries = q.shape().extent(1);
            int width = q.shape().extent(2);
            int keys = k.shape().extent(1);
            int wide = v.shape().extent(2);
            float scale = scale(call, call.rate(), Scaling.INVERTED);
            float[] y = new float[r.tensor("output").size()];
            for (int row = 0; row < q.shape().extent(0) * queries; row++) {
                int example = row / queries;
                float largest = Float.NEGATIVE_INFINITY;
                float sum = 0;
                for (int first = 0; first < keys; first += BLOCK) {
                    int last = Math.min(first + BLOCK, keys);
                    float[] z = new float[last - first];
                    float before = largest;
                    for (int s = first; s < last; s++) {
                        int query = row * width;
                        int key = (example * keys + s) * width;
                        z[s - first] = (float) call.number("scale")
                                * inLanes(width, e -> q.floatAt(query + e) * k.floatAt(key + e));
                        largest = Math.max(largest, z[s - first]);
                    }
                    float less = (float) Math.exp(before - largest);
                    sum *= less;
                    for (int c = 0; c < wide; c++) {
                        y[row * wide + c] *= less;
                    }
                    for (int s = first; s < last; s++) {
                        float p = (float) Math.exp(z[s - first] - largest);
                        sum += p;
                        for (int c = 0; kept(r, "mask", row * keys + s, call.rate(), call) && c < wide; c++) {
                            y[row * wide + c] += p * v.floatAt((example * keys + s) * wide + c);
                        }
                    }
                }
                for (int c = 0; c < wide; c++) {
                    y[row * wide + c] *= scale / sum;
                }
            }
            return Changes.field(r, "output", i -> y[i]);
        };
    }

    /** Dense layers in lanes from the bias on; dropout divides by the keep probability. */
    private static Defect layered() {
        return (call, dropout, sound) -> {
            OperationResult r = sound.answer(call, dropout);
            List<Tensor> activations = new ArrayList<>();
            Tensor x = call.tensor("input");
            int drops = 0;
            int number = 0;
            for (Object each : (List<?>) call.required("layers")) {
                Map<?, ?> layer = (Map<?, ?>) each;
                Tensor taken = x;
                Tensor like = r.tensors("activations").get(number++);
                if (layer.get("dense") instanceof Map<?, ?> dense) {
                    Tensor w = (Tensor) dense.get("weight");
                    Tensor b = (Tensor) dense.get("bias");
                    int inputs = w.shape().extent(1);
                    int outputs = w.shape().extent(0);
                    x = Changes.each(
                            like,
                            at -> b.floatAt(at % outputs)
                                    + inLanes(
                                            inputs,
                                            i -> taken.floatAt(at / outputs * inputs + i)
                                                    * w.floatAt(at % outputs * inputs + i)));
                } else if (layer.get("dropout") instanceof Map<?, ?> dropping && call.training()) {
                    double rate = (Double) dropping.get("rate");
                    Tensor mask = r.tensors("masks").get(drops++);
                    x = Changes.each(
                            like, at -> rate == 1 || mask.bool(at) == 0 ? 0 : taken.floatAt(at) / (1 - (float) rate));
                } else if (layer.containsKey("relu")) {
                    x = Changes.each(like, at -> Math.max(0, taken.floatAt(at)));
                }
                activations.add(x);
            }
            return r.with("activations", activations);
        };
    }

    /** The reference's would be those of other activations. */
    private static Declaration withoutGradients(Declaration all) {
        EnumSet<Capability> left = EnumSet.copyOf(all.capabilities());
        left.remove(Capability.BACKWARD);
        return new Declaration(Set.of(DType.FLOAT32), left, all.choices());
    }

    private static Declaration classic(Declaration all) {
        return new Declaration(
                Set.of(DType.FLOAT32), all.capabilities(), all.choices().with(Scaling.CLASSIC));
    }

    static List<FamilySound> all() {
        return List.of(
                FamilySound.single("dropconnect", "sums in lanes and scales the sum", connected(Scaling.INVERTED)),
                FamilySound.declaring(
                        "dropconnect",
                        "sums in lanes and scales the sum in evaluation",
                        SoundSums::classic,
                        connected(Scaling.CLASSIC)),
                FamilySound.single("rnn", "takes the inputs of all steps first, and scales sums", cell()),
                FamilySound.single("attention", "takes keys in blocks and divides in the end", fused()),
                FamilySound.declaring(
                        "network",
                        "sums in lanes and divides by the keep probability",
                        SoundSums::withoutGradients,
                        layered()));
    }
}
