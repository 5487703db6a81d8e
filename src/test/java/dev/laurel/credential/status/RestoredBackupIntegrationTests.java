package dev.laurel.credential.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.award.fall.Revocations;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.FormerPublicUrls;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A database that was set back to a backup of before badges were taken back. */
@LaurelTest
@Import(TestAwards.class)
class RestoredBackupIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    TestAwards testAwards;

    @Autowired
    Credentials credentials;

    @Autowired
    BadgeVerifier verifier;

    @Autowired
    Revocations revocations;

    @Autowired
    Restored restored;

    @Autowired
    StatusListSigning signing;

    @Autowired
    StatusLists lists;

    @Autowired
    StatusListRepository repository;

    @Autowired
    Issuers issuers;

    @Autowired
    IssuerKeys keys;

    @Autowired
    CredentialAddresses addresses;

    @Autowired
    EddsaRdfc2022 suite;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    FormerPublicUrls former;

    @Autowired
    Clock clock;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aListNeverGoesBackToCallingABadgeValidThatWasTakenBack() throws Exception {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        List<Award> awards = testAwards.decide(course, "ada", "grace", "joan");
        StoredCredential revoked = signed(course, awards.get(0));
        StoredCredential suspended = signed(course, awards.get(1));
        StoredCredential standing = signed(course, awards.get(2));
        String list = status(revoked).list();
        List<Map<String, Object>> backup = lists(course);
        transaction.executeWithoutResult(status -> {
            revocations.takeBack(course.tenant(), List.of(awards.get(0)), "Wrong.", 1, Instant.now());
            events.publishEvent(new AwardsSuspended(course.tenant(), List.of(awards.get(1))));
        });
        await().atMost(PATIENCE)
                .until(() -> !credentials.verify(revoked.embedded()).valid()
                        && credentials.verify(suspended.embedded()).suspended());
        long published = revision(list);

        restore(course, backup);

        HttpResponse<String> heldBack = get(list);
        assertThat(heldBack.statusCode())
                .as("better no answer than a wrong one")
                .isEqualTo(503);
        assertThat(heldBack.headers().firstValue("Retry-After")).isPresent();
        assertThat(heldBack.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        for (StoredCredential each : List.of(revoked, standing)) {
            assertThat(credentials.verify(each.embedded()).valid()).isFalse();
            assertThat(credentials.verify(each.embedded()).uncertain())
                    .as("nobody says that it was taken back while nobody can tell")
                    .isTrue();
            assertThat(verifier.verify(each.embedded()).verdict()).isEqualTo(BadgeReport.Verdict.UNCERTAIN);
        }

        restored.bringForward();
        signing.publish(course.tenant());

        assertThat(revision(list)).isGreaterThan(published);
        assertThat(credentials.verify(revoked.embedded()).valid()).isFalse();
        assertThat(credentials.verify(revoked.embedded()).suspended()).isFalse();
        assertThat(credentials.verify(suspended.embedded()).suspended()).isTrue();
        assertThat(credentials.verify(standing.embedded()).valid()).isTrue();

        StoredCredential later = signed(course, testAwards.decide(course, testAwards.person(course, "later")));
        assertThat(status(later).list()).as("no place is dealt twice").isNotEqualTo(list);
        long settled = revision(list);
        restored.bringForward();
        signing.publish(course.tenant());
        assertThat(revision(list)).as("once is enough").isEqualTo(settled);

        transaction.executeWithoutResult(status ->
                events.publishEvent(new AwardsReinstated(course.tenant(), List.of(awards.get(0), awards.get(1)))));
        signing.publish(course.tenant());
        assertThat(credentials.verify(suspended.embedded()).valid())
                .as("a suspension is lifted as any other")
                .isTrue();
        assertThat(credentials.verify(revoked.embedded()).valid()).isFalse();
    }

    @Test
    void aChangeAfterTheBackupWasRestoredTakesNothingBackThatWasPublished() {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        List<Award> awards = testAwards.decide(course, "ada", "grace");
        List<StoredCredential> stored =
                awards.stream().map(award -> signed(course, award)).toList();
        List<Map<String, Object>> backup = lists(course);
        withdraw(lists, course, awards.get(0), Withdrawal.REVOKED);
        signing.publish(course.tenant());
        assertThat(credentials.verify(stored.get(0).embedded()).valid()).isFalse();
        restore(course, backup);

        withdraw(lists, course, awards.get(1), Withdrawal.REVOKED);
        signing.publish(course.tenant());

        assertThat(stored)
                .allSatisfy(each -> assertThat(credentials.verify(each.embedded()))
                        .satisfies(said -> assertThat(said.valid()).isFalse())
                        .satisfies(said -> assertThat(said.uncertain()).isFalse()));
    }

    /** Each node has copies of what it published itself. */
    @ParameterizedTest
    @CsvSource({"REVOKED, 1", "REVOKED, 3", "SUSPENDED, 1"})
    void whatAnotherNodePublishedFromTheBackupIsBroughtForwardHere(
            Withdrawal why, int published, @TempDir Path otherDisk) {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        TenantId tenant = course.tenant();
        List<Award> awards = testAwards.decide(course, "ada", "grace");
        List<StoredCredential> stored =
                awards.stream().map(award -> signed(course, award)).toList();
        List<Map<String, Object>> backup = lists(course);
        withdraw(lists, course, awards.get(0), why);
        signing.publish(tenant);
        // In the very minute: it has seen the revision that is signed from the backup in a moment.
        restored.bringForward();
        restore(course, backup);
        PublishedCopies otherCopies = new PublishedCopies(otherDisk);
        StatusLists other = new StatusLists(
                repository,
                otherCopies,
                new Restored(repository, otherCopies, transaction, clock),
                publicUrl,
                former,
                clock);
        StatusListSigning otherSigning = new StatusListSigning(other, issuers, keys, addresses, suite);
        for (int i = 0; i < published; i++) {
            withdraw(other, course, awards.get(1), Withdrawal.REVOKED);
            otherSigning.publish(tenant);
        }

        restored.bringForward();
        signing.publish(tenant);

        assertThat(stored)
                .allSatisfy(each -> assertThat(credentials.verify(each.embedded()))
                        .satisfies(said -> assertThat(said.valid()).isFalse())
                        .satisfies(said -> assertThat(said.uncertain()).isFalse()));
        assertThat(credentials.verify(stored.get(0).embedded()).suspended()).isEqualTo(why == Withdrawal.SUSPENDED);
    }

    private void withdraw(StatusLists lists, Course course, Award award, Withdrawal why) {
        transaction.executeWithoutResult(
                status -> lists.withdraw(course.tenant(), List.of(award.id()), why, clock.instant()));
    }

    private List<Map<String, Object>> lists(Course course) {
        return jdbc.sql("""
                SELECT id, revision, taken, signed, signed_suspensions, signed_revision, signed_at FROM status_list
                WHERE tenant_id = ?""").param(course.tenant().value()).query().listOfRows();
    }

    private void restore(Course course, List<Map<String, Object>> backup) {
        jdbc.sql("UPDATE status_entry SET since = NULL, reason = NULL WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        jdbc.sql("UPDATE award SET revoked_at = NULL, suspended_at = NULL WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        backup.forEach(row -> jdbc.sql("""
                UPDATE status_list SET revision = ?, taken = ?, signed = ?, signed_suspensions = ?, signed_revision = ?
                WHERE id = ?""")
                .params(
                        row.get("revision"),
                        row.get("taken"),
                        row.get("signed"),
                        row.get("signed_suspensions"),
                        row.get("signed_revision"),
                        row.get("id"))
                .update());
    }

    private StoredCredential signed(Course course, Award award) {
        return await().atMost(PATIENCE)
                .until(() -> credentials.find(course.tenant(), award.id()), Optional::isPresent)
                .orElseThrow();
    }

    private static CredentialStatus status(StoredCredential stored) {
        return CredentialStatus.read(JsonBytes.parse(stored.embedded()).getJsonObject("credentialStatus"));
    }

    private long revision(String list) throws Exception {
        return Long.parseLong(
                get(list).headers().firstValue("ETag").orElseThrow().replace("\"", ""));
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
