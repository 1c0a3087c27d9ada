package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Operations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LaunchedChaptersTest {
    static Stream<String> operations() {
        return Stream.concat(
                Stream.of(PlainDropout.NAME), Operations.all().stream().map(Operation::name));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyCheckOfACommonChapterIsLaunchedWithNothingButItsChapter(String operation) {
        Class<?> all = Judged.contract(operation);

        assertThat(Judged.checks(operation)).isNotEmpty().allSatisfy((id, check) -> {
            if (!Judged.isOwn(operation, id)) {
                assertThat(LaunchedChapters.of(check, all).getInterfaces()).containsExactly(check.getDeclaringClass());
            }
        });
    }
}
