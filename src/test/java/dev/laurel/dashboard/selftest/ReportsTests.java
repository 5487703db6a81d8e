package dev.laurel.dashboard.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code of every check has its sentence, and unless all is well a sentence that says what to do. */
class ReportsTests {

    private static final Properties MESSAGES = messages();

    static Stream<Finding> findings() {
        return Arrays.stream(Check.values())
                .flatMap(check -> check.codes().stream().map(code -> Finding.of(check, code)));
    }

    @ParameterizedTest
    @MethodSource("findings")
    void everyCodeHasItsWords(Finding finding) {
        String key = Reports.key(finding);

        assertThat(MESSAGES).containsKeys("selftest." + finding.check().key(), key);
        if (finding.outcome() != Outcome.OK) {
            assertThat(MESSAGES).containsKey(key + ".mend");
        }
    }

    private static Properties messages() {
        Properties messages = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/messages.properties"))) {
            messages.load(reader);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return messages;
    }
}
