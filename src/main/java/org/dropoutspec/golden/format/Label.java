package org.dropoutspec.golden.format;

import java.util.List;

/**
 * The description in a vector.
 *
 * @param id never reused, and never given a different meaning
 * @param requirement the requirement of the specification that it serves
 * @param flags the bugs that it looks for, each explained in the notes of its file
 * @param comment a sentence for a person who sees it fail
 */
public record Label(String id, String requirement, List<String> flags, String comment) {
    public Label {
        flags = List.copyOf(flags);
    }
}
