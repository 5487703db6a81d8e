package dev.laurel.credential.check;

import static dev.laurel.credential.check.Elsewhere.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.check.Check.Result;
import org.junit.jupiter.api.Test;

/** Whose an assertion of Open Badges 2.0 is that stands at a host where not only its issuer writes. */
class HostedAssertionTests {

    private static final String ISSUER = SITE + "/issuers/1/ob2.json";

    private static final String BADGE = SITE + "/badges/1/ob2.json";

    private final Elsewhere elsewhere = new Elsewhere();

    private BadgeReport verify(String at) {
        String assertion = """
                {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "%s", "issuedOn": "2026-03-01T10:00:00Z",
                 "recipient": {"type": "email", "hashed": true, "salt": "x", "identity": "sha256$00"},
                 "verification": {"type": "hosted"}, "badge": {"type": "BadgeClass", "id": "%s", "name": "Welder",
                  "image": "%s/badge.png", "issuer": {"type": "Issuer", "id": "%s", "name": "Elsewhere College"}}}""".formatted(at, BADGE, SITE, ISSUER);
        elsewhere.publish(at, assertion);
        return elsewhere.verify(assertion);
    }

    private void publishIssuer(String verification) {
        elsewhere.publish(
                ISSUER,
                "{\"@context\":\"https://w3id.org/openbadges/v2\",\"type\":\"Issuer\",\"id\":\"" + ISSUER
                        + "\",\"name\":\"Elsewhere College\"" + verification + "}");
    }

    @Test
    void itIsTheIssuersWhereTheIssuerSaysNothingElse() {
        publishIssuer("");

        BadgeReport report = verify(SITE + "/assertions/1");

        assertThat(report.verdict()).as("%s", report.checks()).isEqualTo(Verdict.VALID);
    }

    @Test
    void itStandsWhereTheIssuerSaysThatItsAssertionsStandAlsoAtItsOwnHost() {
        publishIssuer(",\"verification\":{\"startsWith\":\"" + SITE + "/assertions/\"}");

        assertThat(verify(SITE + "/assertions/1").verdict()).isEqualTo(Verdict.VALID);
        BadgeReport forged = verify(SITE + "/~mallory/1");
        assertThat(forged.check(Name.ISSUER))
                .hasValue(new Check(Name.ISSUER, Result.FAILED, Reason.HOSTED_ELSEWHERE, "badges.elsewhere.example"));
        assertThat(forged.vouch()).isNull();
    }

    @Test
    void anIssuerThatIsNotThereVouchesForNothing() {
        BadgeReport report = verify(SITE + "/assertions/1");

        assertThat(report.verdict()).isEqualTo(Verdict.UNCERTAIN);
        assertThat(report.check(Name.ISSUER).orElseThrow().reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(report.vouch()).isNull();
    }

    @Test
    void aProfileThatSaysItIsAnotherIsNotThatOfTheIssuer() {
        elsewhere.publish(ISSUER, "{\"type\":\"Issuer\",\"id\":\"" + SITE + "/issuers/2\",\"name\":\"Another\"}");

        assertThat(verify(SITE + "/assertions/1").verdict()).isEqualTo(Verdict.INVALID);
    }
}
