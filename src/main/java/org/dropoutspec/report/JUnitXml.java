package org.dropoutspec.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.dropoutspec.implementation.Printable;

/** Certificates in the XML that CI servers read as test results. Like the page, it is made from the JSON. */
final class JUnitXml {
    private JUnitXml() {}

    /** One certificate becomes a test suite, several become several suites. */
    static String of(List<JsonNode> certificates) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            if (certificates.size() > 1) {
                xml.writeStartElement("testsuites");
            }
            for (JsonNode certificate : certificates) {
                write(xml, certificate);
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a string can always be written to", impossible);
        }
        return text.append('\n').toString();
    }

    private static void write(XMLStreamWriter xml, JsonNode certificate) throws XMLStreamException {
        JsonNode reasons = certificate.path("not_judged");
        JsonNode entries = certificate.path("requirements");
        boolean own = certificate.path("embedded_reference").asBoolean();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", StoredCertificate.title(certificate) + (own ? " (the suite's own)" : ""));
        xml.writeAttribute("tests", Integer.toString(entries.size() + reasons.size()));
        xml.writeAttribute("failures", Long.toString(count(entries, "fail")));
        xml.writeAttribute(
                "errors", Long.toString(reasons.size() + count(entries, "error") + count(entries, "inconclusive")));
        xml.writeAttribute("skipped", Long.toString(count(entries, "unsupported")));
        xml.writeAttribute(
                "time",
                String.format(Locale.ROOT, "%.3f", certificate.path("seconds").asDouble()));
        for (JsonNode reason : reasons) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", "dropout");
            xml.writeAttribute("name", "the implementation was judged");
            write(xml, "error", "not judged: " + reason.asText());
            xml.writeEndElement();
        }
        for (JsonNode entry : entries) {
            String id = entry.path("id").asText();
            xml.writeStartElement("testcase");
            xml.writeAttribute(
                    "classname",
                    Printable.line(entry.path("operation").asText()) + "." + id.substring(0, id.indexOf('-')));
            xml.writeAttribute(
                    "name",
                    Printable.line(id + " " + entry.path("level").asText() + " "
                            + entry.path("title").asText()));
            told(xml, entry.path("verdict").asText(), entry.path("message").asText());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static long count(JsonNode entries, String verdict) {
        long count = 0;
        for (JsonNode entry : entries) {
            count += entry.path("verdict").asText().equals(verdict) ? 1 : 0;
        }
        return count;
    }

    private static void told(XMLStreamWriter xml, String verdict, String message) throws XMLStreamException {
        switch (verdict) {
            case "pass" -> {}
            case "unsupported" -> write(xml, "skipped", message);
            case "fail" -> write(xml, "failure", message);
            default -> write(xml, "error", verdict + ": " + message);
        }
    }

    private static void write(XMLStreamWriter xml, String element, String message) throws XMLStreamException {
        List<String> lines = StoredCertificate.lines(message);
        xml.writeStartElement(element);
        xml.writeAttribute("message", lines.isEmpty() ? "" : lines.get(0));
        if (lines.size() > 1) {
            xml.writeCharacters(String.join("\n", lines));
        }
        xml.writeEndElement();
    }
}
