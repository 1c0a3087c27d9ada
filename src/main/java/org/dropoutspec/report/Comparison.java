package org.dropoutspec.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Printable;

/**
 * Several certificates side by side, of implementations or of versions. The rows in which they differ come first.
 *
 * @param from the directory that the page will stand in; its links are relative to it
 */
public record Comparison(List<StoredCertificate> certificates, Path from) {
    /** How many requirements one cell names. The certificates' own pages name the rest. */
    private static final int MOST_NAMED = 6;

    static final List<String> WORST_FIRST = List.of("fail", "error", "inconclusive", "unsupported", "pass");

    public Comparison {
        certificates = List.copyOf(certificates);
    }

    /** A comparison of which no page is made, or whose page stands in the working directory. */
    public Comparison(List<StoredCertificate> certificates) {
        this(certificates, Path.of(""));
    }

    /** The comparison as a page. */
    public String page() {
        return new ComparisonPage(this).text();
    }

    /** The comparison as text: one certificate in full; of several, the differences and the findings of each. */
    public List<String> text() {
        return StoredText.lines(this);
    }

    /** The certificates as test results, in JUnit XML. */
    public String junit() {
        return JUnitXml.of(certificates.stream().map(StoredCertificate::json).toList());
    }

    /** The comparison as JSON: one certificate as it is; several in a list, after the requirements that differ. */
    public String json() {
        return StoredJson.of(this);
    }

    /** The comparison as a table in Markdown, rows that differ first. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| |"
                + joined(certificates.stream().map(StoredCertificate::title).toList()));
        lines.add("|" + " --- |".repeat(certificates.size() + 1));
        lines.add("| outcome |"
                + joined(certificates.stream().map(StoredCertificate::outcome).toList()));
        List<String> rows = new ArrayList<>(rows());
        rows.sort((one, other) -> Boolean.compare(differs(other), differs(one)));
        for (String row : rows) {
            lines.add("| " + row.replace(":", " ") + " |"
                    + joined(certificates.stream().map(one -> words(one, row)).toList()));
        }
        return lines;
    }

    private static String joined(List<String> cells) {
        return cells.stream().map(cell -> " " + escaped(cell) + " |").reduce("", String::concat);
    }

    /** Escapes the characters of Markdown and HTML, so that a stranger's name becomes no link, picture or tag. */
    private static String escaped(String cell) {
        return Printable.line(cell).replaceAll("[\\\\|`*_\\[\\]<>!#&~]", "\\\\$0");
    }

    /** The rows in which the certificates do not all say the same. */
    List<String> differing() {
        return rows().stream().filter(this::differs).toList();
    }

    /** The rows, each an operation and a chapter, in the order of their first appearance. */
    List<String> rows() {
        Set<String> rows = new LinkedHashSet<>();
        certificates.forEach(certificate ->
                certificate.verdicts().keySet().forEach(name -> rows.add(name.substring(0, name.lastIndexOf('-')))));
        return List.copyOf(rows);
    }

    private boolean differs(String row) {
        return certificates.stream().map(one -> ofRow(one, row)).distinct().count() > 1;
    }

    static Map<String, String> ofRow(StoredCertificate certificate, String row) {
        Map<String, String> verdicts = new TreeMap<>(Comparator.comparingInt(Comparison::number));
        certificate.verdicts().forEach((name, verdict) -> {
            if (name.startsWith(row + "-")) {
                verdicts.put(name, verdict);
            }
        });
        return verdicts;
    }

    /** The number of a requirement within its chapter. */
    static int number(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    static String words(StoredCertificate certificate, String row) {
        Map<String, String> verdicts = ofRow(certificate, row);
        List<String> parts = new ArrayList<>();
        for (String word : WORST_FIRST) {
            List<String> named = withVerdict(verdicts, word)
                    .map(name -> name.substring(name.indexOf(':') + 1))
                    .toList();
            if (!named.isEmpty()) {
                parts.add(named.size() + " " + word
                        + (word.equals("fail") || word.equals("error") ? " (" + few(named) + ")" : ""));
            }
        }
        return parts.isEmpty() ? "not declared" : String.join(", ", parts);
    }

    static Stream<String> withVerdict(Map<String, String> verdicts, String word) {
        return verdicts.entrySet().stream()
                .filter(verdict -> verdict.getValue().equals(word))
                .map(Map.Entry::getKey);
    }

    static String few(List<String> names) {
        return names.size() <= MOST_NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMED)) + " and " + (names.size() - MOST_NAMED) + " more";
    }

    /** The verdicts that changed from the first certificate to the last, one line each. What got worse comes first. */
    public List<String> changes() {
        List<String> worse = new ArrayList<>();
        List<String> other = new ArrayList<>();
        Map<String, String> before = certificates.get(0).verdicts();
        StoredCertificate last = certificates.get(certificates.size() - 1);
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(last.verdicts().keySet());
        for (String name : names) {
            String was = before.getOrDefault(name, "not asked");
            String is = last.verdicts().getOrDefault(name, "not asked");
            if (!was.equals(is)) {
                String message = last.messages().getOrDefault(name, "");
                String line = String.format(Locale.ROOT, "%s: %s, was %s", name, is, was)
                        + (message.isEmpty() || is.equals("pass") ? "" : ": " + message);
                (isWorse(was, is) ? worse : other).add((isWorse(was, is) ? "worse  " : "       ") + line);
            }
        }
        worse.addAll(other);
        return worse;
    }

    /** Whether anything got worse from the first to the last. */
    public boolean gotWorse() {
        return changes().stream().anyMatch(line -> line.startsWith("worse"));
    }

    private static boolean isWorse(String was, String is) {
        return was.equals("pass") && !is.equals("pass") || is.equals("fail") || is.equals("error");
    }
}
