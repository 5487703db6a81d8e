package dev.laurel.credential.check;

import static dev.laurel.credential.check.Elsewhere.json;
import static dev.laurel.credential.check.Elsewhere.with;
import static dev.laurel.credential.check.Elsewhere.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.check.Check.Result;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same RDF can be written in many ways, and a signature covers all of them: what is written otherwise hides nothing that a
 * badge says against itself.
 */
class BadgeDisguiseTests {

    private final Elsewhere elsewhere = new Elsewhere();

    @ParameterizedTest
    @ValueSource(strings = {"[\"2026-03-01T23:00:00Z\"]", "[\"2026-03-01T23:00:00Z\",\"2026-03-01T23:00:00Z\"]"})
    void anEndThatIsWrittenAsAListIsStillTheEnd(String disguised) {
        JsonObject signed = elsewhere.signed(with(elsewhere.credential(), "validUntil", "2026-03-01T23:00:00Z"));

        BadgeReport report = elsewhere.verify(
                with(signed, "validUntil", json("{\"v\":" + disguised + "}").get("v")));

        assertThat(report.isAuthentic()).as("the signature notices nothing").isTrue();
        assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(report.check(Name.DATES).orElseThrow().result()).isEqualTo(Result.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"revocation\"]", "[\"revocation\",\"revocation\"]"})
    void aStatusWithItsPurposeWrittenAsAListIsNotSkipped(String disguised) {
        JsonObject signed = elsewhere.signed(elsewhere.withStatus(7, "revocation"));
        JsonObject entry = with(
                signed.getJsonObject("credentialStatus"),
                "statusPurpose",
                json("{\"v\":" + disguised + "}").get("v"));

        BadgeReport report = elsewhere.verify(with(signed, "credentialStatus", entry));

        assertThat(report.isAuthentic()).as("the signature notices nothing").isTrue();
        assertThat(report.verdict()).isNotEqualTo(Verdict.VALID);
        assertThat(report.check(Name.STATUS).orElseThrow().result()).isNotEqualTo(Result.PASSED);
    }

    /** As UTF-8 half a character is a question mark, and beyond sixteen digits a number is another one for RDF. */
    @ParameterizedTest
    @CsvSource({
        "Can you weld?, Can you weld\\ud800, UNCERTAIN, READABLE, INEXACT",
        "'\"creditsEarned\":3', '\"creditsEarned\":3.0000000000000000000001', UNCERTAIN, CONTEXTS, INEXACT",
        "'\"creditsEarned\":3', '\"creditsEarned\":1e-50000000', INVALID, READABLE, JSON_BROKEN"
    })
    void anotherTextOrNumberOfTheSameRdfIsNotTrusted(
            String from, String to, Verdict verdict, Name check, Reason reason) {
        JsonObject subject = with(
                elsewhere.credential().getJsonObject("credentialSubject"),
                "creditsEarned",
                json("{\"v\":3}").get("v"));
        String signed = elsewhere
                .signed(with(with(elsewhere.credential(), "name", "Can you weld?"), "credentialSubject", subject))
                .toString();
        assertThat(elsewhere.verify(signed).verdict()).isEqualTo(Verdict.VALID);
        assertThat(signed).contains(from);

        BadgeReport report = elsewhere.verify(signed.replace(from, to));

        assertThat(report.isAuthentic()).isFalse();
        assertThat(report.verdict()).isEqualTo(verdict);
        assertThat(report.check(check).orElseThrow().reason()).isEqualTo(reason);
    }

    @Test
    void aStatusUnderTheFullNameOfItsTermIsNotOverlooked() {
        JsonObject signed = elsewhere.signed(elsewhere.withStatus(7, "revocation"));
        JsonObject disguised = with(
                without(signed, "credentialStatus"),
                "https://www.w3.org/2018/credentials#credentialStatus",
                signed.get("credentialStatus"));

        assertThat(elsewhere.verify(disguised).verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void underWordsOfItsOwnNothingIsSaidToBeUnchanged() {
        JsonObject signed = elsewhere.signed(elsewhere.credential());
        JsonObject disguised = with(signed, "@context", json("""
                {"c": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                 {"otherName": "https://schema.org/name"}]}""").get("c"));

        BadgeReport report = elsewhere.verify(disguised);

        assertThat(report.isAuthentic()).isFalse();
        assertThat(report.vouch()).isNull();
        assertThat(report.verdict()).isEqualTo(Verdict.UNCERTAIN);
    }

    @Test
    void anIssuerThatIsNoAddressEndsInAReport() {
        elsewhere.publish("https://badges.elsewhere.example/revoked", """
                {"issuer": "https://a b", "revokedCredential": []}""");
        JsonObject credential = with(elsewhere.credential("https://a b"), "credentialStatus", json("""
                {"id": "https://badges.elsewhere.example/revoked", "type": "1EdTechRevocationList"}"""));

        BadgeReport report = elsewhere.verify(credential);

        assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(report.check(Name.STATUS).orElseThrow().reason()).isEqualTo(Reason.STATUS_LIST_UNTRUSTED);
    }

    @Test
    void twoAchievementsOrIssuersAreNoBadge() {
        JsonObject credential = elsewhere.credential();
        JsonObject subject = credential.getJsonObject("credentialSubject");
        JsonObject other = with(subject.getJsonObject("achievement"), "id", "https://badges.elsewhere.example/2");
        JsonObject two = with(
                subject,
                "achievement",
                dev.laurel.credential.proof.JsonBytes.JSON
                        .createArrayBuilder()
                        .add(subject.get("achievement"))
                        .add(other)
                        .build());

        assertThat(elsewhere
                        .verify(elsewhere.signed(with(credential, "credentialSubject", two)))
                        .verdict())
                .isEqualTo(Verdict.INVALID);
    }
}
