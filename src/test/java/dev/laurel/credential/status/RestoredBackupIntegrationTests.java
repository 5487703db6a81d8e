package dev.laurel.credential.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.award.fall.Revocations;
import dev.laurel.context.Erasures;
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
import dev.laurel.platform.ended.EndedForGood;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.FormerPublicUrls;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Shares;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A database that was set back to a backup of before badges were taken back, pages withdrawn and people erased. */
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
    Awards awards;

    @Autowired
    Shares shares;

    @Autowired
    Erasures erasures;

    @Autowired
    List<EndedForGood> kinds;

    @Autowired
    StatusCopiesPlace place;

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

    /** As one does that was killed between the commit and its file, or whose disk is new. */
    @Test
    void aNodeThatOnlySawWhatAnotherPublishedBringsItForwardToo(@TempDir Path otherDisk) {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        List<Award> awards = testAwards.decide(course, "ada", "grace");
        List<StoredCredential> stored =
                awards.stream().map(award -> signed(course, award)).toList();
        UUID list = listId(stored.get(0));
        PublishedCopies otherCopies = new PublishedCopies(otherDisk);
        Restored other = new Restored(repository, otherCopies, transaction, clock);
        other.bringForward();
        List<Map<String, Object>> backup = lists(course);
        long before = otherCopies.revision(list);
        withdraw(lists, course, awards.get(0), Withdrawal.REVOKED);
        signing.publish(course.tenant());

        other.bringForward();

        assertThat(otherCopies.revision(list)).isGreaterThan(before);
        assertThat(otherCopies.find(list).orElseThrow().withdrawn())
                .extracting(StatusLists.Entry::why)
                .containsExactly(Withdrawal.REVOKED);
        restore(course, backup);
        assertThat(new StatusLists(repository, otherCopies, other, publicUrl, former, clock).published(list))
                .as("better no answer than a wrong one")
                .isEmpty();
        assertThat(new Restored(repository, new PublishedCopies(otherDisk), transaction, clock).bringForward())
                .contains(course.tenant());
        signing.publish(course.tenant());
        assertThat(credentials.verify(stored.get(0).embedded()).valid()).isFalse();
        assertThat(credentials.verify(stored.get(1).embedded()).valid()).isTrue();
    }

    @Test
    void aPageThatWasWithdrawnIsNotSeenAgain(@TempDir Path otherDisk) throws Exception {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        List<Award> all = testAwards.decide(course, "ada", "grace");
        all.forEach(award -> signed(course, award));
        List<String> pages = all.stream().map(award -> share(course, award)).toList();
        // At once, not in a minute: the disk of the database may be lost in between.
        shares.withdraw(course.tenant(), all.get(0).id(), all.get(0).personId());
        String hash = hash(pages.get(0));
        await().atMost(PATIENCE).until(() -> kept().contains("share " + hash));
        assertThat(kept()).doesNotContain(hash(pages.get(1)));
        EndedAgain other = node(otherDisk);
        other.bringForward();

        jdbc.sql("UPDATE share SET live = TRUE, withdrawn_at = NULL WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        other.bringForward();

        assertThat(get(pages.get(0)).statusCode()).isEqualTo(404);
        assertThat(get(pages.get(1)).statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverWasErasedIsErasedAgainAndWhoCameBackAfterItIsLeftAlone(@TempDir Path otherDisk) throws Exception {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        Award award = testAwards.decide(course, "ada").get(0);
        StoredCredential stored = signed(course, award);
        String page = share(course, award);
        List<Map<String, Object>> people = rows("person", course);
        List<Map<String, Object>> accounts = rows("account", course);
        List<Map<String, Object>> lists = lists(course);
        erasures.erase(course.tenant(), award.personId());
        EndedAgain other = node(otherDisk);
        other.bringForward();
        signing.publish(course.tenant());

        jdbc.sql("DELETE FROM erased_account WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        put("person", people, course);
        put("account", accounts, course);
        restore(course, lists);
        assertThat(testAwards.person(course, "ada")).isEqualTo(award.personId());
        other.bringForward();
        restored.bringForward();
        signing.publish(course.tenant());

        assertThat(isErased(award.personId())).isTrue();
        assertThat(rows("account", course)).hasSize(accounts.size() - 1);
        assertThat(credentials.verify(stored.embedded()).valid()).isFalse();
        assertThat(get(page).statusCode()).isIn(404, 410);
        long back = testAwards.person(course, "ada");
        other.bringForward();
        node(otherDisk).bringForward();
        assertThat(back).isNotEqualTo(award.personId());
        assertThat(isErased(back)).isFalse();
    }

    private EndedAgain node(Path disk) {
        return new EndedAgain(new EndedRecord(disk), kinds, clock);
    }

    private String share(Course course, Award award) {
        this.awards.claim(course.tenant(), award.id(), award.personId(), Award.NameShown.NONE);
        return shares.share(course.tenant(), award.id(), award.personId());
    }

    private static String hash(String page) {
        return HexFormat.of().formatHex(Sha256.of(page.substring(page.lastIndexOf('/') + 1)));
    }

    private String kept() throws IOException {
        StringBuilder kept = new StringBuilder();
        try (Stream<Path> files = Files.list(place.directory())) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("ended-"))
                    .toList()) {
                kept.append(Files.readString(file));
            }
        }
        return kept.toString();
    }

    private boolean isErased(long person) {
        return jdbc.sql("SELECT erased_at IS NOT NULL FROM person WHERE id = ?")
                .param(person)
                .query(Boolean.class)
                .single();
    }

    private List<Map<String, Object>> rows(String table, Course course) {
        return jdbc.sql("SELECT * FROM " + table + " WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query()
                .listOfRows();
    }

    private void put(String table, List<Map<String, Object>> rows, Course course) {
        jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        rows.forEach(row -> jdbc.sql("INSERT INTO " + table + " (" + String.join(", ", row.keySet()) + ") VALUES ("
                        + String.join(", ", Collections.nCopies(row.size(), "?")) + ")")
                .params(new ArrayList<>(row.values()))
                .update());
    }

    private static UUID listId(StoredCredential stored) {
        String list = status(stored).list();
        return UUID.fromString(list.substring(list.lastIndexOf('/') + 1));
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
