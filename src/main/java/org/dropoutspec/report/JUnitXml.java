package org.dropoutspec.report;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.contract.Verdict;

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
                certificate.implementation().name() + " "
                        + certificate.implementation().version());
        xml.writeAttribute("tests", Integer.toString(certificate.findings().size()));
        xml.writeAttribute("failures", Long.toString(certificate.count(Verdict.Fail.class)));
        xml.writeAttribute(
                "errors",
                Long.toString(certificate.count(Verdict.Error.class) + certificate.count(Verdict.Inconclusive.class)));
        xml.writeAttribute("skipped", Long.toString(certificate.count(Verdict.Unsupported.class)));
        xml.writeAttribute(
                "time",
                String.format(Locale.ROOT, "%.3f", certificate.duration().toMillis() / 1000.0));
        for (Certificate.Finding finding : certificate.findings()) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", "dropout." + finding.requirement().chapter());
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
        String element = verdict instanceof Verdict.Fail
                ? "failure"
                : verdict instanceof Verdict.Unsupported ? "skipped" : "error";
        xml.writeEmptyElement(element);
        xml.writeAttribute(
                "message", (element.equals("error") ? verdict.word() + ": " : "") + printable(verdict.message()));
    }

    /** XML 1.0 has no way to write most control characters, and an adapter's log may hold any. */
    private static String printable(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uD800-\\uDFFF\\uFFFE\\uFFFF]", "\uFFFD");
    }
}
