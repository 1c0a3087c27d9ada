package org.dropoutspec.adversary.family;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Plain dropout that goes wrong between its calls. */
final class BetweenDefects {
    private static final List<FamilyBroken> ALL = new ArrayList<>();
    private static final Pattern DRAWS = Pattern.compile(":(\\d+)(?= |$)");

    private BetweenDefects() {}

    private static void plain(String name, LongFunction<Implementation> implementation, String... requirements) {
        ALL.add(new FamilyBroken("dropout", name, Set.of(requirements), implementation));
    }

    private static final List<org.dropoutspec.operation.Operation> NONE = List.of();

    /** The buffer holds the output where the test holds, and what it held before elsewhere. */
    private interface Written {
        boolean is(int index, int size);
    }

    private static void buffer(String name, Written written) {
        plain(
                name,
                seed -> new ReferenceFamily(seed, NONE) {
                    @Override
                    protected Tensor inputAfter(OperationCall call, OperationResult result) {
                        Tensor sound = super.inputAfter(call, result);
                        if (!call.flag("in_place")) {
                            return sound;
                        }
                        Tensor before = super.inputAfter(call.without("in_place"), result);
                        Tensor.Builder mixed = Tensor.builder(sound.dtype(), sound.shape());
                        for (int i = 0; i < sound.size(); i++) {
                            mixed.setBits(i, written.is(i, sound.size()) ? sound.bits(i) : before.bits(i));
                        }
                        return mixed.build();
                    }
                },
                "FWD-11");
    }

    private static void counter(String name, LongUnaryOperator saved) {
        plain(
                name,
                seed -> new ReferenceFamily(seed, NONE) {
                    @Override
                    protected String state() {
                        Matcher draws = DRAWS.matcher(super.state());
                        return draws.replaceAll(found -> ":" + saved.applyAsLong(Long.parseLong(found.group(1))));
                    }
                },
                "STATE-1",
                "STATE-2");
    }

    private static void remembered(String name, String field) {
        plain(
                name,
                seed -> new ReferenceFamily(seed, NONE) {
                    private final Map<Integer, Object> last = new HashMap<>();

                    @Override
                    protected OperationResult called(OperationCall call) {
                        int instance = call.instance();
                        if (instance == 0) {
                            return super.called(call);
                        }
                        if (call.has(field)) {
                            last.put(instance, call.required(field));
                            return super.called(call);
                        }
                        Object before = last.get(instance);
                        boolean fits = before instanceof Shape noise
                                && noise.broadcastsTo(call.tensor("input").shape())
                                && !call.has("permutation")
                                && !call.has("mask");
                        return fits && call.training()
                                ? broadcast(super.called(call.with(field, before)), call)
                                : super.called(call);
                    }
                },
                "STATE-9");
    }

    private static OperationResult broadcast(OperationResult result, OperationCall call) {
        return result.has("mask")
                ? result.with(
                        "mask",
                        result.tensor("mask").broadcastTo(call.tensor("input").shape()))
                : result;
    }

    private static void seeds(String name, java.util.function.LongBinaryOperator seedOf) {
        plain(
                name,
                origin -> new ReferenceFamily(origin, NONE) {
                    @Override
                    protected void seed(int instance, long seed) {
                        super.seed(instance, seedOf.applyAsLong(seed, instance));
                    }
                },
                "SEED-4");
    }

    private static long mixed(long x) {
        long z = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
        return z ^ z >>> 33;
    }

    /** Layers that make another of each seed, and no two of them the same. */
    static Implementation soundLayers(long origin, boolean alike) {
        return new ReferenceFamily(origin, NONE) {
            @Override
            protected void seed(int instance, long seed) {
                super.seed(instance, alike || instance == 0 ? seed : mixed(seed * 16 + instance));
            }
        };
    }

    static List<FamilyBroken> all() {
        ALL.clear();
        buffer("writes the first 16 elements back", (i, n) -> i < 16);
        buffer("writes all but the last element back", (i, n) -> i < n - 1);
        buffer("writes whole vectors of 64 back", (i, n) -> i < n - n % 64);
        buffer("writes the first 4,096 elements back", (i, n) -> i < 4096);
        buffer("writes the first 65,536 elements back", (i, n) -> i < 65_536);
        for (int most : new int[] {8, 16, 20, 32, 64, 100, 256}) {
            counter("saves the number of its draws modulo " + most, draws -> draws % most);
        }
        plain(
                "takes the number of its process modulo 64",
                seed -> new ReferenceFamily(seed, NONE) {
                    private long process = 1000;

                    @Override
                    protected long begun(long before) {
                        return mixed(++process % 64);
                    }

                    @Override
                    public Optional<Implementation> another() {
                        return Optional.of(new ReferenceFamily(mixed(++process % 64), NONE));
                    }
                },
                "STATE-8",
                "MASK-10");
        remembered("gives later layers the noise shape of the call before", "noise_shape");
        plain(
                "gives later layers the noise shape of their first call",
                seed -> new ReferenceFamily(seed, NONE) {
                    private final Map<Integer, Optional<Shape>> first = new HashMap<>();

                    @Override
                    protected long begun(long before) {
                        first.clear();
                        return super.begun(before);
                    }

                    @Override
                    protected OperationResult called(OperationCall call) {
                        if (call.instance() == 0 || !call.training() || call.has("mask") || call.has("permutation")) {
                            return super.called(call);
                        }
                        Optional<Shape> own = first.computeIfAbsent(
                                call.instance(),
                                any -> Optional.ofNullable((Shape) call.fields().get("noise_shape")));
                        return own.isPresent()
                                        && own.get()
                                                .broadcastsTo(
                                                        call.tensor("input").shape())
                                        && !call.has("noise_shape")
                                ? broadcast(super.called(call.with("noise_shape", own.get())), call)
                                : super.called(call);
                    }
                },
                "STATE-9");
        seeds("seeds a layer with seed + number", (seed, n) -> seed + n);
        seeds("seeds a layer with seed xor number", (seed, n) -> seed ^ n);
        seeds("seeds a layer with seed + 1000 number", (seed, n) -> seed + 1000L * n);
        seeds("seeds a layer with seed times number + 1", (seed, n) -> seed * (n + 1));
        seeds("seeds a layer with 31 seed + number", (seed, n) -> 31 * seed + n);
        return List.copyOf(ALL);
    }
}
