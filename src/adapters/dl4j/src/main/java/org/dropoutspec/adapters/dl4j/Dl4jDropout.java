package org.dropoutspec.adapters.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A {@code DropoutLayer} of Deeplearning4j, a new layer for each call. All masks come from the one stream of
 * {@code Nd4j.getRandom()}. To judge it, in the suite's checkout:
 *
 * <pre>
 * mvn -q install -DskipTests
 * mvn -q -f src/adapters/dl4j package
 * java -cp "target/dropout-conformance.jar:src/adapters/dl4j/target/*" org.dropoutspec.cli.Main \
 *     certify --class org.dropoutspec.adapters.dl4j.Dl4jDropout
 * </pre>
 */
public final class Dl4jDropout implements Implementation {
    @Override
    public Description description() {
        return Description.of("Deeplearning4j", version())
                .withCapabilities(Capability.BACKWARD, Capability.SEED)
                .with(Choices.defaults()
                        .with(Choices.RateOne.REJECT)
                        .with(Choices.DroppedNonfinite.NAN));
    }

    @Override
    public Result dropout(Call call) {
        if (call.input().size() == 0 || call.input().shape().rank() == 0) {
            throw new UnsupportedCall("an empty or scalar INDArray is no activation of a layer");
        }
        if (!call.training() && call.gradOutput().isPresent()) {
            throw new UnsupportedCall("a layer has no backward pass without a training pass before it");
        }
        call.seed().ifPresent(Nd4j.getRandom()::setSeed);
        Layer layer = layer(1 - call.rate()); // DL4J takes the probability of keeping an element
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        layer.setInput(array(call.input()), workspaces);
        Shape shape = call.input().shape();
        Result result = Result.of(tensor(shape, layer.activate(call.training(), workspaces)));
        return call.gradOutput()
                .map(gradient -> layer.backpropGradient(array(gradient), workspaces).getSecond())
                .map(gradient -> result.withGradInput(tensor(shape, gradient)))
                .orElse(result);
    }

    private static String version() {
        Properties library = new Properties();
        try (InputStream file = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            library.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return library.getProperty("version");
    }

    private static Layer layer(double retained) {
        try {
            NeuralNetConfiguration configuration = new NeuralNetConfiguration.Builder()
                    .layer(new DropoutLayer.Builder(new Dropout(retained)).build())
                    .build();
            return configuration.getLayer().instantiate(configuration, List.of(), 0, null, false, DataType.FLOAT);
        } catch (IllegalArgumentException | IllegalStateException rejection) {
            throw new RejectedCall(rejection.getMessage());
        }
    }

    private static INDArray array(Tensor tensor) {
        float[] values = new float[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.floatAt(i);
        }
        long[] extents = Arrays.stream(tensor.shape().extents()).asLongStream().toArray();
        return Nd4j.createFromArray(values).reshape('c', extents);
    }

    private static Tensor tensor(Shape shape, INDArray array) {
        return Tensor.ofFloats(shape, array.dup('c').data().asFloat());
    }
}
