package dev.laurel.launch.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.RegistrationEntry;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LaurelTest
class ManyPlatformsIntegrationTests {

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Test
    void aThousandPlatformsFitIntoTheHeadersOfAnAnswer() {
        for (int i = 0; i < 1_000; i++) {
            platforms.register(school(i), false);
        }
        TestBrowser browser = new TestBrowser(publicUrl.origin());

        HttpResponse<String> refused = browser.post("/lti/launch", Map.of("id_token", "none"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Security-Policy"))
                .get()
                .satisfies(policy -> assertThat(policy).hasSizeLessThan(4_000));

        try (TestPlatform platform = new TestPlatform()) {
            platforms.register(platform.registration(), false);
            HttpResponse<String> login = browser.post(
                    "/lti/login",
                    Map.of(
                            "iss", platform.registration().issuer(),
                            "client_id", platform.registration().clientId(),
                            "login_hint", "7",
                            "target_link_uri", publicUrl.at("/lti/launch")));
            assertThat(login.statusCode()).isEqualTo(302);
        }
    }

    private static RegistrationEntry school(int number) {
        String origin = "https://lms-%d.example.edu".formatted(number);
        return new RegistrationEntry(
                "School " + number,
                origin,
                "client",
                URI.create(origin + "/auth"),
                URI.create(origin + "/token"),
                null,
                URI.create(origin + "/jwks"),
                null,
                null,
                null,
                List.of());
    }
}
