package dev.laurel.credential.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.laurel.LaurelTest;
import dev.laurel.Needs;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.TestPictures;
import dev.laurel.credential.Verification;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.JwsKeys;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.SetAsideWork;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@LaurelTest
@Import(TestAwards.class)
class CredentialIntegrationTests {

    private static final String HARD_NAME = "\"Łódź\" 漢字 🎓 <b>\\ line\nbreak\t’";

    @Autowired
    TestAwards awards;

    @Autowired
    SetAsideCredentials setAside;

    @Autowired
    Credentials credentials;

    @Autowired
    CredentialRepository repository;

    @Autowired
    EmbeddedSigning signing;

    @Autowired
    IssuerKeys keys;

    @Autowired
    CredentialTrail trail;

    @Autowired
    CredentialFormats formats;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Test
    void anAwardBecomesACredentialThatVerifiesInBothFormats() {
        Course course = awards.course(TestAwards.draft("Essayist"));

        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));

        assertThat(credentials.verify(stored.embedded()))
                .isEqualTo(
                        new Verification(true, checks("shape", "contexts", "issuer", "signature", "dates", "status")));
        assertThat(credentials.verify(stored.jwt()).valid()).isTrue();
    }

    @Test
    void itSaysWhatTheAwardSaysAndNamesNobody() throws Exception {
        Course course = awards.course(
                new AchievementDraft(HARD_NAME, HARD_NAME, "80 % in “Essay 2” – 漢字\n🎓", "#336699", null));
        Award award = awards.decide(course, awards.person(course, "sub-of-Ada"));

        JsonObject credential = JsonBytes.parse(signed(course, award).embedded());

        JsonObject subject = credential.getJsonObject("credentialSubject");
        assertThat(credential.getString("id")).isEqualTo("urn:uuid:" + award.publicId());
        assertThat(credential.getString("name")).isEqualTo(HARD_NAME);
        assertThat(credential.getString("validFrom"))
                .isEqualTo(award.decidedAt().toString());
        assertThat(credential.getJsonObject("issuer").getString("id"))
                .isEqualTo("did:web:localhost%3A" + publicUrl.value().getPort() + ":issuers:"
                        + course.issuer().publicId());
        assertThat(subject.getString("id")).isEqualTo("urn:uuid:" + award.subjectId());
        assertThat(subject)
                .as("a salted hash of a small number hides nothing, and links all badges of one person")
                .doesNotContainKey("identifier");
        assertThat(subject.getJsonObject("achievement").getString("id"))
                .isEqualTo(publicUrl.at("/achievements/" + course.badge().achievementPublicId() + "/1"));
        assertThat(credential.toString()).doesNotContain("Ada", "@example.org");
    }

    @Test
    void itMatchesTheSchemaOfOpenBadges() throws Exception {
        String schema =
                Files.readString(Needs.shared().resolve("fixtures/schema/ob_v3p0_achievementcredential_schema.json"));
        Course course = awards.course(TestAwards.draft(HARD_NAME));

        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));

        var validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                .getSchema(schema, InputFormat.JSON);
        assertThat(validator.validate(
                        text(stored.embedded()),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .isEmpty();
        assertThat(validator.validate("{\"id\": \"urn:uuid:1\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void tierCreditsEndAndEvidenceStandInItInTermsOfOpenBadges() throws Exception {
        String schema =
                Files.readString(Needs.shared().resolve("fixtures/schema/ob_v3p0_achievementcredential_schema.json"));
        Course course = awards.course(
                new AchievementDraft("Essayist", "Can write", "80 %", "#336699", null, new BigDecimal("2.50")));
        Instant end = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);

        StoredCredential stored =
                signed(course, awards.decideWithEverything(course, awards.person(course, "ada"), end));

        JsonObject credential = JsonBytes.parse(stored.embedded());
        JsonObject subject = credential.getJsonObject("credentialSubject");
        JsonObject achievement = subject.getJsonObject("achievement");
        JsonObject tiers = achievement.getJsonArray("resultDescription").getJsonObject(0);
        JsonObject result = subject.getJsonArray("result").getJsonObject(0);
        assertThat(credential.getString("validUntil")).isEqualTo(end.toString());
        assertThat(achievement.getJsonNumber("creditsAvailable").bigDecimalValue())
                .isEqualTo("2.5");
        assertThat(subject.getJsonNumber("creditsEarned").bigDecimalValue()).isEqualTo("2.5");
        assertThat(result.getString("resultDescription")).isEqualTo(tiers.getString("id"));
        assertThat(tiers.getJsonArray("rubricCriterionLevel").getValuesAs(JsonObject.class))
                .filteredOn(level -> level.getString("id").equals(result.getString("achievedLevel")))
                .extracting(level -> level.getString("name"))
                .containsExactly("Mastered „漢字”");
        assertThat(credential.getJsonArray("evidence").getJsonObject(0).getString("narrative"))
                .endsWith("sha256$" + "0a".repeat(32));
        assertThat(JsonBytes.parse(VcJwt.payload(stored.jwt()))
                        .getJsonNumber("exp")
                        .longValueExact())
                .isEqualTo(end.getEpochSecond());
        assertThat(credentials.verify(stored.embedded()).valid()).isTrue();
        assertThat(credentials.verify(stored.jwt()).valid()).isTrue();
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(text(stored.embedded()), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void whatIsOverIsNotInForce() {
        Course course = awards.course(TestAwards.draft("Essayist"));

        StoredCredential stored = signed(
                course,
                awards.decideWithEverything(
                        course, awards.person(course, "ada"), Instant.now().minusSeconds(5)));

        assertThat(credentials.verify(stored.embedded()).valid()).isFalse();
        assertThat(credentials.verify(stored.jwt()).valid()).isFalse();
    }

    /** A record from before there were salts tells nothing by its hash, and an award from before no tier. */
    @Test
    void anAwardFromBeforeIsSignedWithoutThem() {
        Course course = awards.course(TestAwards.draft("Essayist"));

        JsonObject credential = JsonBytes.parse(signed(course, awards.decide(course, awards.person(course, "ada")))
                .embedded());

        assertThat(credential).doesNotContainKeys("evidence", "validUntil");
        assertThat(credential.getJsonObject("credentialSubject")).doesNotContainKeys("result", "creditsEarned");
    }

    @Test
    void theClaimsOfTheJwtAreTheCredentials() throws Exception {
        Course course = awards.course(TestAwards.draft(HARD_NAME));
        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));

        JsonObject embedded = JsonBytes.parse(stored.embedded());
        JsonObject claims = JsonBytes.parse(VcJwt.payload(stored.jwt()));
        String kid = VcJwt.header(stored.jwt()).kid();

        assertThat(claims.getString("iss"))
                .isEqualTo(embedded.getJsonObject("issuer").getString("id"));
        assertThat(claims.getString("jti")).isEqualTo(embedded.getString("id"));
        assertThat(claims.getString("sub"))
                .isEqualTo(embedded.getJsonObject("credentialSubject").getString("id"));
        assertThat(claims.getJsonNumber("nbf").longValueExact())
                .isEqualTo(Instant.parse(embedded.getString("validFrom")).getEpochSecond());
        assertThat(VcJwt.withoutClaims(claims))
                .isEqualTo(JsonBytes.JSON
                        .createObjectBuilder(embedded)
                        .remove("proof")
                        .build());
        JsonObject jwk = JsonBytes.parse(get(kid).getBytes(StandardCharsets.UTF_8));
        assertThat(jwk.getString("kty")).isEqualTo("RSA");
        assertThat(jwk).doesNotContainKeys("d", "p", "q");
    }

    @Test
    void whereTheInstitutionChoseItTheJwtIsSignedWithEs256AndOlderOnesStayValid() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        StoredCredential before = signed(course, awards.decide(course, awards.person(course, "ada")));
        formats.choose(
                course.tenant(), new CredentialFormat(CredentialFormat.Jwt.ES256, CredentialFormat.Status.BITS), 1);
        StoredCredential after = signed(course, awards.decide(course, awards.person(course, "grace")));

        assertThat(VcJwt.header(before.jwt()).alg()).isEqualTo(JwsKeys.RS256);
        assertThat(VcJwt.header(after.jwt()).alg()).isEqualTo(JwsKeys.ES256);
        assertThat(get(VcJwt.header(after.jwt()).kid())).contains("P-256").doesNotContain("\"d\"");
        assertThat(credentials.verify(before.jwt()).valid()).isTrue();
        assertThat(credentials.verify(after.jwt()).valid()).isTrue();
    }

    @Test
    void aJwtThatContradictsItselfFails() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));
        IssuerKey key = keys.active(course.tenant(), course.issuer(), KeyAlgorithm.RS256);
        JsonObject credential = JsonBytes.parse(VcJwt.payload(stored.jwt()));
        byte[] other = VcJwt.sign(
                JsonBytes.JSON
                        .createObjectBuilder(credential)
                        .add("id", "urn:uuid:" + UUID.randomUUID())
                        .build(),
                keys.signer(course.issuer(), key),
                VcJwt.header(stored.jwt()).kid());
        String[] parts = text(stored.jwt()).split("\\.");
        String[] otherParts = text(other).split("\\.");

        assertThat(credentials.verify(other).valid()).isTrue();
        assertThat(credentials
                        .verify(bytes(otherParts[0] + "." + parts[1] + "." + otherParts[2]))
                        .valid())
                .isFalse();
        assertThat(credentials.verify(bytes(parts[0] + "." + parts[1] + ".")).valid())
                .isFalse();
    }

    @Test
    void theDidDocumentListsEveryKeyAlsoRetiredOnes() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        StoredCredential before = signed(course, awards.decide(course, awards.person(course, "ada")));
        keys.rotate(course.tenant(), course.issuer(), KeyAlgorithm.ED25519, null);
        StoredCredential after = signed(course, awards.decide(course, awards.person(course, "grace")));

        String did = credentials.dids(course.issuer().publicId()).get(0);
        JsonObject document = JsonBytes.parse(
                bytes(get(publicUrl.at("/issuers/" + course.issuer().publicId() + "/did.json"))));

        assertThat(document.getString("id")).isEqualTo(did);
        assertThat(document.getJsonArray("assertionMethod").getValuesAs(JsonString::getString))
                .containsExactlyInAnyOrder(did + "#ed25519-1", did + "#ed25519-2", did + "#rs256-1");
        assertThat(text(before.embedded())).contains("#ed25519-1");
        assertThat(text(after.embedded())).contains("#ed25519-2");
        assertThat(credentials.verify(before.embedded()).valid()).isTrue();
        assertThat(credentials.verify(after.embedded()).valid()).isTrue();
    }

    @Test
    void manyAtOnceMakeOneKey() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> keys.active(course.tenant(), course.issuer(), KeyAlgorithm.ED25519)
                        .publicKey());
            }
            List<String> publicKeys = new ArrayList<>();
            for (var future : threads.invokeAll(calls)) {
                publicKeys.add(future.get());
            }
            assertThat(publicKeys).hasSize(8).containsOnly(publicKeys.get(0));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void signingAgainChangesNothing() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award award = awards.decide(course, awards.person(course, "ada"));
        StoredCredential first = signed(course, award);
        repository.add(course.tenant(), List.of(award), () -> new byte[16], Instant.now());

        signing.run(course.tenant(), "all");

        assertThat(credentials.find(course.tenant(), award.id()).orElseThrow().embedded())
                .isEqualTo(first.embedded());
    }

    /** As after a crash: the rows are there, the job is gone. */
    @Test
    void whatWasLeftUnsignedIsFoundAndSigned() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> left = awards.add(course, List.of(awards.person(course, "ada"), awards.person(course, "grace")));
        repository.add(course.tenant(), left, () -> new byte[16], Instant.now().minusSeconds(600));

        assertThat(repository.tenantsWithUnsigned(Instant.now().minusSeconds(60)))
                .contains(course.tenant());
        signing.run(course.tenant(), "sweep");

        assertThat(left)
                .allMatch(award -> credentials.find(course.tenant(), award.id()).isPresent());
    }

    @Test
    void oneBadAwardIsSetAsideAndTheOthersAreSigned() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> all = awards.add(course, List.of(awards.person(course, "ada"), awards.person(course, "grace")));
        jdbc.sql("UPDATE award SET achievement_version = 9 WHERE tenant_id = ? AND id = ?")
                .params(course.tenant().value(), all.get(0).id())
                .update();
        repository.add(course.tenant(), all, () -> new byte[16], Instant.now());

        signing.run(course.tenant(), "all");

        assertThat(credentials.find(course.tenant(), all.get(0).id())).isEmpty();
        assertThat(credentials.find(course.tenant(), all.get(1).id())).isPresent();
        assertThat(trail.follow(course.tenant(), all.get(0).reference()))
                .extracting(Footprint::outcome)
                .containsExactly("set aside: There is no such version of the badge");

        jdbc.sql("UPDATE award SET achievement_version = 1 WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        assertThat(setAside.waiting())
                .contains(new SetAsideWork.Waiting(course.tenant(), "There is no such version of the badge", 1));
        assertThat(setAside.tryAgain(course.tenant())).isEqualTo(1);
        assertThat(setAside.waiting()).extracting(SetAsideWork.Waiting::tenant).doesNotContain(course.tenant());
        signed(course, all.get(0));
    }

    @Test
    void aForeignIssuerIsRefusedPolitely() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));

        Verification foreign = credentials.verify(
                bytes(text(stored.embedded()).replace("did:web:localhost", "did:web:elsewhere.example")));

        assertThat(foreign.valid()).isFalse();
        assertThat(foreign.checks()).last().isEqualTo(new Verification.Check("verify.issuer-foreign", false));
    }

    @Test
    void aBakedPictureCarriesExactlyTheStoredBytes() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));
        byte[] png = TestPictures.png();

        byte[] baked = credentials.bake(credentials.bake(png, bytes("{}")), stored.embedded());

        assertThat(BakedPng.extract(baked)).isEqualTo(stored.embedded());
    }

    /** Every single byte of what is stored, changed to something else. */
    @Test
    void noByteCanBeFlippedUnnoticed() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        byte[] embedded = signed(course, awards.decide(course, awards.person(course, "ada")))
                .embedded();
        for (int i = 0; i < embedded.length; i++) {
            byte[] flipped = embedded.clone();
            flipped[i] ^= 1;
            assertThat(credentials.verify(flipped).valid()).as("byte %s", i).isFalse();
        }
    }

    private StoredCredential signed(Course course, Award award) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> credentials.find(course.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
    }

    private static List<Verification.Check> checks(String... names) {
        List<Verification.Check> checks = new ArrayList<>();
        for (String name : names) {
            checks.add(new Verification.Check("verify." + name, true));
        }
        return checks;
    }

    private static String get(String url) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        return answer.body();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
