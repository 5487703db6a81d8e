package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.TestPictures;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.proof.Signer;
import jakarta.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Figures, not assertions about time: how fast credentials are signed here, and with how many statements. */
@Tag("bench")
@LaurelTest
@Import(TestAwards.class)
class SigningBenchTests {

    private static final int COHORT = Integer.getInteger("bench.cohort", 2_000);

    @Autowired
    TestAwards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JdbcTemplate template;

    /** As docs/operations.md says of a database of its own; and what is committed is on the disk, which tests do without. */
    @BeforeEach
    void runTheDatabaseAsAnInstallationDoes() {
        jdbc.sql("SET GLOBAL innodb_buffer_pool_size = 1073741824").update();
        jdbc.sql("SET GLOBAL innodb_log_file_size = 1073741824").update();
        jdbc.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 1").update();
    }

    @Test
    void signsACohort() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Long> persons = new ArrayList<>();
        for (int i = 0; i < COHORT; i++) {
            persons.add(awards.person(course, "learner-" + i));
        }
        cohort(course, persons);
        cohort(course, persons);
        cohort(course, persons);
    }

    private void cohort(Course course, List<Long> persons) {
        jdbc.sql("DELETE FROM credential WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        jdbc.sql("DELETE FROM award WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        long statements = statements();
        Lap lap = new Lap();
        List<Award> decided = awards.decide(course, persons);
        lap.end("decided");
        untilNoneIsWithout("signed_at", course);
        lap.end("issued and stored");
        untilNoneIsWithout("jwt_signed_at", course);
        lap.end("JWTs");
        double perAward = (statements() - statements) / (double) COHORT;
        byte[] png = TestPictures.png();
        for (Award award : decided) {
            credentials.bake(
                    png,
                    credentials.find(course.tenant(), award.id()).orElseThrow().embedded());
        }
        lap.end("images read and baked");
        System.out.printf("bench: %.3f statements each incl. polling%n", perAward);
        assertThat(decided).hasSize(COHORT);
    }

    /** How long each part took, and what it cost the processors. */
    private static final class Lap {

        private long start = System.nanoTime();

        private Duration laurel = processorTime(Stream.of(ProcessHandle.current()));

        private Duration database = processorTime(ProcessHandle.current().descendants());

        void end(String part) {
            double seconds = seconds(start);
            Duration laurelNow = processorTime(Stream.of(ProcessHandle.current()));
            Duration databaseNow = processorTime(ProcessHandle.current().descendants());
            System.out.printf(
                    "bench: %d %s +%.2f s, %.0f/s (processor time: Laurel %d ms, database %d ms; load %.1f)%n",
                    COHORT,
                    part,
                    seconds,
                    COHORT / seconds,
                    laurelNow.minus(laurel).toMillis(),
                    databaseNow.minus(database).toMillis(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            start = System.nanoTime();
            laurel = laurelNow;
            database = databaseNow;
        }

        private static Duration processorTime(Stream<ProcessHandle> processes) {
            return processes
                    .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                    .reduce(Duration.ZERO, Duration::plus);
        }
    }

    /** Asks for one that is left, by the key that the job itself uses: to count them would be a part of the figures. */
    private void untilNoneIsWithout(String column, Course course) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(2))
                .until(() -> jdbc.sql("SELECT 1 FROM credential WHERE tenant_id = ? AND " + column + " IS NULL LIMIT 1")
                        .param(course.tenant().value())
                        .query(Integer.class)
                        .optional()
                        .isEmpty());
    }

    @Test
    void signsOnOneThread() {
        EddsaRdfc2022 suite = new EddsaRdfc2022(new Canonicalizer(PinnedContexts.shipped()));
        Signer signer = Ed25519.signer("did:web:badges.example#ed25519-1", new byte[32]);
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award award = awards.decide(course, awards.person(course, "ada"));
        JsonObject credential = JsonBytes.JSON
                .createObjectBuilder(JsonBytes.parse(
                        await().until(() -> credentials.find(course.tenant(), award.id()), Optional::isPresent)
                                .orElseThrow()
                                .embedded()))
                .remove("proof")
                .build();
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            int signed = 0;
            while (seconds(start) < 2) {
                JsonBytes.write(suite.sign(credential, signer, Instant.now()));
                signed++;
            }
            System.out.printf("bench: %.0f embedded proofs/s on one thread%n", signed / seconds(start));
        }
    }

    /** Raw signatures and both ways of a whole one, on one thread; and a bare insert of the same bytes. */
    @Test
    void comparesWithWhatIsTheLeastItCouldCost() {
        TestIssuer issuer = new TestIssuer();
        CredentialSamples samples = issuer.samples(1);
        AchievementCredential credential = samples.of(EnumSet.of(
                CredentialSamples.Part.DECISION, CredentialSamples.Part.ASSESSMENT, CredentialSamples.Part.STATUS));
        byte[] signed = JsonBytes.write(issuer.embedded(credential));
        byte[] hash = new byte[64];
        Signer ed25519 = issuer.signer(KeyAlgorithm.ED25519);
        Signer es256 = issuer.signer(KeyAlgorithm.ES256);
        Signer rs256 = issuer.signer(KeyAlgorithm.RS256);
        TemplateSigning templates = new TemplateSigning(issuer.suite);
        for (int round = 0; round < 3; round++) {
            rate("raw Ed25519", () -> ed25519.sign(hash));
            rate("raw ES256", () -> es256.sign(signed));
            rate("raw RS256", () -> rs256.sign(signed));
            rateOfAllProcessors("raw RS256", () -> rs256.sign(signed));
            double plain = rate(
                    "embedded, the long way",
                    () -> JsonBytes.write(issuer.suite.sign(credential.toJson(), ed25519, TestIssuer.NOW)));
            double byTemplate =
                    rate("embedded, by template", () -> templates.sign(credential, ed25519, TestIssuer.NOW));
            System.out.printf("bench: the template is %.1f times as fast%n", byTemplate / plain);
        }
        bareInsert(signed);
    }

    private static double rate(String what, Runnable once) {
        long start = System.nanoTime();
        int done = 0;
        while (seconds(start) < 2) {
            once.run();
            done++;
        }
        double rate = done / seconds(start);
        System.out.printf("bench: %.0f/s %s on one thread%n", rate, what);
        return rate;
    }

    /** What the processors of the machine do at once: it may be less than each does alone, times their number. */
    private static void rateOfAllProcessors(String what, Runnable once) {
        int processors = Runtime.getRuntime().availableProcessors();
        AtomicInteger done = new AtomicInteger();
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(processors);
        CompletableFuture.allOf(IntStream.range(0, processors)
                        .mapToObj(thread -> CompletableFuture.runAsync(
                                () -> {
                                    while (seconds(start) < 2) {
                                        once.run();
                                        done.incrementAndGet();
                                    }
                                },
                                threads))
                        .toArray(CompletableFuture[]::new))
                .join();
        threads.shutdown();
        System.out.printf("bench: %.0f/s %s on %d threads%n", done.get() / seconds(start), what, processors);
    }

    private void bareInsert(byte[] bytes) {
        jdbc.sql("CREATE TABLE bare_insert (id bigint PRIMARY KEY, embedded mediumblob NOT NULL)")
                .update();
        try {
            for (int round = 0; round < 3; round++) {
                jdbc.sql("DELETE FROM bare_insert").update();
                long start = System.nanoTime();
                for (int from = 0; from < COHORT; from += 500) {
                    List<Object[]> rows = new ArrayList<>();
                    for (int i = from; i < from + 500; i++) {
                        rows.add(new Object[] {i, bytes});
                    }
                    template.batchUpdate("INSERT INTO bare_insert (id, embedded) VALUES (?, ?)", rows);
                }
                System.out.printf(
                        "bench: %.0f/s bare inserts of the same bytes, 500 at once%n", COHORT / seconds(start));
            }
        } finally {
            jdbc.sql("DROP TABLE bare_insert").update();
        }
    }

    private long statements() {
        return jdbc.sql("SHOW GLOBAL STATUS LIKE 'Questions'")
                .query((row, n) -> row.getLong(2))
                .single();
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
