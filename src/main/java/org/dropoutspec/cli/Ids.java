package org.dropoutspec.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Requirements or operations named on the command line, separated by commas. */
final class Ids {
    private Ids() {}

    /** The operations that {@code --operation} names, which may have been given several times. */
    static Set<String> operations(List<String> values) {
        return of("operation", "operations", "dropout,rnn", values);
    }

    /**
     * The requirements that an option names, which may have been given several times.
     *
     * @param option its name, for the message of an error
     */
    static Set<String> requirements(String option, List<String> values) {
        return of(option, "requirements", "BWD-1,EVAL-1", values);
    }

    private static Set<String> of(String option, String what, String example, List<String> values) {
        Set<String> ids = new LinkedHashSet<>();
        for (String value : values) {
            for (String id : value.split(",", -1)) {
                if (id.isBlank()) {
                    throw new IllegalArgumentException(option + " (" + value + ") must name " + what
                            + " with one comma between two, such as " + example);
                }
                ids.add(id);
            }
        }
        return ids;
    }
}
