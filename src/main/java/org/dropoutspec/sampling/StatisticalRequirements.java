package org.dropoutspec.sampling;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The requirements that sampling judges, by id. */
public final class StatisticalRequirements {
    static final String RATE = "MASK-1";
    static final String LAGS = "MASK-2";
    static final String FRESH = "MASK-3";
    static final String POSITION = "MASK-8";
    static final String DISPERSION = "MASK-9";
    static final String DUPLICATES = "MASK-10";
    static final String CONTEXTS = "MASK-11";
    static final String INPUT = "MASK-12";
    static final String EDGES = "MASK-13";
    static final String SEEDS = "SEED-8";
    static final String NEIGHBOURS = "RATE-11";

    /** All of them; each has an equal share of the ledger, whichever of them a run asks about. */
    public static final List<String> ALL =
            List.of(RATE, LAGS, FRESH, POSITION, DISPERSION, DUPLICATES, CONTEXTS, INPUT, EDGES, SEEDS, NEIGHBOURS);

    /** The requirements on the masks of a stream; one defect may break several of them. */
    public static final Set<String> OF_ONE_STREAM =
            Set.of(RATE, LAGS, FRESH, POSITION, DISPERSION, DUPLICATES, CONTEXTS, INPUT, EDGES);

    /** The requirements that are judged by the masks of all processes together, where there are several. */
    public static final Set<String> OF_ALL_PROCESSES =
            Set.of(RATE, LAGS, FRESH, POSITION, DISPERSION, DUPLICATES, CONTEXTS, INPUT);

    /** The key under which evidence names the family of statistics that rejects. */
    public static final String REJECTED_BY = "rejected_by";

    /** In the evidence of a rejection: whether tiny calls drop everything too rarely. */
    public static final String HARDLY_EVERYTHING = "hardly_everything";

    /** In the evidence of a rejection: whether tiny calls too often drop all and too often none: one draw for all. */
    public static final String ALL_OR_NOTHING = "all_or_nothing";

    /** In the evidence of a rejection: whether whole calls, counted once each, do not show a wrong rate. */
    public static final String NOT_OF_CALLS = "not_of_calls";

    /** In the evidence of a rejection: how many large calls went against the rate as a whole; none went the other way. */
    public static final String CALLS_OF_ONE_WAY = "calls_of_one_way";

    /** In the evidence of a rejection: whether large calls were kept as a whole, and others dropped as a whole. */
    public static final String CALLS_OF_BOTH_WAYS = "calls_of_both_ways";

    /** In the evidence of a rejection: whether the number of drops hardly varies between calls of the most elements. */
    public static final String FIXED_NUMBER = "fixed_number";

    /** In the evidence of a rejection: whether the finding that is told is of calls of a few elements alone. */
    public static final String OF_TINY_CALLS = "of_tiny_calls";

    /** In the evidence of a rejection: whether it shows under tiny values alone, which may be lost and not dropped. */
    public static final String OF_TINY_VALUES = "of_tiny_values";

    /** In the evidence against a rate: whether it is off by no more than the band that a pass certifies. */
    public static final String WITHIN_BAND = "within_band";

    /** In the evidence of a rejection: whether none of the elements that are told was dropped. */
    public static final String NOTHING_DROPPED = "nothing_dropped";

    /** In the evidence of a rejection: whether less than half as many were dropped as should be. */
    public static final String HARDLY_ANYTHING = "hardly_anything";

    /** In the evidence of a rejection: whether all of the elements that are told were dropped. */
    public static final String EVERYTHING_DROPPED = "everything_dropped";

    /** In the evidence of a rejection: whether less than half as many were kept as should be. */
    public static final String HARDLY_KEPT = "hardly_kept";

    /** In the evidence of a rejection: whether the number of drops varies more than it should. */
    public static final String VARIES_TOO_MUCH = "varies_too_much";

    /** By the family that rejects masks of seeds: the requirements on any stream whose failure explains it. */
    public static final Map<String, Set<String>> OF_ANY_STREAM = Map.of(
            "position", Set.of(POSITION),
            "duplicate", Set.of(DUPLICATES, RATE, LAGS),
            "across seeds", Set.of(FRESH, POSITION, RATE),
            "streams of seeds", Set.of(FRESH, DUPLICATES));

    private StatisticalRequirements() {}
}
