package org.dropoutspec.selftest;

/** The requirements that a mutant runs against. Sound implementations always run against all. */
public enum MutantScope {
    /** Only the requirement that must find it. */
    OWN,
    /** That one alone and all together, which shows what else finds it. */
    ALL
}
