package org.dropoutspec.spec;

/** How binding a requirement is, in the words of RFC 2119. */
public enum RequirementLevel {
    MUST,
    SHOULD
}
