package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.holder.HolderKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Shares;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A registrar keeps what was earned for years, with the criteria as they stood. */
@LaurelTest
@Import(TestAwards.class)
class RetentionIntegrationTests {

    private static final HolderKey WALLET = HolderKey.of("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp");

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    Credentials credentials;

    @Autowired
    IssuerKeys keys;

    @Autowired
    Shares shares;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    HolderCredentials holders;

    @Autowired
    Reissues reissues;

    @Autowired
    JdbcClient jdbc;

    @Test
    void anOldBadgeSaysWhatItSaidWhateverWasEditedSinceAndVerifiesAfterRotation() throws Exception {
        Course first = testAwards.course(TestAwards.draft("Any badge"));
        TenantId tenant = first.tenant();
        Issuer college = issuers.createForInstitution(tenant, "Old College", 1);
        issuers.grant(tenant, college.id(), first.contextId(), 1);
        Course then = testAwards.courseAt(
                tenant,
                first.contextId(),
                new AchievementDraft("Essayist", "Writes essays.", "80 % in the final quiz of 2026.", "#2f6f4e", null),
                1);
        assertThat(then.issuer().id()).isEqualTo(college.id());
        long ada = testAwards.person(then, "ada");
        Award award = testAwards.decide(then, ada);
        StoredCredential before = signed(tenant, award);
        awards.claim(tenant, award.id(), ada, Award.NameShown.NAME);
        String page = shares.share(tenant, award.id(), ada);

        AchievementVersion next = achievements.edit(
                tenant,
                then.badge().key(),
                new AchievementDraft("Master of essays", "Writes books.", "95 % in everything.", "#112233", null),
                1);
        achievements.activate(tenant, next.achievementId(), next.version(), 1);
        issuers.describe(
                tenant,
                college.id(),
                "New University",
                new IssuerDetails("https://new.example", null, null, null, null, null),
                null);
        keys.rotate(tenant, college, KeyAlgorithm.ED25519, null);
        keys.rotate(tenant, college, KeyAlgorithm.RS256, null);
        Course now = new Course(tenant, then.contextId(), then.ruleSetId() + 1, then.issuer(), next);
        StoredCredential after = signed(tenant, testAwards.decide(now, testAwards.person(now, "grace")));

        StoredCredential kept = credentials.find(tenant, award.id()).orElseThrow();
        assertThat(kept.embedded()).isEqualTo(before.embedded());
        assertThat(kept.jwt()).isEqualTo(before.jwt());
        assertThat(text(kept.embedded()))
                .contains("Essayist", "80 % in the final quiz of 2026.", "Old College", "#ed25519-1")
                .doesNotContain("Master of essays", "95 %", "New University");
        assertThat(text(after.embedded()))
                .contains("Master of essays", "95 % in everything.", "New University", "#ed25519-2");
        for (StoredCredential each : new StoredCredential[] {kept, after}) {
            assertThat(credentials.verify(each.embedded()).valid()).isTrue();
            assertThat(credentials.verify(each.jwt()).valid()).isTrue();
        }
        assertThat(get(page))
                .contains(
                        "Essayist",
                        "80 % in the final quiz of 2026.",
                        "Old College",
                        "Ada Lovelace",
                        "Verified just now")
                .doesNotContain("Master of essays", "95 %", ">New University<");
        assertThat(get(publicUrl.at("/achievements/" + next.achievementPublicId() + "/1")))
                .contains("Essayist", "80 % in the final quiz of 2026.")
                .doesNotContain("Master of essays");
    }

    /** Without the level, for a wallet, with her name, or under another key: whenever it is signed, it is the badge of then. */
    @Test
    void aFormThatIsSignedLaterSaysWhatTheBadgeSaid() {
        Course first = testAwards.course(TestAwards.draft("Any badge"));
        TenantId tenant = first.tenant();
        Issuer college = issuers.createForInstitution(tenant, "Old College", 1);
        issuers.grant(tenant, college.id(), first.contextId(), 1);
        Course then = testAwards.courseAt(tenant, first.contextId(), TestAwards.draft("Essayist"), 1);
        long ada = testAwards.person(then, "ada");
        Award award = testAwards.decideWithEverything(then, ada, Instant.now().plus(Duration.ofDays(900)));
        JsonObject before = JsonBytes.parse(signed(tenant, award).embedded());
        awards.claim(tenant, award.id(), ada, Award.NameShown.NONE);
        issuers.describe(
                tenant,
                college.id(),
                "New University",
                new IssuerDetails("https://new.example", "new@new.example", null, null, null, null),
                null);
        jdbc.sql("UPDATE context SET title = 'Renamed 102' WHERE id = ?")
                .param(first.contextId())
                .update();

        assertThat(credentials.sign(tenant, award.id(), Variant.WITHOUT_LEVEL)).isTrue();
        StoredCredential quiet =
                credentials.find(tenant, award.id(), Variant.WITHOUT_LEVEL).orElseThrow();
        assertSaysTheSame(quiet, before);
        assertThat(text(quiet.embedded())).doesNotContain("achievedLevel", "resultDescription");
        StoredCredential inWallet = holders.issue(tenant, award, WALLET).orElseThrow();
        assertSaysTheSame(inWallet, before);
        assertThat(text(inWallet.embedded())).contains(WALLET.did(), "achievedLevel");

        assertThat(reissues.reissue(tenant, award.id(), ada, true, true)).isEqualTo(Reissues.Answer.DONE);
        assertThat(reissues.reissue(tenant, award.id(), ada, true, false)).isEqualTo(Reissues.Answer.DONE);

        StoredCredential named = credentials.find(tenant, award.id()).orElseThrow();
        assertSaysTheSame(named, before);
        assertThat(text(named.embedded())).contains("Ada Lovelace", "achievedLevel");
        assertSaysTheSame(holders.issue(tenant, award, WALLET).orElseThrow(), before);
    }

    private void assertSaysTheSame(StoredCredential later, JsonObject before) {
        JsonObject form = JsonBytes.parse(later.embedded());
        assertThat(credentials.verify(later.embedded()).valid()).isTrue();
        assertThat(credentials.verify(later.jwt()).valid()).isTrue();
        for (String same : List.of("name", "issuer", "awardedDate", "validFrom", "validUntil", "evidence")) {
            assertThat(form.get(same)).as(same).isEqualTo(before.get(same));
        }
        JsonObject subject = form.getJsonObject("credentialSubject");
        JsonObject subjectBefore = before.getJsonObject("credentialSubject");
        assertThat(subject.get("source")).isNotNull().isEqualTo(subjectBefore.get("source"));
        assertThat(withoutResults(subject)).isEqualTo(withoutResults(subjectBefore));
    }

    private static JsonObject withoutResults(JsonObject subject) {
        return JsonBytes.JSON
                .createObjectBuilder(subject.getJsonObject("achievement"))
                .remove("resultDescription")
                .build();
    }

    private StoredCredential signed(TenantId tenant, Award award) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> credentials.find(tenant, award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
    }

    private String get(String url) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Accept", "text/html")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
