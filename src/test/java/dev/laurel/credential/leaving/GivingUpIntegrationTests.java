package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.SteppingClock;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever brings an archive in can give it up wherever it is, and bring another one at once. */
@LaurelTest
@Import({TestAwards.class, TestArchives.class})
class GivingUpIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final long HER = 9;

    @Autowired
    TestArchives archived;

    @Autowired
    IssuerArchives leaving;

    @Autowired
    ArchiveImport imports;

    @Autowired
    Arrived arrived;

    @Autowired
    ArrivedRepository arrivedRepository;

    @Autowired
    ArrivalJob job;

    @Autowired
    ArrivalRepository arrivals;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JdbcTemplate template;

    private final TenantId elsewhere = TestArchives.tenant();

    @Test
    void oneThatWaitsIsGivenUpOnceAndAnotherIsBroughtAtOnce() throws Exception {
        byte[] archive = archived.archive(archived.course(1, 0));
        long id = archived.receivedWithoutAJob(elsewhere, archive);

        assertThat(imports.giveUp(elsewhere, id, HER)).isTrue();
        assertThat(imports.giveUp(elsewhere, id, HER)).as("twice").isFalse();
        job.run(elsewhere, Long.toString(id));

        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.GIVEN_UP);
        assertThat(arrived.issuers(elsewhere)).isEmpty();
        assertGivenUp(0, 0);
        archived.assertNothingIsKept(elsewhere);
        assertThat(bringAnother(id, archive)).isEqualTo(1);
        assertThat(imports.giveUp(elsewhere, id + 1, HER))
                .as("one that is done")
                .isFalse();
    }

    @Test
    void whatAnInstitutionGivesUpIsItsOwn() throws Exception {
        long id = archived.receivedWithoutAJob(elsewhere, archived.archive(archived.course(1, 0)));

        assertThat(imports.giveUp(TestArchives.tenant(), id, HER)).isFalse();

        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.CHECKING);
    }

    @Test
    void oneThatIsStuckIsGivenUpAndItsPartsGoWithoutAnybodyWaiting() throws Exception {
        byte[] archive = archived.archive(archived.course(1, 0));
        long id = archived.receivedWithoutAJob(elsewhere, archive);
        ArrivedRepository broken = new ArrivedRepository(jdbc, template) {

            @Override
            void add(TenantId tenant, List<ArrivedCredential> credentials, boolean newest) {
                throw new IllegalStateException("Unforeseen");
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        archived.node(arrivals, broken, transaction, clock).run(elsewhere, Long.toString(id)));
        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.ARRIVING);

        imports.giveUp(elsewhere, id, HER);

        assertGivenUp(1, 0);
        await().atMost(PATIENCE).until(() -> archived.rows("archive_arrival_part", elsewhere) == 0);
        assertThat(bringAnother(id, archive)).isEqualTo(1);
    }

    @Test
    void aJobThatChecksStopsWithoutAFaultAndNothingIsHere() throws Exception {
        long id = archived.receivedWithoutAJob(elsewhere, archived.archive(archived.course(3, 0)));
        ArrivalRepository meanwhile = new ArrivalRepository(jdbc) {

            @Override
            boolean checked(TenantId tenant, long each, long entries, long bytes) {
                imports.giveUp(tenant, each, HER);
                return super.checked(tenant, each, entries, bytes);
            }
        };

        archived.node(meanwhile, arrivedRepository, transaction, new SteppingClock(Duration.ofSeconds(2)))
                .run(elsewhere, Long.toString(id));

        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.GIVEN_UP);
        assertThat(arrived.issuers(elsewhere)).isEmpty();
        archived.assertNothingIsKept(elsewhere);
    }

    /** Parts are of 100 badges. */
    @Test
    void aJobThatBringsBadgesStopsAfterItsPartAndWhatIsHereStays() throws Exception {
        byte[] archive = archived.archive(archived.course(230, 150));
        long id = archived.receivedWithoutAJob(elsewhere, archive);
        TransactionTemplate meanwhile = new AfterTheFirstPart(
                Objects.requireNonNull(transaction.getTransactionManager()), () -> imports.giveUp(elsewhere, id, HER));

        archived.node(arrivals, arrivedRepository, meanwhile, clock).run(elsewhere, Long.toString(id));

        assertThat(imports.latest(elsewhere).orElseThrow())
                .extracting(ArchiveArrival::state, ArchiveArrival::badgesDone)
                .containsExactly(State.GIVEN_UP, 100);
        ArrivedIssuer issuer = arrived.issuers(elsewhere).get(0);
        assertThat(arrived.credentials(elsewhere, issuer, 0, 1_000))
                .hasSize(100)
                .allSatisfy(
                        each -> assertThat(arrived.bytes(elsewhere, each, true)).isPresent());
        assertGivenUp(1, 100);
        assertThat(bringAnother(id, archive)).isEqualTo(130);
        assertThat(arrived.issuers(elsewhere).get(0).credentials()).isEqualTo(230);
        assertThat(archived.notInForce(elsewhere)).isEqualTo(1);
    }

    private void assertGivenUp(int issuers, int credentials) {
        assertThat(leaving.passages(elsewhere).get(0))
                .extracting(Passage::way, Passage::byPerson, Passage::issuers, Passage::credentials)
                .containsExactly(Passage.Way.GIVEN_UP, HER, issuers, credentials);
    }

    /** @return how many badges were not here before */
    private int bringAnother(long before, byte[] archive) throws IOException {
        TestArchives.bring(imports, elsewhere, new ByteArrayResource(archive), TestArchives.PASSPHRASE);
        ArchiveArrival arrival = await().atMost(PATIENCE)
                .until(() -> imports.latest(elsewhere).orElseThrow(), each -> !each.isUnderWay());
        assertThat(arrival.state()).isEqualTo(State.DONE);
        assertThat(arrival.id()).isNotEqualTo(before);
        return arrival.badgesNew();
    }

    /** Something happens between the first part, which comes after the issuers, and the second. */
    private static final class AfterTheFirstPart extends TransactionTemplate {

        private static final long serialVersionUID = 1L;

        private final transient Runnable happens;

        private int transactions;

        AfterTheFirstPart(PlatformTransactionManager manager, Runnable happens) {
            super(manager);
            this.happens = happens;
        }

        @Override
        public <T> @Nullable T execute(TransactionCallback<T> action) {
            T result = super.execute(action);
            if (++transactions == 2) {
                happens.run();
            }
            return result;
        }
    }
}
