package org.dropoutspec.selftest;

/** Which requirements a mutant is tried against. Sound implementations are always tried against all. */
public enum MutantScope {
    /** The one that is there to find it. */
    OWN,
    /** That one alone first and then all, which shows what else finds it. */
    ALL
}
