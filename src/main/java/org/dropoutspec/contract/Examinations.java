package org.dropoutspec.contract;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The examination of each test class, for as long as the JVM lives: jqwik makes a new instance for every property, and
 * what its stores hold is seen by one property alone.
 */
final class Examinations {
    private static final Map<Class<?>, Examination> BY_TEST_CLASS = new ConcurrentHashMap<>();

    private Examinations() {}

    static Examination of(Contract contract) {
        return BY_TEST_CLASS.computeIfAbsent(
                contract.getClass(),
                test -> new Examination(
                        contract.implementation(), contract.tier(), contract.seed(), requirement -> {}));
    }
}
