package org.dropoutspec.selftest;

/** To how much a mutant is put. Sound implementations are always put to every requirement. */
public enum MutantScope {
    /** To the requirement that is there to find it. */
    OWN,
    /** To that one alone and then to every one, which shows what else finds it. */
    ALL
}
