package org.dropoutspec.adversary.family;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Masks that come about in other ways. */
final class SoundMasks {
    private static final int LANES = 128;

    private static final int TILE = 16;

    private SoundMasks() {}

    /** Bits of a number are compared with a threshold of as many. */
    private static Defect ofBits(int bits, boolean nearest) {
        return Drawn.changed(drawn -> {
            OwnNumbers numbers = OwnNumbers.of(drawn);
            double steps = drawn.rate() * Math.scalb(1.0, bits);
            long threshold = (long) (nearest ? Math.rint(steps) : Math.floor(steps));
            return drawn.with(i -> numbers.word(i) >>> 64 - bits >= threshold);
        });
    }

    private static Declaration resolved(Declaration all, double resolution) {
        return all.with(all.choices().withRateResolution(resolution));
    }

    private static Declaration without(Declaration all, Capability... capabilities) {
        EnumSet<Capability> left = EnumSet.copyOf(all.capabilities());
        left.removeAll(List.of(capabilities));
        return all.withCapabilities(left);
    }

    private static long transposed(Drawn drawn, int i) {
        int plane = drawn.rows() * drawn.columns();
        int in = i % plane;
        return i - in + (long) in % drawn.columns() * drawn.rows() + in / drawn.columns();
    }

    /** The number of an element where rows and columns fill whole tiles. */
    private static long tiled(Drawn drawn, int i) {
        int column = i % drawn.columns();
        int row = i / drawn.columns() % drawn.rows();
        long plane = i / drawn.columns() / drawn.rows();
        long across = (drawn.columns() + TILE - 1) / TILE;
        long down = (drawn.rows() + TILE - 1) / TILE;
        long tile = (plane * down + row / TILE) * across + column / TILE;
        return tile * TILE * TILE + row % TILE * TILE + column % TILE;
    }

    /** Both masks of a call out of one draw. */
    private static Defect together() {
        return Drawn.changed(drawn -> {
            int inputs = drawn.call().tensor("input").shape().extent(2);
            int states = drawn.call().tensor("bias").size();
            boolean back = drawn.name().equals("recurrent_mask");
            int columns = drawn.columns();
            return OwnNumbers.after(drawn.dropout(), "both")
                    .mask(drawn, i -> (long) i / columns * (inputs + states) + (back ? inputs : 0) + i % columns);
        });
    }

    /** Where nothing can be dropped nothing is drawn either. */
    private static Defect drawingNothingAtRate0() {
        return (call, dropout, sound) -> {
            if (!call.training() || Drawn.given(call) || call.rate() != 0) {
                return sound.answer(call, dropout);
            }
            org.dropoutspec.reference.Dropout none = new org.dropoutspec.reference.Dropout(0);
            Tensor all = sound.answer(call.without("grad_output"), none).tensor("mask");
            return sound.answer(call.with("mask", all), dropout);
        };
    }

    private static Defect oneByOne() {
        return Drawn.changed(drawn -> {
            Random random = new Random(OwnNumbers.of(drawn).key());
            boolean[] kept = new boolean[drawn.size()];
            for (int i = kept.length - 1; i >= 0; i--) {
                kept[i] = Math.floor(1 - drawn.rate() + random.nextDouble()) >= 1;
            }
            return drawn.with(i -> kept[i]);
        });
    }

    private static Declaration training(Declaration all) {
        return all.with(all.choices().with(Modes.TRAINING));
    }

    static List<FamilySound> all() {
        List<FamilySound> all = new ArrayList<>();
        for (String operation : List.of("spatial_dropout", "dropconnect", "rnn")) {
            all.add(FamilySound.of(
                    operation,
                    "draws its matrix column by column",
                    Drawn.changed(drawn -> OwnNumbers.of(drawn).mask(drawn, i -> transposed(drawn, i)))));
        }
        for (String operation : List.of("attention", "dropconnect", "network")) {
            all.add(FamilySound.of(
                    operation,
                    "draws whole tiles and cuts them",
                    Drawn.changed(drawn -> OwnNumbers.of(drawn).mask(drawn, i -> tiled(drawn, i)))));
        }
        all.add(FamilySound.opaque(
                "spatial_dropout", "draws rows of 128 channels and cuts them", Drawn.changed(drawn -> {
                    int lanes = (drawn.columns() + LANES - 1) / LANES * LANES;
                    int columns = drawn.columns();
                    return OwnNumbers.of(drawn).mask(drawn, i -> (long) i / columns * lanes + i % columns);
                })));
        all.add(FamilySound.declaring(
                "attention",
                "compares 8 bits with the rate, rounded down",
                declared -> resolved(declared, 0x1p-8),
                ofBits(8, false)));
        all.add(FamilySound.declaring(
                "stochastic_depth",
                "compares 8 bits with the rate, rounded to the nearest",
                declared -> resolved(declared, 0x1p-9),
                ofBits(8, true)));
        all.add(FamilySound.declaring(
                "network",
                "compares 16 bits with the rate, rounded down",
                declared -> resolved(declared, 0x1p-16),
                ofBits(16, false)));
        all.add(FamilySound.declaring(
                "rnn",
                "compares 12 bits with the rate, rounded down, and reports nothing",
                declared -> resolved(without(declared, Capability.MASK_OUTPUT), 0x1p-12),
                ofBits(12, false)));
        all.add(FamilySound.declaring(
                "spatial_dropout",
                "compares 24 bits with the rate, rounded to the nearest",
                declared -> resolved(declared, 0x1p-24),
                ofBits(24, true)));
        all.add(FamilySound.of("rnn", "draws both masks at once, example by example", together()));
        for (String operation : List.of("stochastic_depth", "attention")) {
            all.add(FamilySound.of(operation, "draws nothing at rate 0", drawingNothingAtRate0()));
        }
        all.add(FamilySound.opaque(
                        "stochastic_depth", "takes the whole part of keep plus uniform, from the last on", oneByOne())
                .as(described -> described.with(Seeding.defaults().withBits(31))));
        all.add(FamilySound.declaring(
                "spatial_dropout",
                "trains alone, in half types, and rejects rate 1",
                declared -> {
                    Declaration trains = training(declared);
                    return new Declaration(
                            EnumSet.of(DType.FLOAT16, DType.BFLOAT16),
                            trains.capabilities(),
                            trains.choices().with(RateOne.REJECT));
                },
                (call, dropout, sound) -> {
                    if (call.rate() == 1) {
                        throw new IllegalArgumentException("rate must be below 1");
                    }
                    return oneByOne().answer(call, dropout, sound);
                }));
        all.add(FamilySound.declaring(
                "dropconnect",
                "trains alone, takes no masks, and few shapes",
                declared -> {
                    EnumSet<Capability> few = EnumSet.of(Capability.SEED, Capability.BACKWARD, Capability.FEW_SHAPES);
                    return training(declared).withCapabilities(few);
                },
                oneByOne()));
        return all;
    }
}
