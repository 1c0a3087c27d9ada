package org.dropoutspec.demo;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.dropoutspec.demo.Demonstration.Size;
import org.dropoutspec.demo.Training.Measured;
import org.dropoutspec.demo.Uncertainty.Ring;
import org.dropoutspec.report.StandalonePage;

/** The results of the runs as a page: one file without scripts that needs no network. */
public final class DemoPage {
    private static final String WITHOUT_COLOUR = "var(--bad)";
    private static final String WITH_COLOUR = "var(--good)";
    private static final String SPREAD =
            " Lines are means over the seeds, bands go from the least to the greatest seed.";
    /** Distances from the middle of the examples; the half circles have radius 1. */
    private static final double[] DISTANCES = DoubleStream.iterate(
                    0, distance -> distance <= 15, distance -> distance + 0.75)
            .toArray();

    private final Demonstration demonstration;
    private final Size size;
    private final double[] steps;

    private DemoPage(Demonstration demonstration) {
        this.demonstration = demonstration;
        this.size = demonstration.size();
        this.steps = demonstration.trainings().get(0).history().stream()
                .mapToDouble(Measured::step)
                .toArray();
    }

    /** The page of these runs. To make it, further masks of the networks are drawn. */
    public static String of(Demonstration demonstration) {
        return new DemoPage(demonstration).page();
    }

    private String page() {
        return StandalonePage.of(
                "What dropout does",
                header(h1("What dropout does"), p(setting()), p(result())),
                main(losses(), rates(), uncertainty(), norms()));
    }

    private String setting() {
        return String.format(
                Locale.ROOT,
                "The suite's reference network, 2 - %d - ReLU - dropout - %d - ReLU - dropout - 2 - softmax, learns to tell "
                        + "two half circles apart: (cos t, sin t) and (1 - cos t, 1/2 - sin t), t uniform on [0, \u03c0], both "
                        + "blurred by normal noise of standard deviation %s. It has %d examples to learn from and is judged "
                        + "on %d others. Each seed, 1 to %d, draws examples and first weights anew; networks of one seed "
                        + "differ by the drop rate alone. %d steps on all examples, learning rate 0.03, momentum 0.9; "
                        + "no weight decay, no early end.",
                size.width(),
                size.width(),
                Moons.NOISE,
                size.examples(),
                size.validation(),
                size.seeds(),
                size.steps());
    }

    private String result() {
        return String.format(
                Locale.ROOT,
                "After the last step the validation loss was lower with dropout at rate %s than without it in %d of %d "
                        + "seeds. How many networks, steps and examples there are was chosen after looking at what "
                        + "came out: read it as an illustration and not as a measured effect.",
                Demonstration.WITH,
                demonstration.lowerWithDropout(),
                size.seeds());
    }

    private DomContent losses() {
        return div(
                h2("Loss"),
                figure(
                        figcaption("Cross-entropy on the validation examples (solid) and on the examples learnt from "
                                + "(dashed), with nothing dropped while it is measured." + SPREAD),
                        Plot.svg(
                                "loss by step, with and without dropout",
                                "step",
                                steps,
                                List.of(
                                        byStep("without, learnt", 0, "5 4", Measured::trainingLoss),
                                        byStep("with, learnt", Demonstration.WITH, "5 4", Measured::trainingLoss),
                                        byStep("without, validation", 0, "none", Measured::validationLoss),
                                        byStep(
                                                "with, validation",
                                                Demonstration.WITH,
                                                "none",
                                                Measured::validationLoss)),
                                false)));
    }

    private static String colour(double rate) {
        return rate == 0 ? WITHOUT_COLOUR : WITH_COLOUR;
    }

    private Plot.Curve byStep(String name, double rate, String dashes, ToDoubleFunction<Measured> what) {
        return new Plot.Curve(
                name,
                colour(rate),
                dashes,
                demonstration.of(rate).stream()
                        .map(training ->
                                training.history().stream().mapToDouble(what).toArray())
                        .toList());
    }

