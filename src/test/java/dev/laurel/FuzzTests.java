package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jazzer tries inputs that nobody thought of, for {@code -Dfuzz.seconds} each, in a process of its own. What it finds stays
 * in {@code target/fuzz}; what it learned is used again the next time.
 */
@Tag("once")
class FuzzTests {

    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 10);

    private static final int LINES_SHOWN = 60;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.laurel.credential.check.BadgeFuzzing",
                "dev.laurel.launch.oidc.IdTokenFuzzing",
                "dev.laurel.launch.oidc.KeySetFuzzing",
                "dev.laurel.launch.oidc.LoginFuzzing",
                "dev.laurel.platform.registration.RegistrationFuzzing"
            })
    void nothingIsFound(String target) throws IOException, InterruptedException {
        Path folder = Path.of("target/fuzz", target.substring(target.lastIndexOf('.') + 1));
        Path learned = Files.createDirectories(folder.resolve("learned"));
        Path log = folder.resolve("log.txt");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + "target/test-classes",
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target,
                "--instrumentation_includes=dev.laurel.**:com.nimbusds.**",
                "--custom_hook_includes=dev.laurel.**:com.nimbusds.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + File.separator,
                "-max_total_time=" + SECONDS,
                "-rss_limit_mb=0",
                // The first input loads and instruments classes, which takes its time on a busy machine.
                "-timeout=60",
                learned.toString());
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();

        assertThat(process.waitFor(SECONDS + 240L, TimeUnit.SECONDS))
                .as("see %s", log)
                .isTrue();
        assertThat(process.exitValue())
                .as(() -> "found something, see %s%n%s".formatted(log, whatWasFound(log)))
                .isZero();
        assertThat(log).content().containsPattern("Done \\d+ runs");
    }

    /** The folder may be gone when somebody reads of it: what Jazzer said first, and the input. */
    private static String whatWasFound(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.dropWhile(line -> !line.startsWith("=="))
                    .limit(LINES_SHOWN)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
