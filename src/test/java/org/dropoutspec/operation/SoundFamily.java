package org.dropoutspec.operation;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Choices.WeightMask;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.mutant.SoundImplementations.Sound;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.alpha.MultipliedAlpha;
import org.dropoutspec.operation.attention.CoarseAttention;
import org.dropoutspec.operation.dropconnect.CoarseConnect;
import org.dropoutspec.operation.dropconnect.DropConnect;
import org.dropoutspec.operation.gaussian.DrawnNoise;
import org.dropoutspec.operation.network.CoarseNetwork;
import org.dropoutspec.operation.recurrent.CoarseCell;
import org.dropoutspec.tensor.DType;

/** Sound implementations of each operation, by what they declare and by how they compute: nothing may find fault with them. */
public final class SoundFamily {
    private static final Defect REFERENCE = (call, dropout, operation) -> operation.answer(call, dropout);

    private static final Set<DType> HALVES = EnumSet.of(DType.FLOAT16, DType.BFLOAT16);

    private static final Set<Capability> OPAQUE = EnumSet.of(Capability.SEED, Capability.BACKWARD);

    private SoundFamily() {}

    /** All of them, each declaring one operation. */
    public static List<Sound> all() {
        return Stream.concat(Operations.all().stream().flatMap(SoundFamily::declarations), arithmetics())
                .toList();
    }

    /** What the reference may declare of itself, all and less. */
    private static Stream<Sound> declarations(Operation operation) {
        Declaration all = operation.reference();
        Set<DType> single = EnumSet.of(DType.FLOAT32);
        Set<Capability> unseeded = EnumSet.copyOf(all.capabilities());
        unseeded.removeAll(Set.of(Capability.SEED, Capability.PHILOX4X32_10));
        return Stream.of(
                new Sound(
                        operation.name() + ", with all that is between calls",
                        seed -> new OneOperation(
                                new ReferenceFamily(seed, List.of(operation)), operation.name(), declared -> declared)),
                new Sound(operation.name() + ", compiled", seed -> new CompiledOperation(operation, seed)),
                sound(operation, "which shows its answers alone", declared(single, EnumSet.of(Capability.SEED), all)),
                sound(operation, "opaque", declared(EnumSet.of(DType.FLOAT32, DType.FLOAT64), OPAQUE, all)),
                sound(operation, "which takes no seed", declared(all.dtypes(), unseeded, all)),
                sound(operation, "in half types, opaque", declared(HALVES, OPAQUE, all)),
                rejecting(operation, all.with(all.choices().with(RateOne.REJECT))));
    }

    /** These and another. */
    static Set<Capability> and(Set<Capability> some, Capability another) {
        Set<Capability> all = EnumSet.of(another);
        all.addAll(some);
        return all;
    }

    /** Rounded after every step, in every declared way. */
    private static Stream<Sound> arithmetics() {
        Operation alpha = named("alpha_dropout");
        Operation gaussian = named("gaussian_dropout");
        Set<DType> narrow = EnumSet.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32);
        return Stream.of(
                        Stream.of(
                                coarse(
                                        alpha,
                                        "multiplied",
                                        declared(narrow, shown(alpha), alpha.reference()),
                                        MultipliedAlpha::answer),
                                coarse(
                                        alpha,
                                        "multiplied, opaque",
                                        declared(narrow, OPAQUE, alpha.reference()),
                                        MultipliedAlpha::answer),
                                coarse(
                                        gaussian,
                                        "in half types",
                                        declared(HALVES, shown(gaussian), gaussian.reference()),
                                        DrawnNoise.IN_ITS_TYPE),
                                coarse(
                                        gaussian,
                                        "in half types, opaque",
                                        declared(HALVES, OPAQUE, gaussian.reference()),
                                        DrawnNoise.IN_ITS_TYPE),
                                coarse(
                                        gaussian,
                                        "at a rounded rate",
                                        new Declaration(
                                                EnumSet.of(DType.FLOAT32),
                                                OPAQUE,
                                                gaussian.reference().choices().withRateResolution(0x1p-9)),
                                        DrawnNoise.AT_A_ROUNDED_RATE)),
                        Stream.of(Scaling.values()).flatMap(SoundFamily::scaled))
                .flatMap(each -> each);
    }

    private static Stream<Sound> scaled(Scaling scaling) {
        Stream<Sound> connections = Stream.of(WeightMask.values()).flatMap(masks -> {
            DropConnect operation = new DropConnect(masks);
            return both(
                    operation,
                    scaling + ", masks by " + masks,
                    scaling,
                    (call, dropout, whole) -> CoarseConnect.answer(call, dropout, operation, scaling));
        });
        return Stream.of(
                        connections,
                        both(
                                named("rnn"),
                                scaling.toString(),
                                scaling,
                                (call, dropout, whole) -> CoarseCell.answer(call, dropout, scaling)),
                        both(
                                named("attention"),
                                scaling.toString(),
                                scaling,
                                (call, dropout, whole) -> CoarseAttention.answer(call, dropout, scaling)),
                        both(
                                named("network"),
                                scaling.toString(),
                                scaling,
                                (call, dropout, whole) -> CoarseNetwork.answer(call, dropout, scaling)))
                .flatMap(each -> each);
    }

    /** In all types, showing its masks and not. */
    private static Stream<Sound> both(Operation operation, String name, Scaling scaling, Defect arithmetic) {
        Declaration declared = operation.reference();
        Declaration scaled = declared.with(declared.choices().with(scaling));
        return Stream.of(
                coarse(
                        operation,
                        "rounded throughout, " + name,
                        declared(scaled.dtypes(), shown(operation), scaled),
                        arithmetic),
                coarse(
                        operation,
                        "rounded throughout, opaque, " + name,
                        declared(scaled.dtypes(), OPAQUE, scaled),
                        arithmetic));
    }

    /** What the reference declares but for its generator. */
    private static Set<Capability> shown(Operation operation) {
        Set<Capability> shown = EnumSet.copyOf(operation.reference().capabilities());
        shown.remove(Capability.PHILOX4X32_10);
        return shown;
    }

    private static Declaration declared(Set<DType> dtypes, Set<Capability> capabilities, Declaration all) {
        return new Declaration(dtypes, capabilities, all.choices());
    }

    private static Operation named(String name) {
        return Operations.named(name).orElseThrow();
    }

    private static Sound sound(Operation operation, String name, Declaration declared) {
        return coarse(operation, name, declared, REFERENCE);
    }

    private static Sound coarse(Operation operation, String name, Declaration declared, Defect arithmetic) {
        return new Sound(
                operation.name() + ", " + name, seed -> new BrokenOperation(operation, seed, declared, arithmetic));
    }

    private static Sound rejecting(Operation operation, Declaration declared) {
        return coarse(operation, "which rejects rate 1", declared, (call, dropout, whole) -> {
            if (call.training() && isOneSomewhere(call)) {
                throw new IllegalArgumentException("rate (1) must be below 1");
            }
            return whole.answer(call, dropout);
        });
    }

    private static boolean isOneSomewhere(OperationCall call) {
        if (call.has("layers")) {
            return ((List<?>) call.fields().get("layers"))
                    .stream()
                            .map(layer -> ((Map<?, ?>) layer).get("dropout"))
                            .anyMatch(drop -> drop != null
                                    && ((Map<?, ?>) drop).get("rate").equals(1.0));
        }
        return call.rate() == 1 || call.has("recurrent_rate") && call.number("recurrent_rate") == 1;
    }
}
