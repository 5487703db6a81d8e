package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A login is answered once, by the browser that began it. */
class StateAndNonceConformanceTests extends LaunchConformance {

    @Autowired
    PendingLogins logins;

    @Test
    @DisplayName("S11 nonce missing")
    void noNonce() {
        refused(Refusal.NONCE, a -> a.claim("nonce", null));
    }

    @Test
    @DisplayName("S12 nonce of another login")
    void nonceOfAnotherLogin() {
        refused(
                Refusal.NONCE,
                a -> a.claim("nonce", a.newLogin(platform, Map.of()).get("nonce")));
    }

    @Test
    @DisplayName("S13 nonce used again with a fresh state")
    void nonceAgainWithAFreshState() {
        Attempt first = attempt();
        String token = first.token();
        letIn(first);

        refused(Refusal.NONCE, a -> a.form.put("id_token", token));
    }

    @Test
    @DisplayName("S14 state missing")
    void noState() {
        refused(Refusal.STATE_MISSING, a -> a.form.put("state", ""));
    }

    @Test
    @DisplayName("S15 state unknown")
    void unknownState() {
        refused(Refusal.STATE_UNKNOWN, a -> a.form.put("state", "A".repeat(43)));
    }

    @Test
    @DisplayName("S16 state of eleven minutes ago")
    void oldState() {
        refused(
                Refusal.STATE_UNKNOWN,
                a -> jdbc.sql("UPDATE oidc_state SET created_at = created_at - INTERVAL 11 MINUTE")
                        .update());
    }

    @Test
    @DisplayName("S16b of more logins than may be open, the newest are kept")
    void tooManyOpenLogins() {
        try (TestPlatform busy = new TestPlatform()) {
            long registration = platforms.register(busy.registration(), false).id();
            Attempt old = attempt(busy, Map.of());
            jdbc.sql("UPDATE oidc_state SET created_at = created_at - INTERVAL 1 MINUTE WHERE registration_id = ?")
                    .param(registration)
                    .update();
            Attempt first = attempt(busy, Map.of());
            Attempt second = attempt(busy, Map.of());
            Attempt elsewhere = attempt();

            logins.keepNewest(2);

            refused(Refusal.STATE_UNKNOWN, old);
            letIn(first);
            letIn(second);
            letIn(elsewhere);
        }
    }

    @Test
    @DisplayName("S17 state of another browser: no cookie")
    void anotherBrowser() {
        refused(Refusal.OTHER_BROWSER, a -> a.browser.cookies().clear());
    }

    @Test
    @DisplayName("S17c state of another browser: a made-up cookie")
    void aMadeUpCookie() {
        refused(Refusal.OTHER_BROWSER, a -> a.browser.cookies().replaceAll((name, value) -> "B".repeat(43)));
    }

    @Test
    @DisplayName("S17d state of another browser leaves the login to the one that began it")
    void anotherBrowserUsesNothingUp() {
        Attempt attempt = attempt();
        Map<String, String> stolen = Map.of("state", attempt.login.get("state"), "id_token", attempt.token());

        assertThat(new TestBrowser(publicUrl.origin())
                        .post("/lti/launch", stolen)
                        .statusCode())
                .isEqualTo(401);

        letIn(attempt);
    }

    @Test
    @DisplayName("S18 one launch sent 100 times at once: exactly one wins")
    void aLaunchWorksOnceHoweverOftenItIsSent() throws Exception {
        Attempt attempt = attempt();
        String token = attempt.token();
        Map<String, String> cookies = Map.copyOf(attempt.browser.cookies());
        long before = count("launch");
        Callable<Integer> replay = () -> {
            TestBrowser browser = new TestBrowser(publicUrl.origin());
            browser.cookies().putAll(cookies);
            return browser.post("/lti/launch", Map.of("state", attempt.login.get("state"), "id_token", token))
                    .statusCode();
        };
        ExecutorService hundred = Executors.newFixedThreadPool(100);
        List<Integer> answers = new ArrayList<>();
        try {
            for (Future<Integer> answer : hundred.invokeAll(Collections.nCopies(100, replay))) {
                answers.add(answer.get());
            }
        } finally {
            hundred.shutdown();
        }

        assertThat(answers).filteredOn(status -> status == 303).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 401).hasSize(99);
        assertThat(count("launch")).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("S18b a token that does not hold uses the state up")
    void aBadTokenUsesTheStateUp() {
        Attempt attempt = attempt();
        attempt.form.put("id_token", "a.b.c");
        assertThat(attempt.send().statusCode()).isEqualTo(400);

        attempt.form.remove("id_token");
        refused(Refusal.STATE_UNKNOWN, attempt);
    }
}
