package org.dropoutspec.adversary.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Plain dropout that keeps, saves, seeds, recomputes and overwrites rightly in all but one case. */
final class LaterDefects {
    private static final Pattern LAYER = Pattern.compile(" (\\d+):(-?\\d+):(\\d+)");

    private LaterDefects() {}

    private static FamilyBroken plain(
            String name, LongFunction<Implementation> implementation, String... requirements) {
        return new FamilyBroken("dropout", name, Set.of(requirements), implementation);
    }

    /** A family that knows the calls that it retains. */
    private static class Keeping extends ReferenceFamily {
        final TreeMap<Long, OperationCall> kept = new TreeMap<>();

        Keeping(long seed) {
            super(seed, List.of());
        }

        @Override
        protected void retain(long id, OperationCall call) {
            super.retain(id, call);
            kept.put(id, call);
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            kept.remove(id);
            return call;
        }

        @Override
        public boolean restart() {
            kept.clear();
            return super.restart();
        }
    }

    static int size(OperationCall call) {
        return call.tensor("input").size();
    }

    private static OperationCall withMaskOf(OperationCall call, OperationCall other) {
        boolean fits = call.has("mask")
                && other.has("mask")
                && other.tensor("mask").shape().equals(call.tensor("mask").shape());
        return fits ? call.with("mask", other.tensor("mask")) : call;
    }

    private static OperationCall unmasked(OperationCall call) {
        return call.has("mask")
                ? call.with("mask", Tensor.full(DType.BOOL, call.tensor("mask").shape(), 1))
                : call;
    }

    /** The call that a backward pass is of is another one. */
    private static FamilyBroken taking(
            String name, BiPredicate<OperationCall, Keeping> where, Taken taken, String... ids) {
        return plain(
                name,
                seed -> new Keeping(seed) {
                    @Override
                    protected OperationCall take(long id) {
                        OperationCall call = super.take(id);
                        return where.test(call, this) ? taken.of(call, this) : call;
                    }
                },
                ids);
    }

    private interface Taken {
        OperationCall of(OperationCall call, Keeping layers);
    }

    /** Room for the masks of so many calls, whatever became of them. */
    private static FamilyBroken ring(int room) {
        return plain(
                "has room for the masks of " + room + " calls",
                seed -> new Keeping(seed) {
                    private final Map<Long, OperationCall> ring = new HashMap<>();

                    @Override
                    protected void retain(long id, OperationCall call) {
                        super.retain(id, call);
                        ring.put(id % room, call);
                    }

                    @Override
                    protected OperationCall take(long id) {
                        return withMaskOf(super.take(id), ring.get(id % room));
                    }
                },
                "BWD-11");
    }

    private static FamilyBroken gradient(String name, Predicate<OperationCall> where, double factor, String... ids) {
        return plain(
                name,
                seed -> new Keeping(seed) {
                    @Override
                    protected OperationResult backward(OperationCall asked) {
                        OperationCall call = kept.get(asked.integer("of"));
                        OperationResult result = super.backward(asked);
                        return call != null && where.test(call) ? Changes.times(result, "grad_input", factor) : result;
                    }
                },
                ids);
    }

    private static FamilyBroken state(String name, UnaryOperator<String> saved, String... ids) {
        return plain(
                name,
                seed -> new ReferenceFamily(seed, List.of()) {
                    @Override
                    protected String state() {
                        return saved.apply(super.state());
                    }
                },
                ids);
    }

    private static String layers(String state, java.util.function.Function<java.util.regex.MatchResult, String> each) {
        return LAYER.matcher(state).replaceAll(each);
    }

    /** What a seed does, where this holds, is nothing. */
    private static FamilyBroken unseeded(String name, Predicate<OperationCall> where, String... ids) {
        return plain(
                name,
                seed -> new ReferenceFamily(seed, List.of()) {
                    @Override
                    protected OperationResult called(OperationCall call) {
                        return super.called(call.has("seed") && where.test(call) ? call.without("seed") : call);
                    }
                },
                ids);
    }

