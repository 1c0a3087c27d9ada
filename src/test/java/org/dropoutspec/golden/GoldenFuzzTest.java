package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dropoutspec.fuzz.DamagedText;
import org.dropoutspec.fuzz.Fuzz;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.JsonText;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Golden files damaged at random: problems told in bounded lines, and nothing thrown. */
@Timeout(600)
class GoldenFuzzTest {
    @Test
    void whateverStandsInAFileItsProblemsAreTold() {
        List<VectorFile> files = Vectors.files();
        Fuzz.rounds(400, random -> {
            VectorFile file = files.get(random.nextInt(files.size()));
            GoldenVector vector =
                    file.vectors().get(random.nextInt(file.vectors().size()));
            VectorFile one = new VectorFile(file.topic(), file.about(), file.notes(), List.of(), List.of(vector));
            String good = new String(JsonText.of(VectorTree.of(one)), StandardCharsets.UTF_8);
            byte[] text = random.nextBoolean()
                    ? DamagedText.bytes(good, random)
                    : DamagedText.json(good, random).getBytes(StandardCharsets.UTF_8);
            GoldenReport report = Vectors.verify(
                    List.of(Vectors.source(file.topic() + ".json", text)), new ReferenceImplementation(1));
            assertThat(report.files()).isEqualTo(1);
            assertThat(report.problems())
                    .allSatisfy(problem -> assertThat(problem.toString()).hasSizeLessThan(2000));
        });
    }
}
