package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The false-alarm probability of a whole run, shared among its checks before the first draw.
 *
 * <p>Shares add up to at most the whole, so that the probability of any false alarm is at most the whole, whatever the
 * dependence between checks (union bound) and whenever each is read (Ville's inequality).
 */
public final class Ledger {
    private final double total;
    private final Map<String, Share> shares;

    private Ledger(double total, Map<String, Share> shares) {
        this.total = total;
        this.shares = shares;
    }

    /**
     * The share of one check: the false-alarm probability that it may spend.
     *
     * @param alpha the probability
     * @param byEvidence whether an e-value decides; otherwise {@code alpha} bounds a coincidence
     */
    public record Share(String check, double alpha, boolean byEvidence) {
        /** ln(1/alpha): the check rejects when the logarithm of its e-value reaches this. */
        public double threshold() {
            return -Math.log(alpha);
        }

        private String words() {
            return byEvidence ? "%.3g each, rejects at ln E >= %.2f" : "%.3g each, by coincidence";
        }
    }

    /** A ledger in the making, over the false-alarm probability {@code total} of the run. */
    public static Opening opening(double total) {
        RateCount.requireAlpha(total);
        return new Opening(total);
    }

    /** Collects the checks; nothing can be added once the ledger is open. */
    public static final class Opening {
        private final double total;
        private final Map<String, Double> weights = new LinkedHashMap<>();
        private final Map<String, Double> charges = new LinkedHashMap<>();

        private Opening(double total) {
            this.total = total;
        }

        /** Adds a check by e-value. These checks share what the charges leave, in proportion to their weights. */
        public Opening check(String name, double weight) {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("weight (" + weight + ") of " + name + " must be positive");
            }
            return put(weights, name, weight);
        }

        /** Adds a check of another kind, with a bound on the probability of any false alarm by it in the run. */
        public Opening charge(String name, double bound) {
            if (!(bound > 0)) {
                throw new IllegalArgumentException("bound (" + bound + ") of " + name + " must be positive");
            }
            return put(charges, name, bound);
        }

        private Opening put(Map<String, Double> entries, String name, double value) {
            if (weights.containsKey(name) || charges.containsKey(name)) {
                throw new IllegalArgumentException("check (" + name + ") must have one share only");
            }
            entries.put(name, value);
            return this;
        }

        public Ledger open() {
            double charged = sum(charges);
            double left = total - charged;
            if (!(weights.isEmpty() ? left >= 0 : left > 0)) {
                throw new IllegalStateException(
                        "charges (" + charged + ") must leave something of the run's " + total + " to the checks");
            }
            double weight = sum(weights);
            Map<String, Share> shares = new LinkedHashMap<>();
            charges.forEach((name, bound) -> shares.put(name, new Share(name, bound, false)));
            // the last bits are left unspent, so that rounding cannot spend more than the whole
            weights.forEach(
                    (name, own) -> shares.put(name, new Share(name, left * (own / weight) * (1 - 0x1p-40), true)));
            return new Ledger(total, shares);
        }

        private static double sum(Map<String, Double> entries) {
            return entries.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** The false-alarm probability of the run. */
    public double total() {
        return total;
    }

    /** The share of a check that was named before the ledger was opened. */
    public Share share(String check) {
        Share share = shares.get(check);
        if (share == null) {
            throw new IllegalArgumentException("check (" + check + ") must be one of " + shares.keySet());
        }
        return share;
    }

    public List<Share> shares() {
        return List.copyOf(shares.values());
    }

    /** The shares in words, for the report: a line for all checks with the same share. */
    public List<String> lines() {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (Share share : shares.values()) {
            String line = String.format(Locale.ROOT, share.words(), share.alpha(), share.threshold());
            alike.computeIfAbsent(line, same -> new ArrayList<>()).add(share.check());
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "probability of a false alarm, in all checks together: at most %.3g", total));
        alike.forEach((line, checks) -> lines.add("  " + line + ": " + String.join(", ", checks)));
        return lines;
    }
}