    /** Draws where this holds, after the call. */
    private static FamilyBroken drawing(String name, Predicate<OperationCall> where, String... ids) {
        return plain(
                name,
                seed -> new ReferenceFamily(seed, List.of()) {
                    @Override
                    protected OperationResult called(OperationCall call) {
                        OperationResult result = super.called(call);
                        if (where.test(call)) {
                            layer(call.instance()).drawMask(Shape.of(5), 0.5);
                        }
                        return result;
                    }
                },
                ids);
    }

    private static FamilyBroken recomputing(String name, Predicate<OperationCall> where) {
        return plain(
                name,
                seed -> new ReferenceFamily(seed, List.of()) {
                    @Override
                    protected OperationResult called(OperationCall call) {
                        OperationResult result = super.called(call);
                        if (!call.flag("recompute") || call.has("mask") || !where.test(call)) {
                            return result;
                        }
                        Dropout.State before = layer(call.instance()).state();
                        OperationResult again = sound(call.without("seed"), layer(call.instance()));
                        layer(call.instance()).restore(before);
                        return again.has("grad_input") ? result.with("grad_input", again.tensor("grad_input")) : result;
                    }
                },
                "BWD-12");
    }

    private static FamilyBroken inPlace(String name, Predicate<OperationCall> where, boolean buffer, double factor) {
        return plain(
                name,
                seed -> new ReferenceFamily(seed, List.of()) {
                    @Override
                    protected OperationResult called(OperationCall call) {
                        OperationResult result = super.called(call);
                        if (!call.flag("in_place") || !where.test(call)) {
                            return result;
                        }
                        return Changes.times(result, buffer ? "input_after" : "output", factor);
                    }
                },
                "FWD-11");
    }

    private static FamilyBroken first(String name, First first, String... ids) {
        return plain(
                name,
                seed -> new ReferenceFamily(seed, List.of()) {
                    private long last = seed;

                    @Override
                    protected void seed(int instance, long given) {
                        super.seed(instance, given);
                        last = given;
                    }

                    @Override
                    protected long first(int instance) {
                        return first.of(instance, last, super.first(instance), super.first(0));
                    }
                },
                ids);
    }

    private interface First {
        long of(int instance, long lastSeed, long sound, long origin);
    }

    private static boolean is(OperationCall call, DType dtype) {
        return call.tensor("input").dtype() == dtype;
    }

    private static FamilyBroken interlude(String name, Predicate<OperationCall> between) {
        return plain(
                name,
                seed -> new Keeping(seed) {
                    private long upTo;
                    private long latest;

                    @Override
                    protected void retain(long id, OperationCall call) {
                        super.retain(id, call);
                        latest = id;
                    }

                    @Override
                    protected OperationResult called(OperationCall call) {
                        if (between.test(call)) {
                            upTo = latest;
                        }
                        return super.called(call);
                    }

                    @Override
                    protected OperationCall take(long id) {
                        OperationCall call = super.take(id);
                        return id <= upTo ? unmasked(call) : call;
                    }
                },
                "BWD-11");
    }

    /** Room for as many masks as are retained at once, each where one was let go. */
    static Implementation soundNumbers(long origin) {
        return new ReferenceFamily(origin, List.of()) {
            private final TreeMap<Long, Long> slots = new TreeMap<>();

            @Override
            public boolean restart() {
                slots.clear();
                return super.restart();
            }

            @Override
            protected OperationResult called(OperationCall call) {
                OperationResult result = super.called(call);
                if (!call.flag("retain")) {
                    return result;
                }
                long slot = 1;
                while (slots.containsKey(slot)) {
                    slot++;
                }
                slots.put(slot, result.integer("id"));
                return result.with("id", slot);
            }

            @Override
            protected OperationCall take(long slot) {
                Long id = slots.remove(slot);
                return super.take(id == null ? -1 : id);
            }
        };
    }

