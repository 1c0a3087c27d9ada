package org.dropoutspec.condition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.condition.Greedy.Row;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * The signatures to which a design keeps where every new one is expensive. Most are those of rows. One each is kept for
 * the evaluation, the empty input and the given mask before rows; they are not asked in each row's signature.
 */
final class FewSignatures {
    /** One signature in this many has a noise shape. */
    private static final int NOISE_SHARE = 4;

    /** The factors of which a signature tells nothing. */
    static final LevelSet DATA = LevelSet.allOf(Factor.RATE, Factor.BEFORE, Factor.AGE, Factor.VALUES);

    private static final LevelSet SEED = LevelSet.allOf(Factor.SEED);
    private static final LevelSet UNSEEDED = LevelSet.of(Factor.SEED, SeedKind.STREAM.ordinal());

    private final Scope scope;
    private final Rules rules;
    private final Set<Signature> all = new LinkedHashSet<>();

    FewSignatures(Scope scope, Rules rules) {
        this.scope = scope;
        this.rules = rules;
    }

    /** How many signatures are left for rows with the input's own mask, given the number for large rows. */
    int own(int large) {
        return rows() - large - noise();
    }

    int noise() {
        return scope.can(Capability.NOISE_SHAPE) ? rows() / NOISE_SHARE : 0;
    }

    private int rows() {
        int evaluation = scope.evaluation() ? 1 : 0;
        int mask = scope.can(Capability.MASK_INPUT) ? 1 : 0;
        return scope.signatures() - evaluation - mask - 1;
    }

    /** Adds the signatures of these rows. */
    void add(List<Condition> rows) {
        rows.forEach(row -> all.add(row.signature()));
    }

    /** Adds the signatures of calls that come before rows. */
    void addPredecessors() {
        Signature plain = Signature.training(DType.floating(scope.dtypes()).get(0), Foundation.SHAPE);
        if (scope.evaluation()) {
            all.add(plain.evaluation());
        }
        if (scope.can(Capability.MASK_INPUT)) {
            all.add(plain.withMask());
        }
        all.add(Signature.training(plain.dtype(), Shape.of(0)));
    }

    List<Signature> all() {
        return List.copyOf(all);
    }

    /** A frame for each row's signature, with all levels that are still open beside it. */
    List<Frame> frames(List<Row> rows, List<Condition> drawn, LevelSet calls) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            LevelSet fixed = rows.get(i).levels().without(DATA);
            Signature signature = drawn.get(i).signature();
            LevelSet seeds = signature.seeded() ? calls.and(SEED).without(UNSEEDED) : UNSEEDED;
            LevelSet open = calls.and(DATA).or(seeds).without(impossible(signature));
            for (int level : fixed.without(SEED).numbers()) {
                open = open.and(rules.beside(level));
            }
            LevelSet allowed = fixed.without(SEED).or(open);
            frames.add(new Frame(allowed, List.of(signature.shape()), Optional.of(signature)));
        }
        return frames;
    }

    /** The levels of what comes before that no known signature allows for this row. */
    private LevelSet impossible(Signature row) {
        LevelSet impossible = LevelSet.NONE;
        for (Before before : Before.values()) {
            if (all.stream().noneMatch(signature -> Predecessor.fits(before, row, signature))) {
                impossible = impossible.or(LevelSet.of(Factor.BEFORE, before.ordinal()));
            }
        }
        return impossible;
    }
}
