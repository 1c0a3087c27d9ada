package org.dropoutspec.certify;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.dropoutspec.contract.AskedGradientContract;
import org.dropoutspec.contract.BackwardContract;
import org.dropoutspec.contract.EvaluationContract;
import org.dropoutspec.contract.ForwardContract;
import org.dropoutspec.contract.InputContract;
import org.dropoutspec.contract.IntegerContract;
import org.dropoutspec.contract.MaskContract;
import org.dropoutspec.contract.MaskStatisticsContract;
import org.dropoutspec.contract.NumericsContract;
import org.dropoutspec.contract.ProcessContract;
import org.dropoutspec.contract.RateContract;
import org.dropoutspec.contract.RetainContract;
import org.dropoutspec.contract.SeedContract;
import org.dropoutspec.contract.SeedStatisticsContract;
import org.dropoutspec.contract.ShapeContract;
import org.dropoutspec.contract.StateContract;
import org.dropoutspec.contract.UnderWay;

/**
 * The test classes that are launched: one for each chapter, since jqwik goes through the fields of all interfaces of a
 * class at every try, and through their methods for every parameter.
 */
final class LaunchedChapters {
    private static final Map<Class<?>, Class<?>> BY_CONTRACT = Arrays.stream(
                    LaunchedChapters.class.getDeclaredClasses())
            .collect(Collectors.toMap(chapter -> chapter.getInterfaces()[0], chapter -> chapter));

    private LaunchedChapters() {}

    /** The class that a check is launched in: that of its chapter, or else the one with all checks of the operation. */
    static Class<?> of(Method check, Class<?> all) {
        return BY_CONTRACT.getOrDefault(check.getDeclaringClass(), all);
    }

    static final class RateChapter extends UnderWay implements RateContract {}

    static final class MaskChapter extends UnderWay implements MaskContract {}

    static final class MaskStatisticsChapter extends UnderWay implements MaskStatisticsContract {}

    static final class EvaluationChapter extends UnderWay implements EvaluationContract {}

    static final class SeedChapter extends UnderWay implements SeedContract {}

    static final class SeedStatisticsChapter extends UnderWay implements SeedStatisticsContract {}

    static final class StateChapter extends UnderWay implements StateContract {}

    static final class ForwardChapter extends UnderWay implements ForwardContract {}

    static final class InputChapter extends UnderWay implements InputContract {}

    static final class IntegerChapter extends UnderWay implements IntegerContract {}

    static final class BackwardChapter extends UnderWay implements BackwardContract {}

    static final class AskedGradientChapter extends UnderWay implements AskedGradientContract {}

    static final class RetainChapter extends UnderWay implements RetainContract {}

    static final class NumericsChapter extends UnderWay implements NumericsContract {}

    static final class ShapeChapter extends UnderWay implements ShapeContract {}

    static final class ProcessChapter extends UnderWay implements ProcessContract {}
}