    /** Threads fill a large mask part by part, each from a seed of instance and thread, until the instance gets a seed. */
    private static FamilyBroken chunks(int chunk) {
        return plain(
                "seeds each part of " + chunk + " elements with instance + part",
                seed -> new ReferenceFamily(seed, List.of()) {
                    /** How many calls each instance has made; -1 once it is seeded. */
                    private final TreeMap<Integer, Integer> calls = new TreeMap<>();

                    @Override
                    protected void seed(int instance, long given) {
                        super.seed(instance, given);
                        calls.put(instance, -1);
                    }

                    @Override
                    protected String state() {
                        return super.state() + "#"
                                + calls.entrySet().stream()
                                        .map(of -> of.getKey() + "=" + of.getValue())
                                        .collect(Collectors.joining(","));
                    }

                    @Override
                    protected void restore(String state) {
                        int at = state.lastIndexOf('#');
                        super.restore(at < 0 ? state : state.substring(0, at));
                        calls.clear();
                        for (String of : state.substring(at + 1).split(",")) {
                            if (of.contains("=")) {
                                calls.put(Integer.parseInt(of.split("=")[0]), Integer.parseInt(of.split("=")[1]));
                            }
                        }
                    }

                    @Override
                    public boolean restart() {
                        calls.clear();
                        return super.restart();
                    }

                    @Override
                    protected OperationResult called(OperationCall call) {
                        boolean others = call.has("mask") || call.has("seed") || call.has("noise_shape");
                        int number = calls.getOrDefault(call.instance(), 0);
                        if (!call.training() || others || number < 0 || size(call) <= chunk) {
                            return super.called(call);
                        }
                        calls.put(call.instance(), number + 1);
                        SplittableRandom[] parts = new SplittableRandom[size(call) / chunk + 1];
                        Arrays.setAll(
                                parts,
                                part -> new SplittableRandom(31 * seed + 1_000_003L * number + call.instance() + part));
                        Tensor input = call.tensor("input");
                        Tensor mask = Tensor.ofBooleans(Shape.of(size(call)), byThreads(parts, chunk, call));
                        Shape shape = call.fields().get("permutation") instanceof int[] axes
                                ? input.permuted(axes).shape()
                                : input.shape();
                        return super.called(call.with("mask", mask.reshaped(shape)));
                    }
                },
                "STATE-6");
    }

