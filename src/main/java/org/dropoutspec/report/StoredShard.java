package org.dropoutspec.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Merger;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.certify.Shard;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Printable;
import org.dropoutspec.spec.Specification;

/**
 * The certificate of a shard, read again.
 *
 * @param certificate one that has the field {@code shard}
 */
public record StoredShard(StoredCertificate certificate) {
    private static final String FIELD = "shard";
    /** How long a value in a message is at most, in characters. */
    private static final int LONGEST = 60;

    /** @throws IllegalArgumentException when the certificate is not of a shard, or of another version of the suite */
    public StoredShard {
        JsonNode json = certificate.json();
        if (!json.has(FIELD)) {
            throw new IllegalArgumentException("certificate (" + certificate.path()
                    + ") must be of a shard, as certify --shard K/N writes it, and is of a whole run");
        }
        require(certificate, "version of the suite", json.at("/suite/version").asText(), Certifier.version());
        require(
                certificate,
                "specification",
                json.at("/suite/specification").asText(),
                Specification.embedded().sha256());
    }

    private static void require(StoredCertificate certificate, String what, String is, String expected) {
        if (!is.equals(expected)) {
            throw new IllegalArgumentException("certificate (" + certificate.path() + ") must be of the same " + what
                    + ": " + told(expected) + ", and is of " + told(is));
        }
    }

    private static String told(String text) {
        return Printable.line(text, LONGEST);
    }

    /**
     * Adds what merge needs to the certificate of a shard.
     *
     * @param command the words that start the adapter
     */
    static void addTo(
            ObjectNode json, Certificate certificate, Shard shard, Selection selection, List<String> command) {
        ObjectNode node = ShardJson.of(shard);
        node.set("description", DescriptionJson.of(certificate.implementation()));
        names(node.putArray("operations"), selection.operations());
        names(node.putArray("only"), selection.only());
        command.forEach(node.putArray("command")::add);
        json.set(FIELD, node);
    }

    /**
     * The certificate of a shard as a text, to be sent to the place where it is merged.
     *
     * @param command the arguments that name the implementation
     */
    public static String text(Certifier.OfPart part, Selection selection, List<String> command) {
        ObjectNode json = CertificateJson.of(part.certificate(), requirement -> "");
        addTo(json, part.certificate(), part.shard(), selection, command);
        return json.toString();
    }

    /** @throws IllegalArgumentException when the text is not the certificate of a shard */
    public static StoredShard of(String text) {
        return new StoredShard(StoredCertificate.of(Path.of("sent"), text.getBytes(StandardCharsets.UTF_8)));
    }

    /** This certificate as a text, with another shard of the same run in it. */
    public String with(Shard shard) {
        ObjectNode json = certificate.json().deepCopy();
        ObjectNode other = ShardJson.of(shard);
        ((ObjectNode) json.get(FIELD)).setAll(other);
        return json.toString();
    }

    private static void names(ArrayNode array, Set<String> names) {
        names.stream().sorted().forEach(array::add);
    }

    private JsonNode node() {
        return certificate.json().path(FIELD);
    }

    /** How many shards the run has. */
    public int of() {
        return node().path("of").asInt();
    }

    public long seed() {
        return certificate.json().path("seed").asLong();
    }

    /** The arguments of certify that name the implementation, for use in a new command. */
    public List<String> command() {
        List<String> words = new ArrayList<>();
        node().path("command").forEach(word -> words.add(word.asText()));
        return words;
    }

    public Tier tier() {
        return Tier.named(certificate.json().path("tier").asText());
    }

    /** @throws IllegalArgumentException when the file was damaged */
    public Shard shard() {
        try {
            return ShardJson.read(node());
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException(
                    "certificate (" + certificate.path() + ") must have a whole shard: " + damaged.getMessage(),
                    damaged);
        }
    }

    /** A merger for this shard and the others of its run. */
    public Merger merger() {
        Description description;
        try {
            description = DescriptionJson.read(node().path("description"));
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException(
                    "certificate (" + certificate.path() + ") must have a whole shard: " + damaged.getMessage(),
                    damaged);
        }
        return new Merger(
                new Certifier(tier(), seed(), selection(), requirement -> {}).withPictures(), description, of());
    }

    private String asked() {
        List<String> names = new ArrayList<>(names("operations"));
        names.addAll(names("only"));
        return names.isEmpty() ? "everything" : String.join(", ", names);
    }

    private Selection selection() {
        return new Selection(names("operations"), names("only"));
    }

    private Set<String> names(String field) {
        Set<String> names = new LinkedHashSet<>();
        node().path(field).forEach(name -> names.add(name.asText()));
        return names;
    }

    /** @throws IllegalArgumentException when they are not of the same run; the message names the first difference */
    public void requireSameRun(StoredShard other) {
        JsonNode own = certificate.json();
        JsonNode others = other.certificate.json();
        requireSame("implementation", other, certificate.title(), other.certificate.title());
        if (!node().path("description").equals(other.node().path("description"))) {
            throw new IllegalArgumentException("certificate (" + certificate.path() + ") must describe "
                    + certificate.title() + " as " + other.certificate.path() + " does: another build, or other "
                    + "capabilities");
        }
        requireSame(
                "tier", other, own.path("tier").asText(), others.path("tier").asText());
        requireSame(
                "seed", other, own.path("seed").asText(), others.path("seed").asText());
        requireSame("number of shards", other, Integer.toString(of()), Integer.toString(other.of()));
        requireSame("selection", other, asked(), other.asked());
    }

    private void requireSame(String what, StoredShard other, String is, String expected) {
        if (!is.equals(expected)) {
            throw new IllegalArgumentException("certificate (" + certificate.path() + ") must be of the same " + what
                    + " as " + other.certificate.path() + ": " + told(expected) + ", and is of " + told(is));
        }
    }
}
