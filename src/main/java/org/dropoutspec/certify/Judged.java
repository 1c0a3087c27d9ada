package org.dropoutspec.certify;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.Inquiry;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.contract.ProcessContract;
import org.dropoutspec.implementation.Choices.Modes;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Operations;

/**
 * An operation that was judged.
 *
 * @param operation its name, such as {@code dropout}
 * @param declared what the implementation declares about it
 * @param inquiry what was asked of it and what became of it
 */
public record Judged(String operation, Declaration declared, Inquiry inquiry) {
    private static final Set<String> EVALUATION = Set.of("EVAL-1", "EVAL-5");

    /** The core of plain dropout: of each set one requirement has to be decided. */
    private static final List<Set<String>> PLAIN = List.of(Set.of("FWD-1", "FWD-8"), EVALUATION, Set.of("MASK-1"));

    private static final Map<String, Map<String, Method>> CHECKS = new ConcurrentHashMap<>();

    /**
     * The core of the operation, in sets of requirements: without a decision in each set nothing is certified. The set
     * on evaluation is left out where the implementation has no evaluation.
     */
    List<Set<String>> core() {
        return Operations.named(operation)
                .map(known -> known.core().stream().sorted().map(Set::of).toList())
                .orElse(PLAIN)
                .stream()
                .filter(ids -> !ids.equals(EVALUATION) || declared.choices().modes() == Modes.BOTH)
                .toList();
    }

    /** The properties that the operation is held to, by the id of their requirement. */
    static Map<String, Method> checks(String operation) {
        return CHECKS.computeIfAbsent(operation, name -> {
            Map<String, Method> checks = new TreeMap<>();
            Arrays.stream(contract(name).getMethods())
                    .filter(method -> method.isAnnotationPresent(Checks.class))
                    .forEach(method ->
                            checks.put(method.getAnnotation(Checks.class).value(), method));
            return checks;
        });
    }

    /** The check of a requirement that has one. */
    static Method check(String operation, String id) {
        return Objects.requireNonNull(checks(operation).get(id), id);
    }

    /** Whether the requirement is of the operation's own chapter, and not of a mask site. */
    static boolean isOwn(String operation, String id) {
        return OperationContract.class.isAssignableFrom(check(operation, id).getDeclaringClass());
    }

    /** Whether the requirement is about the adapter's process, whatever the operation. */
    static boolean isOfProcess(String operation, String id) {
        return check(operation, id).getDeclaringClass() == ProcessContract.class;
    }

    /** The test class that holds all checks of the operation. */
    static Class<?> contract(String operation) {
        return operation.equals(PlainDropout.NAME)
                ? Certification.class
                : Operations.named(operation)
                        .<Class<?>>map(Operation::checks)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "operation (" + operation + ") must be one that is judged"));
    }
}
