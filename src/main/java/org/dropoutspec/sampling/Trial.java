package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Ledger;
import org.dropoutspec.statistics.Rows;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;

/**
 * The masks of one implementation on trial: for each element type a stream of calls that goes on by itself, and one with
 * neighbouring seeds; then the rates near 0 and 1, and neighbouring rates under the same seed. All looks at a stream
 * share its masks.
 */
public final class Trial {
    private final Setting setting;
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private double seconds;

    /**
     * @param ledger with a share for each of {@link Requirements#ALL}
     * @param seed from which every input and every seed of a call follows
     * @param selected the ids of the requirements that are asked about
     * @param implementation answers a call or throws what an {@code Implementation} throws; any other exception ends the
     *     trial and is passed on
     */
    public Trial(
            Description description,
            Plan plan,
            Ledger ledger,
            long seed,
            Set<String> selected,
            Function<Call, Result> implementation) {
        this.setting = new Setting(description, plan, ledger, seed, Set.copyOf(selected), new Asker(implementation));
    }

    /** Runs the trial, once. */
    public Map<String, Conclusion> run() {
        long start = System.nanoTime();
        open(Requirements.RATE, Claim.RATE, "the drop rate");
        open(Requirements.LAGS, Claim.CORRELATION, "correlation of elements at a distance");
        open(Requirements.FRESH, Claim.CORRELATION, "correlation with the masks of calls before");
        open(Requirements.POSITION, Claim.PLACE, "drop rate in each lane of 64 and each sixteenth of a call");
        open(Requirements.DISPERSION, Claim.NONE, "no uneven or too even number of drops");
        open(Requirements.DUPLICATES, Claim.NONE, "no stretch of a mask seen twice");
        open(Requirements.CONTEXTS, Claim.CORRELATION, "correlation with each parity of the six elements before");
        open(Requirements.INPUT, Claim.PLACE, "drop rate by sign and magnitude of the input");
        open(Requirements.SEEDS, Claim.CORRELATION, "correlation of the masks of neighbouring seeds");
        for (DType dtype : setting.dtypes()) {
            stream(dtype, false, lines(dtype));
            if (setting.takesSeeds()) {
                stream(dtype, true, seededLines(dtype));
            }
        }
        Map<String, Conclusion> conclusions = new LinkedHashMap<>();
        if (setting.selected().contains(Requirements.EDGES)) {
            conclusions.put(Requirements.EDGES, new Edges(setting).conclusion());
        }
        if (setting.selected().contains(Requirements.NEIGHBOURS) && setting.takesSeeds()) {
            conclusions.put(Requirements.NEIGHBOURS, new Neighbours(setting).conclusion());
        }
        checks.forEach((id, check) -> conclusions.put(id, check.conclusion()));
        seconds = (System.nanoTime() - start) / 1e9;
        return conclusions;
    }

    /** How long it took, and how much of that the calls took by themselves. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "masks on trial: %,d elements in %.1f s, of which the calls took %.1f s",
                setting.asker().elements(),
                seconds,
                setting.asker().seconds());
    }

    private void open(String id, Claim claim, String claimed) {
        if (setting.selected().contains(id) && (setting.takesSeeds() || !id.equals(Requirements.SEEDS))) {
            checks.put(id, new Check(setting, claim, claimed));
        }
    }

    private void stream(DType dtype, boolean everySeed, List<Line> lines) {
        if (!lines.isEmpty()) {
            try {
                new MaskStream(setting, dtype, everySeed, lines).run();
            } catch (Refusal refusal) {
                lines.stream()
                        .filter(line -> line.finding().isEmpty())
                        .forEach(line -> checks.get(line.requirement).refuse(refusal.getMessage()));
            }
        }
    }

    private List<Line> lines(DType dtype) {
        List<Line> lines = new ArrayList<>();
        add(lines, Requirements.RATE, dtype, Claim.RATE, false, Family::rate);
        add(lines, Requirements.LAGS, dtype, Claim.CORRELATION, false, Family::lags);
        add(lines, Requirements.FRESH, dtype, Claim.CORRELATION, false, design -> Family.across(design, "call"));
        add(lines, Requirements.POSITION, dtype, Claim.PLACE, false, Family::position);
        add(lines, Requirements.DISPERSION, dtype, Claim.NONE, false, Family::dispersion);
        add(lines, Requirements.DUPLICATES, dtype, Claim.NONE, false, Family::duplicates);
        add(lines, Requirements.CONTEXTS, dtype, Claim.CORRELATION, false, Family::contexts);
        add(lines, Requirements.INPUT, dtype, Claim.PLACE, false, design -> Family.strata(design, Stimulus.FEATURES));
        return lines;
    }

    private List<Line> seededLines(DType dtype) {
        List<Line> lines = new ArrayList<>();
        add(lines, Requirements.DUPLICATES, dtype, Claim.NONE, true, Family::duplicates);
        add(lines, Requirements.SEEDS, dtype, Claim.NONE, true, Family::duplicates);
        add(lines, Requirements.SEEDS, dtype, Claim.NONE, true, Family::position);
        add(lines, Requirements.SEEDS, dtype, Claim.CORRELATION, true, design -> Family.across(design, "seed"));
        return lines;
    }

    private void add(
            List<Line> lines, String id, DType dtype, Claim claim, boolean everySeed, Function<Design, Family> fresh) {
        Check check = checks.get(id);
        if (check != null && !check.isRejected()) {
            List<Stratum> strata = Schedule.rates(dtype).stream()
                    .map(rate -> new Stratum(dtype, rate))
                    .toList();
            Design design = new Design(strata, setting.resolution(), Rows.NONE);
            lines.add(check.add(new Line(setting, id, dtype, claim, everySeed, parts(id), fresh, fresh.apply(design))));
        }
    }

    /** Into how many lines a requirement's share is divided: more in each type where seeds add a stream or looks at it. */
    private int parts(String id) {
        int lines = switch (id) {
            case Requirements.SEEDS -> 3;
            case Requirements.DUPLICATES -> 2;
            default -> 1;
        };
        return setting.dtypes().size() * lines;
    }
}
