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
 * The signatures to which a design keeps where every new one is expensive. Most are of rows; one each is kept for the
 * evaluation, the empty input and the given mask that come before rows, so that those are not asked of each signature.
 */
final class FewSignatures {
    /** A quarter of the signatures has a noise shape. */
    private static final int NOISE_SHARE = 4;

    /** A signature says nothing of these. */
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

    /** How many may be of rows with the input's own mask, when so many are of large ones. */
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

    /** Takes the signatures of these rows. */
    void add(List<Condition> rows) {
        rows.forEach(row -> all.add(row.signature()));
    }

    /** Those for calls that come before rows. */
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

    /** A frame for each signature of these rows, with all that can still be chosen beside it. */
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

    /** What cannot come before a row of the signature, for want of a signature. */
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
