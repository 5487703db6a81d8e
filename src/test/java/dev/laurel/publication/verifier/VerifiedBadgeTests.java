package dev.laurel.publication.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.Format;
import dev.laurel.credential.check.Statement;
import dev.laurel.credential.check.Vouch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A badge whose issuer would like to be taken for somebody else. */
class VerifiedBadgeTests {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://harvard.example/about, harvard.example",
                "https://h\u0430rvard.example/about, xn--hrvard-3nf.example",
                "https://college.example@\u0435vil.example:8443?x, xn--vil-qdd.example",
                "'https://evil.example\\@college.example', evil.example",
                "https://harvard.example with spaces, harvard.example with spaces",
                "https://college.example:443/x, none",
                "https://www.badges.college.example, none",
                "urn:x, none",
            })
    void theSiteThatItNamesIsSaidWhereAnotherOneVouches(String url, @Nullable String claimed) {
        assertThat(shown("College", url).claimed()).isEqualTo(claimed);
    }

    @ParameterizedTest
    @CsvSource({
        "Harvard, https://college.example, false",
        "H\u0430rvard, https://college.example, true",
        "Harvard, https://h\u0430rvard.example, true",
        "Harvard, https://xn--hrvard-3nf.example, true",
    })
    void lettersOfSeveralAlphabetsInOneWordAreSaid(String name, String url, boolean mixed) {
        assertThat(shown(name, url).mixed()).isEqualTo(mixed);
    }

    private static VerifiedBadge shown(String issuerName, String issuerUrl) {
        Statement says = new Statement(
                false,
                "urn:x",
                "Welder",
                null,
                null,
                null,
                "did:web:college.example",
                issuerName,
                issuerUrl,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null);
        return VerifiedBadge.of(
                "badge.json",
                new BadgeReport(
                        Format.OPEN_BADGES_3,
                        List.of(),
                        new Vouch(Vouch.Kind.DID_WEB, "college.example:443"),
                        says,
                        null,
                        null));
    }
}
