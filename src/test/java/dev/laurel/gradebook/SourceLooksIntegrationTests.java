package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.sql.Utc;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lms.ReferenceLms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;

/** What comes while a course is looked at: events, wishes and people who were not known. None of it is lost. */
@LaurelTest
class SourceLooksIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    SourceLooks looks;

    @Autowired
    SourceLookRepository rows;

    @Autowired
    SyncRepository syncs;

    @Autowired
    Newcomers newcomers;

    @Autowired
    JdbcClient jdbc;

    private LmsCourse course;

    private CourseContext context;

    private long ada;

    private long bo;

    private long seconds;

    private final Asked slow = new Asked("slow", false);

    private final Asked people = new Asked("people", true);

    @BeforeEach
    void aCourseThatWasReadAndRests() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(2));
        course.admit(course.course().student(0), Role.LEARNER);
        course.admit(course.course().student(1), Role.LEARNER);
        ada = course.person(course.course().student(0));
        bo = course.person(course.course().student(1));
        context = app.getBean(Contexts.class)
                .find(course.tenant(), course.contextId())
                .orElseThrow();
        look();
        jdbc.sql("UPDATE gradebook SET asked_at = NULL WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        rest("slow");
        rest("people");
        slow.asked.clear();
        people.asked.clear();
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void whoIsNamedIsReadAloneAndAtOnce() {
        hint(ada);
        look();
        assertThat(people.asked).singleElement().extracting(Look::people).isEqualTo(Set.of(ada));
        assertThat(hinted()).isZero();
    }

    @Test
    void whoIsNamedWhileAnotherSourceIsReadIsReadNext() {
        hint(ada);
        slow.during = () -> hint(bo);
        due("slow");

        look();
        rest("slow");

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            look();
            return people.asked.stream().anyMatch(look -> look.people().contains(bo));
        });
        assertThat(hinted()).isZero();
    }

    /** Its transaction began before a look and ended after it. */
    @Test
    void whoIsNamedByAnEventThatWasStampedBeforeALookAndKnownOnlyAfterItIsReadByTheNext() {
        times("slow", Instant.now().minusSeconds(5), Instant.now().plus(Duration.ofDays(1)));
        times("people", Instant.now().minusSeconds(5), Instant.now().plus(Duration.ofDays(1)));
        hint(ada, Instant.now().minusSeconds(10));

        look();

        assertThat(people.asked).singleElement().extracting(Look::people).isEqualTo(Set.of(ada));
    }

    /** One that was answered does not take another with it that nobody saw. */
    @Test
    void anEventThatComesToLightWhileAnotherIsAnsweredStays() {
        hint(ada);
        people.during = () -> hint(bo, Instant.now().minusSeconds(10));

        SourceLooks.Standing standing = look();

        assertThat(standing.next()).isBeforeOrEqualTo(Instant.now());
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            look();
            return people.asked.stream().anyMatch(look -> look.people().contains(bo));
        });
    }

    @Test
    void aWishWhileAnotherSourceIsReadIsNotTakenForGrantedByALookAtAFew() {
        hint(ada);
        slow.during = () -> syncs.ask(course.tenant(), course.contextId(), Instant.now(), null);
        due("slow");

        look();
        assertThat(people.asked).singleElement().extracting(Look::people).isEqualTo(Set.of(ada));
        SourceLooks.Standing standing = look();

        assertThat(people.asked).last().extracting(Look::people).isEqualTo(Set.of());
        assertThat(standing.failed()).isFalse();
    }

    @Test
    void manyEventsMakeNobodyBeReadMoreOftenThanTheSourceBears() {
        assertThat(looksAfterHintsOf(ada))
                .as("of a few people, every two seconds")
                .isLessThanOrEqualTo(1 + seconds / 2);
        rest("people");
        assertThat(looksAfterHintsOf(0))
                .as("of everybody, at the pace of the platform")
                .isLessThanOrEqualTo(1 + seconds);
        assertThat(people.asked).last().extracting(Look::people).isEqualTo(Set.of());
    }

    private long looksAfterHintsOf(long person) {
        people.asked.clear();
        Instant began = Instant.now();
        for (int i = 0; i < 20; i++) {
            hint(person);
            look();
            times("people", row("people").triedAt(), Instant.now().plus(Duration.ofDays(1)));
        }
        seconds = Duration.between(began, Instant.now()).toSeconds();
        return people.asked.size();
    }

    @Test
    void whoBecomesKnownDuringALookIsReadByTheNextWhateverTheLookEndsWith() {
        people.account = "somebody whom nobody knows";
        due("people");
        look();
        assertThat(row("people").unmatched()).isEqualTo(1);
        assertThat(row("people").bookmark()).isEqualTo("1");

        people.during = () -> rows.forgetBookmark(course.tenant(), course.contextId(), "people");
        due("people");
        look();
        assertThat(people.asked).last().extracting(Look::bookmark).isEqualTo("1");
        due("people");
        look();
        assertThat(people.asked).last().extracting(Look::bookmark).isNull();

        people.during = () -> {
            rows.forgetBookmark(course.tenant(), course.contextId(), "people");
            throw ServiceProblem.unreadable("The LMS answers nonsense.");
        };
        due("people");
        look();
        assertThat(row("people").bookmark()).isNull();
    }

    @Test
    void whoIsNewIsReadByTheNextLookAtWhatChangedUntilOneWorks() {
        nobodyKnows();
        newcomers.known(course.tenant(), course.contextId(), Set.of(ada), Set.of("people"));
        people.during = () -> {
            newcomers.known(course.tenant(), course.contextId(), Set.of(bo), Set.of("people"));
            throw ServiceProblem.unreadable("The LMS answers nonsense.");
        };

        due("people");
        look();
        assertThat(people.asked).last().extracting(Look::newcomers).isEqualTo(Set.of(ada));
        pauseEnds("people");
        look();
        assertThat(people.asked).last().satisfies(look -> {
            assertThat(look.newcomers()).containsExactlyInAnyOrder(ada, bo);
            assertThat(look.bookmark()).isNotNull();
        });
        due("people");
        look();
        assertThat(people.asked).last().extracting(Look::newcomers).isEqualTo(Set.of());
    }

    @Test
    void whoBecomesKnownAnewWhileSheIsReadIsReadOnceMore() {
        nobodyKnows();
        newcomers.known(course.tenant(), course.contextId(), Set.of(ada), Set.of("people"));
        people.during = () -> newcomers.known(course.tenant(), course.contextId(), Set.of(ada), Set.of("people"));

        due("people");
        look();
        due("people");
        look();

        assertThat(people.asked).last().extracting(Look::newcomers).isEqualTo(Set.of(ada));
    }

    @Test
    void whereVeryManyAreNewOrTheSourceCannotBeAskedForThemEverythingIsRead() {
        nobodyKnows();
        newcomers.known(course.tenant(), course.contextId(), Set.of(ada), Set.of());
        assertThat(row("people").bookmark()).isNull();

        due("people");
        look();
        assertThat(row("people").bookmark()).isNotNull();
        Set<Long> many = LongStream.rangeClosed(1, Newcomers.MOST)
                .map(each -> 1_000_000_000L + each)
                .boxed()
                .collect(Collectors.toSet());
        newcomers.known(course.tenant(), course.contextId(), Set.of(ada), Set.of("people"));
        assertThat(row("people").bookmark()).isNotNull();
        newcomers.known(course.tenant(), course.contextId(), many, Set.of("people"));
        assertThat(row("people").bookmark()).isNull();
    }

    private void nobodyKnows() {
        people.account = "somebody whom nobody knows";
        due("people");
        look();
        assertThat(row("people").unmatched()).isEqualTo(1);
    }

    @Test
    void aWishAfterAnOutageIsAnsweredAtOnceAndOnceHoweverLongThePauseHasGrown() {
        people.during = () -> {
            throw ServiceProblem.unreadable("The LMS is away.");
        };
        due("people");
        look();
        times("people", row("people").triedAt(), Instant.now().plus(Duration.ofHours(5)));
        people.asked.clear();

        syncs.ask(course.tenant(), course.contextId(), Instant.now(), null);
        look();
        assertThat(people.asked).hasSize(1);
        assertThat(row("people").failures()).isZero();

        times("people", row("people").triedAt(), Instant.now().plus(Duration.ofDays(1)));
        look();
        assertThat(people.asked).as("one look for one wish").hasSize(1);
    }

    @Test
    void aWishWhileThePlatformAsksToWaitIsAnsweredOnceAfterThatAndNotAfterThePauseThatHasGrown() {
        people.during = () -> {
            throw ServiceProblem.tooEarly("The LMS asks Laurel to wait.", Duration.ofSeconds(20));
        };
        due("people");
        look();
        times("people", row("people").triedAt(), Instant.now().plus(Duration.ofHours(5)));
        Instant allowed = row("people").notBefore();
        people.asked.clear();

        syncs.ask(course.tenant(), course.contextId(), Instant.now(), null);
        SourceLooks.Standing standing = looks.look(context, List.of(people));

        assertThat(people.asked).isEmpty();
        assertThat(standing.next()).isBetween(allowed, allowed.plusSeconds(10));

        jdbc.sql("UPDATE source_look SET not_before = ? WHERE tenant_id = ?")
                .params(Utc.of(Instant.now()), course.tenant().value())
                .update();
        looks.look(context, List.of(people));
        assertThat(people.asked).hasSize(1);

        times("people", row("people").triedAt(), Instant.now().plus(Duration.ofDays(1)));
        looks.look(context, List.of(people));
        assertThat(people.asked).as("one look for one wish").hasSize(1);
    }

    /** Of a platform for which somebody set the shortest pause there is: every second, and not all the time. */
    @Test
    void whatIsDueSoonIsNotDueAtOnce() {
        Instant before = Instant.now();
        makeDue();
        assertThat(look().next()).isAfterOrEqualTo(before.plusSeconds(1));
    }

    @Test
    void whoIsNamedIsLookedAtAgainWhereTheOneLookAtHerFailed() {
        hint(ada);
        people.during = () -> {
            throw ServiceProblem.unreadable("The LMS is away.");
        };
        look();
        assertThat(row("people").requests()).as("what it cost").isEqualTo(1);
        pause("people", row("people").triedAt(), Instant.now().plus(Duration.ofMinutes(10)));
        look();
        assertThat(people.asked).as("what failed waits for its pause").hasSize(1);
        people.asked.clear();

        pauseEnds("people");
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            look();
            return people.asked.stream().anyMatch(look -> look.people().equals(Set.of(ada)));
        });

        assertThat(row("people").failures()).isZero();
        assertThat(hinted()).isZero();
    }

    @Test
    void whatANodeThatStopsOrHasNoDatabaseCutsShortIsNoProblemOfTheSource() {
        hint(ada);
        RuntimeException cut = new CannotCreateTransactionException("This node stops");
        people.during = () -> {
            throw cut;
        };
        assertThatThrownBy(this::look).isSameAs(cut);
        people.during = () -> {
            Thread.currentThread().interrupt();
            throw ServiceProblem.unreadable("Laurel is stopping.");
        };
        assertThatThrownBy(this::look).isInstanceOf(RuntimeException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(row("people").failures()).isZero();
        assertThat(hinted()).as("she is read when it runs again").isOne();

        look();
        assertThat(hinted()).isZero();
    }

    @Test
    void whoCanNeverBeLookedAtAloneStopsNobodyElseAndIsGivenUp() {
        people.failsOnFew = true;
        hint(ada);
        look();
        assertThat(row("people").failures()).isEqualTo(1);
        Instant longAgo = Instant.now().minus(Duration.ofMinutes(11));
        jdbc.sql("UPDATE reading_hint SET hinted_at = ? WHERE tenant_id = ?")
                .params(Utc.of(longAgo), course.tenant().value())
                .update();
        jdbc.sql("UPDATE source_look SET answered_at = ? WHERE tenant_id = ? AND source = 'people'")
                .params(Utc.of(longAgo.minusSeconds(60)), course.tenant().value())
                .update();
        pauseEnds("people");

        look();

        assertThat(people.asked).last().extracting(Look::people).isEqualTo(Set.of());
        assertThat(row("people").failures()).isZero();
        assertThat(hinted()).isZero();
    }

    @Test
    void whoIsNamedWhenEverybodyIsDueIsLookedAtFirst() {
        hint(ada);
        pauseEnds("people");

        look();
        look();

        assertThat(people.asked).extracting(Look::people).containsExactly(Set.of(ada), Set.of());
        assertThat(hinted()).isZero();
    }

    @Test
    void everybodyHasTheirTurnWhereSomebodyIsNamedAllTheTime() {
        pauseEnds("people");
        hint(ada);
        look();
        hint(bo);
        look();
        assertThat(people.asked).extracting(Look::people).containsExactly(Set.of(ada), Set.of());
        people.asked.clear();

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            look();
            return !people.asked.isEmpty();
        });
        assertThat(people.asked).extracting(Look::people).containsExactly(Set.of(bo));
        assertThat(hinted()).isZero();
    }

    /** The pause after the last look is over. */
    private void pauseEnds(String source) {
        pause(source, Instant.now().minus(Duration.ofMinutes(1)), Instant.now().minusSeconds(1));
    }

    /** What was asked for and heard of stays. */
    private void pause(String source, Instant tried, Instant next) {
        jdbc.sql("UPDATE source_look SET tried_at = ?, next_look_at = ?"
                        + " WHERE tenant_id = ? AND context_id = ? AND source = ?")
                .params(Utc.of(tried), Utc.of(next), course.tenant().value(), course.contextId(), source)
                .update();
    }

    private void makeDue() {
        jdbc.sql("UPDATE source_look SET next_look_at = ? WHERE tenant_id = ?")
                .params(Utc.of(Instant.now().minusSeconds(1)), course.tenant().value())
                .update();
    }

    private SourceLooks.Standing look() {
        return looks.look(context, List.of(slow, people));
    }

    /** As an event does, without the look that it asks for. */
    private void hint(long person) {
        hint(person, Instant.now());
    }

    private void hint(long person, Instant at) {
        jdbc.sql("INSERT INTO reading_hint (tenant_id, context_id, person_id, hinted_at) VALUES (?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE hinted_at = VALUES(hinted_at), seen = FALSE")
                .params(course.tenant().value(), course.contextId(), person, Utc.of(at))
                .update();
    }

    private long hinted() {
        return jdbc.sql("SELECT COUNT(*) FROM reading_hint WHERE tenant_id = ? AND context_id = ?")
                .params(course.tenant().value(), course.contextId())
                .query(Long.class)
                .single();
    }

    private SourceLookRepository.Row row(String source) {
        return rows.ofCourse(course.tenant(), course.contextId()).get(source);
    }

    private void rest(String source) {
        times(source, Instant.now().minus(Duration.ofMinutes(1)), Instant.now().plus(Duration.ofDays(1)));
    }

    private void due(String source) {
        times(source, row(source).triedAt(), Instant.now());
    }

    private void times(String source, Instant tried, Instant next) {
        jdbc.sql(
                        "UPDATE source_look SET tried_at = ?, answered_at = ?, next_look_at = ? WHERE tenant_id = ? AND context_id = ? AND source = ?")
                .params(
                        Utc.of(tried),
                        Utc.of(tried),
                        Utc.of(next),
                        course.tenant().value(),
                        course.contextId(),
                        source)
                .update();
    }

    /** A source that remembers what it was asked. */
    private static final class Asked implements GradebookSource {

        private final String name;

        private final boolean readsPeople;

        private final List<Look> asked = new ArrayList<>();

        private Runnable during = () -> {};

        private boolean failsOnFew;

        private @Nullable String account;

        private Asked(String name, boolean readsPeople) {
            this.name = name;
            this.readsPeople = readsPeople;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> obstacle(CourseContext course) {
            return Optional.empty();
        }

        @Override
        public Set<LineItem.Kind> tells(CourseContext course) {
            return Set.of(LineItem.Kind.SCORE);
        }

        @Override
        public Set<LineItem.Kind> couldTell(CourseContext course) {
            return tells(course);
        }

        @Override
        public Duration pace() {
            return Duration.ofSeconds(30);
        }

        @Override
        public boolean readsPeople() {
            return readsPeople;
        }

        @Override
        public Reading read(CourseContext course, Look look, Progress progress) {
            asked.add(look);
            progress.request();
            Runnable now = during;
            during = () -> {};
            now.run();
            if (failsOnFew && !look.people().isEmpty()) {
                throw ServiceProblem.unreadable("The LMS cannot tell of her.");
            }
            List<Result> results = account == null
                    ? List.of()
                    : List.of(new Result(
                            account,
                            Observation.Status.GRADED,
                            BigDecimal.ONE,
                            BigDecimal.ONE,
                            null,
                            Observation.Visibility.POSTED,
                            null,
                            null,
                            null));
            return new Reading(
                    Reading.Naming.SUB,
                    List.of(Column.ofScores("c", "Column", BigDecimal.ONE, null, null, null)),
                    List.of(new ColumnResults("c", results, Set.of(), false)),
                    List.of(),
                    null,
                    null,
                    "1");
        }
    }
}
