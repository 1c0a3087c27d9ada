package org.dropoutspec.golden.topic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dropoutspec.golden.exact.OperationExpectations;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorFile.Note;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperations;
import org.dropoutspec.implementation.OperationCall;

/** Collects the vectors of one operation; their expectations are derived from their calls. */
public final class OperationTopic {
    private final VectorOperation operation;
    private final String about;
    private final List<GoldenVector> vectors = new ArrayList<>();
    private final SortedMap<String, Note> notes = new TreeMap<>();

    public OperationTopic(VectorOperation operation, String about) {
        this.operation = operation;
        this.about = about;
    }

    /** A call of the operation with this rate. */
    public OperationCall call(double rate, boolean training) {
        return OperationCall.of(operation.name()).with("training", training).with("rate", rate);
    }

    /** @param hunted the bugs that the vector looks for */
    public void add(String id, String requirement, String comment, OperationCall call, Note... hunted) {
        for (Note note : hunted) {
            notes.put(note.flag(), note);
        }
        List<String> flags = Arrays.stream(hunted).map(Note::flag).toList();
        vectors.add(new GoldenVector.OfOperation(
                new Label(id, requirement, flags, comment), call, OperationExpectations.of(operation, call)));
    }

    /** Adds the call at rates that must be rejected. */
    public void addBadRates(String id, String field, OperationCall good) {
        Note clamped = Flag.BAD_RATE_CLAMPED.note();
        add(
                id + "-negative",
                Requirements.NEGATIVE_RATE,
                "a negative rate is rejected",
                good.with(field, -0.5),
                clamped);
        add(id + "-above-1", Requirements.RATE_ABOVE_ONE, "a rate above 1 is rejected", good.with(field, 1.5), clamped);
        add(
                id + "-nan",
                Requirements.NAN_RATE,
                "a rate that is no number is rejected",
                good.with(field, Double.NaN),
                clamped);
    }

    public VectorFile file() {
        return new VectorFile(VectorOperations.topic(operation), about, notes, List.of(), vectors);
    }
}
