package dev.laurel.credential.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.CredentialsSigned;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.document.SigningMaterial;
import dev.laurel.credential.document.TemplateSigning;
import dev.laurel.credential.document.UnsignedCredential;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.StepMetrics;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.AopTestUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** What is more than one batch is signed in two lanes, and whatever becomes of one of them, each credential is made once. */
@LaurelTest
@Import({TestAwards.class, SigningLanesIntegrationTests.Heard.class})
class SigningLanesIntegrationTests {

    private static final int BATCH = 500;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Nobody's account: what is signed names them by their subject's id. */
    private static final long FIRST_PERSON = 1L << 52;

    @Autowired
    TestAwards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    CredentialRepository repository;

    @Autowired
    EmbeddedSigning signing;

    @Autowired
    JwtSigning jwts;

    @Autowired
    SigningMaterial material;

    @Autowired
    StatusLists places;

    @Autowired
    StatusListSigning lists;

    @Autowired
    TemplateSigning templates;

    @Autowired
    IssuerKeys keys;

    @Autowired
    Issuers issuers;

    @Autowired
    CredentialAddresses addresses;

    @Autowired
    CredentialFormats formats;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Jobs jobs;

    @Autowired
    StepMetrics metrics;

    @Autowired
    Clock clock;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Heard heard;

    @Autowired
    JdbcClient jdbc;

    /** Awards that somebody was told were signed. */
    static class Heard {

        private final Queue<CredentialsSigned> all = new ConcurrentLinkedQueue<>();

        @EventListener
        void on(CredentialsSigned signed) {
            all.add(signed);
        }

        List<Long> of(Course course) {
            return all.stream()
                    .filter(signed -> signed.tenant().equals(course.tenant()))
                    .flatMap(signed -> signed.awardIds().stream())
                    .toList();
        }
    }

    @Test
    void eachOfACohortGetsOneCredentialOfItsOwnInBothFormats() {
        Course course = awards.course(TestAwards.draft("Essayist"));

        List<Award> cohort = awards.decide(course, persons(3 * BATCH + 7));

        await().atMost(PATIENCE).until(() -> with("jwt_signed_at", course) == cohort.size());
        Map<Long, StoredCredential> stored =
                credentials.find(course.tenant(), cohort.stream().map(Award::id).toList());
        List<String> places = new ArrayList<>();
        for (Award award : cohort) {
            StoredCredential credential = stored.get(award.id());
            JsonObject embedded = JsonBytes.parse(credential.embedded());
            assertThat(subject(embedded)).isEqualTo(award.subjectId().toString());
            assertThat(JsonBytes.parse(VcJwt.payload(credential.jwt())).getString("sub"))
                    .endsWith(award.subjectId().toString());
            places.add(embedded.getJsonObject("credentialStatus").getString("id"));
        }
        assertThat(places).doesNotHaveDuplicates();
        assertThat(heard.of(course))
                .containsExactlyInAnyOrderElementsOf(
                        cohort.stream().map(Award::id).toList());
        for (int i = 0; i < cohort.size(); i += 100) {
            StoredCredential credential = stored.get(cohort.get(i).id());
            assertThat(credentials.verify(credential.embedded()).valid()).isTrue();
            assertThat(credentials.verify(credential.jwt()).valid()).isTrue();
        }
    }

    @Test
    void oneLaneAsksForASecondAndTheSecondForNoThird() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        int many = waiting(course, BATCH + 1).size();

        List<Boolean> asked = transaction.execute(status -> {
            signing.run(course.tenant(), "beside");
            boolean forAThird = isWaiting(EmbeddedSigning.KIND, course);
            status.setRollbackOnly();
            return List.of(forAThird);
        });
        assertThat(asked).containsExactly(false);
        assertThat(with("signed_at", course)).as("as after a crash").isZero();

        asked = transaction.execute(status -> {
            signing.run(course.tenant(), "all");
            boolean forProofs = isWaiting(EmbeddedSigning.KIND, course);
            jwts.run(course.tenant(), "all");
            boolean forJwts = isWaiting(JwtSigning.KIND, course);
            status.setRollbackOnly();
            return List.of(forProofs, forJwts);
        });
        assertThat(asked).containsExactly(true, true);
        assertThat(with("signed_at", course)).as("as after a crash").isZero();
        assertThat(places(course)).isZero();

