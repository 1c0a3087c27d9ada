package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;

/** The steps of a walk so far, in words, as a counterexample lists them. */
final class StepsTold {
    /** More equal steps in a row than this are told in one line. */
    private static final int MOST_ALIKE = 4;

    private final List<String> steps = new ArrayList<>();

    void add(String step) {
        steps.add(step);
    }

    /** The number of the step that was added last, from 1 on. */
    int number() {
        return steps.size();
    }

    /** The finding, and the steps that show it, one on each line. */
    String after(String finding) {
        StringBuilder text = new StringBuilder(finding + ":");
        for (int step = 0, next; step < steps.size(); step = next) {
            next = alike(step);
            text.append('\n')
                    .append(step + 1)
                    .append(next - step > 1 ? " to " + next : "")
                    .append(". ")
                    .append(steps.get(step));
        }
        return text.toString();
    }

    /** The step after the row of steps equal to this one; if they are few, the next step: few are told one by one. */
    private int alike(int step) {
        int next = step + 1;
        while (next < steps.size() && steps.get(next).equals(steps.get(step))) {
            next++;
        }
        return next - step > MOST_ALIKE ? next : step + 1;
    }
}
