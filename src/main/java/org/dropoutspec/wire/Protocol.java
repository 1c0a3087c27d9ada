package org.dropoutspec.wire;

import java.util.Set;
import java.util.TreeSet;

/** The version spoken here and the names it knows. */
final class Protocol {
    static final int MAJOR = 1;
    static final String VERSION = "1.0";

    /** Every operation of version 1.0; this suite asks {@code dropout}. */
    static final Set<String> OPERATIONS = new TreeSet<>(
            Set.of("dropout", "spatial_dropout", "alpha_dropout", "gaussian_dropout", "dropconnect", "rnn", "network"));

    /** Choices that the specification names, whose values no requirement reads yet. */
    static final Set<String> UNREAD_CHOICES = new TreeSet<>(Set.of("integer_input", "strided_mask"));

    private Protocol() {}
}
