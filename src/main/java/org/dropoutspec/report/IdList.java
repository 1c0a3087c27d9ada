package org.dropoutspec.report;

import java.util.ArrayList;
import java.util.List;

/** Requirements in a few words: of three or more in sequence only the first and the last are named. */
final class IdList {
    private static final int RUN = 3;

    private IdList() {}

    /** A list such as {@code RATE-2 to RATE-5, RATE-8}. */
    static String of(List<String> ids) {
        return String.join(", ", parts(ids));
    }

    /** The parts of such a list. */
    static List<String> parts(List<String> ids) {
        List<String> words = new ArrayList<>();
        for (int from = 0; from < ids.size(); ) {
            int to = from + 1;
            while (to < ids.size() && follows(ids.get(to - 1), ids.get(to))) {
                to++;
            }
            if (to - from >= RUN) {
                words.add(ids.get(from) + " to " + ids.get(to - 1));
            } else {
                words.addAll(ids.subList(from, to));
            }
            from = to;
        }
        return words;
    }

    private static boolean follows(String one, String next) {
        int dash = one.lastIndexOf('-');
        return next.equals(one.substring(0, dash + 1) + (Integer.parseInt(one.substring(dash + 1)) + 1));
    }
}
