package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.SteppingClock;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.platform.tenant.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An archive comes in by work that nobody waits for: it may break off anywhere, and another node goes on. */
@LaurelTest
@Import({TestAwards.class, TestArchives.class})
class ArrivalJobIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Autowired
    TestArchives archived;

    @Autowired
    IssuerArchives leaving;

    @Autowired
    ArchiveImport imports;

    @Autowired
    Arrived arrived;

    @Autowired
    ArrivedRepository repository;

    @Autowired
    ArrivalJob job;

    @Autowired
    ArrivalRepository arrivals;

    @Autowired
    ReceivedArchives received;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JdbcTemplate template;

    /** Parts are of 100 badges. */
    @Test
    void whatANodeLeftThatDiedInTheThirdPartIsFinishedByAnotherExactlyOnce() throws Exception {
        byte[] archive = archived.archive(archived.course(230, 150));
        TenantId elsewhere = TestArchives.tenant();
        long id = archived.receivedWithoutAJob(elsewhere, archive);

        assertThatExceptionOfType(Died.class)
                .isThrownBy(() -> nodeThatDiesInItsPart(3).run(elsewhere, Long.toString(id)));

        ArchiveArrival midway = imports.latest(elsewhere).orElseThrow();
        assertThat(midway)
                .extracting(ArchiveArrival::state, ArchiveArrival::badgesDone, ArchiveArrival::badges)
                .containsExactly(State.ARRIVING, 200, 230);
        ArrivedIssuer issuer = arrived.issuers(elsewhere).get(0);
        assertThat(issuer.credentials()).isEqualTo(200);
        for (ArrivedCredential each : arrived.credentials(elsewhere, issuer, 0, 1_000)) {
            assertThat(arrived.bytes(elsewhere, each, false)).isPresent();
            assertThat(arrived.bytes(elsewhere, each, true)).isPresent();
        }
        assertThat(archived.notInForce(elsewhere))
                .as("what its list says, before all badges are here")
                .isEqualTo(1);
        ArrivedCredential any = arrived.credentials(elsewhere, issuer, 0, 1_000).stream()
                .filter(each -> each.notInForceSince() == null)
                .findFirst()
                .orElseThrow();
        assertThat(arrived.withdraw(elsewhere, issuer, any.id(), 7))
                .as("before all badges are here")
                .isTrue();

        job.run(elsewhere, Long.toString(id));
        job.run(elsewhere, Long.toString(id));

        assertThat(imports.latest(elsewhere).orElseThrow())
                .extracting(ArchiveArrival::state, ArchiveArrival::badgesDone, ArchiveArrival::badgesNew)
                .containsExactly(State.DONE, 230, 230);
        assertThat(arrived.issuers(elsewhere).get(0).credentials()).isEqualTo(230);
        assertThat(archived.notInForce(elsewhere)).isEqualTo(2);
        assertThat(leaving.passages(elsewhere)).hasSize(1);
        archived.assertNothingIsKept(elsewhere);
    }

    @Test
    void howFarItIsStandsThereAfterARestartAndNeverGoesBack() throws Exception {
        TenantId elsewhere = TestArchives.tenant();
        long id = archived.receivedWithoutAJob(elsewhere, archived.archive(archived.course(3, 0)));
        ArchiveArrival before = imports.latest(elsewhere).orElseThrow();
        AtomicInteger told = new AtomicInteger();
        ArrivalRepository dying = new ArrivalRepository(jdbc) {

            @Override
            boolean checked(TenantId tenant, long each, long entries, long bytes) {
                boolean checked = super.checked(tenant, each, entries, bytes);
                if (told.incrementAndGet() == 12) {
                    throw new Died();
                }
                return checked;
            }
        };
        assertThatExceptionOfType(Died.class)
                .isThrownBy(() -> node(dying, repository, new SteppingClock(Duration.ofSeconds(2)))
                        .run(elsewhere, Long.toString(id)));
        ArchiveArrival midway = imports.latest(elsewhere).orElseThrow();
        assertThat(midway.bytesRead()).isPositive().isLessThan(before.bytes());
        List<Long> shown = new ArrayList<>();
        ArrivalRepository watched = new ArrivalRepository(jdbc) {

            @Override
            boolean checked(TenantId tenant, long each, long entries, long bytes) {
                boolean checked = super.checked(tenant, each, entries, bytes);
                shown.add(imports.latest(tenant).orElseThrow().bytesRead());
                return checked;
            }
        };
        ArrivedRepository full = new ArrivedRepository(jdbc, template) {

            @Override
            void add(TenantId tenant, String did, String name, Instant asOf, Instant now) {
                throw new Died();
            }
        };

        assertThatExceptionOfType(Died.class)
                .isThrownBy(() -> node(watched, full, new SteppingClock(Duration.ofSeconds(2)))
                        .run(elsewhere, Long.toString(id)));

        assertThat(shown).isSorted().startsWith(midway.bytesRead()).endsWith(before.bytes());
        assertThat(imports.latest(elsewhere).orElseThrow())
                .as("all of it is checked, and no signature is asked for once more")
                .extracting(ArchiveArrival::state, ArchiveArrival::bytesRead)
                .containsExactly(State.CHECKING, before.bytes());
        job.run(elsewhere, Long.toString(id));
        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.DONE);
    }

    @Test
    void signaturesThatWereFoundGoodAreNotAskedForAgainButNothingUnsealedComesIn() throws Exception {
        byte[] changed = changed(archived.archive(archived.course(1, 0)));
        TenantId first = TestArchives.tenant();
        long asked = archived.receivedWithoutAJob(first, changed);
        TenantId second = TestArchives.tenant();
        long notAsked = archived.receivedWithoutAJob(second, changed);
        arrivals.checked(second, notAsked, 1_000, 1);

        job.run(first, Long.toString(asked));
        job.run(second, Long.toString(notAsked));

        assertThat(imports.latest(first).orElseThrow().refusal()).isEqualTo(Reason.SIGNATURE);
        assertThat(imports.latest(second).orElseThrow().refusal()).isEqualTo(Reason.DAMAGED);
        for (TenantId each : List.of(first, second)) {
            assertThat(arrived.issuers(each)).isEmpty();
            assertThat(leaving.passages(each)).isEmpty();
            archived.assertNothingIsKept(each);
        }
    }

    @Test
    void anInstitutionBringsOneArchiveAtATimeAndAnyNumberOfInstitutionsBringTheirs() throws Exception {
        byte[] archive = archived.archive(archived.course(1, 0));
        TenantId elsewhere = TestArchives.tenant();
        long first = archived.receivedWithoutAJob(elsewhere, archive);

        assertRefusedAsAnotherIsUnderWay(elsewhere);
        assertThat(archived.rows("archive_arrival", elsewhere)).isEqualTo(1);

        TenantId other = TestArchives.tenant();
        TestArchives.bring(imports, other, new ByteArrayResource(archive), TestArchives.PASSPHRASE);
        await().atMost(PATIENCE).until(() -> imports.latest(other).orElseThrow().state() == State.DONE);
        job.run(elsewhere, Long.toString(first));
        TestArchives.bring(imports, elsewhere, new ByteArrayResource(archive), TestArchives.PASSPHRASE);
        await().atMost(PATIENCE)
                .until(() -> imports.latest(elsewhere).orElseThrow(), each -> each.id() != first && !each.isUnderWay());
        assertThat(imports.latest(elsewhere).orElseThrow())
                .extracting(ArchiveArrival::state, ArchiveArrival::badgesDone, ArchiveArrival::badgesNew)
                .containsExactly(State.DONE, 1, 0);
    }

    @Test
    void anInstitutionHasItsPlaceTakenBeforeAnythingIsUploaded() throws Exception {
        byte[] archive = archived.archive(archived.course(1, 0));
        TenantId elsewhere = TestArchives.tenant();
        ArchiveReception first = imports.receive(elsewhere, 7);

        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.RECEIVING);
        assertRefusedAsAnotherIsUnderWay(elsewhere);
        first.close();
        assertThat(imports.latest(elsewhere)).as("an upload that broke off").isEmpty();

        try (ArchiveReception second = imports.receive(elsewhere, 7)) {
            assertThatExceptionOfType(ArchiveRefusedException.class)
                    .isThrownBy(() -> second.bring(new ByteArrayResource(archive), "another passphrase"));
        }
        assertThat(archived.rows("archive_arrival", elsewhere)).isZero();
        TestArchives.bring(imports, elsewhere, new ByteArrayResource(archive), TestArchives.PASSPHRASE);
        await().atMost(PATIENCE)
                .until(() -> imports.latest(elsewhere).orElseThrow().state() == State.DONE);
    }

    @Test
    void aNodeThatDiedWhileItReceivedOneStandsInTheWayForTwoMinutesAtMost() throws Exception {
        byte[] archive = archived.archive(archived.course(1, 0));
        TenantId elsewhere = TestArchives.tenant();
        ArchiveReception slow = imports.receive(elsewhere, 7);
        silentFor(elsewhere, 60);
        assertRefusedAsAnotherIsUnderWay(elsewhere);
        silentFor(elsewhere, 60);
        assertThat(imports.latest(elsewhere)).isEmpty();

        TestArchives.bring(imports, elsewhere, new ByteArrayResource(archive), TestArchives.PASSPHRASE);
        assertThatExceptionOfType(ArchiveRefusedException.class)
                .as("it was not dead, but silent")
                .isThrownBy(() -> slow.bring(new ByteArrayResource(archive), TestArchives.PASSPHRASE));
        slow.close();

        await().atMost(PATIENCE)
                .until(() -> imports.latest(elsewhere).orElseThrow().state() == State.DONE);
        await().atMost(PATIENCE).untilAsserted(() -> archived.assertNothingIsKept(elsewhere));
    }

    private void silentFor(TenantId tenant, int seconds) {
        jdbc.sql("UPDATE archive_arrival SET alive_at = alive_at - INTERVAL ? SECOND WHERE tenant_id = ?")
                .params(seconds, tenant.value())
                .update();
    }

    private void assertRefusedAsAnotherIsUnderWay(TenantId tenant) {
        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> imports.receive(tenant, 7))
                .extracting(ArchiveRefusedException::reason)
                .isEqualTo(Reason.UNDER_WAY);
    }

    @Test
    void anArchiveLiesSealedAndIsGivenUpAfterADay() throws Exception {
        byte[] archive = archived.archive(archived.course(1, 0));
        TenantId elsewhere = TestArchives.tenant();
        long id = archived.receivedWithoutAJob(elsewhere, archive);
        TenantId brokenOff = TestArchives.tenant();
        long unfinished = arrivals.begin(brokenOff, 7, clock.instant(), Duration.ofSeconds(90));
        received.write(brokenOff, unfinished, new ByteArrayInputStream(archive));

        for (TenantId each : List.of(elsewhere, brokenOff)) {
            assertThat(jdbc.sql("SELECT sealed FROM archive_arrival_part WHERE tenant_id = ?")
                            .param(each.value())
                            .query(byte[].class)
                            .list())
                    .hasSize(1)
                    .allSatisfy(part -> assertThat(new String(part, StandardCharsets.ISO_8859_1))
                            .doesNotContain("issuers/", "credentials/"));
            job.forget(each);
            assertThat(archived.rows("archive_arrival_part", each)).as("today").isEqualTo(1);
            jdbc.sql("UPDATE archive_arrival SET brought_at = brought_at - INTERVAL 25 HOUR WHERE tenant_id = ?")
                    .param(each.value())
                    .update();
            assertThat(arrivals.withForgettable(clock.instant().minus(ArrivalJob.KEPT)))
                    .contains(each);
            job.forget(each);

            assertThat(imports.latest(each).orElseThrow().state()).isEqualTo(State.LOST);
            archived.assertNothingIsKept(each);
            assertThat(arrivals.withForgettable(clock.instant().minus(ArrivalJob.KEPT)))
                    .doesNotContain(each);
        }
        job.run(elsewhere, Long.toString(id));
        assertThat(arrived.issuers(elsewhere)).isEmpty();
    }

    private static final class Died extends Error {

        private static final long serialVersionUID = 1L;
    }

    /** Another node on the same database, whose process ends after it wrote badges and before their transaction is committed. */
    private ArrivalJob nodeThatDiesInItsPart(int part) {
        AtomicInteger parts = new AtomicInteger();
        ArrivedRepository dying = new ArrivedRepository(jdbc, template) {

            @Override
            void addForms(TenantId tenant, List<Form> forms) {
                super.addForms(tenant, forms);
                if (parts.incrementAndGet() == part) {
                    throw new Died();
                }
            }
        };
        return node(arrivals, dying, clock);
    }

    private ArrivalJob node(ArrivalRepository arrivals, ArrivedRepository arrived, Clock clock) {
        return archived.node(arrivals, arrived, transaction, clock);
    }

    /** With other words in its badges than those that were signed. */
    private static byte[] changed(byte[] archive) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                zip.putNextEntry(new ZipEntry(entry.getName()));
                zip.write(
                        entry.getName().endsWith("as-issued.json")
                                ? new String(content, StandardCharsets.UTF_8)
                                        .replace("essays", "novels")
                                        .getBytes(StandardCharsets.UTF_8)
                                : content);
            }
        }
        return out.toByteArray();
    }
}
