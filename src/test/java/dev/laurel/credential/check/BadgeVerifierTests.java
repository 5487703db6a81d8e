package dev.laurel.credential.check;

import static dev.laurel.credential.check.Elsewhere.DID;
import static dev.laurel.credential.check.Elsewhere.LIST;
import static dev.laurel.credential.check.Elsewhere.SITE;
import static dev.laurel.credential.check.Elsewhere.json;
import static dev.laurel.credential.check.Elsewhere.with;
import static dev.laurel.credential.check.Elsewhere.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.credential.TestPictures;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.baking.BakedPng.Keyword;
import dev.laurel.credential.baking.BakedSvg;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.check.Check.Result;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody may bring, good and bad: each thing is named in the report. */
class BadgeVerifierTests {

    private final Elsewhere elsewhere = new Elsewhere();

    private static void assertValid(BadgeReport report) {
        assertThat(report.checks()).allMatch(check -> check.result() == Result.PASSED);
        assertThat(report.verdict()).isEqualTo(Verdict.VALID);
        assertThat(report.isAuthentic()).isTrue();
    }

    private static void assertSays(BadgeReport report, Name name, Result result, @Nullable Reason reason) {
        assertThat(report.check(name))
                .as("%s", report.checks())
                .isPresent()
                .get()
                .satisfies(check -> {
                    assertThat(check.result()).as("%s", report.checks()).isEqualTo(result);
                    assertThat(check.reason()).isEqualTo(reason);
                });
        assertThat(report.verdict()).isEqualTo(result == Result.FAILED ? Verdict.INVALID : Verdict.UNCERTAIN);
    }

    @Test
    void aBadgeOfAnotherIssuerIsValidAndItsHostVouchesForIt() {
        BadgeReport report = elsewhere.verify(elsewhere.signed(elsewhere.withStatus(8, "revocation")));

        assertValid(report);
        assertThat(report.format()).isEqualTo(Format.OPEN_BADGES_3);
        assertThat(report.vouch()).isEqualTo(new Vouch(Vouch.Kind.DID_WEB, "badges.elsewhere.example"));
        assertThat(report.checks())
                .extracting(Check::name)
                .contains(Name.FORM, Name.CONTEXTS, Name.SIGNATURE, Name.ISSUER, Name.DATES, Name.STATUS, Name.IMAGE);
        Statement says = report.says();
        assertThat(says).isNotNull();
        assertThat(says.name()).isEqualTo("Welder");
        assertThat(says.issuer()).isEqualTo(DID);
        assertThat(says.alignments()).containsExactly(new Statement.Target("Welding", "https://skills.example/1"));
        assertThat(says.subject()).isEqualTo("did:example:ada");
    }

    @Test
    void anOlderBodyIsValid() {
        assertValid(elsewhere.verify(elsewhere.signed(elsewhere.credential11())));
    }

    @Test
    void aJwtIsValid() {
        BadgeReport report = elsewhere.verify(elsewhere.jwt(elsewhere.credential()));

        assertValid(report);
        assertThat(report.format()).isEqualTo(Format.OPEN_BADGES_3_JWT);
        assertThat(report.vouch()).isEqualTo(new Vouch(Vouch.Kind.DID_WEB, "badges.elsewhere.example"));
    }

    /** The last character of 64 bytes has four bits to spare. */
    @Test
    void aJwtWithAnotherSpellingOfItsSignatureIsNotRead() {
        String jwt = elsewhere.jwt(elsewhere.credential());
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char spelledOtherwise = alphabet.charAt(alphabet.indexOf(jwt.charAt(jwt.length() - 1)) + 1);

        BadgeReport report = elsewhere.verify(jwt.substring(0, jwt.length() - 1) + spelledOtherwise);

        assertThat(report.verdict()).isNotEqualTo(Verdict.VALID);
        assertThat(report.check(Name.READABLE).orElseThrow().reason()).isEqualTo(Reason.JWT_BROKEN);
    }

