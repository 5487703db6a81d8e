package dev.laurel.credential.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Under which of its names a request asks for an installation that moved twice, at last from http to https. */
class CredentialAddressesTests {

    private static final PublicUrl TODAY = new PublicUrl(URI.create("https://new.example"));

    private static final PublicUrl AS_HTTP = new PublicUrl(URI.create("http://new.example"));

    private static final PublicUrl FIRST = new PublicUrl(URI.create("http://localhost:8080"));

    private final CredentialAddresses addresses = new CredentialAddresses(TODAY, () -> List.of(AS_HTTP, FIRST));

    @ParameterizedTest
    @CsvSource({
        "new.example, , https://new.example",
        "New.Example, , https://new.example",
        "localhost:8080, , http://localhost:8080",
        "localhost:8080, new.example, https://new.example",
        "localhost:8080, 'new.example, 10.0.0.7', https://new.example",
        "10.0.0.7:8080, localhost:8080, http://localhost:8080",
        "other.example, , https://new.example"
    })
    void theHostThatWasAskedSaysWhichAndTodaysComesFirst(String host, @Nullable String forwarded, String names) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Host", host);
        if (forwarded != null) {
            request.addHeader("X-Forwarded-Host", forwarded);
        }

        assertThat(addresses.askedBy(request).publicUrl().value()).hasToString(names);
    }
}
