package org.dropoutspec.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Printable;

/** A certificate in the XML that continuous integration servers read as test results. */
final class JUnitXml {
    private JUnitXml() {}

    static String of(Certificate certificate) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            write(xml, certificate);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a string can always be written to", impossible);
        }
        return text.append('\n').toString();
    }

    private static void write(XMLStreamWriter xml, Certificate certificate) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute(
                "name",
                certificate.implementation().title() + (certificate.isOfReference() ? " (the suite's own)" : ""));
        xml.writeAttribute(
                "tests",
                Integer.toString(
                        certificate.findings().size() + certificate.reasons().size()));
        xml.writeAttribute("failures", Long.toString(certificate.count(Verdict.Fail.class)));
        xml.writeAttribute(
                "errors",
                Long.toString(certificate.reasons().size()
                        + certificate.count(Verdict.Error.class)
                        + certificate.count(Verdict.Inconclusive.class)));
        xml.writeAttribute("skipped", Long.toString(certificate.count(Verdict.Unsupported.class)));
        xml.writeAttribute(
                "time",
                String.format(Locale.ROOT, "%.3f", certificate.duration().toMillis() / 1000.0));
        for (String reason : certificate.reasons()) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", "dropout");
            xml.writeAttribute("name", "the implementation was judged");
            write(xml, "error", "not judged: " + reason);
            xml.writeEndElement();
        }
        for (Certificate.Finding finding : certificate.findings()) {
            xml.writeStartElement("testcase");
            xml.writeAttribute(
                    "classname",
                    finding.operation() + "." + finding.requirement().chapter());
            xml.writeAttribute("name", finding.requirement().heading());
            write(xml, finding.verdict());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void write(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
        if (verdict instanceof Verdict.Pass) {
            return;
        }
        if (verdict instanceof Verdict.Unsupported) {
            write(xml, "skipped", verdict.message());
        } else if (verdict instanceof Verdict.Fail) {
            write(xml, "failure", verdict.message());
        } else {
            write(xml, "error", verdict.word() + ": " + verdict.message());
        }
    }

    private static void write(XMLStreamWriter xml, String element, String message) throws XMLStreamException {
        List<String> lines = Printable.lines(message);
        xml.writeStartElement(element);
        xml.writeAttribute("message", lines.isEmpty() ? "" : lines.get(0));
        if (lines.size() > 1) {
            xml.writeCharacters(String.join("\n", lines));
        }
        xml.writeEndElement();
    }
}