    private DomContent rates() {
        double[] rates = size.rates().stream().mapToDouble(Double::doubleValue).toArray();
        List<double[]> accuracies = new ArrayList<>();
        for (int seed = 0; seed < size.seeds(); seed++) {
            double[] run = new double[rates.length];
            for (int i = 0; i < rates.length; i++) {
                run[i] = demonstration.of(rates[i]).get(seed).last().accuracy();
            }
            accuracies.add(run);
        }
        return div(
                h2("The drop rate"),
                figure(
                        figcaption("Share of the validation examples that are told right after the last step, by drop "
                                + "rate. Each dot is a seed." + SPREAD),
                        Plot.svg(
                                "validation accuracy by drop rate",
                                "drop rate",
                                rates,
                                List.of(new Plot.Curve("validation accuracy", WITH_COLOUR, "none", accuracies)),
                                true)),
                p(
                        "Mean over the seeds, in brackets least and greatest. \"Lowest\" is the lowest validation loss on the way, "
                                + "what stopping at the best moment would have given."),
                div(table(
                                thead(tr(
                                        th("rate"),
                                        th("loss, learnt"),
                                        th("loss, validation"),
                                        th("lowest"),
                                        th("accuracy"))),
                                tbody(each(size.rates(), this::row))))
                        .withClass("wide"));
    }

    private DomContent row(double rate) {
        return tr(
                td(String.valueOf(rate)),
                td(spread(rate, training -> training.last().trainingLoss())),
                td(spread(rate, training -> training.last().validationLoss())),
                td(spread(
                        rate,
                        training -> training.history().stream()
                                .mapToDouble(Measured::validationLoss)
                                .min()
                                .orElseThrow())),
                td(spread(rate, training -> training.last().accuracy())));
    }

    private String spread(double rate, ToDoubleFunction<Training> what) {
        var all = demonstration.of(rate).stream().mapToDouble(what).summaryStatistics();
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", all.getAverage(), all.getMin(), all.getMax());
    }

    private DomContent uncertainty() {
        List<List<Ring>> without = rings(0);
        List<List<Ring>> with = rings(Demonstration.WITH);
        return div(
                h2("Monte-Carlo dropout, near the examples and far from them"),
                figure(
                        figcaption(
                                "How unsure the prediction is, its entropy in nats (0.693 is a coin), by the distance "
                                        + "from the middle of the examples, whose half circles have radius 1; mean over 32 "
                                        + "directions. Monte-Carlo is the mean prediction of 50 evaluations with dropout left on."
                                        + SPREAD),
                        Plot.svg(
                                "entropy of the prediction by distance",
                                "distance",
                                DISTANCES,
                                List.of(
                                        byDistance("trained without", without, 0, "none", Ring::evaluatedEntropy),
                                        byDistance("trained with", with, 1, "5 4", Ring::evaluatedEntropy),
                                        byDistance(
                                                "trained with, Monte-Carlo", with, 1, "none", Ring::monteCarloEntropy)),
                                false)),
                figure(
                        figcaption("Standard deviation of the log-odds over the 50 evaluations. Far out the network is "
                                + "linear along each direction: the log-odds grow with the distance, and how far they "
                                + "differ between masks grows with them. So the probability does not become less and "
                                + "less sure, but levels off." + SPREAD),
                        Plot.svg(
                                "standard deviation of the log-odds by distance",
                                "distance",
                                DISTANCES,
                                List.of(byDistance("Monte-Carlo", with, 1, "none", Ring::logOddsDeviation)),
                                false)),
                figure(
                        figcaption("Where 200 evaluations disagree: the standard deviation of the probability of a "
                                + "class, from 0 (clear) to 0.5 (full colour), of the network of seed 1, 12 wide and 8 "
                                + "high. Dots and circles are the two classes of its examples."),
                        UncertaintyMap.svg(demonstration.of(Demonstration.WITH).get(0))));
    }

    /** For each seed, the rings at all distances. */
    private List<List<Ring>> rings(double rate) {
        return demonstration.of(rate).parallelStream()
                .map(training -> DoubleStream.of(DISTANCES)
                        .mapToObj(distance -> Uncertainty.ring(training, distance))
                        .toList())
                .toList();
    }

    private static Plot.Curve byDistance(
            String name, List<List<Ring>> rings, double rate, String dashes, ToDoubleFunction<Ring> what) {
        return new Plot.Curve(
                name,
                colour(rate),
                dashes,
                rings.stream()
                        .map(run -> run.stream().mapToDouble(what).toArray())
                        .toList());
    }

    private DomContent norms() {
        return div(
                h2("Weights"),
                figure(
                        figcaption("Mean length of the vectors of weights that lead into a hidden unit." + SPREAD),
                        Plot.svg(
                                "weight norms by step, with and without dropout",
                                "step",
                                steps,
                                List.of(
                                        byStep("without", 0, "none", Measured::norm),
                                        byStep("with", Demonstration.WITH, "none", Measured::norm)),
                                false)));
    }
}
