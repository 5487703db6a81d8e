package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.endorsement.IssuedEndorsements;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Signer;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import lms.Browser;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody else has the key of an issuer: what she signs is not believed, and what the issuer signed is signed anew. */
@LaurelTest
@Import(TestAwards.class)
class StolenKeysIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    IssuerKeys keys;

    @Autowired
    IssuerKeyring keyring;

    @Autowired
    StolenKeys stolenKeys;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Credentials credentials;

    @Autowired
    Reissues reissues;

    @Autowired
    IssuedEndorsements endorsements;

    @Autowired
    BadgeVerifier verifier;

    @Autowired
    EddsaRdfc2022 suite;

    @Autowired
    PublicUrl publicUrl;

    @Test
    void nothingThatAStolenKeySignsIsBelievedAndEveryBadgeIsSignedAnew() {
        Course course = ofCollege(testAwards.course(TestAwards.draft("Elsewhere")));
        Course other = testAwards.courseAt(
                course.tenant(),
                course.contextId(),
                TestAwards.draft("Of the course"),
                testAwards.person(course, "teacher"));
        Award ada = decided(course, 101, "ada");
        Award bo = decided(course, 101, "bo");
        Award apart = decided(other, 102, "ada");
        awards.claim(course.tenant(), ada.id(), ada.personId(), Award.NameShown.NONE);
        reissues.reissue(course.tenant(), ada.id(), ada.personId(), true, false);
        StoredCredential named = signed(course, ada);
        StoredCredential plain = signed(course, bo);
        StoredCredential untouched = signed(course, apart);
        UUID said = endorsements.issue(
                course.tenant(), course.issuer().id(), "https://elsewhere.example/1", "Welder", "Good.", 1);
        Signer thief =
                keys.signer(course.issuer(), keys.active(course.tenant(), course.issuer(), KeyAlgorithm.ED25519));

        IssuerKey jwtKey = keys.active(course.tenant(), course.issuer(), KeyAlgorithm.RS256);
        assertThat(statusOf(course, jwtKey)).isEqualTo(200);

        issuers.describe(
                course.tenant(),
                course.issuer().id(),
                "University",
                new IssuerDetails(null, null, null, null, null, null),
                null);
        keyring.wereStolen(course.tenant(), course.issuer().id(), 7);

        assertThat(statusOf(course, jwtKey))
                .as("whoever reads a bare key believes what it signed")
                .isEqualTo(410);

        JsonObject forged = JsonBytes.JSON
                .createObjectBuilder(JsonBytes.parse(plain.embedded()))
                .remove("proof")
                .remove("credentialStatus")
                .add("id", "urn:uuid:" + UUID.randomUUID())
                .build();
        Instant before = Instant.now().minus(Duration.ofDays(100)).truncatedTo(ChronoUnit.SECONDS);
        assertThat(verdict(JsonBytes.write(suite.sign(forged, thief, before)))).isEqualTo(Verdict.INVALID);
        for (StoredCredential old : List.of(named, plain)) {
            assertThat(verdict(old.embedded())).isEqualTo(Verdict.INVALID);
            assertThat(verdict(Objects.requireNonNull(old.jwt()))).isEqualTo(Verdict.INVALID);
        }
        await().atMost(PATIENCE)
                .until(() -> List.of(ada, bo).stream().allMatch(award -> isValid(signed(course, award))));
        StoredCredential next = signed(course, ada);
        assertThat(next.publicId()).isNotEqualTo(named.publicId());
        for (Award award : List.of(ada, bo)) {
            assertThat(JsonBytes.parse(signed(course, award).embedded())
                            .getJsonObject("issuer")
                            .getString("name"))
                    .as("in the words of the first")
                    .isEqualTo("College");
        }
        assertThat(new String(next.embedded(), StandardCharsets.UTF_8)).contains("Ada Lovelace", "#ed25519-2");
        assertThat(refresh(signed(course, bo))).as("old files lead to it").isEqualTo(refresh(plain));
        assertThat(signed(course, apart).embedded()).as("of another issuer").isEqualTo(untouched.embedded());
        assertThat(isValid(untouched)).isTrue();
        assertThat(verdict(new Browser()
                        .open(URI.create(publicUrl.at("/endorsements/" + said)))
                        .body()))
                .isEqualTo(Verdict.VALID);
        Award later = decided(course, 103, "cy");
        assertThat(isValid(signed(course, later))).isTrue();
    }

    @Test
    void whatIsSignedWithTheStolenKeyJustAfterwardsIsSignedAnewOnceAndNothingElseIs() {
        Course course = ofCollege(testAwards.course(TestAwards.draft("In flight")));
        Award late = decided(course, 104, "ada");
        keyring.wereStolen(course.tenant(), course.issuer().id(), 7);
        await().atMost(PATIENCE).until(() -> isValid(signed(course, late)));
        UUID once = signed(course, late).publicId();

        stolenKeys.run(course.tenant(), Long.toString(course.issuer().id()));

        assertThat(signed(course, late).publicId()).isEqualTo(once);
        Instant inFlight = Instant.now().plusSeconds(1);
        jdbc.sql("UPDATE issuer_key SET stolen_at = ?, stolen_by = 7 WHERE tenant_id = ? AND fragment = 'ed25519-2'")
                .params(Utc.of(Instant.now().minusSeconds(120)), course.tenant().value())
                .update();
        jdbc.sql("UPDATE issuer_key SET retired_at = ? WHERE tenant_id = ? AND fragment = 'ed25519-2'")
                .params(Utc.of(inFlight), course.tenant().value())
                .update();

        stolenKeys.run(course.tenant(), Long.toString(course.issuer().id()));

        await().atMost(PATIENCE).until(() -> isValid(signed(course, late)));
        assertThat(signed(course, late).publicId()).isNotEqualTo(once);
    }

    private int statusOf(Course course, IssuerKey key) {
        return new Browser()
                .open(URI.create(publicUrl.at("/issuers/" + course.issuer().publicId() + "/keys/" + key.fragment())))
                .status();
    }

    private Course ofCollege(Course course) {
        Issuer college = issuers.createForInstitution(course.tenant(), "College", 1);
        AchievementVersion version =
                achievements.create(course.tenant(), college.id(), TestAwards.draft("Essayist"), 1);
        achievements.activate(course.tenant(), version.achievementId(), version.version(), 1);
        return new Course(course.tenant(), course.contextId(), course.ruleSetId(), college, version);
    }

    private Award decided(Course course, long ruleSet, String sub) {
        Award award = testAwards.decide(
                new Course(course.tenant(), course.contextId(), ruleSet, course.issuer(), course.badge()),
                testAwards.person(course, sub));
        signed(course, award);
        return award;
    }

    private boolean isValid(StoredCredential stored) {
        return verdict(stored.embedded()) == Verdict.VALID
                && verdict(Objects.requireNonNull(stored.jwt())) == Verdict.VALID;
    }

    private Verdict verdict(byte[] badge) {
        BadgeReport report = verifier.verify(badge);
        return report.verdict();
    }

    private StoredCredential signed(Course course, Award award) {
        return await().atMost(PATIENCE)
                .until(
                        () -> credentials.find(course.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
    }

    private static String refresh(StoredCredential credential) {
        return JsonBytes.parse(credential.embedded())
                .getJsonObject("refreshService")
                .getString("id");
    }
}
