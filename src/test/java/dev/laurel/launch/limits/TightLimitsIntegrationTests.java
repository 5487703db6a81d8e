package dev.laurel.launch.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Few are allowed, and nobody's word for an address counts. */
@LaurelTest
@TestPropertySource(
        properties = {
            "laurel.launch.limits.per-address=100",
            "laurel.launch.limits.per-registration=20",
            "server.tomcat.remoteip.internal-proxies=192.0.2.1/32"
        })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TightLimitsIntegrationTests {

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Test
    @Order(1)
    void aPlatformThatSendsTooManyIsCutAndAnotherIsNot() {
        try (TestPlatform busy = new TestPlatform();
                TestPlatform calm = new TestPlatform()) {
            platforms.register(busy.registration(), false);
            platforms.register(calm.registration(), false);
            HttpResponse<String> answer = login(busy);
            int allowed = 0;
            while (answer.statusCode() == 302 && allowed < 40) {
                answer = login(busy);
                allowed++;
            }

            assertThat(allowed).isBetween(20, 39);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
            assertThat(answer.body()).contains("<h1>Laurel is busy", "Reference number");
            assertThat(login(calm).statusCode()).isEqualTo(302);
        }
    }

    @Test
    @Order(2)
    void aFloodUnderItsNameDoesNotKeepOutAPlatformsPeopleWhereTheyLaunchedBefore() {
        try (TestPlatform flooded = new TestPlatform()) {
            platforms.register(flooded.registration(), false);
            TestBrowser browser = new TestBrowser(publicUrl.origin());
            Map<String, String> login = TestBrowser.redirectQuery(browser.post("/lti/login", loginForm(flooded)));
            String token = flooded.sign(
                    flooded.claims(login.get("nonce"), publicUrl.origin()).build());
            assertThat(browser.post("/lti/launch", Map.of("state", login.get("state"), "id_token", token))
                            .statusCode())
                    .isEqualTo(303);

            for (int i = 0; i < 30; i++) {
                assertThat(login(flooded).statusCode()).isEqualTo(302);
            }
        }
    }

    @Test
    @Order(3)
    void whatAHeaderSaysIsNotWhereARequestComesFrom() {
        int status = 400;
        for (int i = 0; i < 200 && status == 400; i++) {
            status = new TestBrowser(publicUrl.origin())
                    .with("X-Forwarded-For", "203.0.113." + i)
                    .get("/lti/login")
                    .statusCode();
        }

        assertThat(status).isEqualTo(429);
    }

    private HttpResponse<String> login(TestPlatform from) {
        return new TestBrowser(publicUrl.origin()).post("/lti/login", loginForm(from));
    }

    private Map<String, String> loginForm(TestPlatform from) {
        return Map.of(
                "iss", from.issuer(),
                "client_id", from.clientId(),
                "login_hint", "hint",
                "target_link_uri", publicUrl.at("/lti/launch"));
    }
}
