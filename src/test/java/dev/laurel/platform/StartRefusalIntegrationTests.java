package dev.laurel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.laurel.EmbeddedDatabase;
import dev.laurel.LaurelApplication;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Laurel starts with all it needs, or says in one sentence what is missing. */
class StartRefusalIntegrationTests {

    private static final String KEY = "b".repeat(43) + "=";

    private record Setting(String name, String url, String key, String database, String user, String sentence) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setting> settings() {
        String good = EmbeddedDatabase.forTests().url("start_refusal");
        String url = "http://localhost:1";
        return Stream.of(
                new Setting("no public URL", "", KEY, good, "root", "Set LAUREL_PUBLIC_URL"),
                new Setting("a public URL with a path", url + "/x", KEY, good, "root", "without a path"),
                new Setting("a public URL that is none", "badges", KEY, good, "root", "must look like https://"),
                new Setting("no master key", url, "", good, "root", "Set LAUREL_MASTER_KEY"),
                new Setting("a short master key", url, "c2hvcnQ=", good, "root", "must be 32 bytes in Base64"),
                new Setting("no database", url, KEY, "", "root", "Set LAUREL_DB_URL"),
                new Setting("a database of another kind", url, KEY, "jdbc:oracle:thin:@x", "root", "must look like"),
                new Setting(
                        "a database that is away",
                        url,
                        KEY,
                        "jdbc:mysql://127.0.0.1:1/laurel?password=secret",
                        "root",
                        "The database jdbc:mysql://127.0.0.1:1/laurel cannot be used"),
                new Setting(
                        "a schema that is not there",
                        url,
                        KEY,
                        good.replace("start_refusal", "start_refusal_not"),
                        "root",
                        "cannot be used"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void oneSentenceSaysWhatIsMissing(Setting setting) {
        Throwable failure = catchThrowable(() -> new SpringApplication(LaurelApplication.class)
                .run(
                        "--laurel.public-url=" + setting.url(),
                        "--laurel.master-key=" + setting.key(),
                        "--spring.datasource.url=" + setting.database(),
                        "--spring.datasource.username=" + setting.user(),
                        "--spring.datasource.hikari.connection-timeout=1000",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=off"));

        assertThat(failure).isNotNull();
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("spring.datasource.url", setting.database())));
        FailureAnalysis analysis = new StartRefusal(environment).analyze(failure);
        assertThat(analysis).as(failure::toString).isNotNull();
        assertThat(analysis.getDescription())
                .contains(setting.sentence())
                .doesNotContain("secret", "\n")
                .doesNotContain(KEY);
    }
}
