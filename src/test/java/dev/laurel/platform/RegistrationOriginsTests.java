package dev.laurel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are a platform's own. */
class RegistrationOriginsTests {

    private static final Registration CANVAS = new Registration(
            1,
            "https://canvas.instructure.com",
            "10000000000042",
            "Canvas",
            URI.create("https://sso.canvaslms.com/api/lti/authorize_redirect"),
            URI.create("https://sso.canvaslms.com/login/oauth2/token"),
            null,
            URI.create("https://sso.canvaslms.com/api/lti/security/jwks"),
            "https://canvas.college.example.edu https://*.instructure.com",
            true,
            null,
            Set.of(),
            false,
            false,
            true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://canvas.instructure.com/return",
                "https://sso.canvaslms.com/x?y=1",
                "https://canvas.college.example.edu/courses/55/deep_linking_response?data=e30",
                "https://College.Instructure.com/",
                "https://a.b.instructure.com/"
            })
    void itsOwn(String address) {
        assertThat(CANVAS.owns(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://canvas.instructure.com/return",
                "https://instructure.com/",
                "https://canvas.instructure.com.evil.example/",
                "https://evilinstructure.com/",
                "https://evil.example/https://canvas.instructure.com/",
                "https://canvas.instructure.com:8443/",
                "https://sso.canvaslms.com.evil.example/",
                "https://college.example.edu/"
            })
    void notItsOwn(String address) {
        assertThat(CANVAS.owns(URI.create(address))).isFalse();
    }
}
