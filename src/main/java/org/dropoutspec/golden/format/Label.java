package org.dropoutspec.golden.format;

import java.util.List;

/**
 * What a vector says of itself.
 *
 * @param id never reused, and never given another meaning
 * @param requirement the requirement of the specification that it serves
 * @param flags the bugs that it hunts, each explained in the notes of its file
 * @param comment a sentence for whoever sees it fail
 */
public record Label(String id, String requirement, List<String> flags, String comment) {
    public Label {
        flags = List.copyOf(flags);
    }
}
