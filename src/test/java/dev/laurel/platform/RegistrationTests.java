package dev.laurel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTests {

    @ParameterizedTest
    @CsvSource({
        "https://canvas.instructure.com, false, false",
        "https://canvas.instructure.com, true, true",
        "https://canvas.beta.instructure.com, false, true",
        "https://canvas.test.instructure.com, false, true",
        "https://canvas.test.instructure.com.evil.example, false, false",
        "https://moodle.example.edu, false, false",
        "https://moodle.example.edu, true, true",
    })
    void theCopiesOfCanvasAndWhatAnOperatorMarksAreTestCopies(String issuer, boolean marked, boolean testCopy) {
        assertThat(registration(issuer, issuer + "/auth", marked).isTestCopy()).isEqualTo(testCopy);
    }

    @ParameterizedTest
    @CsvSource({
        "https://moodle.example.edu, https://moodle.example.edu/mod/lti/auth.php, false",
        "https://moodle.example.edu:8443, https://moodle.example.edu/mod/lti/auth.php, true",
        "https://canvas.instructure.com, https://sso.canvaslms.com/api/lti/authorize_redirect, true",
        "https://canvas.instructure.com, https://canvas.instructure.com/api/lti/authorize_redirect, true",
        "https://canvas.instructure.com, https://canvas.college.example/api/lti/authorize_redirect, true",
        "https://blackboard.com, https://developer.blackboard.com/api/v1/gateway/oidcauth, true",
        "https://school.brightspace.com, https://school.brightspace.com/d2l/lti/authenticate, true",
        "no address, https://lms.example.edu/auth, true",
    })
    void onlyAServerOfOneInstitutionIsNotShared(String issuer, String auth, boolean shared) {
        assertThat(registration(issuer, auth, false).isShared()).isEqualTo(shared);
    }

    private static Registration registration(String issuer, String auth, boolean marked) {
        URI uri = URI.create(auth);
        return new Registration(
                1, issuer, "c", "LMS", uri, uri, null, uri, issuer, true, null, Set.of(), marked, false, true);
    }
}
