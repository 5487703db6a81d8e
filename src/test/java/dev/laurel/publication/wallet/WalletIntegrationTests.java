package dev.laurel.publication.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.laurel.LaurelTest;
import dev.laurel.award.fall.Revocations;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.TestAwards;
import dev.laurel.platform.secrets.Token;
import dev.laurel.publication.wallet.WalletCourse.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** A wallet takes a badge, and whoever means harm does not. */
@LaurelTest
@Import(TestAwards.class)
class WalletIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Credentials credentials;

    @Autowired
    Revocations revocations;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private final TestWallet wallet = new TestWallet();

    private WalletCourse ada;

    @BeforeEach
    void somebodyHasABadge() {
        ada = WalletCourse.start(app);
    }

    @Test
    void theCredentialNamesTheKeyOfTheWalletAndVerifies() {
        Answer answer = ada.credential(ada.accessToken(), wallet.proof(ada.identifier(), ada.nonce()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("cache-control")).hasValue("no-store");
        JsonNode credential = answer.body().at("/credentials/0/credential");
        assertThat(credential.at("/credentialSubject/id").asString()).isEqualTo(wallet.did());
        assertThat(credential.path("id").asString())
                .isEqualTo("urn:uuid:" + ada.award().publicId());
        assertThat(credential.path("name").asString()).isEqualTo("Essayist 漢字 🎓");
        assertThat(credentials.verify(bytesOf(answer)).valid()).isTrue();
        assertThat(new String(ada.stored().embedded(), StandardCharsets.UTF_8)).doesNotContain("did:jwk");
    }

    /** Exactly what was signed: another writer of JSON would already change what others check. */
    private static byte[] bytesOf(Answer answer) {
        String body = answer.response().body();
        return body.substring("{\"credentials\":[{\"credential\":".length(), body.length() - "}]}".length())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theCopyInTheWalletIsTakenBackWithTheBadge() {
        byte[] copy = bytesOf(ada.credential(ada.accessToken(), wallet.proof(ada.identifier(), ada.nonce())));

        transaction.executeWithoutResult(status ->
                revocations.takeBack(ada.course().tenant(), List.of(ada.award()), "Wrong.", 1, Instant.now()));

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(credentials.verify(copy).valid()).isFalse());
    }

    @Test
    void aWalletThatLostTheAnswerAsksAgainAndGetsTheSameOrTheOtherFormat() {
        String token = ada.accessToken();
        Answer first = ada.credential(token, wallet.proof(ada.identifier(), ada.nonce()));
        Answer again = ada.credential(token, wallet.proof(ada.identifier(), ada.nonce()));
        Answer jwt = ada.credential(
                token,
                Map.of(
                        "credential_configuration_id",
                        WalletMetadata.JWT,
                        "proofs",
                        Map.of("jwt", List.of(wallet.proof(ada.identifier(), ada.nonce())))));

        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(credentials
                        .verify(jwt.body()
                                .at("/credentials/0/credential")
                                .asString()
                                .getBytes(StandardCharsets.US_ASCII))
                        .valid())
                .isTrue();
    }

    @Test
    void theMetadataAreWhereTheSpecificationPutsThem() {
        String origin = ada.identifier().substring(0, ada.identifier().indexOf("/wallet/"));
        Answer issuer = ada.get(origin + "/.well-known/openid-credential-issuer/wallet/" + ada.issuer());
        Answer server = ada.get(origin + "/.well-known/oauth-authorization-server/wallet/" + ada.issuer());

        assertThat(issuer.body().path("credential_issuer").asString()).isEqualTo(ada.identifier());
        assertThat(issuer.body()
                        .at("/credential_configurations_supported/open-badge/credential_metadata")
                        .isObject())
                .isTrue();
        for (String id : List.of(WalletMetadata.EMBEDDED, WalletMetadata.JWT)) {
            assertThat(issuer.body()
                            .at("/credential_configurations_supported/" + id + "/scope")
                            .asString())
                    .isEqualTo(id);
        }
        assertThat(server.body().path("issuer").asString()).isEqualTo(ada.identifier());
        assertThat(server.body()
                        .path("pre-authorized_grant_anonymous_access_supported")
                        .asBoolean())
                .isTrue();
        assertThat(issuer.response().headers().firstValue("set-cookie")).isEmpty();
    }

    @Test
    void aCodeIsGoodOnceAndThenTheOfferIsGone() {
        String secret = ada.offer(false);
        String code = ada.secrets().preAuthorizedCode(secret);

        assertThat(ada.get(ada.identifier() + "/offers/" + secret).status()).isEqualTo(200);
        assertThat(ada.token(code, null).status()).isEqualTo(200);
        assertThat(ada.token(code, null).error()).isEqualTo("400 invalid_grant");
        assertThat(ada.get(ada.identifier() + "/offers/" + secret).status()).isEqualTo(404);
    }

    @Test
    void aCodeIsGoodForMinutesAndSoIsItsToken() {
        String code = ada.secrets().preAuthorizedCode(ada.offer(false));
        String token = ada.accessToken();
        jdbc.sql("UPDATE wallet_offer SET ends_at = '2020-01-01', token_ends_at = '2020-01-01' WHERE tenant_id = ?")
                .param(ada.course().tenant().value())
                .update();

        assertThat(ada.token(code, null).error()).isEqualTo("400 invalid_grant");
        assertThat(ada.credential(token, wallet.proof(ada.identifier(), ada.nonce()))
                        .error())
                .isEqualTo("401 invalid_token");
    }

    @Test
    void aNewOfferEndsTheOneBefore() {
        String code = ada.secrets().preAuthorizedCode(ada.offer(false));
        String token = ada.accessToken();
        ada.offer(false);

        assertThat(ada.token(code, null).error()).isEqualTo("400 invalid_grant");
        assertThat(ada.credential(token, wallet.proof(ada.identifier(), ada.nonce()))
                        .error())
                .isEqualTo("401 invalid_token");
    }

    @Test
    void whatItsHolderEndedIsOverAlsoForAWalletThatCameAlready() {
        String secret = ada.offer(false);
        WalletOffers offers = app.getBean(WalletOffers.class);
        assertThat(offers.useFor(ada.newest(), wallet.did())).isTrue();
        assertThat(ada.post("/exchanges/" + secret, "{}").status()).isEqualTo(200);

        offers.end(ada.course().tenant(), ada.award());

        assertThat(ada.post("/exchanges/" + secret, "{}").status()).isEqualTo(404);
        assertThat(ada.get(ada.identifier() + "/interactions/" + secret).status())
                .isEqualTo(404);
    }

    @Test
    void aCodeOrTokenOfAnotherInstitutionIsNone() {
        WalletCourse elsewhere = WalletCourse.start(app);
        String code = elsewhere.secrets().preAuthorizedCode(elsewhere.offer(false));
        String token = elsewhere.accessToken();

        assertThat(ada.token(code, null).error()).isEqualTo("400 invalid_grant");
        assertThat(ada.credential(token, wallet.proof(ada.identifier(), ada.nonce()))
                        .error())
                .isEqualTo("401 invalid_token");
    }

    @Test
    void whoHasOnlyAPictureOfTheCodeDoesNotKnowTheDigits() {
        String secret = ada.offer(true);
        String code = ada.secrets().preAuthorizedCode(secret);
        String digits = ada.secrets().transactionCode(secret);
        String wrong = digits.equals("000000") ? "000001" : "000000";

        assertThat(digits).matches("[0-9]{6}");
        assertThat(ada.get(ada.identifier() + "/offers/" + secret)
                        .body()
                        .at("/grants")
                        .toString())
                .contains("\"length\":6")
                .doesNotContain(digits);
        assertThat(ada.token(code, null).error()).isEqualTo("400 invalid_request");
        for (int i = 1; i < WalletOffers.WRONG_CODES; i++) {
            assertThat(ada.token(code, wrong).error()).isEqualTo("400 invalid_grant");
        }
        assertThat(ada.token(code, digits).status()).isEqualTo(200);
    }

    @Test
    void nobodyGuessesTheDigits() {
        String secret = ada.offer(true);
        String code = ada.secrets().preAuthorizedCode(secret);
        String digits = ada.secrets().transactionCode(secret);
        String wrong = digits.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < WalletOffers.WRONG_CODES; i++) {
            assertThat(ada.token(code, wrong).error()).isEqualTo("400 invalid_grant");
        }

        assertThat(ada.token(code, digits).error()).isEqualTo("400 invalid_grant");
    }

    /** Many who come at once have all read the offer before any of them was found to be wrong. */
    @Test
    void digitsAreCountedBeforeTheyAreCompared() {
        String secret = ada.offer(true);
        WalletOffer read = ada.newest();
        WalletOfferRepository offers = app.getBean(WalletOfferRepository.class);

        assertThat(Stream.generate(() -> offers.countTry(read, WalletOffers.WRONG_CODES))
                        .limit(20))
                .filteredOn(counted -> counted)
                .hasSize(WalletOffers.WRONG_CODES);

        assertThat(ada.token(
                                ada.secrets().preAuthorizedCode(secret),
                                ada.secrets().transactionCode(secret))
                        .error())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    void theRightDigitsAreATryLikeOthers() {
        String secret = ada.offer(true);

        assertThat(ada.token(
                                ada.secrets().preAuthorizedCode(secret),
                                ada.secrets().transactionCode(secret))
                        .status())
                .isEqualTo(200);

        assertThat(jdbc.sql("SELECT wrong_codes FROM wallet_offer WHERE tenant_id = ? ORDER BY id DESC LIMIT 1")
                        .param(ada.course().tenant().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    static Stream<Arguments> tokenRequests() {
        return Stream.of(
                Arguments.of(Map.of(), "400 invalid_request"),
                Arguments.of(Map.of("grant_type", "authorization_code", "code", "x"), "400 unsupported_grant_type"),
                Arguments.of(Map.of("grant_type", WalletMetadata.GRANT), "400 invalid_request"),
                Arguments.of(
                        Map.of("grant_type", WalletMetadata.GRANT, "pre-authorized_code", "x"), "400 invalid_grant"));
    }

    @ParameterizedTest
    @MethodSource("tokenRequests")
    void aTokenRequestThatIsNoneIsRefused(Map<String, String> form, String error) {
        assertThat(ada.token(form).error()).isEqualTo(error);
    }

    @Test
    void digitsThatNobodyAskedForAreRefused() {
        assertThat(ada.token(ada.secrets().preAuthorizedCode(ada.offer(false)), "123456")
                        .error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    void aProofIsGoodOnce() {
        String token = ada.accessToken();
        String proof = wallet.proof(ada.identifier(), ada.nonce());

        assertThat(ada.credential(token, proof).status()).isEqualTo(200);
        assertThat(ada.credential(token, proof).error()).isEqualTo("400 invalid_nonce");
        assertThat(ada.credential(ada.accessToken(), proof).error()).isEqualTo("400 invalid_nonce");
    }

    @Test
    void aNonceOfAnotherIssuerOrOfNobodyIsRefused() {
        String token = ada.accessToken();
        String foreign = WalletCourse.start(app).nonce();
        String own = ada.nonce();
        String changed =
                (own.charAt(9) == 'A' ? own.replaceFirst("^(.{9}).", "$1B") : own.replaceFirst("^(.{9}).", "$1A"));

        for (String nonce : List.of(foreign, changed, "", "x", "%")) {
            assertThat(ada.credential(token, wallet.proof(ada.identifier(), nonce))
                            .error())
                    .isEqualTo("400 invalid_nonce");
        }
    }

    private record Forgery(
            UnaryOperator<com.nimbusds.jose.JWSHeader.Builder> header, UnaryOperator<JWTClaimsSet.Builder> claims) {}

    static Stream<Arguments> forgeries() {
        UnaryOperator<com.nimbusds.jose.JWSHeader.Builder> header = UnaryOperator.identity();
        UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();
        return Stream.of(
                Arguments.of("another audience", new Forgery(header, c -> c.audience("https://elsewhere.example"))),
                Arguments.of("two audiences", new Forgery(header, c -> c.audience(List.of("x", "y")))),
                Arguments.of("no audience", new Forgery(header, c -> c.audience((String) null))),
                Arguments.of("no nonce", new Forgery(header, c -> c.claim("nonce", null))),
                Arguments.of("no time", new Forgery(header, c -> c.issueTime(null))),
                Arguments.of(
                        "an old one",
                        new Forgery(
                                header, c -> c.issueTime(Date.from(Instant.now().minusSeconds(400))))),
                Arguments.of(
                        "one of tomorrow",
                        new Forgery(
                                header, c -> c.issueTime(Date.from(Instant.now().plusSeconds(90_000))))),
                Arguments.of("another type", new Forgery(h -> h.type(JOSEObjectType.JWT), claims)),
                Arguments.of("no type", new Forgery(h -> h.type(null), claims)),
                Arguments.of("no key", new Forgery(h -> h.keyID(null), claims)),
                Arguments.of("somebody else's key", new Forgery(h -> h.keyID(new TestWallet().did() + "#0"), claims)),
                Arguments.of("no such key", new Forgery(h -> h.keyID(new TestWallet().did() + "#1"), claims)),
                Arguments.of("a key of the web", new Forgery(h -> h.keyID("did:web:example.org#1"), claims)),
                Arguments.of("no DID", new Forgery(h -> h.keyID("key-1"), claims)),
                Arguments.of(
                        "a critical header",
                        new Forgery(h -> h.criticalParams(java.util.Set.of("x")).customParam("x", 1), claims)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void aForgedProofIsRefused(String what, Forgery forgery) {
        String proof = wallet.proof(ada.identifier(), ada.nonce(), forgery.header(), forgery.claims());

        assertThat(ada.credential(ada.accessToken(), proof).error()).as(what).isEqualTo("400 invalid_proof");
    }

    @Test
    void aChangedSignatureIsRefused() {
        String proof = wallet.proof(ada.identifier(), ada.nonce());
        int at = proof.lastIndexOf('.') + 10;
        String changed = proof.substring(0, at) + (proof.charAt(at) == 'A' ? 'B' : 'A') + proof.substring(at + 1);

        assertThat(ada.credential(ada.accessToken(), changed).error()).isEqualTo("400 invalid_proof");
        for (String nonsense : List.of("", "x", "a.b.c", "..", proof + ".x", "e30.e30.e30")) {
            assertThat(ada.credential(ada.accessToken(), nonsense).error()).isEqualTo("400 invalid_proof");
        }
    }

    @Test
    void aStolenTokenIsOfNoUseOnceTheWalletHasProvedItsKey() {
        String token = ada.accessToken();
        ada.credential(token, wallet.proof(ada.identifier(), ada.nonce()));

        assertThat(ada.credential(token, new TestWallet().proof(ada.identifier(), ada.nonce()))
                        .error())
                .isEqualTo("400 invalid_proof");
    }

    static Stream<Arguments> credentialRequests() {
        return Stream.of(
                Arguments.of(Map.of(), "400 invalid_credential_request"),
                Arguments.of(List.of(), "400 invalid_credential_request"),
                Arguments.of(Map.of("credential_configuration_id", "x"), "400 unknown_credential_configuration"),
                Arguments.of(Map.of("credential_identifier", "x"), "400 unknown_credential_identifier"),
                Arguments.of(
                        Map.of("credential_configuration_id", "open-badge", "credential_response_encryption", Map.of()),
                        "400 invalid_encryption_parameters"),
                Arguments.of(Map.of("credential_configuration_id", "open-badge"), "400 invalid_proof"),
                Arguments.of(
                        Map.of("credential_configuration_id", "open-badge", "proofs", Map.of("jwt", List.of())),
                        "400 invalid_proof"),
                Arguments.of(
                        Map.of("credential_configuration_id", "open-badge", "proofs", Map.of("jwt", List.of("a", "b"))),
                        "400 invalid_proof"),
                Arguments.of(
                        Map.of("credential_configuration_id", "x".repeat(70_000)), "413 invalid_credential_request"));
    }

    @ParameterizedTest
    @MethodSource("credentialRequests")
    void aCredentialRequestThatIsNoneIsRefused(Object body, String error) {
        assertThat(ada.credential(ada.accessToken(), body).error()).isEqualTo(error);
    }

    @Test
    void whatWasTakenBackIsNotGivenToAWallet() {
        String token = ada.accessToken();
        transaction.executeWithoutResult(status ->
                revocations.takeBack(ada.course().tenant(), List.of(ada.award()), "Wrong.", 1, Instant.now()));

        assertThat(ada.credential(token, wallet.proof(ada.identifier(), ada.nonce()))
                        .error())
                .isEqualTo("400 credential_request_denied");
    }

    @Test
    void onlySoManyOffersAreMadeInAnHour() {
        WalletOffers offers = app.getBean(WalletOffers.class);
        for (int i = 0; i < WalletOffers.IN_AN_HOUR; i++) {
            assertThat(offers.make(ada.course().tenant(), ada.award(), ada.issuer(), false))
                    .isTrue();
        }

        assertThat(offers.make(ada.course().tenant(), ada.award(), ada.issuer(), false))
                .isFalse();
    }

    @Test
    void anOfferThatAsksForDigitsIsForNoWalletThatCannotAskForThem() {
        String secret = ada.offer(true);

        assertThat(ada.get(ada.identifier() + "/interactions/" + secret).status())
                .isEqualTo(404);
        assertThat(ada.post("/exchanges/" + secret, "{}").status()).isEqualTo(404);
        assertThat(ada.post("/exchanges/" + secret, "{\"verifiablePresentation\":{}}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anExchangeSaysWhatItDoesNotUnderstand() {
        String secret = ada.offer(false);

        for (String body : List.of("", "[]", "{\"verifiablePresentation\":{}}", "{\"verifiablePresentation\":\"x\"}")) {
            assertThat(ada.post("/exchanges/" + secret, body).error()).isEqualTo("400 invalid_request");
        }
        assertThat(ada.post("/exchanges/" + Token.next(), "{}").status()).isEqualTo(404);
        assertThat(ada.post("/exchanges/" + secret, "{}")
                        .body()
                        .at("/verifiablePresentationRequest/challenge")
                        .asString())
                .isNotEmpty();
    }

    @Test
    void whoScansTheCodeWithACameraIsToldToUseTheWallet() {
        String page = ada.getPage(ada.interaction());

        assertThat(page).contains("This address is for a wallet", "openid-credential-offer://");
    }

    @Test
    void noSecretIsStoredReadable() {
        String secret = ada.offer(true);
        String all = jdbc.sql("SELECT * FROM wallet_offer WHERE tenant_id = ?")
                .param(ada.course().tenant().value())
                .query((row, n) -> new String(row.getBytes("secret_sealed"), StandardCharsets.ISO_8859_1)
                        + new String(row.getBytes("secret_hash"), StandardCharsets.ISO_8859_1)
                        + new String(row.getBytes("code_hash"), StandardCharsets.ISO_8859_1))
                .single();

        assertThat(all).doesNotContain(secret, ada.secrets().preAuthorizedCode(secret));
    }
}
