package org.dropoutspec.certify;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Operations;
import org.dropoutspec.spec.Specification;

/**
 * The operations and requirements that are judged, of all that could be.
 *
 * @param operations by name; all when empty
 * @param only requirements, such as {@code MASK-1} at every operation or {@code rnn:MASK-1} at one; all when empty
 */
public record Selection(Set<String> operations, Set<String> only) {
    /** Everything that the implementation declares. */
    public static final Selection ALL = new Selection(Set.of(), Set.of());

    public Selection {
        operations = Set.copyOf(operations);
        only = Set.copyOf(only);
        operations.forEach(Selection::requireOperation);
        only.forEach(Selection::requireRequirement);
    }

    /** These requirements, of whatever operation has them. */
    public static Selection of(Set<String> only) {
        return new Selection(Set.of(), only);
    }

    /** Whether nothing is left out of these operations. */
    boolean isAllOf(Collection<String> declared) {
        return only.isEmpty() && declared.stream().allMatch(this::hasOperation);
    }

    boolean hasOperation(String operation) {
        return operations.isEmpty() || operations.contains(operation);
    }

    boolean has(String operation, String id) {
        return hasOperation(operation) && (only.isEmpty() || only.contains(id) || only.contains(operation + ":" + id));
    }

    private static void requireOperation(String name) {
        if (!name.equals(PlainDropout.NAME) && Operations.named(name).isEmpty()) {
            String known = Stream.concat(
                            Stream.of(PlainDropout.NAME),
                            Operations.all().stream().map(Operation::name))
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException("operation (" + name + ") must be one that is judged: " + known);
        }
    }

    private static void requireRequirement(String named) {
        int colon = named.indexOf(':');
        String id = named.substring(colon + 1);
        Specification.embedded().requirement(id).untestable().ifPresent(reason -> {
            throw new IllegalArgumentException("requirement (" + id + ") must have a check, it has none: " + reason);
        });
        if (colon >= 0) {
            String operation = named.substring(0, colon);
            requireOperation(operation);
            if (!Judged.checks(operation).containsKey(id)) {
                throw new IllegalArgumentException(
                        "requirement (" + id + ") must be one that " + operation + " is held to");
            }
        }
    }
}
