package org.dropoutspec.certify;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Operations;
import org.dropoutspec.sampling.Part;
import org.dropoutspec.sampling.Pool;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;

/**
 * Puts an implementation to the contracts of every operation that it declares, through the JUnit Platform, in this
 * thread.
 *
 * @param tier how much is asked
 * @param seed the master seed
 * @param selection what is judged
 * @param progress told the id of each requirement as its check begins
 * @param pictured whether the evidence also holds the figures for pictures, which no verdict needs
 * @param examiner how a mask site is examined
 */
public record Certifier(
        Tier tier, long seed, Selection selection, Consumer<String> progress, boolean pictured, Examiner examiner) {
    /** Held here to keep its level: what jqwik logs is of no interest to whoever certifies, or told by the suite. */
    private static final Logger JQWIK = Logger.getLogger("net.jqwik");

    public Certifier {
        JQWIK.setLevel(Level.OFF);
    }

    /** A certifier that asks everything by itself, without pictures. */
    public Certifier(Tier tier, long seed, Selection selection, Consumer<String> progress) {
        this(tier, seed, selection, progress, false, Examiner.ASKING);
    }

    /** @param only requirements; all when empty */
    public Certifier(Tier tier, long seed, Set<String> only, Consumer<String> progress) {
        this(tier, seed, Selection.of(only), progress);
    }

    /** The same certifier, telling its progress to another consumer. */
    public Certifier withProgress(Consumer<String> told) {
        return new Certifier(tier, seed, selection, told, pictured, examiner);
    }

    /** The same certifier, with the figures for pictures. */
    public Certifier withPictures() {
        return new Certifier(tier, seed, selection, progress, true, examiner);
    }

    Certifier examining(Examiner other) {
        return new Certifier(tier, seed, selection, progress, pictured, other);
    }

    /** A shard and its own certificate, which leaves open whatever needs the masks of all shards. */
    public record OfPart(Certificate certificate, Shard shard) {
        /** The same with one fault more, which came after the last finding. */
        public OfPart withFault(String fault) {
            return new OfPart(certificate.withFault(fault), shard);
        }
    }

    /** Examines the part of one of several processes; the other parts are examined elsewhere. */
    public OfPart part(Implementation implementation, Part part) {
        Examiner.OfPart examining = new Examiner.OfPart(part);
        Certificate certificate = examining(examining).certify(implementation);
        return new OfPart(certificate, examining.shard());
    }

    /** For each mask site, counts to which those of shards can be added. */
    Map<String, Pool> pools(Description description) {
        Map<String, Pool> pools = new LinkedHashMap<>();
        examining(new Examiner.OfPools(pools)).certify(new Unasked(description));
        return pools;
    }

    /** How many checks an implementation with this description is put to. */
    public int count(Description description) {
        Set<String> operations = operations(description);
        return operations.stream()
                .mapToInt(operation -> requirements(operation, operations).size() * sites(operation))
                .sum();
    }

    private static int sites(String operation) {
        return Operations.named(operation).map(known -> known.sites().size()).orElse(1);
    }

    /** Whether this names a requirement that is examined, of one operation or of all that have it. */
    public boolean examines(String named) {
        return known().anyMatch(operation -> requirements(operation).stream()
                .anyMatch(requirement ->
                        requirement.id().equals(named) || (operation + ":" + requirement.id()).equals(named)));
    }

    private static Stream<String> known() {
        return Stream.concat(
                Stream.of(PlainDropout.NAME), Operations.all().stream().map(Operation::name));
    }

    /** Whether the selection leaves out nothing of the declared operations. */
    boolean isWhole(Description description) {
        return selection.isAllOf(
                known().filter(description.operations()::contains).toList());
    }

    private Set<String> operations(Description description) {
        return known().filter(description.operations()::contains)
                .filter(operation -> operation.equals(PlainDropout.NAME)
                        || !description.declaration(operation).dtypes().isEmpty())
                .filter(selection::hasOperation)
                .filter(operation -> !requirements(operation).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Requirement> requirements(String operation) {
        Set<String> checked = Judged.checks(operation).keySet();
        return Specification.embedded().requirements().stream()
                .filter(requirement -> checked.contains(requirement.id()))
                .filter(requirement -> selection.has(operation, requirement.id()))
                .toList();
    }

    /** The same among all examined operations: requirements on the process are asked of the first alone. */
    private List<Requirement> requirements(String operation, Set<String> operations) {
        boolean first = operations.iterator().next().equals(operation);
        return requirements(operation).stream()
                .filter(requirement -> first || !Judged.isOfProcess(operation, requirement.id()))
                .toList();
    }

    /** Examines the implementation; the caller closes it where it needs closing. */
    public Certificate certify(Implementation implementation) {
        long start = System.nanoTime();
        Description description = Session.described(implementation);
        Set<String> operations = operations(description);
        int others = operations.stream()
                .filter(operation -> !operation.equals(PlainDropout.NAME))
                .mapToInt(Certifier::sites)
                .sum();
        List<Examined> all = operations.stream()
                .map(operation -> Examined.of(
                        implementation,
                        operation,
                        requirements(operation, operations),
                        this,
                        share(operation, operations.size(), others)))
                .toList();
        return new Certificate(
                version(),
                Specification.embedded().sha256(),
                description,
                tier,
                seed,
                isWhole(description),
                all.stream().mapToLong(Examined::elements).sum(),
                Duration.ofNanos(System.nanoTime() - start),
                all.stream().map(Examined::judged).toList(),
                all.stream().flatMap(examined -> examined.ledger().stream()).toList(),
                faults(all, description),
                all.stream().flatMap(examined -> examined.findings().stream()).toList());
    }

    /** Plain dropout has half, the other mask sites share the other half equally; a single operation has the whole. */
    private static double share(String operation, int operations, int others) {
        double all = Certificate.FALSE_ALARM_RATE;
        if (operations == 1 && others == 0) {
            return all;
        }
        boolean plain = operation.equals(PlainDropout.NAME);
        boolean shared = operations > 1;
        return plain ? all / 2 : all / (shared ? 2 : 1) / others;
    }

    private List<String> faults(List<Examined> all, Description description) {
        if (all.isEmpty()) {
            return List.of("declares no operation that this suite asks about"
                    + (isWhole(description) ? "" : " and that was selected") + ": "
                    + String.join(", ", description.operations()));
        }
        return all.stream()
                .flatMap(examined -> examined.faults().stream())
                .distinct()
                .toList();
    }

    /** The version of the suite; {@code development} where no jar tells it. */
    public static String version() {
        String version = Certifier.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
