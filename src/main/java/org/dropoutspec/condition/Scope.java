package org.dropoutspec.condition;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;

/**
 * What an implementation can be asked. A missing capability takes away the levels that need it and nothing else.
 *
 * @param dtypes floating types, at least one
 * @param capabilities as declared
 * @param evaluation whether there is an evaluation
 * @param rateOne whether rate 1 is accepted rather than rejected
 * @param seedBits seeds are below 2 to the power of this, from 16 to 53
 * @param signatures how many different kinds of call a process may be asked; see {@link Signature}
 */
public record Scope(
        Set<DType> dtypes,
        Set<Capability> capabilities,
        boolean evaluation,
        boolean rateOne,
        int seedBits,
        int signatures) {
    private static final int FEWEST_SEED_BITS = 16;
    private static final int MOST_SEED_BITS = 53;
    private static final int FEWEST_SIGNATURES = 12;

    public Scope {
        EnumSet<DType> floating = EnumSet.noneOf(DType.class);
        floating.addAll(dtypes);
        floating.removeIf(dtype -> !dtype.isFloating());
        if (floating.isEmpty()) {
            throw new IllegalArgumentException("dtypes (" + dtypes + ") must name a floating type");
        }
        if (seedBits < FEWEST_SEED_BITS || seedBits > MOST_SEED_BITS) {
            throw new IllegalArgumentException("seed_bits (" + seedBits + ") must be in [16, 53]");
        }
        if (signatures < FEWEST_SIGNATURES) {
            throw new IllegalArgumentException("signatures (" + signatures + ") must be at least " + FEWEST_SIGNATURES);
        }
        dtypes = Collections.unmodifiableSet(floating);
        capabilities = Set.copyOf(capabilities);
    }

    /** The scope of an implementation with this description. */
    public static Scope of(Description description) {
        return new Scope(
                description.dtypes(),
                description.capabilities(),
                description.choices().modes() == Modes.BOTH,
                description.choices().rateOne() == RateOne.ZEROS,
                description.seeding().bits(),
                Integer.MAX_VALUE);
    }

    /** The same scope with at most this many signatures, for an implementation to which each new one is expensive. */
    public Scope withSignatures(int most) {
        return new Scope(dtypes, capabilities, evaluation, rateOne, seedBits, most);
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    boolean hasFewSignatures() {
        return signatures != Integer.MAX_VALUE;
    }

    /** Whether the level can be asked at all. */
    boolean allows(Level level) {
        int index = level.index();
        return switch (level.factor()) {
            case TYPE -> dtypes.contains(DType.values()[index]);
            case RATE, SIZE, RESIDUE, RANK, LARGE_AXIS, LAST_AXIS, AGE -> true;
            // zeros show no mask: where nothing else shows it, the masks of such calls would never be seen
            case VALUES ->
                index != ValueKind.WITH_ZEROS.ordinal() || can(Capability.BACKWARD) || can(Capability.MASK_OUTPUT);
            case LAYOUT -> index == Layout.CONTIGUOUS.ordinal() || can(Capability.PERMUTED_INPUT);
            case MASK_SHAPE -> index == MaskShape.OWN.ordinal() || can(Capability.NOISE_SHAPE);
            case GRADIENT -> index == 0 || can(Capability.BACKWARD);
            case SEED ->
                index == SeedKind.STREAM.ordinal() || can(Capability.SEED) && SeedKind.values()[index].exists(seedBits);
            case BEFORE -> allows(Before.values()[index]);
        };
    }

    private boolean allows(Before before) {
        return switch (before) {
            case SAME_SHAPE_AND_RATE, SAME_SHAPE, SAME_RATE, EMPTY, REJECTED -> true;
            case OTHER_TYPE -> dtypes.size() > 1;
            case EVALUATION -> evaluation;
            case SEEDED -> can(Capability.SEED);
            case INJECTED_MASK -> can(Capability.MASK_INPUT);
            case GRADIENT -> can(Capability.BACKWARD);
        };
    }

    /**
     * Whether two levels can be asked in one call. A zero in the input shows no mask, so it needs a gradient or a mask
     * output. A process that was seeded tells nothing about how a process starts.
     */
    boolean allows(Level one, Level other) {
        return !isHiddenZero(one, other)
                && !isHiddenZero(other, one)
                && !isSeededStart(one, other)
                && !isSeededStart(other, one);
    }

    private boolean isHiddenZero(Level gradient, Level values) {
        return !can(Capability.MASK_OUTPUT)
                && gradient.factor() == Factor.GRADIENT
                && gradient.index() == 0
                && values.factor() == Factor.VALUES
                && values.index() == ValueKind.WITH_ZEROS.ordinal();
    }

    private static boolean isSeededStart(Level age, Level seed) {
        return age.factor() == Factor.AGE
                && age.index() == Age.FIRST.ordinal()
                && (seed.factor() == Factor.SEED && seed.index() != SeedKind.STREAM.ordinal()
                        || seed.factor() == Factor.BEFORE && seed.index() == Before.SEEDED.ordinal());
    }
}
