package org.dropoutspec.defect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Layout;
import org.dropoutspec.condition.Level;
import org.dropoutspec.condition.MaskShape;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.defect.CallEffect.Order;
import org.dropoutspec.defect.PlaceEffect.Place;
import org.dropoutspec.defect.ReactionEffect.Reaction;
import org.dropoutspec.defect.SeedEffect.Kinship;
import org.dropoutspec.defect.ValueEffect.Change;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;

/** Draws where a defect strikes and what goes wrong. */
final class Grammar {
    private static final List<Before> EVENTS =
            List.of(Before.EVALUATION, Before.SEEDED, Before.EMPTY, Before.REJECTED, Before.GRADIENT);

    /** The capabilities of a defective dropout that can do more than the plainest, so that nothing is left unasked. */
    private static final Capability[] WHOLE = {
        Capability.BACKWARD,
        Capability.SEED,
        Capability.MASK_OUTPUT,
        Capability.MASK_INPUT,
        Capability.NOISE_SHAPE,
        Capability.PERMUTED_INPUT
    };

    private final SplittableRandom random;

    Grammar(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** @param most how many levels a condition has at most: 2 or 3 */
    Where where(int most) {
        int percent = random.nextInt(100);
        if (percent < 15) {
            return new Where.Everywhere();
        } else if (percent < 50) {
            return levels(1);
        } else if (percent < 80) {
            return levels(2);
        } else if (percent < 90) {
            return levels(most);
        }
        return free();
    }

    private Where levels(int count) {
        List<Factor> factors = new ArrayList<>(List.of(Factor.values()));
        List<Level> levels = new ArrayList<>();
        while (levels.size() < count) {
            Factor factor = factors.remove(random.nextInt(factors.size()));
            levels.add(factor.level(random.nextInt(factor.size())));
        }
        return new Where.Levels(levels);
    }

    private Where free() {
        return switch (random.nextInt(6)) {
            case 0 -> new Where.SizeFrom(number(17, 1 << 17));
            case 1 -> {
                int width = number(2, 256);
                yield new Where.SizeModulo(width, random.nextBoolean() ? 0 : random.nextInt(width));
            }
            case 2 -> new Where.LastAxisModulo(number(2, 256));
            case 3 -> new Where.EveryDraw(number(2, 100));
            case 4 -> new Where.DrawAfter(EVENTS.get(random.nextInt(EVENTS.size())), random.nextInt(8));
            default -> new Where.AfterDraws(number(4, 2000));
        };
    }

    /** From {@code least} to {@code most}, log-uniform: a power of two, a neighbour of one, or any number. */
    private int number(int least, int most) {
        double magnitude = Math.exp(Math.log(least) + random.nextDouble() * (Math.log(most) - Math.log(least)));
        int power = 1 << (int) Math.rint(Math.log(magnitude) / Math.log(2));
        int number = switch (random.nextInt(4)) {
            case 0 -> power;
            case 1 -> power + 1;
            case 2 -> power - 1;
            default -> (int) magnitude;
        };
        return Math.max(least, Math.min(most, number));
    }

    Effect effect() {
        return switch (random.nextInt(17)) {
            case 0, 1, 2 -> new RateEffect(one(RateEffect.Target.values()));
            case 3, 4 -> new PlaceEffect(one(Place.values()), number(2, 128), random.nextInt(4) == 0);
            case 5 -> new LagEffect(number(1, 1024), random.nextInt(4) == 0);
            case 6 ->
                random.nextBoolean() ? new LagEffect(number(1, 8), false) : new GroupEffect(2 + random.nextInt(7));
            case 7 -> {
                int near = number(1, 500);
                Combination how = random.nextBoolean() ? Combination.SUM : Combination.EXCLUSIVE_OR;
                yield new CombinationEffect(how, near, near + number(1, 500));
            }
            case 8 -> new SpreadEffect(one(Overdispersion.values()));
            case 9, 10 -> calls();
            case 11 ->
                random.nextInt(3) == 0
                        ? new PeriodEffect(number(1000, 1 << 18))
                        : new InputEffect(one(InputEffect.Feature.values()), random.nextBoolean());
            case 12 -> seeds();
            case 13, 14 -> value();
            case 15 -> random.nextInt(3) == 0 ? new ReportEffect() : new EvaluationEffect(random.nextBoolean());
            default -> new ReactionEffect(one(Reaction.values()));
        };
    }

    private Effect calls() {
        int percent = random.nextInt(100);
        if (percent < 40) {
            return new CallEffect(one(EarlierDraw.values()), 0, Order.SAME, 0);
        } else if (percent < 55) {
            return new CallEffect(EarlierDraw.SAME_SHAPE_AND_RATE, number(2, 64), Order.SAME, 0);
        } else if (percent < 80) {
            return new CallEffect(
                    one(EarlierDraw.values()), 0, random.nextBoolean() ? Order.REVERSED : Order.END_ALIGNED, 0);
        }
        return new CallEffect(EarlierDraw.PREVIOUS, 0, Order.SAME, random.nextBoolean() ? 1 : 1 << random.nextInt(8));
    }

    private Effect seeds() {
        Kinship kinship = one(Kinship.values());
        return new SeedEffect(
                kinship,
                switch (kinship) {
                    case CUT -> 2 + random.nextInt(18);
                    case OVERLAP -> 1 + random.nextInt(4);
                    case NEIGHBOURS -> 0;
                });
    }

    private Effect value() {
        double by = Math.pow(2, -19 * random.nextDouble());
        return new ValueEffect(one(Change.values()), random.nextInt(3) == 0, by);
    }

    /** The description of an implementation that can meet the defect. There are as few different ones as possible. */
    static Description description(Where where, Effect effect) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(effect.needs());
        Set<DType> types = EnumSet.of(DType.FLOAT32);
        types.addAll(effect.types());
        for (Level level : where.levels()) {
            need(level, capabilities, types);
        }
        if (where instanceof Where.DrawAfter after) {
            need(Factor.BEFORE.level(after.event().ordinal()), capabilities, types);
        }
        Description plain = Description.of("generated", "1").withDtypes(types.toArray(DType[]::new));
        // every description needs a plan of its own, so few different ones are better
        return capabilities.isEmpty() ? plain : plain.withCapabilities(WHOLE);
    }

