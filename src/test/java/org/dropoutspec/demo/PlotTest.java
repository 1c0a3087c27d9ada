package org.dropoutspec.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlotTest {
    /** From 0 to 10 and 4% of it on both sides, on 243 pixels: 10 is 9 below the top, 0 as much above the bottom. */
    @Test
    void aLineIsTheMeanAndItsBandGoesFromTheLeastToTheGreatest() {
        Plot.Curve curve = new Plot.Curve("it", "red", "none", List.of(new double[] {0, 2}, new double[] {10, 4}));
        String svg = Plot.svg("label", "across", new double[] {0, 1}, List.of(curve), false)
                .render();
        assertThat(svg).contains("<polyline points=\"60.0,133.5 700.0,178.5\"");
        assertThat(svg).contains("<polygon points=\"60.0,21.0 700.0,156.0 700.0,201.0 60.0,246.0\"");
        assertThat(svg).doesNotContain("<circle");
    }

    @Test
    void eachSeedIsADotWhereThatIsAsked() {
        Plot.Curve curve = new Plot.Curve("it", "red", "none", List.of(new double[] {1, 1}, new double[] {1, 1}));
        String svg = Plot.svg("label", "across", new double[] {0, 1}, List.of(curve), true)
                .render();
        assertThat(svg.split("<circle ", -1)).hasSize(1 + 4);
    }

    @Test
    void ticksAreRound() {
        assertThat(Plot.ticks(0, 1)).containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
        assertThat(Plot.ticks(-3, 21)).containsExactly(0.0, 5.0, 10.0, 15.0, 20.0);
    }
}
