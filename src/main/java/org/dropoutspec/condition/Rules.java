package org.dropoutspec.condition;

/** Which levels can go together in one row, apart from what the shape decides. */
final class Rules {
    private final LevelSet[] beside = new LevelSet[LevelSet.LEVELS];

    Rules(Scope scope) {
        for (int one = 0; one < beside.length; one++) {
            Level level = LevelSet.level(one);
            LevelSet set = LevelSet.NONE;
            for (int two = 0; two < beside.length; two++) {
                Level other = LevelSet.level(two);
                set = level.factor() != other.factor() && scope.allows(level, other) ? set.with(two) : set;
            }
            beside[one] = set;
        }
    }

    /** The levels of other factors that a row with this level may have. */
    LevelSet beside(int level) {
        return beside[level];
    }
}