        signing.run(course.tenant(), "all");
        await("the application's own job may have some of them in hand")
                .atMost(PATIENCE)
                .until(() -> with("signed_at", course) == many);
        assertThat(places(course)).isEqualTo(many);
    }

    @Test
    void placesThatSeveralWantToDealAtOnceAreDealtAndCountedOnce() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        int many = waiting(course, BATCH).size();

        CompletableFuture<?>[] dealers = new CompletableFuture<?>[4];
        Arrays.setAll(
                dealers, i -> CompletableFuture.runAsync(() -> signing.dealAhead(course.tenant(), QueuePlace.HEAD)));
        CompletableFuture.allOf(dealers)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();

        assertThat(places(course)).isEqualTo(many);
        assertThat(jdbc.sql("SELECT SUM(taken) FROM status_list WHERE tenant_id = ?")
                        .param(course.tenant().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(many);
    }

    /** The lane of the test has its rows, facts and places when the other one begins, and ends as a killed one does. */
    @Test
    void oneLaneGoesOnWhileTheOtherHasNotStoredAndIsKilled() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> all = waiting(course, 2 * BATCH);
        // The first batch of a run makes the issuer's key, before there is a second lane.
        transaction.executeWithoutResult(
                status -> material.load(course.tenant(), List.of(all.get(0).id())));
        signing.dealAhead(course.tenant(), QueuePlace.HEAD);
        assertThat(places(course)).isEqualTo(all.size());
        List<String> ahead = dealt(course);

        transaction.executeWithoutResult(status -> {
            List<UnsignedCredential> mine = repository.lockUnsigned(course.tenant(), QueuePlace.HEAD, BATCH);
            material.load(
                    course.tenant(),
                    mine.stream().map(UnsignedCredential::awardId).toList());
            CompletableFuture.runAsync(() -> signing.run(course.tenant(), "beside"))
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            assertThat(with("signed_at", course)).isEqualTo(all.size() - mine.size());
            assertThat(mine)
                    .hasSize(BATCH)
                    .noneMatch(row ->
                            credentials.find(course.tenant(), row.awardId()).isPresent());
            status.setRollbackOnly();
        });

        signing.run(course.tenant(), "all");
        assertThat(with("signed_at", course)).isEqualTo(all.size());
        assertThat(dealt(course)).as("nobody has another place than before").isEqualTo(ahead);
        assertThat(heard.of(course)).doesNotHaveDuplicates().hasSize(all.size());
    }

    @Test
    void oneLaneOfJwtsGoesOnWhileTheOtherHasNotStoredAndIsKilled() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        int many = waiting(course, BATCH + 20).size();
        transaction.executeWithoutResult(status -> {
            signing.run(course.tenant(), "beside");
            // The job that would make the JWTs before the lane of the test has its own.
            jdbc.sql("DELETE FROM scheduled_tasks WHERE task_name = ? AND task_instance LIKE ?")
                    .params(JwtSigning.KIND, course.tenant() + ":%")
                    .update();
        });
        transaction.executeWithoutResult(status -> {
            assertThat(repository.lockWithoutJwt(course.tenant(), QueuePlace.HEAD, 20))
                    .hasSize(20);
            CompletableFuture.runAsync(() -> jwts.run(course.tenant(), "beside"))
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            assertThat(with("jwt_signed_at", course)).isEqualTo(many - 20);
            status.setRollbackOnly();
        });

        jwts.run(course.tenant(), "all");
        assertThat(with("jwt_signed_at", course)).isEqualTo(many);
    }

    /** All of one moment, as a cohort is, and those of the stale key at the head of the queue. */
    @Test
    void whatAStaleKeyIsToSignHoldsUpNothingElse() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Course other = awards.courseAt(course.tenant(), course.contextId() + 1, TestAwards.draft("Reader"), 1);
        Instant now = Instant.now();
        List<Award> left = awards.add(course, persons(2 * BATCH + 3));
        List<Award> signed = awards.add(other, persons(BATCH + 2));
        repository.add(course.tenant(), left, () -> new byte[16], now);
        repository.add(course.tenant(), signed, () -> new byte[16], now);
        SigningMaterial read = spy(material);
        doAnswer(asked -> staleFor((SigningMaterial.Batch) asked.callRealMethod(), left))
                .when(read)
                .load(any(), any());

        assertThatThrownBy(() -> new EmbeddedSigning(
                                repository, read, places, lists, templates, transaction, events, jobs, metrics, clock)
                        .run(course.tenant(), "beside"))
                .isInstanceOf(StaleKeyException.class);
        assertThat(with("signed_at", course)).isEqualTo(signed.size());

        signing.run(course.tenant(), "beside");
        assertThat(with("signed_at", course)).isEqualTo(left.size() + signed.size());
    }

    /** As many as are dealt places at a time, before the others. */
    @Test
    void whatIsLeftAtTheHeadOfTheQueueTakesNoPlacesFromWhatIsSignedNext() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Instant now = Instant.now();
        List<Award> left = awards.add(course, persons(10));
        repository.add(course.tenant(), left, () -> new byte[16], now);
        List<Award> next = awards.add(
                course,
                LongStream.range(FIRST_PERSON + 10, FIRST_PERSON + 13).boxed().toList());
        repository.add(course.tenant(), next, () -> new byte[16], now);
        QueuePlace behind = QueuePlace.HEAD.after(
                now.truncatedTo(ChronoUnit.MICROS),
                left.stream().collect(Collectors.toMap(Award::id, award -> now.truncatedTo(ChronoUnit.MICROS))));

        assertThat(repository.unsigned(course.tenant(), behind, 5))
                .containsExactlyInAnyOrderElementsOf(
                        next.stream().map(Award::id).toList());
        signing.dealAhead(course.tenant(), behind);

        assertThat(places(course)).isEqualTo(next.size());
    }

    @Test
    void whatAStaleKeyIsToSignAsJwtHoldsUpNothingElse() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Course other = awards.courseAt(course.tenant(), course.contextId() + 1, TestAwards.draft("Reader"), 1);
        IssuerKeys read = spy(AopTestUtils.<IssuerKeys>getTargetObject(keys));
        doThrow(mock(StaleKeyException.class)).when(read).active(any(), eq(course.issuer()), any());
        JwtSigning behind = new JwtSigning(repository, issuers, read, addresses, formats, transaction, jobs, clock);
        List<Award> left = awards.add(course, persons(250));
        List<Award> signed = awards.add(other, persons(120));
        repository.add(course.tenant(), left, () -> new byte[16], Instant.now());
        repository.add(course.tenant(), signed, () -> new byte[16], Instant.now());
        transaction.executeWithoutResult(status -> {
            signing.run(course.tenant(), "beside");
            // The job that would make the JWTs before this test does.
            jdbc.sql("DELETE FROM scheduled_tasks WHERE task_name = ? AND task_instance LIKE ?")
                    .params(JwtSigning.KIND, course.tenant() + ":%")
                    .update();
        });

        assertThatThrownBy(() -> behind.run(course.tenant(), "beside")).isInstanceOf(StaleKeyException.class);
        assertThat(with("jwt_signed_at", course)).isEqualTo(signed.size());

        jwts.run(course.tenant(), "beside");
        assertThat(with("jwt_signed_at", course)).isEqualTo(left.size() + signed.size());
    }

    private static SigningMaterial.Batch staleFor(SigningMaterial.Batch batch, List<Award> stale) {
        Set<Long> numbers = stale.stream().map(Award::id).collect(Collectors.toSet());
        SigningMaterial.Batch read = spy(batch);
        doThrow(mock(StaleKeyException.class))
                .when(read)
                .ready(argThat(row -> row != null && numbers.contains(row.awardId())), any());
        return read;
    }

    private static String subject(JsonObject credential) {
        String id = credential.getJsonObject("credentialSubject").getString("id");
        return id.substring(id.lastIndexOf(':') + 1);
    }

    private static List<Long> persons(int many) {
        return LongStream.range(FIRST_PERSON, FIRST_PERSON + many).boxed().toList();
    }

    /** To be signed, and no job knows. */
    private List<Award> waiting(Course course, int many) {
        List<Award> added = awards.add(course, persons(many));
        repository.add(course.tenant(), added, () -> new byte[16], Instant.now());
        return added;
    }

    /** Whether a second lane of this kind is asked for. */
    private boolean isWaiting(String kind, Course course) {
        return jdbc.sql("SELECT 1 FROM scheduled_tasks WHERE task_name = ? AND task_instance = ?")
                .params(kind, course.tenant() + ":beside:0")
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private int with(String column, Course course) {
        return jdbc.sql("SELECT COUNT(" + column + ") FROM credential WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query(Integer.class)
                .single();
    }

    private int places(Course course) {
        return dealt(course).size();
    }

    private List<String> dealt(Course course) {
        return jdbc.sql("SELECT award_id, list_id, place FROM status_entry WHERE tenant_id = ? ORDER BY award_id, past")
                .param(course.tenant().value())
                .query((row, n) -> row.getLong(1) + " in " + row.getLong(2) + " at " + row.getInt(3))
                .list();
    }
}
