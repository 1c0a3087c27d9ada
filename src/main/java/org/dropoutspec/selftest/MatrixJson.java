package org.dropoutspec.selftest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** A self-test as JSON. */
final class MatrixJson {
    private MatrixJson() {}

    static ObjectNode of(SelfTestResult result) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", "dropout-self-test/1");
        root.put("tier", result.tier().toString());
        root.put("seed", result.seed());
        root.put("extent", result.extent().name().toLowerCase(Locale.ROOT));
        root.put("trusted", result.exitStatus() == 0);
        runs(root.putArray("mutants"), result.mutants());
        runs(root.putArray("sound"), result.sound());
        return root;
    }

    private static void runs(ArrayNode array, List<MutantRun> runs) {
        for (MutantRun run : runs) {
            ObjectNode entry = array.addObject().put("name", run.name());
            run.own().ifPresent(own -> {
                entry.put("requirement", own).put("defect", run.defect());
                entry.put("found", run.asItShouldBe());
                if (run.judged()) {
                    entry.put("message", run.ofOwn().message());
                }
            });
            entry.put("elements", run.elements()).put("seconds", run.seconds());
            ArrayNode foundBy = entry.putArray("found_by");
            run.foundBy().forEach(foundBy::add);
            ObjectNode verdicts = entry.putObject("verdicts");
            run.verdicts().forEach((id, verdict) -> verdicts.put(id, verdict.word()));
        }
    }
}