    @Test
    void aJwtWithAnOlderBodyUnderVcIsValid() {
        JsonObject body = without(without(elsewhere.credential11(), "id"), "expirationDate");
        String payload = """
                {"iss": "%s", "jti": "urn:uuid:1", "sub": "did:example:ada", "nbf": 1772359200, "vc": %s}""".formatted(DID, body);

        assertValid(elsewhere.verify(
                elsewhere.jws("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + DID + "#es256\"}", payload)));
    }

    @Test
    void aKeyThatCameAlongCountsOnlyWhereTheIssuerPublishesIt() {
        String header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"jwk\":" + elsewhere.jwk() + "}";
        String payload = payload(elsewhere.credential());

        assertValid(elsewhere.verify(elsewhere.jws(header, payload)));

        elsewhere.publish(SITE + "/.well-known/did.json", "{\"id\":\"" + DID + "\"}");
        BadgeReport report = elsewhere.verify(elsewhere.jws(header, payload));
        assertSays(report, Name.ISSUER, Result.UNKNOWN, Reason.KEY_NOT_PUBLISHED);
        assertThat(report.isAuthentic()).isTrue();
        assertThat(report.vouch()).isNull();
    }

    private static String payload(JsonObject credential) {
        JsonObject claims =
                with(with(with(credential, "iss", DID), "jti", credential.getString("id")), "sub", "did:example:ada");
        return with(claims, "nbf", JsonBytes.JSON.createValue(1772359200)).toString();
    }

    @Test
    void aKeyThatIsItsOwnIssuerIsValidButNobodyVouchesForIt() {
        String did = "did:key:" + elsewhere.multikey();
        BadgeReport report =
                elsewhere.verify(elsewhere.signed(elsewhere.credential(did), did + "#" + elsewhere.multikey()));

        assertValid(report);
        assertThat(report.vouch()).isNull();
    }

    @Test
    void whoWritesAnotherIssuerIntoABadgeIsFoundOut() {
        String did = "did:key:" + elsewhere.multikey();
        BadgeReport report =
                elsewhere.verify(elsewhere.signed(elsewhere.credential(DID), did + "#" + elsewhere.multikey()));

        assertSays(report, Name.ISSUER, Result.FAILED, Reason.KEY_OF_ANOTHER);
        assertThat(report.isAuthentic()).isTrue();
        assertThat(report.vouch()).isNull();
    }

    @Test
    void aKeyInItsOwnAddressSaysNothingOfWhoseItIs() {
        String issuer = SITE + "/issuers/1";
        JsonObject signed = elsewhere.signed(elsewhere.credential(issuer), issuer + "#" + elsewhere.multikey());
        elsewhere.publish(issuer, "{\"id\":\"" + issuer + "\",\"type\":[\"Profile\"]}");

        assertSays(elsewhere.verify(signed), Name.ISSUER, Result.UNKNOWN, Reason.KEY_NOT_PUBLISHED);

        elsewhere.publish(issuer, """
                {"id": "%1$s", "verificationMethod": [{"id": "%1$s#%2$s", "controller": "%1$s", "type": "Multikey",
                 "publicKeyMultibase": "%2$s"}], "assertionMethod": ["%1$s#%2$s"]}""".formatted(issuer, elsewhere.multikey()));
        BadgeReport report = elsewhere.verify(signed);
        assertValid(report);
        assertThat(report.vouch()).isEqualTo(new Vouch(Vouch.Kind.HTTPS, "badges.elsewhere.example"));
    }

    /** At a host with several authors each of them can write a key and whose it is to be. */
    @Test
    void aKeyAtTheIssuersHostCountsOnlyWhereTheIssuerListsIt() {
        String issuer = SITE + "/issuers/1";
        String key = SITE + "/~mallory/key.json";
        elsewhere.publish(key, """
                {"id": "%1$s", "type": "Multikey", "controller": "%2$s", "publicKeyMultibase": "%3$s"}""".formatted(key, issuer, elsewhere.multikey()));
        JsonObject signed = elsewhere.signed(elsewhere.credential(issuer), key);

        elsewhere.publish(issuer, "{\"id\":\"" + issuer + "\",\"type\":[\"Profile\"]}");
        BadgeReport unknown = elsewhere.verify(signed);
        assertSays(unknown, Name.ISSUER, Result.UNKNOWN, Reason.KEY_NOT_PUBLISHED);
        assertThat(unknown.vouch()).isNull();

        elsewhere.publish(issuer, "{\"id\":\"" + issuer + "\",\"assertionMethod\":[\"" + SITE + "/keys/another\"]}");
        assertSays(elsewhere.verify(signed), Name.ISSUER, Result.FAILED, Reason.KEY_OF_ANOTHER);

        elsewhere.publish(issuer, "{\"id\":\"" + issuer + "\",\"assertionMethod\":[\"" + key + "\"]}");
        BadgeReport listed = elsewhere.verify(signed);
        assertValid(listed);
        assertThat(listed.vouch()).isEqualTo(new Vouch(Vouch.Kind.HTTPS, "badges.elsewhere.example"));

        elsewhere.publish(key, """
                {"id": "%1$s", "type": "Multikey", "controller": "%2$s", "publicKeyMultibase": "%3$s"}""".formatted(key, SITE + "/issuers/2", elsewhere.multikey()));
        assertSays(elsewhere.verify(signed), Name.ISSUER, Result.FAILED, Reason.KEY_OF_ANOTHER);
    }

    @Test
    void aKeyForSomethingElseIsNotEnough() {
        assertSays(
                elsewhere.verify(elsewhere.signed(elsewhere.credential(), DID + "#login")),
                Name.ISSUER,
                Result.FAILED,
                Reason.KEY_NOT_FOR_BADGES);
    }

    @Test
    void aWrongProofIsNamed() {
        JsonObject signed = elsewhere.signed(elsewhere.credential());

        assertSays(
                elsewhere.verify(with(signed, "name", "Master welder")),
                Name.SIGNATURE,
                Result.FAILED,
                Reason.SIGNATURE_WRONG);
        assertSays(elsewhere.verify(without(signed, "proof")), Name.SIGNATURE, Result.FAILED, Reason.PROOF_MISSING);
    }

    /** What RDF would not notice: the signature is still right. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"@context\":{\"x\":null}}", "{\"image\":null}", "{\"@type\":\"Image\"}"})
    void whatNoSignatureCoversIsRefused(String added) {
        JsonObject signed = elsewhere.signed(elsewhere.credential());
        JsonObject issuer = JsonBytes.JSON
                .createObjectBuilder(signed.getJsonObject("issuer"))
                .addAll(JsonBytes.JSON.createObjectBuilder(json(added)))
                .build();

        assertThat(elsewhere.verify(with(signed, "issuer", issuer)).verdict()).isNotEqualTo(Verdict.VALID);
    }

    @Test
    void anExpiredBadgeIsNamed() {
        JsonObject expired = with(elsewhere.credential(), "validUntil", "2026-03-01T23:00:00Z");

        BadgeReport report = elsewhere.verify(elsewhere.signed(expired));

        assertSays(report, Name.DATES, Result.FAILED, Reason.EXPIRED);
        assertThat(report.isAuthentic()).isTrue();
    }

    @Test
    void aBadgeOfTheFutureIsNamed() {
        JsonObject future = with(elsewhere.credential(), "validFrom", "2027-03-01T23:00:00Z");

        assertSays(elsewhere.verify(elsewhere.signed(future)), Name.DATES, Result.FAILED, Reason.NOT_YET_VALID);
    }

    /** Nobody can show such a day, and one page would show none of two hundred badges. */
    @ParameterizedTest
    @ValueSource(
            strings = {"+999999999-12-31T23:59:59-18:00", "+10000-01-01T00:00:00Z", "-999999999-01-01T00:00:00+18:00"})
    void aDayOutsideTheCalendarIsNoDate(String day) {
        BadgeReport report = elsewhere.verify(elsewhere.signed(with(elsewhere.credential(), "validUntil", day)));

        assertThat(report.check(Name.DATES).orElseThrow().reason()).isEqualTo(Reason.DATE_UNREADABLE);
        Statement says = report.says();
        assertThat(says).isNotNull();
        assertThat(says.until()).isNull();
    }

    @Test
    void theLastSecondOf9999IsADateInEveryZone() {
        BadgeReport report = elsewhere.verify(
                elsewhere.signed(with(elsewhere.credential(), "validUntil", "9999-12-31T23:59:59-05:00")));

        assertValid(report);
        Statement says = report.says();
        assertThat(says).isNotNull();
        assertThat(says.until()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    /** The bytes are signed, so nothing can stand there that the signature does not see. */
    @Test
    void aNumberThatNoDoubleKeepsIsReadWhereBytesAreSignedAndInTheKeysOfAnIssuer() {
        String header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + DID + "#es256\"}";
        JsonObject subject = elsewhere.credential().getJsonObject("credentialSubject");
        JsonObject credential = with(
                elsewhere.credential(),
                "credentialSubject",
                with(subject, "creditsEarned", json("{\"v\":9007199254740993}").get("v")));

        assertValid(elsewhere.verify(elsewhere.jws(header, payload(credential))));

        elsewhere.publish(
                SITE + "/.well-known/did.json",
                elsewhere.didDocument().stripTrailing().replaceFirst("^\\{", "{\"serial\": 9007199254740993, "));
        assertValid(elsewhere.verify(elsewhere.signed(elsewhere.credential())));
    }

    @Test
    void aRevokedBadgeIsNamed() {
        BadgeReport report = elsewhere.verify(elsewhere.signed(elsewhere.withStatus(7, "revocation")));

        assertSays(report, Name.STATUS, Result.FAILED, Reason.REVOKED);
        assertThat(report.isAuthentic()).isTrue();
    }

    @Test
    void aSuspendedBadgeIsNamed() {
        elsewhere.publish(
                LIST,
                elsewhere
                        .signed(json(elsewhere.list(DID, 7).replace("\"revocation\"", "\"suspension\"")))
                        .toString());

        // The list was signed for another purpose first: signing anew covers what it says now.
        JsonObject list = without(json(elsewhere.list(DID, 7).replace("\"revocation\"", "\"suspension\"")), "proof");
        elsewhere.publish(LIST, elsewhere.signed(list).toString());

        assertSays(
                elsewhere.verify(elsewhere.signed(elsewhere.withStatus(7, "suspension"))),
                Name.STATUS,
                Result.FAILED,
                Reason.SUSPENDED);
    }

    @Test
    void aStatusListThatDoesNotAnswerIsNamed() {
        elsewhere.refusals.put(LIST, Reason.UNREACHABLE);

        assertSays(
                elsewhere.verify(elsewhere.signed(elsewhere.withStatus(8, "revocation"))),
                Name.STATUS,
                Result.UNKNOWN,
                Reason.UNREACHABLE);
    }

    @Test
    void aStatusListThatItsIssuerDidNotSignIsNotBelieved() {
        elsewhere.publish(LIST, elsewhere.list("did:web:another.example", 9));
        assertSays(
                elsewhere.verify(elsewhere.signed(elsewhere.withStatus(8, "revocation"))),
                Name.STATUS,
                Result.UNKNOWN,
                Reason.STATUS_LIST_UNTRUSTED);

        elsewhere.publish(
                LIST, with(json(elsewhere.list(DID, 9)), "name", "Changed").toString());
        assertSays(
                elsewhere.verify(elsewhere.signed(elsewhere.withStatus(8, "revocation"))),
                Name.STATUS,
                Result.UNKNOWN,
                Reason.STATUS_LIST_UNTRUSTED);
    }

    /** Bitstring Status List v1.0, 2.2: the issuer of the list may be another one. */
    @Test
    void aStatusListOfAnotherIsBelievedWhereThatOneSignedItAndIsNamed() {
        String another = "did:web:lists.example";
        JsonObject list = without(json(elsewhere.list(another, 9)), "proof");
        elsewhere.publish(
                "https://lists.example/.well-known/did.json",
                elsewhere.didDocument().replace(DID, another));
        elsewhere.publish(LIST, elsewhere.signed(list, another + "#key-1").toString());

        BadgeReport report = elsewhere.verify(elsewhere.signed(elsewhere.withStatus(8, "revocation")));

        assertValid(report);
        assertThat(report.check(Name.STATUS).orElseThrow().detail()).isEqualTo(another);
        assertSays(
                elsewhere.verify(elsewhere.signed(elsewhere.withStatus(9, "revocation"))),
                Name.STATUS,
                Result.FAILED,
                Reason.REVOKED);
    }

    /** A gigabyte of zeros in a megabyte. */
    @Test
    void aStatusListThatIsABombIsReadOnlyAsFarAsNeeded() {
        elsewhere.publish(LIST, elsewhere.list(DID, Elsewhere.gzip(new byte[200 << 20])));

        assertValid(elsewhere.verify(elsewhere.signed(elsewhere.withStatus(8, "revocation"))));

        elsewhere.publish(LIST, elsewhere.list(DID, Elsewhere.gzip(new byte[10])));
        assertSays(
                elsewhere.verify(elsewhere.signed(elsewhere.withStatus(80_000, "revocation"))),
                Name.STATUS,
                Result.UNKNOWN,
                Reason.STATUS_LIST_BROKEN);
    }

    @Test
    void anEntryOfSeveralBitsIsReadWhereItStands() {
        byte[] bits = new byte[3 * 16_384];
        // Of three bits each: the last one of entry 5 is bit 17.
        bits[2] |= 0x80 >> 1;
        elsewhere.publish(LIST, elsewhere.list(DID, Elsewhere.gzip(bits)));

        assertSays(elsewhere.verify(elsewhere.signed(ofSize("3", 5))), Name.STATUS, Result.FAILED, Reason.REVOKED);
        for (int clear : List.of(4, 6, 17, 131_071)) {
            assertValid(elsewhere.verify(elsewhere.signed(ofSize("3", clear))));
        }
        for (String wrong : List.of("0", "-1", "1.5", "65")) {
            assertSays(
                    elsewhere.verify(elsewhere.signed(ofSize(wrong, 5))),
                    Name.STATUS,
                    Result.UNKNOWN,
                    Reason.STATUS_UNKNOWN);
        }
        assertSays(
                elsewhere.verify(elsewhere.signed(ofSize("4", 5))),
                Name.STATUS,
                Result.UNKNOWN,
                Reason.STATUS_LIST_BROKEN);
    }

    private JsonObject ofSize(String size, int place) {
        JsonObject credential = elsewhere.withStatus(place, "revocation");
        JsonObject entry = with(
                credential.getJsonObject("credentialStatus"),
                "statusSize",
                Objects.requireNonNull(json("{\"size\":" + size + "}").get("size")));
        return with(credential, "credentialStatus", entry);
    }

    @Test
    void anEntryThatOnlyRemarksSomethingIsNoStatusThatWasLookedUp() {
        for (String purpose : List.of("message", "refresh")) {
            BadgeReport report = elsewhere.verify(elsewhere.signed(elsewhere.withStatus(8, purpose)));

            assertValid(report);
            assertThat(report.check(Name.STATUS)).isEmpty();
        }
    }

    @Test
    void aListOfRevocationsByNameIsRead() {
        JsonObject credential = with(
                with(
                        elsewhere.credential(),
                        "credentialStatus",
                        json("{\"id\":\"" + SITE + "/revoked\",\"type\":\"1EdTechRevocationList\"}")),
                "@context",
                json("{\"c\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\","
                                + "\"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json\"]}")
                        .get("c"));
        String list =
                "{\"id\":\"%s/revoked\",\"issuer\":\"%s\",\"revokedCredential\":[{\"id\":\"%s\",\"revoked\":true}]}";
        elsewhere.publish(SITE + "/revoked", list.formatted(SITE, DID, "urn:uuid:another"));
        assertValid(elsewhere.verify(elsewhere.signed(credential)));

        elsewhere.publish(SITE + "/revoked", list.formatted(SITE, DID, credential.getString("id")));
        assertSays(elsewhere.verify(elsewhere.signed(credential)), Name.STATUS, Result.FAILED, Reason.REVOKED);
    }

    /** As large as another Laurel writes it. */
    @Test
    void aListOfThousandsOfRevocationsByNameIsRead() {
        JsonObject credential = json(
                elsewhere
                        .credential()
                        .toString()
                        .replace(
                                "context-3.0.3.json\"",
                                "context-3.0.3.json\",\"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json\"")
                        .replace(
                                "\"name\":\"Welder\",\"credentialSubject\"",
                                "\"credentialStatus\":{\"id\":\"" + SITE
                                        + "/revoked\",\"type\":\"1EdTechRevocationList\"},\"name\":\"Welder\",\"credentialSubject\""));
        JsonObject signed = elsewhere.signed(credential);
        String entry = "{\"id\":\"urn:uuid:%s\",\"revoked\":true,\"revocationReason\":\"Taken back by its issuer\"}";
        String others = IntStream.range(0, 20_000)
                .mapToObj(number -> entry.formatted(new UUID(7, number)))
                .collect(Collectors.joining(","));
        String list = "{\"id\":\"%s/revoked\",\"issuer\":\"%s\",\"revokedCredential\":[%s]}";

        elsewhere.publish(SITE + "/revoked", list.formatted(SITE, DID, others));
        assertValid(elsewhere.verify(signed));

        String own = entry.replace("urn:uuid:%s", credential.getString("id"));
        elsewhere.publish(SITE + "/revoked", list.formatted(SITE, DID, others + "," + own));
        assertSays(elsewhere.verify(signed), Name.STATUS, Result.FAILED, Reason.REVOKED);

        elsewhere.publish(SITE + "/revoked", list.formatted(SITE, "did:web:another.example", others));
        assertSays(elsewhere.verify(signed), Name.STATUS, Result.UNKNOWN, Reason.STATUS_LIST_UNTRUSTED);

        elsewhere.publish(SITE + "/revoked", "{\"id\":\"x\",\"issuer\":\"" + DID + "\"}");
        assertSays(elsewhere.verify(signed), Name.STATUS, Result.UNKNOWN, Reason.STATUS_LIST_BROKEN);

        elsewhere.publish(SITE + "/revoked", "{\"issuer\":\"" + DID + "\",\"revokedCredential\":[");
        assertSays(elsewhere.verify(signed), Name.STATUS, Result.UNKNOWN, Reason.ANSWER_UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({"validUntil, 2026-03-02T09:00:00Z, expired", "validFrom, 2026-03-03T10:00:00Z, not-yet-valid"})
    void aStatusListThatIsNotInForceIsNotBelieved(String name, String time, String detail) {
        JsonObject list = with(without(json(elsewhere.list(DID, 9)), "proof"), name, time);
        elsewhere.publish(LIST, elsewhere.signed(list).toString());

        BadgeReport report = elsewhere.verify(elsewhere.signed(elsewhere.withStatus(8, "revocation")));

        assertSays(report, Name.STATUS, Result.UNKNOWN, Reason.STATUS_LIST_UNTRUSTED);
        assertThat(report.check(Name.STATUS).orElseThrow().detail()).isEqualTo(detail);
    }

    /** A list of few would tell whose badge was looked up. */
    @Test
    void aStatusListThatIsTooShortIsNotRead() {
        elsewhere.publish(LIST, elsewhere.list(DID, Elsewhere.gzip(new byte[16_383])));

        assertSays(
                elsewhere.verify(elsewhere.signed(elsewhere.withStatus(8, "revocation"))),
                Name.STATUS,
                Result.UNKNOWN,
                Reason.STATUS_LIST_BROKEN);
    }

    @Test
    void anUnknownContextIsNamedAndNeverFetched() {
        JsonObject signed = elsewhere.signed(elsewhere.credential());
        String unknown =
                signed.toString().replaceFirst("context-3.0.3.json\"", "context-3.0.3.json\",\"" + SITE + "/context\"");
        elsewhere.publish(SITE + "/context", "{\"@context\":{\"@vocab\":\"urn:x#\"}}");

        BadgeReport report = elsewhere.verify(unknown);

        assertThat(report.check(Name.CONTEXTS).orElseThrow())
                .isEqualTo(new Check(Name.CONTEXTS, Result.UNKNOWN, Reason.CONTEXT_UNKNOWN, SITE + "/context"));
        assertThat(report.verdict()).isNotEqualTo(Verdict.VALID);
        assertThat(elsewhere.asked).doesNotContain(SITE + "/context");
    }

    @Test
    void aWordThatNoVocabularyDefinesIsNamed() {
        JsonObject signed = with(elsewhere.signed(elsewhere.credential()), "grade", "A");

        assertSays(elsewhere.verify(signed), Name.SIGNATURE, Result.FAILED, Reason.WORD_UNDEFINED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE"})
    void aJwtWithoutASignatureIsNamed(String alg) {
        String jws = elsewhere.jws("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}", payload(elsewhere.credential()));

        assertSays(elsewhere.verify(jws), Name.SIGNATURE, Result.FAILED, Reason.ALGORITHM_NONE);
        assertSays(
                elsewhere.verify(jws.substring(0, jws.lastIndexOf('.') + 1)),
                Name.SIGNATURE,
                Result.FAILED,
                Reason.ALGORITHM_NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "iss, did:web:another.example",
        "jti, urn:uuid:another",
        "sub, did:example:eve",
    })
    void aClaimThatContradictsTheCredentialIsNamed(String claim, String value) {
        String jws = elsewhere.jws(
                "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + SITE + "/keys/es256\"}",
                with(json(payload(elsewhere.credential())), claim, value).toString());

        BadgeReport report = elsewhere.verify(jws);

        assertSays(report, Name.CLAIMS, Result.FAILED, Reason.CLAIM_CONTRADICTS);
        assertThat(report.check(Name.CLAIMS).orElseThrow().detail()).isEqualTo(claim);
    }

    @Test
    void aJwtThatNamesNoIssuerIsNamed() {
        String jws = elsewhere.jws(
                "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + SITE + "/keys/es256\"}",
                without(json(payload(elsewhere.credential())), "iss").toString());

        assertSays(elsewhere.verify(jws), Name.CLAIMS, Result.FAILED, Reason.CLAIM_MISSING);
    }

    @Test
    void aChangedJwtIsNamed() {
        String jws = elsewhere.jwt(elsewhere.credential());
        String changed = elsewhere.jwt(with(elsewhere.credential(), "name", "Master welder"));

        assertSays(
                elsewhere.verify(changed.substring(0, changed.lastIndexOf('.')) + jws.substring(jws.lastIndexOf('.'))),
                Name.SIGNATURE,
                Result.FAILED,
                Reason.SIGNATURE_WRONG);
    }

    @Test
    void nobodyIsNobody() {
        JsonObject credential = elsewhere.credential();
        JsonObject subject = without(credential.getJsonObject("credentialSubject"), "id");

        assertSays(
                elsewhere.verify(elsewhere.signed(with(credential, "credentialSubject", subject))),
                Name.SUBJECT,
                Result.FAILED,
                Reason.SUBJECT_MISSING);
    }

    @Test
    void aDeadPictureIsSaidAndTheBadgeCounts() {
        elsewhere.site.remove(SITE + "/badge.png");

        BadgeReport report = elsewhere.verify(elsewhere.signed(elsewhere.credential()));

        assertThat(report.verdict()).isEqualTo(Verdict.VALID);
        assertThat(report.check(Name.IMAGE).orElseThrow().result()).isEqualTo(Result.WARNING);
    }

    @Test
    void aSiteThatDoesNotAnswerLeavesItOpen() {
        elsewhere.refusals.put(SITE + "/.well-known/did.json", Reason.UNREACHABLE);

        BadgeReport report = elsewhere.verify(elsewhere.signed(elsewhere.credential()));

        assertSays(report, Name.ISSUER, Result.UNKNOWN, Reason.UNREACHABLE);
        assertThat(report.isAuthentic()).isFalse();
    }

    @Test
    void aBakedPictureIsReadInBothForms() {
        byte[] badge = JsonBytes.write(elsewhere.signed(elsewhere.credential()));

        assertValid(elsewhere.verifier.verify(BakedPng.bake(TestPictures.png(), Keyword.OPEN_BADGES_3, badge)));
        assertValid(elsewhere.verifier.verify(
                BakedSvg.bake("<svg xmlns='http://www.w3.org/2000/svg'><rect width='1' height='1'/></svg>", badge)));
    }

    @Test
    void aPictureWithTwoBadgesIsNamed() {
        byte[] badge = JsonBytes.write(elsewhere.signed(elsewhere.credential()));
        byte[] one = BakedPng.bake(TestPictures.png(), Keyword.OPEN_BADGES_3, badge);
        byte[] chunk = java.util.Arrays.copyOfRange(one, 33, 33 + 12 + 24 + badge.length);
        byte[] two = new byte[one.length + chunk.length];
        System.arraycopy(one, 0, two, 0, 33);
        System.arraycopy(chunk, 0, two, 33, chunk.length);
        System.arraycopy(one, 33, two, 33 + chunk.length, one.length - 33);

        assertSays(elsewhere.verifier.verify(two), Name.READABLE, Result.FAILED, Reason.PICTURE_SEVERAL_BADGES);
    }

    @Test
    void aPictureOfFiftyMegabytesIsNamed() {
        byte[] huge = new byte[50 << 20];
        System.arraycopy(TestPictures.png(), 0, huge, 0, 40);

        assertSays(elsewhere.verifier.verify(huge), Name.READABLE, Result.UNKNOWN, Reason.TOO_LARGE);
    }

    @Test
    void deepNestingIsNamed() {
        String deep = "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";

        assertSays(elsewhere.verify(deep), Name.READABLE, Result.UNKNOWN, Reason.TOO_DEEP);
    }

    @Test
    void aHeapOfPartsIsNamed() {
        String heap = "{\"a\":[" + "1,".repeat(30_000) + "1]}";

        assertSays(elsewhere.verify(heap), Name.READABLE, Result.UNKNOWN, Reason.TOO_MANY_PARTS);
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "'   ', EMPTY",
        "hello, NOT_A_BADGE",
        "'{\"a\":', JSON_BROKEN",
        "'{\"type\":\"VerifiableCredential\",\"type\":\"x\"}', JSON_BROKEN",
        "'{\"name\":\"x\"}', NOT_A_BADGE",
        "'[]', NOT_A_BADGE",
        "'<html>', PICTURE_BROKEN",
        "'<svg xmlns=\"http://www.w3.org/2000/svg\"/>', PICTURE_WITHOUT_BADGE",
        "'<!DOCTYPE svg [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]><svg>&c;</svg>', PICTURE_BROKEN",
        "eyI.eyI.abc, JSON_BROKEN",
    })
    void garbageIsNamed(String garbage, Reason reason) {
        BadgeReport report = elsewhere.verify(garbage);

        assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(report.checks()).containsExactly(new Check(Name.READABLE, Result.FAILED, reason, null));
        assertThat(report.says()).isNull();
    }

    @Test
    void anAddressIsFollowedOnce() {
        elsewhere.site.put(SITE + "/mine", JsonBytes.write(elsewhere.signed(elsewhere.credential())));
        elsewhere.publish(SITE + "/away", SITE + "/mine");

        assertValid(elsewhere.verify(SITE + "/mine"));
        assertSays(elsewhere.verify(SITE + "/away"), Name.READABLE, Result.FAILED, Reason.NOT_A_BADGE);
        assertSays(
                elsewhere.verify("http://badges.elsewhere.example"),
                Name.READABLE,
                Result.UNKNOWN,
                Reason.ADDRESS_REFUSED);
    }

    @Test
    void anEndorsementIsCheckedInTheSameWay() {
        JsonObject endorsement = json("""
                {"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
                 "id": "urn:uuid:2", "type": ["VerifiableCredential", "EndorsementCredential"], "name": "Praise",
                 "issuer": {"id": "%s", "type": ["Profile"], "name": "Elsewhere College"}, "validFrom": "2026-03-01T10:00:00Z",
                 "credentialSubject": {"id": "https://badges.example/achievements/1", "type": ["EndorsementSubject"],
                  "endorsementComment": "Good"}}""".formatted(DID));

        BadgeReport report = elsewhere.verify(elsewhere.signed(endorsement));

        assertValid(report);
        assertThat(report.says().endorsement()).isTrue();
        assertThat(report.says().description()).isEqualTo("Good");
        assertThat(report.says().subject()).isEqualTo("https://badges.example/achievements/1");
    }

    @Test
    void itsHolderIsRecognisedByWhatIsHashed() {
        JsonObject subject = with(
                elsewhere.credential().getJsonObject("credentialSubject"),
                "identifier",
                json("{\"i\":[{\"type\":\"IdentityObject\",\"hashed\":true,\"identityType\":\"emailAddress\",\"salt\":\"Kosher\","
                                + "\"identityHash\":\"sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399\"}]}")
                        .get("i"));

        BadgeReport report =
                elsewhere.verify(elsewhere.signed(with(elsewhere.credential(), "credentialSubject", subject)));

        assertValid(report);
        assertThat(report.says().identities()).singleElement().satisfies(identity -> {
            assertThat(identity.type()).isEqualTo("emailAddress");
            assertThat(identity.isOf("A@example.com")).isTrue();
            assertThat(identity.isOf("b@example.com")).isFalse();
        });
    }

    @Test
    void manyOfOneIssuerAreCheckedTogether() {
        byte[] badge = JsonBytes.write(elsewhere.signed(elsewhere.credential()));

        List<BadgeReport> reports =
                elsewhere.verifier.verifyAll(List.of(badge, "x".getBytes(StandardCharsets.UTF_8), badge));

        assertThat(reports)
                .extracting(BadgeReport::verdict)
                .containsExactly(Verdict.VALID, Verdict.INVALID, Verdict.VALID);
    }
}
