package dev.laurel.gradebook.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.laurel.Statements;
import dev.laurel.TestCourse;
import dev.laurel.context.Contexts;
import dev.laurel.context.Erasures;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.ColumnsChanged;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.ObservationsRecorded;
import dev.laurel.gradebook.ResultTrail;
import dev.laurel.gradebook.SelfDealing;
import dev.laurel.gradebook.manual.EntryRefusedException.Reason;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lms.LmsUser;
import lms.ReferenceLms;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.support.TransactionTemplate;

/** What people enter in Laurel: confirmations, attendance, evidence and its assessment, in a course of a real platform. */
@RecordApplicationEvents
abstract class ManualGradebookTests {

    private static final byte[] PDF = "%PDF-1.7 an essay about zebrafish".getBytes(StandardCharsets.UTF_8);

    @Autowired
    ApplicationContext app;

    @Autowired
    ManualGradebook manual;

    @Autowired
    Gradebook gradebook;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JdbcTemplate batch;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEvents events;

    private LmsCourse course;

    private Entering teacher;

    private long ada;

    private long bao;

    @BeforeEach
    void start() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(3));
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        teacher = new Entering(
                course.tenant(), course.contextId(), person(course.course().teacher()));
        ada = person(course.course().student(0));
        bao = person(course.course().student(1));
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void aConfirmationIsAResultAtOnceAndSaysWhoGaveIt() {
        ManualItem safety = confirmation("Laboratory safety");
        long before = events.stream(ObservationsRecorded.class).count();

        assertThat(manual.confirm(teacher, safety.id(), List.of(ada, bao), true))
                .isEqualTo(2);

        assertThat(safety.kind()).isEqualTo(LineItem.Kind.CONFIRMATION);
        assertThat(log()).hasSize(2).allSatisfy(seen -> {
            assertThat(seen.source()).isEqualTo("manual");
            assertThat(seen.cameAbout()).isEqualTo("manual");
            assertThat(seen.status()).isEqualTo(Observation.Status.GRADED);
            assertThat(seen.score()).isEqualByComparingTo("1");
            assertThat(seen.scoreMaximum()).isEqualByComparingTo("1");
            assertThat(seen.visibility()).isEqualTo(Observation.Visibility.POSTED);
            assertThat(author(seen.seq())).isEqualTo(teacher.personId());
        });
        assertThat(events.stream(ObservationsRecorded.class).count()).isEqualTo(before + 1);

        assertThat(manual.confirm(teacher, safety.id(), List.of(ada, bao), true))
                .isZero();
        assertThat(log()).hasSize(2);

        manual.confirm(teacher, safety.id(), List.of(ada), false);
        assertThat(manual.results(course.tenant(), course.contextId(), safety.id())
                        .get(ada)
                        .status())
                .isEqualTo(Observation.Status.NONE);
        assertThat(manual.results(course.tenant(), course.contextId(), safety.id())
                        .get(bao)
                        .status())
                .isEqualTo(Observation.Status.GRADED);
        assertThat(manual.confirm(teacher, safety.id(), List.of(ada), false)).isZero();
    }

    @Test
    void attendanceIsOneOrNothingOfOneOnTheDayOfTheSession() {
        ManualItem seminar =
                manual.addSession(teacher, UUID.randomUUID(), "Seminar 1", "Seminars", LocalDate.of(2026, 10, 5));

        manual.attend(teacher, seminar.id(), Map.of(ada, Presence.PRESENT, bao, Presence.ABSENT));
        manual.attend(teacher, seminar.id(), Map.of(ada, Presence.PRESENT));

        assertThat(seminar.item().group()).isEqualTo("Seminars");
        Map<Long, Observation> results = manual.results(course.tenant(), course.contextId(), seminar.id());
        assertThat(results.get(ada).score()).isEqualByComparingTo("1");
        assertThat(results.get(bao).score()).isZero();
        Instant day = LocalDate.of(2026, 10, 5).atStartOfDay(zone()).toInstant();
        assertThat(results.get(ada).occurredAt()).isEqualTo(day);
        assertThat(log()).hasSize(2);
        manual.attend(teacher, seminar.id(), Map.of(bao, Presence.PRESENT));
        assertThat(log()).hasSize(3);
    }

    @Test
    void evidenceIsSubmittedKeptInVersionsAndReadAsItWasHandedIn() {
        ManualItem portfolio = evidence();

        assertThat(handIn(portfolio, "My essay", "https://example.org/a?b=c", PDF))
                .isTrue();
        assertThat(handIn(portfolio, "My essay", "https://example.org/a?b=c", PDF))
                .isFalse();
        assertThat(handIn(portfolio, "My better essay", "", PDF)).isTrue();

        List<EvidenceVersion> versions = manual.evidence(course.tenant(), course.contextId(), portfolio.id(), ada);
        assertThat(versions).extracting(EvidenceVersion::version).containsExactly(1, 2);
        assertThat(versions.get(0).text()).isEqualTo("My essay");
        assertThat(versions.get(0).links()).containsExactly(URI.create("https://example.org/a?b=c"));
        assertThat(versions.get(0).files())
                .singleElement()
                .isEqualTo(new EvidenceVersion.File(0, "essay.doc.pdf", FileType.PDF, PDF.length));
        assertThat(versions.get(1).links()).isEmpty();
        EvidenceFile file = manual.file(course.tenant(), course.contextId(), portfolio.id(), ada, 2, 0)
                .orElseThrow();
        assertThat(file.content()).isEqualTo(PDF);
        assertThat(log())
                .extracting(Observation::status)
                .containsExactly(Observation.Status.SUBMITTED, Observation.Status.SUBMITTED);
        assertThat(author(1)).isEqualTo(ada);
        assertThat(manual.handedIn(course.tenant(), course.contextId(), portfolio.id()))
                .singleElement()
                .satisfies(waiting -> {
                    assertThat(waiting.personId()).isEqualTo(ada);
                    assertThat(waiting.version()).isEqualTo(2);
                    assertThat(waiting.assessed()).isFalse();
                });
    }

    @Test
    void whatALearnerHandsInIsSealedAndGoneWithHerKey() {
        ManualItem portfolio = evidence();
        handIn(portfolio, "My essay about zebrafish", "https://example.org/zebrafish", PDF);
        manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 1, true, "Fine zebrafish", "2", "2"));

        for (String column : List.of(
                "SELECT sealed FROM evidence WHERE tenant_id = ?",
                "SELECT sealed FROM evidence_file WHERE tenant_id = ?",
                "SELECT sealed_name FROM evidence_file WHERE tenant_id = ?",
                "SELECT sealed FROM evidence_assessment WHERE tenant_id = ?")) {
            byte[] stored = jdbc.sql(column)
                    .param(course.tenant().value())
                    .query((row, n) -> row.getBytes(1))
                    .single();
            assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("zebrafish", "essay");
        }

        jdbc.sql(
                        "UPDATE person SET wrapped_key = NULL, sealed = NULL, sealed_digest = NULL WHERE tenant_id = ? AND id = ?")
                .params(course.tenant().value(), ada)
                .update();
        assertThat(manual.evidence(course.tenant(), course.contextId(), portfolio.id(), ada))
                .isEmpty();
        assertThat(manual.file(course.tenant(), course.contextId(), portfolio.id(), ada, 1, 0))
                .isEmpty();
    }

    @Test
    void filesOfSomebodyWhoIsErasedAreNotKept() {
        ManualItem portfolio = evidence();
        handIn(portfolio, "My essay", "", PDF);

        app.getBean(Erasures.class).erase(course.tenant(), ada);

        assertThat(jdbc.sql("SELECT COUNT(*) FROM evidence_file WHERE tenant_id = ?")
                        .param(course.tenant().value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void nobodyHandsInVersionsWithoutEnd() throws Exception {
        ManualItem portfolio = evidence();
        for (int version = 1; version < HandInCheck.MOST_VERSIONS_A_DAY; version++) {
            assertThat(handIn(portfolio, "Version " + version, "", PDF)).isTrue();
        }
        ExecutorService hands = Executors.newFixedThreadPool(4);
        try {
            hands.invokeAll(IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i -> () -> handIn(portfolio, "At once " + i, "", PDF))
                    .toList());
        } finally {
            hands.shutdownNow();
        }

        assertThat(refusal(() -> handIn(portfolio, "One more", "", PDF))).isEqualTo(Reason.TOO_OFTEN);
        assertThat(versions(portfolio)).hasSize(HandInCheck.MOST_VERSIONS_A_DAY);
    }

    @Test
    void anAssessmentGivesEachRowOfTheRubricAndTheWholeAResult() {
        ManualItem portfolio = evidence();
        handIn(portfolio, "My essay", "", PDF);
        Instant handedIn = manual.handedIn(course.tenant(), course.contextId(), portfolio.id())
                .get(0)
                .handedInAt();

        assertThat(manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 1, false, "Cite more", "1", "2")))
                .isTrue();

        RubricRow argument = portfolio.rubric().get(0);
        RubricRow sources = portfolio.rubric().get(1);
        assertThat(gradebook.lineItem(course.tenant(), argument.id()).orElseThrow())
                .extracting(LineItem::kind, LineItem::group, LineItem::label)
                .containsExactly(LineItem.Kind.RUBRIC_ROW, "Portfolio", "Argument");
        assertThat(result(argument.id()).score()).isEqualByComparingTo("1");
        assertThat(result(argument.id()).scoreMaximum()).isEqualByComparingTo("2");
        assertThat(result(sources.id()).score()).isEqualByComparingTo("2");
        assertThat(result(portfolio.id()).score()).isZero();
        assertThat(result(portfolio.id()).scoreMaximum()).isEqualByComparingTo("1");
        assertThat(result(portfolio.id()).occurredAt()).isEqualTo(handedIn);
        EvidenceVersion.Assessed said = versions(portfolio).get(0).assessed().orElseThrow();
        assertThat(said.accepted()).isFalse();
        assertThat(said.comment()).isEqualTo("Cite more");
        assertThat(said.byPerson()).isEqualTo(teacher.personId());
        assertThat(said.points().get(argument.id())).isEqualByComparingTo("1");

        int logged = log().size();
        assertThat(manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 1, false, "Cite more", "1", "2")))
                .isFalse();
        assertThat(log()).hasSize(logged);

        manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 1, true, "Better than I thought", "1", "2"));
        assertThat(result(portfolio.id()).score()).isEqualByComparingTo("1");
        assertThat(versions(portfolio).get(0).assessments()).hasSize(2);
    }

    @Test
    void whatWasAcceptedStaysAcceptedUntilTheNewVersionIsAssessed() {
        ManualItem portfolio = evidence();
        handIn(portfolio, "First", "", PDF);
        manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 1, true, "", "2", "2"));
        Instant first = result(portfolio.id()).occurredAt();

        handIn(portfolio, "Second", "", PDF);
        assertThat(result(portfolio.id()).score()).isEqualByComparingTo("1");
        assertThat(manual.handedIn(course.tenant(), course.contextId(), portfolio.id())
                        .get(0)
                        .assessed())
                .isFalse();
        assertThat(refusal(() ->
                        manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 1, false, "", "0", "0"))))
                .isEqualTo(Reason.NEWER_VERSION);

        manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 2, true, "", "2", "2"));
        assertThat(result(portfolio.id()).occurredAt()).isAfter(first);

        handIn(portfolio, "Third", "", PDF);
        manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 3, false, "", "2", "2"));
        handIn(portfolio, "Fourth", "", PDF);
        assertThat(result(portfolio.id()).status()).isEqualTo(Observation.Status.SUBMITTED);
    }

    @Test
    void whatIsHandedInAfterItWasAcceptedWasHandedInAndIsAcceptedStill() {
        ManualItem portfolio = evidence();
        handIn(portfolio, "First", "", PDF);
        manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 1, true, "", "2", "2"));
        Observation accepted = result(portfolio.id());
        assertThat(accepted.handedInAt()).isEqualTo(accepted.occurredAt());

        handIn(portfolio, "Second", "", PDF);

        Observation now = result(portfolio.id());
        assertThat(now.status()).isEqualTo(Observation.Status.GRADED);
        assertThat(now.score()).isEqualByComparingTo("1");
        assertThat(now.occurredAt()).as("of which work it was accepted").isEqualTo(accepted.occurredAt());
        assertThat(now.handedInAt())
                .isEqualTo(versions(portfolio).get(1).handedInAt())
                .isAfter(accepted.handedInAt());
        assertThat(author(now.seq())).isEqualTo(ada);
        assertThat(SelfDealing.hints(
                        List.of(new ResultTrail(ada, portfolio.id(), entries(ada, portfolio.id()))), null, null))
                .as("handing in again is no grade of her own")
                .isEmpty();
    }

    static Stream<Arguments> badHandIns() {
        return Stream.of(
                Arguments.of(Reason.NOTHING_HANDED_IN, new HandIn(" ", List.of(" "), List.of())),
                Arguments.of(Reason.TEXT_TOO_LONG, new HandIn("x".repeat(20_001), List.of(), List.of())),
                Arguments.of(Reason.BAD_LINK, new HandIn("", List.of("javascript:alert(1)"), List.of())),
                Arguments.of(Reason.BAD_LINK, new HandIn("", List.of("ftp://example.org/x"), List.of())),
                Arguments.of(Reason.BAD_LINK, new HandIn("", List.of("https://me:secret@example.org"), List.of())),
                Arguments.of(Reason.BAD_LINK, new HandIn("", List.of("example.org"), List.of())),
                Arguments.of(Reason.BAD_LINK, new HandIn("", List.of("https:///x"), List.of())),
                Arguments.of(
                        Reason.TOO_MANY_LINKS,
                        new HandIn(
                                "",
                                IntStream.range(0, 11)
                                        .mapToObj(i -> "https://example.org/" + i)
                                        .toList(),
                                List.of())),
                Arguments.of(Reason.FILE_EMPTY, new HandIn("", List.of(), List.of(file("a.pdf", new byte[0])))),
                Arguments.of(Reason.FILE_TYPE, new HandIn("", List.of(), List.of(file("a.pdf", new byte[] {'M', 'Z', 0
                })))),
                Arguments.of(
                        Reason.TOO_MANY_FILES,
                        new HandIn(
                                "",
                                List.of(),
                                IntStream.range(0, 6)
                                        .mapToObj(i -> file("a.pdf", PDF))
                                        .toList())),
                Arguments.of(
                        Reason.FILES_TOO_LARGE,
                        new HandIn(
                                "",
                                List.of(),
                                List.of(file("a.pdf", PDF), file("b.pdf", new byte[10 * 1024 * 1024])))));
    }

    @ParameterizedTest
    @MethodSource("badHandIns")
    void whatCannotBeKeptIsRefusedAndNothingIsWritten(Reason reason, HandIn handIn) {
        ManualItem portfolio = evidence();

        assertThat(refusal(() -> manual.handIn(course.tenant(), course.contextId(), ada, portfolio.id(), handIn)))
                .isEqualTo(reason);
        assertThat(versions(portfolio)).isEmpty();
        assertThat(log()).isEmpty();
    }

    @Test
    void aFileOfTenMegabytesIsKept() {
        ManualItem portfolio = evidence();
        byte[] large = new byte[10 * 1024 * 1024];
        new Random(7).nextBytes(large);
        System.arraycopy(PDF, 0, large, 0, PDF.length);

        manual.handIn(
                course.tenant(),
                course.contextId(),
                ada,
                portfolio.id(),
                new HandIn("", List.of(), List.of(file("large.pdf", large))));

        assertThat(manual.file(course.tenant(), course.contextId(), portfolio.id(), ada, 1, 0)
                        .orElseThrow()
                        .content())
                .isEqualTo(large);
    }

    @Test
    void nobodyElseAndNothingElseCanBeEntered() {
        ManualItem safety = confirmation("Laboratory safety");
        ManualItem portfolio = evidence();
        long staff = teacher.personId();
        TestCourse another = TestCourse.another(batch, course.tenant());
        another.learners(77, 1);
        Entering nextDoor = new Entering(course.tenant(), another.id, staff);

        assertThat(refusal(() -> manual.confirm(teacher, safety.id(), List.of(ada, staff), true)))
                .isEqualTo(Reason.NO_LEARNER);
        assertThat(refusal(() -> manual.confirm(nextDoor, safety.id(), List.of(77L), true)))
                .isEqualTo(Reason.GONE);
        assertThat(refusal(() -> manual.confirm(teacher, portfolio.id(), List.of(ada), true)))
                .isEqualTo(Reason.OTHER_KIND);
        assertThat(refusal(() -> manual.attend(teacher, safety.id(), Map.of(ada, Presence.PRESENT))))
                .isEqualTo(Reason.OTHER_KIND);
        assertThat(refusal(() ->
                        manual.assess(teacher, portfolio.id(), bao, assessment(portfolio, 1, true, "", "1", "1"))))
                .isEqualTo(Reason.NOTHING_HANDED_IN);
        handIn(portfolio, "My essay", "", PDF);
        assertThat(refusal(() ->
                        manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 1, true, "", "7", "1"))))
                .isEqualTo(Reason.ROW_MISSING);
        assertThat(manual.evidence(course.tenant(), another.id, portfolio.id(), ada))
                .isEmpty();
        assertThat(manual.file(course.tenant(), another.id, portfolio.id(), ada, 1, 0))
                .isEmpty();
        assertThat(manual.item(TestCourse.in(batch).tenant, course.contextId(), safety.id()))
                .isEmpty();
        assertThat(log()).extracting(Observation::status).containsOnly(Observation.Status.SUBMITTED);
        assertThat(refusal(() -> manual.addConfirmation(teacher, UUID.randomUUID(), "  ")))
                .isEqualTo(Reason.NAME_MISSING);
        assertThat(refusal(() -> manual.addEvidence(
                        teacher,
                        UUID.randomUUID(),
                        "Portfolio",
                        "",
                        List.of(new RubricRow(0, "Argument", List.of(level("Good", "1"), level("Bad", "1.0")))))))
                .isEqualTo(Reason.BAD_RUBRIC);
    }

    @Test
    void addingTwiceWithOneKeyAddsOnce() {
        UUID key = UUID.randomUUID();

        ManualItem first = manual.addEvidence(teacher, key, "Portfolio", "Write", rubric());
        ManualItem second = manual.addEvidence(teacher, key, "Portfolio", "Write", rubric());

        assertThat(second).isEqualTo(first);
        assertThat(manual.items(course.tenant(), course.contextId())).hasSize(1);
        assertThat(gradebook.lineItems(course.tenant(), course.contextId())).hasSize(3);
    }

    @Test
    void aRemovedItemIsGoneWithItsRowsAndRulesAreTold() {
        ManualItem portfolio = evidence();
        handIn(portfolio, "My essay", "", PDF);
        long before = events.stream(ColumnsChanged.class).count();

        manual.remove(teacher, portfolio.id());

        assertThat(manual.items(course.tenant(), course.contextId())).isEmpty();
        assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                .hasSize(3)
                .allMatch(LineItem::deleted);
        assertThat(events.stream(ColumnsChanged.class).count()).isEqualTo(before + 1);
        assertThat(refusal(() -> handIn(portfolio, "Later", "", PDF))).isEqualTo(Reason.GONE);
        assertThat(manual.evidenceOf(course.tenant(), course.contextId(), ada).values())
                .singleElement()
                .satisfies(kept -> assertThat(kept).hasSize(1));
        assertThat(refusal(() -> manual.remove(teacher, portfolio.id()))).isEqualTo(Reason.GONE);
    }

    @Test
    void whatIsReadFromTheLmsNeverTouchesWhatWasEntered() {
        ManualItem safety = confirmation("Laboratory safety");
        manual.confirm(teacher, safety.id(), List.of(ada), true);
        course.course().typeGrade(0, course.course().columnCalled("Essay 1").id(), "80");

        gradebook.checkSoon(course.tenant(), course.contextId());
        await().until(() -> log().size() == 2);

        assertThat(manual.items(course.tenant(), course.contextId())).hasSize(1);
        assertThat(result(safety.id()).status()).isEqualTo(Observation.Status.GRADED);
    }

    @Test
    void whatBreaksOffLeavesNothingBehind() {
        ManualItem portfolio = evidence();

        transaction.executeWithoutResult(status -> {
            handIn(portfolio, "My essay", "", PDF);
            manual.assess(teacher, portfolio.id(), ada, assessment(portfolio, 1, true, "", "2", "2"));
            status.setRollbackOnly();
        });
        assertThat(versions(portfolio)).isEmpty();
        assertThat(log()).isEmpty();

        handIn(portfolio, "My essay", "", PDF);
        assertThat(log()).extracting(Observation::seq).containsExactly(1L);
    }

    @Test
    void manyHandsAtOnceLeaveALogWithoutGaps() throws Exception {
        List<ManualItem> items =
                IntStream.range(0, 4).mapToObj(i -> confirmation("Task " + i)).toList();
        ExecutorService hands = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (ManualItem item : items) {
                for (int i = 0; i < 10; i++) {
                    boolean on = i % 2 == 0;
                    work.add(() -> manual.confirm(teacher, item.id(), List.of(ada, bao), on));
                }
            }
            int written = 0;
            for (Future<Integer> done : hands.invokeAll(work)) {
                written += done.get();
            }
            assertThat(log()).hasSize(written);
            assertThat(log().stream().map(Observation::seq))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, written).boxed().toList());
            assertThat(jdbc.sql("SELECT COUNT(*) FROM observation_author WHERE tenant_id = ?")
                            .param(course.tenant().value())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(written);
        } finally {
            hands.shutdownNow();
        }
    }

    @Test
    void theTrailOfAResultNamesWhoEnteredItAndWhatWasThereBefore() {
        ManualItem safety = confirmation("Laboratory safety");
        manual.confirm(teacher, safety.id(), List.of(ada), true);
        manual.confirm(teacher, safety.id(), List.of(ada), false);
        course.course().typeGrade(0, course.course().columnCalled("Essay 1").id(), "80");
        gradebook.checkSoon(course.tenant(), course.contextId());
        await().until(() -> log().size() == 3);

        List<ResultTrail.Entry> entries = entries(ada, safety.id());
        assertThat(entries).extracting(ResultTrail.Entry::origin).containsOnly(ResultTrail.Origin.HUMAN);
        assertThat(entries).extracting(ResultTrail.Entry::byPerson).containsOnly(teacher.personId());
        assertThat(entries)
                .extracting(entry -> entry.observation().status())
                .containsExactly(Observation.Status.GRADED, Observation.Status.NONE);
        long essay = log().get(2).lineItemId();
        assertThat(entries(ada, essay)).singleElement().satisfies(entry -> {
            assertThat(entry.origin()).isEqualTo(ResultTrail.Origin.HUMAN);
            assertThat(entry.byPerson()).isEqualTo(course.person(course.course().teacher()));
        });
        assertThat(entries(bao, safety.id())).isEmpty();
    }

    private List<ResultTrail.Entry> entries(long person, long column) {
        return gradebook
                .trailsOf(course.tenant(), course.contextId(), List.of(person), List.of(column))
                .getOrDefault(person, List.of())
                .stream()
                .flatMap(trail -> trail.entries().stream())
                .toList();
    }

    @Test
    void aCohortIsConfirmedInAHandfulOfStatements() {
        TestCourse large = TestCourse.another(batch, course.tenant());
        List<Long> learners = large.learners(10_000, 2_000);
        Entering there = new Entering(course.tenant(), large.id, teacher.personId());
        ManualItem safety = manual.addConfirmation(there, UUID.randomUUID(), "Laboratory safety");

        assertThat(Statements.of(transaction, jdbc, () -> manual.confirm(there, safety.id(), learners, true)))
                .isLessThan(70);
        assertThat(manual.results(course.tenant(), large.id, safety.id())).hasSize(2_000);
    }

    private ManualItem confirmation(String name) {
        return manual.addConfirmation(teacher, UUID.randomUUID(), name);
    }

    private ManualItem evidence() {
        return manual.addEvidence(teacher, UUID.randomUUID(), "Portfolio", "Hand in your best work", rubric());
    }

    private static List<RubricRow> rubric() {
        List<RubricRow.Level> levels = List.of(level("Not yet", "0"), level("Good", "1"), level("Very good", "2"));
        return List.of(new RubricRow(0, "Argument", levels), new RubricRow(0, "Sources", levels));
    }

    private static RubricRow.Level level(String label, String points) {
        return new RubricRow.Level(label, new BigDecimal(points));
    }

    private static HandIn.Upload file(String name, byte[] content) {
        return new HandIn.Upload(name, content);
    }

    private boolean handIn(ManualItem item, String text, String link, byte[] content) {
        return manual.handIn(
                course.tenant(),
                course.contextId(),
                ada,
                item.id(),
                new HandIn(text, List.of(link), List.of(file("essay.doc", content))));
    }

    private static Assessment assessment(
            ManualItem item, int version, boolean accepted, String comment, String... points) {
        Map<Long, BigDecimal> byRow = new LinkedHashMap<>();
        for (int i = 0; i < points.length; i++) {
            byRow.put(item.rubric().get(i).id(), new BigDecimal(points[i]));
        }
        return new Assessment(version, accepted, byRow, comment);
    }

    private static Reason refusal(ThrowingCallable call) {
        return catchThrowableOfType(EntryRefusedException.class, call).reason();
    }

    private long person(LmsUser user) {
        return course.person(user);
    }

    private ZoneId zone() {
        return app.getBean(Contexts.class)
                .find(course.tenant(), course.contextId())
                .orElseThrow()
                .zone();
    }

    private List<EvidenceVersion> versions(ManualItem item) {
        return manual.evidence(course.tenant(), course.contextId(), item.id(), ada);
    }

    private Observation result(long itemId) {
        return manual.results(course.tenant(), course.contextId(), itemId).get(ada);
    }

    private List<Observation> log() {
        return gradebook.changesAfter(course.tenant(), course.contextId(), 0, 10_000);
    }

    private long author(long seq) {
        return jdbc.sql("SELECT by_person FROM observation_author WHERE tenant_id = ? AND context_id = ? AND seq = ?")
                .params(course.tenant().value(), course.contextId(), seq)
                .query(Long.class)
                .single();
    }
}
