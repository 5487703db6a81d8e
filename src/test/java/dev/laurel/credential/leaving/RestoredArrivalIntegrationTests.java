package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.leaving.ArrivedListRepository.StatusList;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.status.TestCopies;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A database that was set back to a backup of before badges that were brought here were taken back. */
@LaurelTest
@Import({TestAwards.class, TestArchives.class})
class RestoredArrivalIntegrationTests {

    @Autowired
    TestAwards awards;

    @Autowired
    TestArchives archived;

    @Autowired
    ArchiveImport imports;

    @Autowired
    ArrivalJob job;

    @Autowired
    Arrived arrived;

    @Autowired
    IssuerArchives leaving;

    @Autowired
    ArrivedLists lists;

    @Autowired
    ArrivedListRepository listRows;

    @Autowired
    ArrivedRepository repository;

    @Autowired
    EddsaRdfc2022 suite;

    @Autowired
    MasterKey masterKey;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    private final TenantId elsewhere = TestArchives.tenant();

    @Test
    void aListNeverGoesBackToCallingABadgeValidThatWasTakenBackHere() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> all = archived.signed(course, "ada", "bo", "cy");
        comesIn(archived.archive(course.tenant()));
        List<Map<String, Object>> backup = backup();
        assertThat(arrived.withdraw(elsewhere, issuer(), all.get(0).publicId(), 7))
                .isTrue();
        archived.suspend(course, all.get(1));
        comesIn(archived.archive(course.tenant()));
        long published = list(all.get(0)).revision();

        restore(backup);

        HttpResponse<String> heldBack = get(all.get(0));
        assertThat(heldBack.statusCode())
                .as("better no answer than a wrong one")
                .isEqualTo(503);
        assertThat(heldBack.headers().firstValue("Retry-After")).isPresent();

        lists.bringForward();

