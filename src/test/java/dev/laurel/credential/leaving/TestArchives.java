package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.award.Award;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.InputStreamSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Institutions that leave with what they signed, and what came of their archives elsewhere. */
@Component
class TestArchives {

    static final String PASSPHRASE = "four plain words together";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Autowired
    TestAwards awards;

    @Autowired
    IssuerArchives leaving;

    @Autowired
    ArrivalRepository arrivals;

    @Autowired
    ReceivedArchives received;

    @Autowired
    ArchiveRepository archives;

    @Autowired
    LeavingIssuers own;

    @Autowired
    ArrivedLists lists;

    @Autowired
    ArrivedListRepository listRows;

    @Autowired
    EddsaRdfc2022 suite;

    @Autowired
    MasterKey masterKey;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    /** An institution of which nothing is here. */
    static TenantId tenant() {
        return new TenantId(ThreadLocalRandom.current().nextLong(1_000, 1L << 50));
    }

    /** A node that brings archives in, of which something is not as it is here. */
    ArrivalJob node(
            ArrivalRepository arrivals, ArrivedRepository arrived, TransactionTemplate transaction, Clock clock) {
        return new ArrivalJob(
                arrivals, received, archives, own, arrived, lists, listRows, suite, masterKey, transaction, clock);
    }

    /** @param suspended the place of one that is not in force */
    TenantId course(int badges, int suspended) {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> all = signed(
                course,
                IntStream.range(0, badges).mapToObj(each -> "learner-" + each).toArray(String[]::new));
        if (badges > 1) {
            suspend(course, all.get(suspended));
        }
        return course.tenant();
    }

    /** Badges of these people, in both forms. */
    List<Award> signed(Course course, String... subs) {
        int before = signed(course.tenant());
        List<Award> all = awards.decide(course, subs);
        await().atMost(PATIENCE).until(() -> signed(course.tenant()) == before + subs.length);
        return all;
    }

    void suspend(Course course, Award award) {
        transaction.executeWithoutResult(
                status -> events.publishEvent(new AwardsSuspended(course.tenant(), List.of(award))));
    }

    void reinstate(Course course, Award award) {
        transaction.executeWithoutResult(
                status -> events.publishEvent(new AwardsReinstated(course.tenant(), List.of(award))));
    }

    private int signed(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM credential WHERE tenant_id = ? AND jwt_signed_at IS NOT NULL")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    /** As somebody uploads it. */
    static void bring(ArchiveImport imports, TenantId tenant, InputStreamSource archive, String passphrase)
            throws IOException {
        try (ArchiveReception reception = imports.receive(tenant, 7)) {
            reception.bring(archive, passphrase);
        }
    }

    /** Of everything of the institution. */
    byte[] archive(TenantId tenant) throws IOException {
        leaving.permit(tenant, 7);
        Passage permission = leaving.permitted(tenant, 7).orElseThrow();
        assertThat(leaving.use(tenant, permission)).isTrue();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        leaving.write(tenant, permission, PASSPHRASE, out);
        return out.toByteArray();
    }

    /** The files in it by their names, in their order. */
    static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    /** What somebody can make of an archive who has it and its passphrase: any other content, sealed as it must be. */
    static byte[] resealed(byte[] archive, UnaryOperator<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> entries = entries(archive);
        ArchiveKey key = ArchiveKey.open(entries.get(ArchiveNames.KEY), PASSPHRASE);
        entries.remove(ArchiveNames.END);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArchiveWriter writer = new ArchiveWriter(out, key, Instant.now())) {
            for (Map.Entry<String, byte[]> entry : change.apply(entries).entrySet()) {
                writer.add(entry.getKey(), entry.getValue());
            }
            writer.end();
        }
        return out.toByteArray();
    }

    /** Nobody works on it until a test does. */
    long receivedWithoutAJob(TenantId tenant, byte[] archive) throws IOException {
        ArchiveKey key = ArchiveReading.key(new ByteArrayInputStream(archive), PASSPHRASE);
        long id = arrivals.begin(tenant, 7, clock.instant(), Duration.ofSeconds(90));
        long bytes = received.write(tenant, id, new ByteArrayInputStream(archive));
        assertThat(arrivals.received(tenant, id, received.seal(key), bytes)).isTrue();
        return id;
    }

    void assertNothingIsKept(TenantId tenant) {
        assertThat(rows("archive_arrival_part", tenant)).isZero();
        assertThat(jdbc.sql("SELECT COUNT(*) FROM archive_arrival WHERE tenant_id = ? AND key_sealed IS NOT NULL")
                        .param(tenant.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    int rows(String table, TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    int notInForce(TenantId tenant) {
        return jdbc.sql(
                        "SELECT COUNT(*) FROM arrived_credential WHERE tenant_id = ? AND not_in_force_since IS NOT NULL")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }
}
