package dev.laurel.credential.check;

import static dev.laurel.credential.check.Elsewhere.DID;
import static dev.laurel.credential.check.Elsewhere.json;
import static dev.laurel.credential.check.Elsewhere.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.check.Check.Result;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Comprehensive Learner Records of somebody else, and the badges in them. */
class LearnerRecordTests {

    private final Elsewhere elsewhere = new Elsewhere();

    private static JsonObject record(JsonObject... badges) {
        JsonObject record = json("""
                {"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
                  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
                 "id": "urn:uuid:22222222-3a3b-4f3e-a3c5-5f3a8f7b9c22",
                 "type": ["VerifiableCredential", "ClrCredential"],
                 "issuer": {"id": "%s", "type": ["Profile"], "name": "Elsewhere College"},
                 "validFrom": "2026-03-01T10:00:00Z",
                 "name": "All that Ada did"}""".formatted(DID));
        JsonObject subject = json("{\"id\": \"did:example:ada\", \"type\": [\"ClrSubject\"]}");
        return with(
                record,
                "credentialSubject",
                with(
                        subject,
                        "verifiableCredential",
                        JsonBytes.JSON.createArrayBuilder(Arrays.asList(badges)).build()));
    }

    private BadgeReport verify(JsonObject... badges) {
        BadgeReport report = elsewhere.verify(elsewhere.jwt(record(badges)));
        assertThat(report.format()).isEqualTo(Format.LEARNER_RECORD_2_JWT);
        assertThat(report.isAuthentic()).as("the record itself").isTrue();
        return report;
    }

    private static void assertBadges(BadgeReport report, Verdict verdict, Result result, Reason reason, String badge) {
        assertThat(report.check(Name.BADGES)).hasValue(new Check(Name.BADGES, result, reason, badge));
        assertThat(report.verdict()).isEqualTo(verdict);
    }

    @Test
    void oneOfGenuineBadgesIsValid() {
        BadgeReport report = verify(
                elsewhere.signed(elsewhere.credential()), elsewhere.signed(elsewhere.withStatus(8, "revocation")));

        assertBadges(report, Verdict.VALID, Result.PASSED, null, null);
        assertThat(report.vouch()).isEqualTo(new Vouch(Vouch.Kind.DID_WEB, "badges.elsewhere.example"));
        assertThat(report.says()).isNotNull();
        assertThat(report.says().name()).isEqualTo("All that Ada did");
        assertThat(report.says().subject()).isEqualTo("did:example:ada");
    }

    /** Of many years, with much to say: more than a single badge may have. */
    @Test
    void oneOfAHundredAndFiftyBadgesIsValid() {
        JsonObject one = elsewhere.signed(elsewhere.credential());
        JsonObject achievement = one.getJsonObject("credentialSubject").getJsonObject("achievement");
        JsonObject long1 = elsewhere.signed(with(
                elsewhere.credential(),
                "credentialSubject",
                with(
                        one.getJsonObject("credentialSubject"),
                        "achievement",
                        with(achievement, "description", "Can weld. ".repeat(700)))));
        JsonObject[] badges = new JsonObject[150];
        Arrays.fill(badges, long1);

        assertBadges(verify(badges), Verdict.VALID, Result.PASSED, null, null);
    }

    @Test
    void oneOfMoreBadgesThanAreCheckedAtOnceIsLeftOpen() {
        JsonObject[] badges = new JsonObject[201];
        Arrays.fill(badges, elsewhere.signed(elsewhere.credential()));

        assertBadges(verify(badges), Verdict.UNCERTAIN, Result.UNKNOWN, Reason.TOO_MANY_PARTS, null);
    }

    @Test
    void aBadgeThatHasEndedIsNamedAndMakesItNotInvalid() {
        JsonObject ended = with(elsewhere.credential(), "validUntil", "2026-03-01T10:00:01Z");

        assertBadges(
                verify(elsewhere.signed(elsewhere.credential()), elsewhere.signed(ended)),
                Verdict.VALID,
                Result.WARNING,
                Reason.EXPIRED,
                "Welder");
    }

    @Test
    void oneForgedOrWithdrawnBadgeMakesItInvalid() {
        JsonObject good = elsewhere.signed(elsewhere.credential());

        assertBadges(
                verify(good, with(good, "name", "Master welder")),
                Verdict.INVALID,
                Result.FAILED,
                Reason.SIGNATURE_WRONG,
                "Welder");
        assertBadges(
                verify(good, elsewhere.signed(elsewhere.withStatus(7, "revocation"))),
                Verdict.INVALID,
                Result.FAILED,
                Reason.REVOKED,
                "Welder");
        assertBadges(
                verify(good, elsewhere.credential()), Verdict.INVALID, Result.FAILED, Reason.PROOF_MISSING, "Welder");
    }

    @Test
    void whatIsNoBadgeAndARecordInARecordAreRefused() {
        JsonObject good = elsewhere.signed(elsewhere.credential());

        assertBadges(verify(good, json("{}")), Verdict.INVALID, Result.FAILED, Reason.NOT_A_BADGE, null);
        assertBadges(
                verify(good, record(good)), Verdict.INVALID, Result.FAILED, Reason.NOT_A_BADGE, "All that Ada did");
    }

    @Test
    void oneWithoutBadgesIsNone() {
        BadgeReport report = verify();

        assertThat(report.check(Name.FORM))
                .hasValue(new Check(Name.FORM, Result.FAILED, Reason.MEMBER_MISSING, "verifiableCredential"));
    }

    @Test
    void aChangedOneIsInvalid() {
        String jwt = elsewhere.jwt(record(elsewhere.signed(elsewhere.credential())));
        String other =
                elsewhere.jwt(with(record(elsewhere.signed(elsewhere.credential())), "name", "All that Eve did"));
        String changed = other.substring(0, other.lastIndexOf('.')) + jwt.substring(jwt.lastIndexOf('.'));

        BadgeReport report = elsewhere.verify(changed);

        assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(report.isAuthentic()).isFalse();
    }

    @Test
    void ofOneWithItsProofInsideNobodyHereKnowsWhatItsWordsMean() {
        JsonObject signed = elsewhere.signed(elsewhere.credential());

        BadgeReport report = elsewhere.verify(with(record(signed), "proof", signed.get("proof")));

        assertThat(report.format()).isEqualTo(Format.LEARNER_RECORD_2);
        assertThat(report.verdict()).isEqualTo(Verdict.UNCERTAIN);
        assertThat(report.check(Name.CONTEXTS).orElseThrow().reason()).isEqualTo(Reason.CONTEXT_UNKNOWN);
    }
}