    private static void need(Level level, Set<Capability> capabilities, Set<DType> types) {
        int index = level.index();
        switch (level.factor()) {
            case TYPE -> types.add(DType.values()[index]);
            case LAYOUT -> add(index != Layout.CONTIGUOUS.ordinal(), Capability.PERMUTED_INPUT, capabilities);
            case MASK_SHAPE -> add(index != MaskShape.OWN.ordinal(), Capability.NOISE_SHAPE, capabilities);
            case GRADIENT -> add(index != 0, Capability.BACKWARD, capabilities);
            case SEED -> add(index != SeedKind.STREAM.ordinal(), Capability.SEED, capabilities);
            case VALUES -> add(index == 4, Capability.MASK_OUTPUT, capabilities);
            case BEFORE -> {
                add(index == Before.SEEDED.ordinal(), Capability.SEED, capabilities);
                add(index == Before.INJECTED_MASK.ordinal(), Capability.MASK_INPUT, capabilities);
                add(index == Before.GRADIENT.ordinal(), Capability.BACKWARD, capabilities);
                if (index == Before.OTHER_TYPE.ordinal()) {
                    types.add(DType.FLOAT64);
                }
            }
            default -> {}
        }
    }

    private static void add(boolean needed, Capability capability, Set<Capability> capabilities) {
        if (needed) {
            capabilities.add(capability);
        }
    }

    /** A random number from 0 to 1. */
    double draw() {
        return random.nextDouble();
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
