package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropoutspec.certify.Certificates.ERROR;
import static org.dropoutspec.certify.Certificates.FAIL;
import static org.dropoutspec.certify.Certificates.INCONCLUSIVE;
import static org.dropoutspec.certify.Certificates.PASS;
import static org.dropoutspec.certify.Certificates.UNSUPPORTED;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certificates;
import org.dropoutspec.contract.Verdict;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class JUnitXmlTest {
    @Test
    void countsWhatItLists() throws Exception {
        Element suite = parse(Certificates.whole(
                "FWD-1", FAIL, "FWD-7", PASS, "BWD-1", UNSUPPORTED, "EVAL-2", INCONCLUSIVE, "NUM-1", ERROR));
        assertThat(suite.getAttribute("name")).isEqualTo("mine 4.5");
        assertThat(suite.getAttribute("tests")).isEqualTo("5").isEqualTo(count(suite, "testcase"));
        assertThat(suite.getAttribute("failures")).isEqualTo("1").isEqualTo(count(suite, "failure"));
        assertThat(suite.getAttribute("errors")).isEqualTo("2").isEqualTo(count(suite, "error"));
        assertThat(suite.getAttribute("skipped")).isEqualTo("1").isEqualTo(count(suite, "skipped"));
        assertThat(suite.getAttribute("time")).isEqualTo("1.500");
    }

    @Test
    void aTestCaseIsNamedForItsRequirement() throws Exception {
        Element test = child(parse(Certificates.whole("FWD-1", FAIL)), "testcase");
        assertThat(test.getAttribute("classname")).isEqualTo("dropout.FWD");
        assertThat(test.getAttribute("name")).isEqualTo("FWD-1 MUST scale what it keeps by 1/(1 - rate)");
        assertThat(child(test, "failure").getAttribute("message")).isEqualTo("index 0, expected 2.0, got 1.0");
    }

    @Test
    void whatIsOpenSaysWhichWay() throws Exception {
        Element suite = parse(Certificates.whole("FWD-1", INCONCLUSIVE));
        assertThat(child(suite, "error").getAttribute("message")).isEqualTo("inconclusive: the budget ended");
    }

    @Test
    void anyTextGivesWellFormedXml() throws Exception {
        StringBuilder all = new StringBuilder("<&\"'>]]>");
        for (char letter = 0; letter < 0x20; letter++) {
            all.append(letter == '\n' || letter == '\r' ? ' ' : letter);
        }
        all.append("\uD800 \uDFFF \uFFFE \uFFFF \u007F \u2028 \u202e \u00e9 \u4e2d");
        Certificate certificate = Certificates.whole("FWD-1", new Verdict.Error(all.toString()));
        Element suite = parse(Certificates.named(all.toString(), certificate));
        assertThat(child(suite, "error").getAttribute("message"))
                .startsWith("error: <&\"'>]]>\\u0000\\u0001")
                .endsWith("\\ud800 \\udfff \\ufffe \\uffff \\u007f \\u2028 \\u202e \u00e9 \u4e2d");
        assertThat(suite.getAttribute("name")).startsWith("<&\"'>]]>\\u0000\\u0001");
    }

    @Test
    void aMessageOfSeveralLinesIsToldWithItsFirstAndHeldWhole() throws Exception {
        Element error =
                child(parse(Certificates.whole("FWD-1", new Verdict.Error("died\nrequest: {}\r::error::x"))), "error");
        assertThat(error.getAttribute("message")).isEqualTo("error: died");
        assertThat(error.getTextContent()).isEqualTo("error: died\n  request: {}\n  \\u003a:error::x");
    }

    @Test
    void whatWasNotJudgedForAnotherReasonIsAnErrorOfItsOwn() throws Exception {
        Element suite = parse(Certificates.coreAnd("BWD-1", PASS).withFault("it exited with status 3"));
        assertThat(suite.getAttribute("errors")).isEqualTo("1").isEqualTo(count(suite, "error"));
        assertThat(suite.getAttribute("tests")).isEqualTo("5").isEqualTo(count(suite, "testcase"));
        assertThat(child(suite, "error").getAttribute("message")).isEqualTo("not judged: it exited with status 3");
    }

    @Test
    void aLetterBeyondTheBasicPlaneIsKept() throws Exception {
        Element suite = parse(Certificates.whole("FWD-1", new Verdict.Error("dropout \uD83C\uDFB2")));
        assertThat(child(suite, "error").getAttribute("message")).isEqualTo("error: dropout \uD83C\uDFB2");
    }

    private static Element parse(Certificate certificate) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(
                        new StringReader(JUnitXml.of(List.of(CertificateJson.of(certificate, id -> "again " + id))))))
                .getDocumentElement();
    }

    private static Element child(Element parent, String name) {
        return (Element) parent.getElementsByTagName(name).item(0);
    }

    private static String count(Element parent, String name) {
        return Integer.toString(parent.getElementsByTagName(name).getLength());
    }
}
