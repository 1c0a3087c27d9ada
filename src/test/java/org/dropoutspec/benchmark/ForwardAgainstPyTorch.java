package org.dropoutspec.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The reference's float32 forward pass (draw, mask, scale) against PyTorch's on one thread, in turn in one run, so that
 * both meet the same machine; prints elements a second and the ratio, as medians.
 *
 * <p>Run with the Python that has torch as the only argument.
 */
final class ForwardAgainstPyTorch {
    private static final int ELEMENTS = 1 << 20;
    private static final int ROUNDS = 41;
    private static final double RATE = 0.3;

    /** Answers each line with the seconds that one dropout took. */
    private static final String PYTORCH = String.join(
            "\n",
            "import sys, time, torch",
            "torch.set_num_threads(1)",
            "x = torch.ones(" + ELEMENTS + ")",
            "print(torch.__version__, flush=True)",
            "for line in sys.stdin:",
            "    start = time.perf_counter()",
            "    torch.nn.functional.dropout(x, " + RATE + ", True)",
            "    print(time.perf_counter() - start, flush=True)");

    private ForwardAgainstPyTorch() {}

    public static void main(String[] arguments) throws IOException {
        Process python = new ProcessBuilder(arguments[0], "-c", PYTORCH)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        PrintStream ask = new PrintStream(python.getOutputStream(), true, StandardCharsets.UTF_8);
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8))) {
            String version = answers.readLine();
            Tensor x = Tensor.full(DType.FLOAT32, Shape.of(ELEMENTS), 1);
            Dropout dropout = new Dropout(7);
            double[] ours = new double[ROUNDS];
            double[] theirs = new double[ROUNDS];
            for (int round = -ROUNDS; round < ROUNDS; round++) {
                double mine = seconds(dropout, x);
                ask.println();
                double yours = Double.parseDouble(answers.readLine());
                if (round >= 0) {
                    ours[round] = mine;
                    theirs[round] = yours;
                }
            }
            print("reference", ours);
            print("PyTorch " + version, theirs);
            double[] ratios = new double[ROUNDS];
            Arrays.setAll(ratios, i -> theirs[i] / ours[i]);
            System.out.printf(Locale.ROOT, "ratio, round by round: %.2f%n", median(ratios));
        } finally {
            python.destroy();
        }
    }

    private static double seconds(Dropout dropout, Tensor x) {
        long start = System.nanoTime();
        Tensor mask = dropout.drawMask(x.shape(), RATE);
        Tensor y = Dropout.forward(x, mask, RATE);
        long end = System.nanoTime();
        if (y.size() != ELEMENTS) {
            throw new AssertionError("the output must be used, or it may not be computed");
        }
        return (end - start) * 1e-9;
    }

    private static void print(String name, double[] seconds) {
        System.out.printf(Locale.ROOT, "%s: %.0f M elements/s%n", name, ELEMENTS / median(seconds) * 1e-6);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
