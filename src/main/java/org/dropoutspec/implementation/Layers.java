package org.dropoutspec.implementation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * An implementation with all that lies between its calls: separate layers with a stream of masks each, retained calls
 * for their backward passes, and the state of both. It is cut into the steps at which an implementation can go wrong.
 */
public class Layers implements Implementation {
    /** The fields in which an answer carries the masks or the noise that were drawn. */
    protected static final List<String> DRAWN = List.of("mask", "recurrent_mask", "masks", "noise");

    private static final String FORMAT = "dropout-reference/1";
    private static final Pattern LAYER = Pattern.compile(" (\\d{1,2}):(-?\\d{1,19}):(\\d{1,19})");
    private static final Pattern STATE =
            Pattern.compile(Pattern.quote(FORMAT) + " (-?\\d{1,19})((" + LAYER.pattern() + ")*)");
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final Description description;
    private final Family family;
    private final Map<Long, OperationCall> retained = new HashMap<>();
    private TreeMap<Integer, Dropout> layers = new TreeMap<>();
    private long origin;
    private long answered;

    /** Answers single calls. */
    @FunctionalInterface
    public interface Family {
        /**
         * @param layer the layer whose stream the masks continue; already seeded if the call carries a seed
         * @throws IllegalArgumentException when the call is invalid
         */
        OperationResult answer(OperationCall call, Dropout layer);
    }

    /** @param origin the number from which streams that were never seeded get their seeds */
    public Layers(Description description, Family family, long origin) {
        this.description = description;
        this.family = family;
        this.origin = origin;
    }

    @Override
    public final Description description() {
        return description;
    }

    @Override
    public Result dropout(Call call) {
        return PlainDropout.result(answer(PlainDropout.asked(call, description)));
    }

    @Override
    public final OperationResult answer(OperationCall call) {
        try {
            return switch (call.operation()) {
                case "backward" -> backward(call);
                case "release" -> {
                    release(call.integer("of"));
                    yield new OperationResult(Map.of());
                }
                case "save_state" -> OperationResult.of("state", state());
                case "restore_state" -> {
                    restore(call.text("state"));
                    yield new OperationResult(Map.of());
                }
                default -> called(call);
            };
        } catch (IllegalArgumentException rejection) {
            throw new RejectedCall(rejection.getMessage());
        }
    }

    /** Answers a call of an operation. */
    protected OperationResult called(OperationCall call) {
        int instance = call.instance();
        call.seed().ifPresent(seed -> seed(instance, seed));
        OperationResult result = family.answer(call, layer(instance));
        if (call.has("input")) {
            result = result.with("input_after", inputAfter(call, result));
        }
        if (call.flag("retain")) {
            retain(++answered, drawn(call, result));
            result = result.with("id", answered);
        }
        return result;
    }

    /** The answer to the call by itself, without anything that lies between calls. */
    protected final OperationResult sound(OperationCall call, Dropout layer) {
        return family.answer(call, layer);
    }

    /** The layer with this number; it is created when it is first named. */
    protected final Dropout layer(int instance) {
        return layers.computeIfAbsent(instance, number -> new Dropout(first(number)));
    }

    /** The seed of a layer that was never seeded. */
    protected long first(int instance) {
        return instance == 0 ? origin : (origin + instance * GOLDEN) * 0xbf58476d1ce4e5b9L;
    }

    /** Begins the stream of this layer anew, and of no other layer. */
    protected void seed(int instance, long seed) {
        layer(instance).reseed(seed);
    }

    /** The contents of the input's buffer after the call. */
    protected Tensor inputAfter(OperationCall call, OperationResult result) {
        Tensor input = call.tensor("input");
        if (call.flag("in_place")) {
            return result.tensor("output");
        }
        return call.fields().get("permutation") instanceof int[] axes ? input.permuted(axes) : input;
    }

    /** The call as it is repeated for its backward pass: with the masks or noise that were drawn in it. */
    protected static OperationCall drawn(OperationCall call, OperationResult result) {
        OperationCall again = call.without("seed").without("retain");
        for (String name : DRAWN) {
            if (result.has(name)) {
                again = again.with(name, result.required(name));
            }
        }
        return again;
    }

    protected void retain(long id, OperationCall call) {
        retained.put(id, call);
    }

    /** Removes the retained call with this number and returns it. */
    protected OperationCall take(long id) {
        OperationCall call = retained.remove(id);
        if (call == null) {
            throw new IllegalArgumentException("of (" + id + ") must be a call that is retained");
        }
        return call;
    }

    protected void release(long id) {
        take(id);
    }

    /** The gradients of a retained call. */
    protected OperationResult backward(OperationCall asked) {
        OperationCall taken = take(asked.integer("of"));
        OperationCall call = taken.has("layers")
                ? taken.with("gradients", true)
                : taken.with("grad_output", asked.tensor("grad_output"));
        return gradients(family.answer(call, new Dropout(0)));
    }

    private static OperationResult gradients(OperationResult result) {
        Map<String, Object> gradients = new HashMap<>(result.fields());
        gradients.keySet().removeIf(name -> !name.startsWith("grad"));
        return new OperationResult(gradients);
    }

    /** The state that all later masks follow from, as a text. */
    protected String state() {
        StringBuilder text = new StringBuilder(FORMAT + " " + origin);
        layers.forEach((number, layer) -> text.append(' ')
                .append(number)
                .append(':')
                .append(layer.state().seed())
                .append(':')
                .append(layer.state().draws()));
        return text.toString();
    }

    protected void restore(String state) {
        Matcher whole = STATE.matcher(state);
        if (!whole.matches()) {
            throw new IllegalArgumentException("state must be one that this implementation saved");
        }
        TreeMap<Integer, Dropout> restored = new TreeMap<>();
        Matcher layer = LAYER.matcher(whole.group(2));
        while (layer.find()) {
            Dropout stream = new Dropout(0);
            stream.restore(new Dropout.State(Long.parseLong(layer.group(2)), Long.parseLong(layer.group(3))));
            restored.put(Integer.parseInt(layer.group(1)), stream);
        }
        origin = Long.parseLong(whole.group(1));
        layers = restored;
    }

    @Override
    public boolean restart() {
        origin = begun(origin);
        layers.clear();
        retained.clear();
        return true;
    }

    /** The origin of a process that is started after another one. */
    protected long begun(long before) {
        return before * GOLDEN + 1;
    }

    /** The reference's answer to a call of plain dropout. */
    public static OperationResult plain(OperationCall call, Dropout layer) {
        Call plain = PlainDropout.call(call.without("seed"));
        Tensor input = plain.input();
        if (input.dtype().isInteger()) {
            Tensor.Builder promoted = Tensor.builder(DType.FLOAT32, input.shape());
            for (int i = 0; i < input.size(); i++) {
                promoted.setBits(i, DType.FLOAT32.round(input.value(i)));
            }
            plain = plain.withInput(promoted.build());
        }
        Result result = new ReferenceImplementation(layer).dropout(plain);
        OperationResult fields = OperationResult.of("output", result.output());
        if (result.mask().isPresent()) {
            fields = fields.with("mask", result.mask().get());
        }
        return result.gradInput().isPresent()
                ? fields.with("grad_input", result.gradInput().get())
                : fields;
    }
}