        assertThat(get(all.get(0)).statusCode()).isEqualTo(200);
        assertThat(list(all.get(0)).revision()).isGreaterThan(published);
        assertThat(isWithdrawn(all.get(0))).isTrue();
        assertThat(isSuspended(all.get(0))).isFalse();
        assertThat(isWithdrawn(all.get(1))).isTrue();
        assertThat(isSuspended(all.get(1))).isTrue();
        assertThat(isWithdrawn(all.get(2))).isFalse();
        assertThat(credential(all.get(0)).notInForceSince()).isNotNull();
        assertThat(credential(all.get(2)).notInForceSince()).isNull();
        byte[] settled = list(all.get(0)).signed();
        lists.bringForward();
        assertThat(list(all.get(0)).signed()).as("once is enough").isEqualTo(settled);
    }

    @Test
    void aWithdrawalAfterTheBackupWasRestoredTakesNothingBackThatWasPublished() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> all = archived.signed(course, "ada", "bo");
        comesIn(archived.archive(course.tenant()));
        List<Map<String, Object>> backup = backup();
        arrived.withdraw(elsewhere, issuer(), all.get(0).publicId(), 7);
        restore(backup);

        assertThat(arrived.withdraw(elsewhere, issuer(), all.get(1).publicId(), 7))
                .isTrue();

        assertThat(get(all.get(0)).statusCode()).isEqualTo(200);
        assertThat(isWithdrawn(all.get(0))).isTrue();
        assertThat(isWithdrawn(all.get(1))).isTrue();
    }

    /** Under the very revision that this node published, and in the minute in which it had looked. */
    @Test
    void whatAnotherNodeSignedFromTheBackupIsBroughtForwardHere(@TempDir Path otherDisk) throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> all = archived.signed(course, "ada", "bo");
        comesIn(archived.archive(course.tenant()));
        List<Map<String, Object>> backup = backup();
        arrived.withdraw(elsewhere, issuer(), all.get(0).publicId(), 7);
        lists.bringForward();
        long published = list(all.get(0)).revision();
        restore(backup);
        Arrived other = new Arrived(
                repository,
                new ArrivedLists(listRows, repository, suite, masterKey, TestCopies.in(otherDisk), transaction, clock),
                listRows,
                publicUrl,
                clock);
        transaction.executeWithoutResult(
                status -> other.withdraw(elsewhere, issuer(), all.get(1).publicId(), 7));
        assertThat(list(all.get(0)).revision()).isEqualTo(published);

        lists.bringForward();

        assertThat(isWithdrawn(all.get(0))).isTrue();
        assertThat(isWithdrawn(all.get(1))).isTrue();
    }

    @Test
    void aNodeThatOnlyLookedAtAListDoesNotGiveItOutEither(@TempDir Path otherDisk) throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award ada = archived.signed(course, "ada").get(0);
        comesIn(archived.archive(course.tenant()));
        List<Map<String, Object>> backup = backup();
        arrived.withdraw(elsewhere, issuer(), ada.publicId(), 7);
        ArrivedLists other =
                new ArrivedLists(listRows, repository, suite, masterKey, TestCopies.in(otherDisk), transaction, clock);
        other.bringForward(elsewhere, issuer().id());

        restore(backup);

        UUID list = Objects.requireNonNull(credential(ada).listId());
        assertThat(other.isBehind(other.find(issuer().arrivalId(), list).orElseThrow()))
                .isTrue();
        other.bringForward(elsewhere, issuer().id());
        assertThat(other.isBehind(other.find(issuer().arrivalId(), list).orElseThrow()))
                .isFalse();
        assertThat(isWithdrawn(ada)).isTrue();
    }

    /** The list is known by the name of its issuer, which has another address here when it comes anew. */
    @Test
    void whatIsBroughtAnewAfterABackupOfBeforeItCameIsTakenBackAsItWas() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award ada = archived.signed(course, "ada").get(0);
        byte[] archive = archived.archive(course.tenant());
        comesIn(archive);
        arrived.withdraw(elsewhere, issuer(), ada.publicId(), 7);
        for (String table : List.of(
                "arrived_credential_form",
                "arrived_credential",
                "arrived_status_list",
                "arrived_key",
                "arrived_issuer")) {
            jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ?")
                    .param(elsewhere.value())
                    .update();
        }

        comesIn(archive);

        assertThat(get(ada).statusCode()).isEqualTo(200);
        assertThat(isWithdrawn(ada)).isTrue();
        assertThat(credential(ada).notInForceSince()).isNotNull();
    }

    /** Whoever asks for one is told so before anything of it is written. */
    @Test
    void noArchiveLeavesWhereAListIsBehindAndNoKeyIsHereThatSignsIt() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award ada = archived.signed(course, "ada").get(0);
        comesIn(archived.archive(course.tenant()));
        List<Map<String, Object>> backup = backup();
        arrived.withdraw(elsewhere, issuer(), ada.publicId(), 7);
        restore(backup);
        retireKeys("NOW(6)");

        assertThat(leaving.isUpToDate(elsewhere)).isFalse();

        retireKeys("NULL");
        assertThat(leaving.isUpToDate(elsewhere)).isTrue();
        assertThat(isWithdrawn(ada)).isTrue();
    }

    private void retireKeys(String at) {
        jdbc.sql("UPDATE arrived_key SET retired_at = " + at + " WHERE tenant_id = ?")
                .param(elsewhere.value())
                .update();
    }

    private List<Map<String, Object>> backup() {
        return jdbc.sql("""
                SELECT issuer_id, list_id, signed, suspensions, revision, changed_at FROM arrived_status_list
                WHERE tenant_id = ?""").param(elsewhere.value()).query().listOfRows();
    }

    private void restore(List<Map<String, Object>> backup) {
        jdbc.sql("UPDATE arrived_credential SET not_in_force_since = NULL, withdrawn_by = NULL WHERE tenant_id = ?")
                .param(elsewhere.value())
                .update();
        backup.forEach(row -> jdbc.sql("""
                UPDATE arrived_status_list SET signed = ?, suspensions = ?, revision = ?, changed_at = ?
                WHERE tenant_id = ? AND issuer_id = ? AND list_id = ?""")
                .params(
                        row.get("signed"),
                        row.get("suspensions"),
                        row.get("revision"),
                        row.get("changed_at"),
                        elsewhere.value(),
                        row.get("issuer_id"),
                        row.get("list_id"))
                .update());
    }

    private void comesIn(byte[] archive) throws IOException {
        job.run(elsewhere, Long.toString(archived.receivedWithoutAJob(elsewhere, archive)));
        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.DONE);
    }

    private ArrivedIssuer issuer() {
        return arrived.issuers(elsewhere).get(0);
    }

    private ArrivedCredential credential(Award award) {
        return arrived.credential(elsewhere, issuer(), award.publicId()).orElseThrow();
    }

    private StatusList list(Award award) {
        return lists.find(
                        issuer().arrivalId(),
                        Objects.requireNonNull(credential(award).listId()))
                .orElseThrow()
                .list();
    }

    private boolean isWithdrawn(Award award) {
        return ArrivedList.parse(list(award).signed())
                .withdraws(award.publicId(), credential(award).place());
    }

    private boolean isSuspended(Award award) {
        return ArrivedList.parse(Objects.requireNonNull(list(award).suspensions()))
                .withdraws(award.publicId(), credential(award).place());
    }

    private HttpResponse<String> get(Award award) throws IOException, InterruptedException {
        String address = publicUrl.at("/arrived/" + issuer().arrivalId() + "/status-lists/"
                + credential(award).listId());
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
