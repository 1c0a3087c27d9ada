package org.dropoutspec.certify;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.contract.Examination;
import org.dropoutspec.sampling.Part;

/**
 * The result of one of several processes, to be merged with those of the others.
 *
 * @param part which of how many
 * @param sites the result of each mask site, in the order in which they were examined
 */
public record Shard(Part part, List<AtSite> sites) {
    /** With more shards, each would have too few seeds of its own. */
    public static final int MOST = 10_000;

    public Shard {
        sites = List.copyOf(sites);
    }

    /**
     * The result of one mask site.
     *
     * @param obstacle how it broke at the plainest calls; empty where it did not
     */
    public record AtSite(String operation, String site, Examination examination, Optional<String> obstacle) {
        String name() {
            return operation + " " + site;
        }

        AtSite with(Examination other) {
            return new AtSite(operation, site, other, obstacle);
        }
    }

    /**
     * Reads {@code 2/8}, which counts from 1.
     *
     * @throws IllegalArgumentException when it names no shard
     */
    public static Part part(String name) {
        int slash = name.indexOf('/');
        try {
            int number = Integer.parseInt(name.substring(0, Math.max(0, slash)));
            int of = Integer.parseInt(name.substring(slash + 1));
            if (number >= 1 && number <= of && of >= 2 && of <= MOST) {
                return new Part(number - 1, of);
            }
        } catch (NumberFormatException none) {
            // told below
        }
        throw new IllegalArgumentException(
                "shard (" + name + ") must be K/N, such as 2/8: K from 1 to N, and N from 2 to " + MOST);
    }

    /** {@code 2/8}, counting from 1. */
    public String name() {
        return part.number() + 1 + "/" + part.of();
    }

    AtSite of(String operation, String site) {
        return sites.stream()
                .filter(each ->
                        each.operation().equals(operation) && each.site().equals(site))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "shard (" + name() + ") must have evidence of " + operation + ", " + site));
    }
}
