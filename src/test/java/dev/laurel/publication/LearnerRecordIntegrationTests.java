package dev.laurel.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.Needs;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.fall.Revocations;
import dev.laurel.context.Contexts;
import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.check.Check;
import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.check.Check.Result;
import dev.laurel.credential.check.Format;
import dev.laurel.credential.check.Reason;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import lms.Browser;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A student takes all that she has of an institution as one signed record. */
@LaurelTest
@Import(TestAwards.class)
class LearnerRecordIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext laurel;

    @Autowired
    TestAwards testAwards;

    @Autowired
    Contexts contexts;

    @Autowired
    Awards awards;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    Credentials credentials;

    @Autowired
    CredentialFormats formats;

    @Autowired
    Revocations revocations;

    @Autowired
    BadgeVerifier verifier;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    TransactionTemplate transaction;

    private LaunchedCourse launched;

    private ReferenceLms lms;

    private TenantId tenant;

    private LmsUser ada;

    private LmsUser grace;

    private RuleSet essayist;

    private RuleSet writer;

    private Issuer college;

    /** Ada has a badge of a course that speaks for itself and one of the institution that asks for it; Grace has the first. */
    @BeforeEach
    void stackedBadges() {
        launched = LaunchedCourse.start(laurel, ReferenceLms.builder().students(3));
        lms = launched.lms();
        tenant = launched.tenant();
        ada = lms.course().student(0);
        grace = lms.course().student(1);
        launched.launch(lms.course().teacher());
        long column = launched.column("Essay 1").id();
        await().atMost(PATIENCE)
                .until(() -> contexts.earners(tenant, launched.context().id()).size() == 3);
        essayist = launched.activeBadge(
                TestAwards.draft("Essayist 漢字"), Score.atLeast(column, new BigDecimal(80), Rule.Unit.PERCENT));
        college = issuers.createForInstitution(tenant, "Northfield College", 1);
        issuers.grant(tenant, college.id(), launched.context().id(), 1);
        writer = launched.activeBadge(
                TestAwards.draft("Writer"),
                new Rule.AllOf(List.of(
                        new HeldBadge(essayist.achievementId()),
                        Score.atLeast(column, new BigDecimal(90), Rule.Unit.PERCENT))));
        lms.course().typeGrade(ada, lms.course().columnCalled("Essay 1"), "95");
        lms.course().typeGrade(grace, lms.course().columnCalled("Essay 1"), "85");
        signed(ada, 2);
        signed(grace, 1);
    }

    @AfterEach
    void stop() {
        formats.choose(tenant, CredentialFormat.USUAL, 1);
        launched.close();
    }

    /** So many of hers are signed. */
    private void signed(LmsUser student, int count) {
        await().atMost(PATIENCE).until(() -> {
            List<Long> hers = awards.ofPerson(tenant, launched.person(student)).stream()
                    .map(Award::id)
                    .toList();
            return credentials.find(tenant, hers).size() == count;
        });
    }

    /** An award of a badge that no rule gives. */
    private TestAwards.Course apart(String name, long ruleSetId) {
        TestAwards.Course course = testAwards.courseAt(
                tenant,
                launched.context().id(),
                TestAwards.draft(name),
                launched.person(lms.course().teacher()));
        return new TestAwards.Course(tenant, course.contextId(), ruleSetId, course.issuer(), course.badge());
    }

    private Page download(LmsUser student) {
        return launched.launch(student).open(URI.create(publicUrl.at("/my/record.jws")));
    }

    private static JsonObject record(Page page) {
        assertThat(page.status()).isEqualTo(200);
        return record(page.body());
    }

    /** Its claims say what it says, or this fails. */
    private static JsonObject record(byte[] jwt) {
        return VcJwt.withoutClaims(JsonBytes.parse(VcJwt.payload(jwt)));
    }

    private static List<JsonObject> badges(JsonObject record) {
        return record.getJsonObject("credentialSubject").getJsonArray("verifiableCredential").stream()
                .map(JsonValue::asJsonObject)
                .toList();
    }

    private static List<String> names(JsonObject record) {
        return badges(record).stream().map(badge -> badge.getString("name")).toList();
    }

    private static List<String> texts(JsonObject object, String name) {
        return object.getJsonArray(name).getValuesAs(JsonString::getString);
    }

    private String achievement(RuleSet badge) {
        return credentials.achievementId(
                achievements.version(tenant, badge.achievementId(), 1).orElseThrow());
    }

    /** By the key that its issuer publishes, as a stranger does it. */
    private JWK requireSigned(byte[] jwt, String algorithm) throws Exception {
        SignedJWT read = SignedJWT.parse(new String(jwt, StandardCharsets.US_ASCII));
        JWK key = JWK.parse(
                new Browser().open(URI.create(read.getHeader().getKeyID())).text());
        assertThat(read.getHeader().toJSONObject())
                .containsOnlyKeys("alg", "kid", "typ")
                .containsEntry("alg", algorithm)
                .containsEntry("typ", "JWT");
        assertThat(read.verify(
                        algorithm.equals("ES256")
                                ? new ECDSAVerifier(key.toECKey())
                                : new RSASSAVerifier(key.toRSAKey())))
                .isTrue();
        return key;
    }

    @Test
    void itHoldsWhatStandsWithWhatIsPartOfWhatAndIsSignedByTheInstitution(@TempDir Path folder) throws Exception {
        TestAwards.Course gone = apart("Taken back", 1L << 40);
        Award wrong = testAwards.decide(gone, launched.person(ada));
        Award ended = testAwards.decideWithEverything(
                apart("Ended", (1L << 40) + 1),
                launched.person(ada),
                Instant.now().minus(Duration.ofDays(1)));
        signed(ada, 4);
        transaction.executeWithoutResult(
                status -> revocations.takeBack(tenant, List.of(wrong), "Wrong.", 1, Instant.now()));

        Page page = download(ada);
        JsonObject record = record(page);

        assertThat(page.header("content-type").orElseThrow()).startsWith("text/plain");
        assertThat(page.header("content-disposition")).hasValue("attachment; filename=\"record.jws\"");
        assertThat(page.header("cache-control").orElseThrow()).contains("no-store");
        assertThat(texts(record, "@context"))
                .containsExactly(
                        "https://www.w3.org/ns/credentials/v2",
                        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
                        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json");
        assertThat(texts(record, "type")).containsExactly("VerifiableCredential", "ClrCredential");
        assertThat(record.getJsonObject("issuer").getString("id"))
                .isEqualTo(credentials.dids(college.publicId()).get(0));
        assertThat(record.getJsonObject("issuer").getString("name")).isEqualTo("Northfield College");
        assertThat(record).doesNotContainKeys("partial", "credentialStatus", "proof");
        JsonObject subject = record.getJsonObject("credentialSubject");
        assertThat(texts(subject, "type")).containsExactly("ClrSubject");
        assertThat(subject.getString("id")).startsWith("urn:uuid:");
        assertThat(new String(VcJwt.payload(page.body()), StandardCharsets.UTF_8))
                .doesNotContain("\"" + ada.id() + "\"", ada.familyName(), "Taken back");
        assertThat(subject.getJsonArray("association").stream()
                        .map(JsonValue::asJsonObject)
                        .map(each -> List.of(
                                each.getString("type"),
                                each.getString("associationType"),
                                each.getString("sourceId"),
                                each.getString("targetId"))))
                .containsExactly(List.of("Association", "isPartOf", achievement(essayist), achievement(writer)));

        assertThat(badges(record))
                .as("the course's own")
                .filteredOn(badge -> badge.getString("name").equals("Essayist 漢字"))
                .singleElement()
                .extracting(badge -> badge.getJsonObject("issuer").getString("id"))
                .isNotEqualTo(record.getJsonObject("issuer").getString("id"));
        assertThat(names(record)).containsExactlyInAnyOrder("Essayist 漢字", "Writer", "Ended");
        assertThat(badges(record))
                .extracting(
                        badge -> badge.getString("name"),
                        badge -> verifier.verify(JsonBytes.write(badge)).verdict())
                .containsExactlyInAnyOrder(
                        tuple("Essayist 漢字", Verdict.VALID),
                        tuple("Writer", Verdict.VALID),
                        tuple("Ended", Verdict.INVALID));
        assertThat(badges(record))
                .allSatisfy(badge -> assertThat(
                                verifier.verify(JsonBytes.write(badge)).isAuthentic())
                        .isTrue());

        BadgeReport report = verifier.verify(page.body());
        assertThat(report.format()).isEqualTo(Format.LEARNER_RECORD_2_JWT);
        assertThat(report.verdict()).as("%s", report.checks()).isEqualTo(Verdict.VALID);
        assertThat(report.check(Name.BADGES)).hasValue(new Check(Name.BADGES, Result.WARNING, Reason.EXPIRED, "Ended"));
        byte[] forged = page.body().clone();
        forged[forged.length - 40] = (byte) (forged[forged.length - 40] == 'A' ? 'B' : 'A');
        assertThat(verifier.verify(forged).verdict()).isEqualTo(Verdict.INVALID);

        JWK key = requireSigned(page.body(), "RS256");
        assertThat(judgedByOthers(folder, key, page.body())).contains("ok jose: the record is valid");

        transaction.executeWithoutResult(
                status -> revocations.takeBack(tenant, List.of(ended), "Wrong.", 1, Instant.now()));
        await("that its time is over hides nothing")
                .atMost(PATIENCE)
                .until(
                        () -> verifier.verify(page.body()).check(Name.BADGES).orElseThrow(),
                        new Check(Name.BADGES, Result.FAILED, Reason.REVOKED, "Ended")::equals);
        assertThat(verifier.verify(page.body()).verdict()).isEqualTo(Verdict.INVALID);
    }

    private static String judgedByOthers(Path folder, JWK key, byte[] jwt) throws Exception {
        Path input = folder.resolve("input.json");
        Files.writeString(
                input,
                JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "documents",
                                Map.of(key.getKeyID(), key.toJSONObject()),
                                "more",
                                List.of(Map.of(
                                        "name",
                                        "the record",
                                        "jwts",
                                        List.of(new String(jwt, StandardCharsets.US_ASCII)),
                                        "forged",
                                        List.of())))));
        Process process = new ProcessBuilder("node", "verify.mjs", input.toString())
                .directory(Needs.node().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    void itIsHersAloneSaysWhereSomethingIsMissingAndIsMadeAnewEachTime() throws Exception {
        assertThat(new Browser()
                        .open(URI.create(publicUrl.at("/my/record.jws")))
                        .text())
                .as("who is nobody")
                .doesNotStartWith("ey");
        assertThat(download(lms.course().student(2)).status())
                .as("who has nothing")
                .isEqualTo(404);
        JsonObject others = record(download(grace));
        assertThat(names(others)).containsExactly("Essayist 漢字");
        assertThat(others.getJsonObject("credentialSubject")).doesNotContainKey("association");

        JsonObject first = record(download(ada));
        assertThat(badges(first))
                .extracting(badge -> badge.getString("id"))
                .doesNotContainAnyElementsOf(badges(others).stream()
                        .map(badge -> badge.getString("id"))
                        .toList());
        formats.choose(tenant, new CredentialFormat(CredentialFormat.Jwt.ES256, CredentialFormat.Status.BITS), 1);
        Award unwanted = awards.ofPerson(tenant, launched.person(ada)).stream()
                .filter(award -> award.achievementId() == writer.achievementId())
                .findFirst()
                .orElseThrow();
        awards.decline(tenant, unwanted.id(), launched.person(ada));
        Page page = download(ada);
        JsonObject second = record(page);

        requireSigned(page.body(), "ES256");
        assertThat(verifier.verify(page.body()).verdict()).isEqualTo(Verdict.VALID);
        assertThat(names(second)).containsExactly("Essayist 漢字");
        assertThat(second.getBoolean("partial")).isTrue();
        assertThat(second.getString("id")).isNotEqualTo(first.getString("id"));
        assertThat(second.getJsonObject("credentialSubject").getString("id"))
                .isNotEqualTo(first.getJsonObject("credentialSubject").getString("id"));

        Browser hers = launched.launch(ada);
        assertThat(hers.open(URI.create(publicUrl.at("/shelf"))).text())
                .contains("All your badges in one signed file", "/my/record.jws");
        Map<String, byte[]> kit =
                unzipped(hers.open(URI.create(publicUrl.at("/my/kit.zip"))).body());
        assertThat(verifier.verify(kit.get("record.jws")).verdict()).isEqualTo(Verdict.VALID);
        assertThat(record(kit.get("record.jws")).getJsonObject("issuer").getString("id"))
                .satisfies(did -> assertThat(kit)
                        .containsKey("issuers/" + did.substring(did.lastIndexOf(':') + 1) + "/did.json"));
        assertThat(new String(kit.get("README.txt"), StandardCharsets.UTF_8)).contains("record.jws");
    }

    private static Map<String, byte[]> unzipped(byte[] bytes) throws Exception {
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
