package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.launch.TestPlatform;
import dev.laurel.launch.web.LoggedLines;
import dev.laurel.platform.Approvals;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The running tool and two platforms over HTTP, for the cases of the conformance sheet: a display name begins with the
 * id of its case.
 */
@LaurelTest
abstract class LaunchConformance {

    static final String TEACHER = "<h1>Badges in Badges 101";

    static final String STUDENT = "<h1>Your badges";

    static final String NOTHING_FOR_THIS_ROLE = "<h1>There is nothing here for your role";

    static final String OUTSIDE_A_COURSE = "<h1>Please open Laurel inside a course";

    static TestPlatform platform;

    static TestPlatform otherPlatform;

    @Autowired
    Platforms platforms;

    @Autowired
    Approvals approvals;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MessageSource messages;

    @BeforeAll
    static void startPlatforms() {
        platform = new TestPlatform();
        otherPlatform = new TestPlatform();
    }

    @AfterAll
    static void stopPlatforms() {
        platform.close();
        otherPlatform.close();
    }

    @BeforeEach
    void register() {
        platforms.register(platform.registration(), false);
        platforms.register(otherPlatform.registration(), false);
    }

    Attempt attempt() {
        return attempt(platform, Map.of());
    }

    Attempt attempt(TestPlatform from, Map<String, String> login) {
        return new Attempt(from, publicUrl.origin(), login);
    }

    /** The launch with one thing changed ends on a page that says why; nobody is signed in, and nothing is kept. */
    void refused(Refusal refusal, Consumer<Attempt> change) {
        Attempt attempt = attempt();
        change.accept(attempt);
        refused(refusal, attempt);
    }

    HttpResponse<String> refused(Refusal refusal, Attempt attempt) {
        long launches = count("launch");
        long accounts = count("account");
        HttpResponse<String> response;
        List<String> lines;
        try (LoggedLines log = new LoggedLines(LaunchRefusedAdvice.class)) {
            response = attempt.send();
            lines = log.lines();
        }
        shows(refusal, response);
        assertThat(attempt.browser.cookies()).doesNotContainKey("__Host-laurel");
        assertThat(count("launch")).isEqualTo(launches);
        assertThat(count("account")).isEqualTo(accounts);
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("Launch refused: reference ")
                .contains("reason " + refusal + " (");
        saysNothingPersonal(lines, attempt);
        return response;
    }

    void shows(Refusal refusal, HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(refusal.status().value());
        assertThat(response.body())
                .contains("Reference number", text("reason." + refusal.name()))
                .contains("<h1>" + text(refusal.advice().name() + ".title"))
                .contains(text(refusal.advice().name() + ".do"));
    }

    /** The launch is let in, and this is the page that its person sees. */
    HttpResponse<String> letIn(Attempt attempt) {
        HttpResponse<String> response;
        List<String> lines;
        try (LoggedLines log = new LoggedLines(LaunchController.class)) {
            response = attempt.send();
            lines = log.lines();
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("Launch accepted: reference ")
                .contains("type " + attempt.claims.get(Attempt.LTI + "message_type"));
        saysNothingPersonal(lines, attempt);
        HttpResponse<String> page =
                attempt.browser.get(response.headers().firstValue("Location").orElseThrow());
        assertThat(page.statusCode()).isEqualTo(200);
        return page;
    }

    void letIn(String heading, Consumer<Attempt> change) {
        Attempt attempt = attempt();
        change.accept(attempt);
        assertThat(letIn(attempt).body()).contains(heading);
    }

    long count(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
    }

    private static void saysNothingPersonal(List<String> lines, Attempt attempt) {
        Stream.of("sub", "name", "given_name", "family_name", "email")
                .map(attempt.claims::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .forEach(personal ->
                        assertThat(lines).noneSatisfy(line -> assertThat(line).contains(personal)));
    }

    private String text(String key) {
        return messages.getMessage("launch.refused." + key.toLowerCase(Locale.ROOT), null, Locale.ENGLISH);
    }
}
