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
        trials(root.putArray("mutants"), result.mutants());
        trials(root.putArray("sound"), result.sound());
        return root;
    }

    private static void trials(ArrayNode array, List<MutantRun> trials) {
        for (MutantRun trial : trials) {
            ObjectNode entry = array.addObject().put("name", trial.name());
            trial.own().ifPresent(own -> {
                entry.put("requirement", own).put("defect", trial.defect());
                entry.put("found", trial.asItShouldBe());
                if (trial.judged()) {
                    entry.put("message", trial.verdicts().get(own).message());
                }
            });
            entry.put("elements", trial.elements()).put("seconds", trial.seconds());
            ArrayNode foundBy = entry.putArray("found_by");
            trial.foundBy().forEach(foundBy::add);
            ObjectNode verdicts = entry.putObject("verdicts");
            trial.verdicts().forEach((id, verdict) -> verdicts.put(id, verdict.word()));
        }
    }
}
