package org.dropoutspec.contract;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The session of each test class, for as long as the JVM lives: jqwik makes a new instance for every property, and only
 * one property sees what a store of jqwik holds.
 */
final class Sessions {
    private static final Map<Class<?>, Session> BY_TEST_CLASS = new ConcurrentHashMap<>();

    private Sessions() {}

    static Session of(Contract contract) {
        return BY_TEST_CLASS.computeIfAbsent(
                contract.getClass(),
                test -> new Session(contract.implementation(), contract.tier(), contract.seed(), requirement -> {}));
    }
}