    private static boolean[] byThreads(SplittableRandom[] parts, int chunk, OperationCall call) {
        boolean[] kept = new boolean[size(call)];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = parts[i / chunk].nextDouble() >= call.rate();
        }
        return kept;
    }

    static List<FamilyBroken> all() {
        List<FamilyBroken> all = new ArrayList<>();
        all.add(chunks(16_384));
        all.add(chunks(65_536));
        for (int room : new int[] {12, 16, 24, 32, 48}) {
            all.add(ring(room));
        }
        all.add(taking(
                "takes the masks of retained calls from a stack",
                (call, layers) -> !layers.kept.isEmpty(),
                (call, layers) -> withMaskOf(call, layers.kept.lastEntry().getValue()),
                "BWD-11"));
        all.add(taking(
                "takes the masks of retained calls from a queue",
                (call, layers) -> !layers.kept.isEmpty(),
                (call, layers) -> withMaskOf(call, layers.kept.firstEntry().getValue()),
                "BWD-11"));
        all.add(taking(
                "keeps no mask of a noise shape",
                (call, layers) -> call.has("noise_shape"),
                (call, layers) -> unmasked(call),
                "BWD-11"));
        all.add(taking(
                "keeps no mask of a strided call",
                (call, layers) -> call.has("permutation"),
                (call, layers) -> unmasked(call),
                "BWD-11"));
        all.add(taking(
                "keeps no mask of bfloat16",
                (call, layers) -> is(call, DType.BFLOAT16),
                (call, layers) -> unmasked(call),
                "BWD-11"));
        all.add(taking(
                "keeps no mask of instances above 4",
                (call, layers) -> call.instance() > 4,
                (call, layers) -> unmasked(call),
                "BWD-11"));
        all.add(taking(
                "keeps the bits of whole bytes alone, for a later backward pass",
                (call, layers) -> call.has("mask") && call.tensor("mask").size() % 8 != 0,
                (call, layers) -> {
                    Tensor mask = call.tensor("mask");
                    int whole = mask.size() - mask.size() % 8;
                    return call.with("mask", Changes.each(mask, i -> i < whole ? mask.bool(i) : 0));
                },
                "BWD-11"));
        all.add(taking(
                "keeps no mask of 4,096 elements and more",
                (call, layers) -> call.has("mask") && call.tensor("mask").size() >= 4096,
                (call, layers) -> unmasked(call),
                "BWD-11"));
        all.add(taking(
                "keeps rates in float16 for a later backward pass",
                (call, layers) -> call.training(),
                (call, layers) -> call.with("rate", DType.FLOAT16.value(DType.FLOAT16.round(call.rate()))),
                "BWD-11"));
        all.add(interlude("forgets its masks in a call in place", call -> call.flag("in_place")));
        all.add(interlude("forgets its masks in a call at rate 0", call -> call.rate() == 0));
        all.add(interlude("forgets its masks in a call at rate 1", call -> call.rate() == 1));
        all.add(interlude("forgets its masks in a call with a given mask", call -> call.has("mask")));
        all.add(interlude("forgets its masks in a recomputed call", call -> call.flag("recompute")));
        all.add(interlude("forgets its masks in a call of an empty input", call -> size(call) == 0));
        all.add(interlude("forgets its masks in a seeded call", call -> call.has("seed")));
        all.add(interlude("forgets its masks in a call of another instance", call -> call.instance() > 0));
        all.add(interlude("forgets its masks in a call in bfloat16", call -> is(call, DType.BFLOAT16)));
        all.add(interlude("forgets its masks in a call with a gradient", call -> call.has("grad_output")));
        all.add(interlude("forgets its masks in a large call", call -> size(call) > 4096));
        all.add(gradient(
                "halves the later gradient of an evaluation",
                call -> !call.training(),
                0.5,
                "BWD-11",
                "BWD-7",
                "BWD-6"));
        all.add(gradient("halves the later gradient of float64", call -> is(call, DType.FLOAT64), 0.5, "BWD-11"));
        all.add(plain(
                "lets go of all earlier calls in a release",
                seed -> new Keeping(seed) {
                    @Override
                    protected void release(long id) {
                        super.release(id);
                        for (long other : List.copyOf(kept.headMap(id).keySet())) {
                            super.release(other);
                        }
                    }
                },
                "BWD-11"));
        all.add(plain(
                "lets go of all calls where a state is restored",
                seed -> new Keeping(seed) {
                    @Override
                    protected void restore(String state) {
                        super.restore(state);
                        for (long other : List.copyOf(kept.keySet())) {
                            super.release(other);
                        }
                    }
                },
                "BWD-11"));
        all.add(plain(
                "restores retained masks with a state: those kept since are lost",
                seed -> new Keeping(seed) {
                    private long saved;

                    @Override
                    protected String state() {
                        saved = kept.isEmpty() ? 0 : kept.lastKey();
                        return super.state();
                    }

                    @Override
                    protected void restore(String state) {
                        super.restore(state);
                        for (long other : List.copyOf(kept.tailMap(saved, false).keySet())) {
                            super.retain(other, unmasked(kept.get(other)));
                        }
                    }
                },
                "BWD-11"));
        all.add(plain(
                "draws in the release of an evaluation",
                seed -> new Keeping(seed) {
                    @Override
                    protected void release(long id) {
                        OperationCall call = kept.get(id);
                        super.release(id);
                        if (!call.training()) {
                            layer(call.instance()).drawMask(Shape.of(4), 0.5);
                        }
                    }
                },
                "BWD-13"));
        all.add(plain(
                "draws in the backward pass of other instances",
                seed -> new Keeping(seed) {
                    @Override
                    protected OperationCall take(long id) {
                        OperationCall call = super.take(id);
                        if (call.instance() > 0) {
                            layer(call.instance()).drawMask(Shape.of(4), 0.5);
                        }
                        return call;
                    }
                },
                "BWD-13"));
        all.add(plain(
                "takes the backward pass of a released call",
                seed -> new Keeping(seed) {
                    private final Map<Long, OperationCall> gone = new HashMap<>();

                    @Override
                    protected void release(long id) {
                        gone.put(id, kept.get(id));
                        super.release(id);
                    }

                    @Override
                    protected OperationCall take(long id) {
                        OperationCall call = gone.remove(id);
                        return call != null ? call : super.take(id);
                    }
                },
                "BWD-14"));
        all.add(drawing(
                "draws once more after a retained call",
                call -> call.flag("retain"),
                "BWD-10",
                "BWD-13",
                "BWD-11",
                "STATE-1",
                "SEED-2"));
        all.add(drawing(
                "draws after a retained evaluation",
                call -> call.flag("retain") && !call.training(),
                "EVAL-3",
                "BWD-13"));
        all.add(drawing("draws once more after a call in place", call -> call.flag("in_place"), "FWD-11", "SEED-2"));
        all.add(drawing(
                "draws in an evaluation of other instances",
                call -> !call.training() && call.instance() > 0,
                "STATE-9",
                "EVAL-3"));
        all.add(drawing(
                "draws for a given mask in other instances",
                call -> call.has("mask") && call.instance() > 0,
                "STATE-9",
                "SEED-7"));
        all.add(state(
                "saves a stream that was just seeded as one that was not",
                text -> layers(text, l -> l.group(3).equals("0") ? "" : l.group()),
                "STATE-1"));
        all.add(state(
                "saves 32 bits of a seed",
                text -> layers(
                        text,
                        l -> " " + l.group(1) + ":" + (Long.parseLong(l.group(2)) & 0xffff_ffffL) + ":" + l.group(3)),
                "STATE-1"));
        all.add(state(
                "saves the state of instances 0 to 7",
                text -> layers(text, l -> Integer.parseInt(l.group(1)) > 7 ? "" : l.group()),
                "STATE-5"));
        all.add(state(
                "saves instance 10 and later under their first digit",
                text -> layers(text, l -> l.group(1).length() > 1 ? "" : l.group()),
                "STATE-5"));
        all.add(state(
                "saves no instance that has drawn once",
                text -> layers(text, l -> l.group(3).equals("1") && !l.group(1).equals("0") ? "" : l.group()),
                "STATE-5",
                "STATE-1"));
        all.add(plain(
                "restores the layers that there are, and no others",
                seed -> new ReferenceFamily(seed, List.of()) {
                    private final Set<Integer> named = new java.util.TreeSet<>();

                    @Override
                    protected OperationResult called(OperationCall call) {
                        named.add(call.instance());
                        return super.called(call);
                    }

                    @Override
                    public boolean restart() {
                        named.clear();
                        return super.restart();
                    }

                    @Override
                    protected void restore(String state) {
                        super.restore(
                                layers(state, l -> named.contains(Integer.parseInt(l.group(1))) ? l.group() : ""));
                    }
                },
                "STATE-2",
                "STATE-5"));
        all.add(plain(
                "restores the older state after a newer one was restored",
                seed -> new ReferenceFamily(seed, List.of()) {
                    private String newest = "";

                    @Override
                    protected void restore(String state) {
                        boolean older = state.length() < newest.length();
                        super.restore(older ? newest : state);
                        newest = older ? newest : state;
                    }
                },
                "STATE-1"));
        all.add(first(
                "begins a later instance at the last seed",
                (n, last, sound, origin) -> n == 0 ? sound : last,
                "STATE-6",
                "STATE-7",
                "SEED-3",
                "MASK-3",
                "MASK-10"));
        all.add(first(
                "begins instance 9 as instance 0", (n, last, sound, origin) -> n == 9 ? origin : sound, "STATE-6"));
        all.add(first(
                "begins instances 5 and up alike", (n, last, sound, origin) -> n >= 5 ? ~origin : sound, "STATE-6"));
        all.add(first(
                "begins instances alike that are 8 apart",
                (n, last, sound, origin) -> n == 0 ? origin : mixed(origin + n % 8),
                "STATE-6"));
        all.add(first(
                "begins other instances in each process alike",
                (n, last, sound, origin) -> n == 0 ? origin : mixed(n),
                "STATE-8"));
        all.add(unseeded(
                "hears no seed in instances above 7",
                call -> call.instance() > 7,
                "STATE-9",
                "SEED-1",
                "STATE-7",
                "SEED-4"));
        all.add(unseeded(
                "hears no seed of a retained call", call -> call.flag("retain"), "SEED-1", "BWD-10", "BWD-11"));
        all.add(unseeded("hears no seed of a call in place", call -> call.flag("in_place"), "FWD-11"));
        all.add(unseeded("hears no seed of a recomputed call", call -> call.flag("recompute"), "BWD-12", "BWD-10"));
        all.add(recomputing("recomputes a noise shape by another mask", call -> call.has("noise_shape")));
        all.add(recomputing("recomputes what is strided by another mask", call -> call.has("permutation")));
        all.add(recomputing("recomputes 1,024 elements and more by another mask", call -> size(call) >= 1024));
        all.add(recomputing("recomputes other instances by another mask", call -> call.instance() > 0));
        all.add(recomputing("recomputes unseeded calls by another mask", call -> !call.has("seed")));
        all.add(recomputing("recomputes bfloat16 by another mask", call -> is(call, DType.BFLOAT16)));
        all.add(recomputing("recomputes rates above .8 by another mask", call -> call.rate() > 0.8));
        all.add(inPlace("scales in place in evaluation", call -> !call.training(), false, 2));
        all.add(inPlace("halves what is strided in place", call -> call.has("permutation"), false, 0.5));
        all.add(inPlace("writes back half of bfloat16", call -> is(call, DType.BFLOAT16), true, 0.5));
        all.add(inPlace("writes back half where there is a gradient", call -> call.has("grad_output"), true, 0.5));
        all.add(inPlace("writes back half in evaluation", call -> !call.training(), true, 0.5));
        all.add(inPlace("writes back half where a mask is given", call -> call.has("mask"), true, 0.5));
        all.add(inPlace("writes back half of a noise shape", call -> call.has("noise_shape"), true, 0.5));
        all.add(inPlace("writes back half in other instances", call -> call.instance() > 0, true, 0.5));
        for (String operation : List.of("alpha_dropout", "gaussian_dropout")) {
            all.add(FamilyBroken.of(
                    operation,
                    "scales an evaluation that has a gradient",
                    Changes.answered(
                            call -> !call.training() && call.has("grad_output"),
                            (call, r) -> Changes.times(r, "output", 1 - call.rate())),
                    "EVAL-1"));
            all.add(FamilyBroken.of(
                    operation,
                    "returns its input at rate 1 where there is a gradient",
                    Changes.answered(
                            call -> call.training() && call.rate() == 1 && call.has("grad_output"),
                            (call, r) -> r.with("output", call.tensor("input"))),
                    "RATE-8"));
        }
        return List.copyOf(all);
    }

    private static long mixed(long x) {
        long z = (x + 1) * 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        return z ^ z >>> 27;
    }
}
