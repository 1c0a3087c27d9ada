package org.dropoutspec.certify;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.operation.Operations;

/**
 * The requirements that each check of an operation stands on: those that it declares, and, since masks are seen through
 * answers, those of the operation's own chapter that say what an answer is.
 */
final class Foundations {
    /** The requirements that plain dropout scales what it keeps, and that it masks its gradient. */
    private static final String OUTPUT = "FWD-1";

    private static final String GRADIENT = "BWD-1";

    /** The chapters that need no mask to be seen: they are about rejected rates and about evaluations. */
    private static final Set<String> MASKLESS = Set.of("RATE", "EVAL");

    private static final String EVALUATION = "EVAL-";

    /** The exceptions, which need masks: what is dropped at rates 0 and 1, next to these, and at neighbouring rates. */
    private static final Set<String> OF_MASKS_AT_RATES = Set.of("RATE-7", "RATE-8", "RATE-10", "RATE-11");

    private final Map<String, Method> checks;
    private final Set<String> own;
    private final Set<String> core;

    private Foundations(String operation) {
        this.checks = Judged.checks(operation);
        this.own = checks.keySet().stream()
                .filter(id -> Judged.isOwn(operation, id))
                .collect(Collectors.toSet());
        this.core = Operations.named(operation).stream()
                .flatMap(known -> known.core().stream())
                .filter(own::contains)
                .collect(Collectors.toSet());
    }

    /** By the id of a requirement, the requirements that its check stands on. */
    static Map<String, Set<String>> of(String operation) {
        Foundations foundations = new Foundations(operation);
        Map<String, Set<String>> standsOn = new HashMap<>();
        foundations.checks.keySet().forEach(id -> standsOn.put(id, foundations.under(id)));
        return standsOn;
    }

    private Set<String> under(String id) {
        Set<String> under = new HashSet<>(declared(id));
        if (under.contains(GRADIENT) && !checks.containsKey(GRADIENT)) {
            under.addAll(own);
        }
        boolean ofAnswers = under.contains(OUTPUT) && !checks.containsKey(OUTPUT);
        if (ofAnswers || !own.contains(id) && isOfMasks(id)) {
            core.stream().filter(one -> !standsOn(one, id, new HashSet<>())).forEach(under::add);
        }
        if (id.startsWith(EVALUATION)) {
            own.stream().filter(one -> declared(one).contains(id)).forEach(one -> under.addAll(forward(one)));
        }
        return under;
    }

    /** The core requirements under an own one: they say that what evaluation and training both compute is right. */
    private Set<String> forward(String own) {
        Set<String> forward = new HashSet<>(declared(own));
        forward.retainAll(core);
        return forward;
    }

    private static boolean isOfMasks(String id) {
        return OF_MASKS_AT_RATES.contains(id) || !MASKLESS.contains(id.substring(0, id.indexOf('-')));
    }

    /** Whether one stands on the other, directly or through others: then the other cannot stand on it. */
    private boolean standsOn(String one, String other, Set<String> passed) {
        return passed.add(one)
                && declared(one).stream().anyMatch(next -> next.equals(other) || standsOn(next, other, passed));
    }

    private Set<String> declared(String id) {
        Method check = checks.get(id);
        return check == null
                ? Set.of()
                : Set.of(check.getAnnotation(Checks.class).standsOn());
    }
}
