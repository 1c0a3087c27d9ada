package org.dropoutspec.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Requirements named on the command line, separated by commas. */
final class Ids {
    private Ids() {}

    /**
     * Those that an option names, which may have been given several times.
     *
     * @param option its name, for an error
     */
    static Set<String> of(String option, List<String> values) {
        Set<String> ids = new LinkedHashSet<>();
        for (String value : values) {
            for (String id : value.split(",", -1)) {
                if (id.isBlank()) {
                    throw new IllegalArgumentException(option + " (" + value
                            + ") must name requirements with one comma between two, such as " + "BWD-1,EVAL-1");
                }
                ids.add(id);
            }
        }
        return ids;
    }
}
