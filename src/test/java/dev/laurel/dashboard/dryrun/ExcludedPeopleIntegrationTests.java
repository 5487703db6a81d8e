package dev.laurel.dashboard.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Validity;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ObservationLog;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import lms.Browser;
import lms.ReferenceLms;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The page before activating says of everybody who is not counted why not. */
@LaurelTest
class ExcludedPeopleIntegrationTests {

    /** How a result has to be to be left out for this reason, and what the page says then. */
    private static final Map<String, Said> OF_THE_ESSAY = new LinkedHashMap<>(Map.of(
            "hidden", new Said("visibility = 'HIDDEN'", "The result in Essay is not released yet"),
            "excused",
                    new Said("status = 'EXCUSED', score = NULL", "Excused from Essay, which this rule does not accept"),
            "provisional", new Said("status = 'PROVISIONAL'", "The result in Essay is provisional"),
            "submitted", new Said("status = 'SUBMITTED', score = NULL", "Essay is handed in and not graded"),
            "late", new Said("late = TRUE", "Essay was late"),
            "late-unknown", new Said("late = NULL", "Nobody can say whether Essay was on time"),
            "unreadable",
                    new Said(
                            "status = 'UNREADABLE'", "The gradebook says something of Essay that Laurel cannot read")));

    private static final Map<String, String> WHO = Map.of(
            "INSTRUCTOR", "Teaches the course",
            "TEACHING_ASSISTANT", "Teaching assistant",
            "DESIGNER", "Builds the course",
            "OBSERVER", "Only looks on",
            "TEST_STUDENT", "Test student, gets a sample only",
            "UNKNOWN", "Has only a role that your learning platform made itself; what it may do is not known",
            "INSTITUTION_ADMIN", "Not a student here");

    private static final Pattern CELL = Pattern.compile("data-label=\"Why not\">([^<]*)<");

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    BadgeDesk desk;

    @Autowired
    HumanDecisions humanDecisions;

    @Autowired
    ObservationLog log;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    private record Said(String result, String words) {}

    private TestCourse rows;

    private long nextPerson = 900_000;

    @Test
    void everyReasonStandsThereInItsWords() {
        try (LaunchedCourse launched =
                LaunchedCourse.start(app, ReferenceLms.builder().students(1))) {
            Browser teacher = launched.launch(launched.lms().course().teacher());
            long course = launched.context().id();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !contexts.earners(launched.tenant(), course).isEmpty());
            rows = TestCourse.of(jdbc, launched.tenant(), course);
            long essay = column("Essay");
            long quiz = column("Quiz");
            RuleSet badge = desk.draft(
                    launched.context(),
                    untilYesterday(),
                    rule(essay, quiz),
                    launched.person(launched.lms().course().teacher()));
            List<String> expected = new ArrayList<>();

            OF_THE_ESSAY.forEach((reason, said) -> {
                long person = learner("7", essay, quiz);
                jdbc.update(
                        "UPDATE latest_observation SET " + said.result() + " WHERE tenant_id = ? AND person_id = ?"
                                + " AND line_item_id = ?",
                        launched.tenant().value(),
                        person,
                        essay);
                expected.add(said.words());
            });
            learner("8", essay, quiz);
            expected.add("In another section or group");
            long secondTry = learner("7", essay, quiz);
            jdbc.update(
                    "UPDATE observation SET attempt = 2 WHERE tenant_id = ? AND person_id = ?",
                    launched.tenant().value(),
                    secondTry);
            jdbc.update(
                    "UPDATE latest_observation SET attempt = 2 WHERE tenant_id = ? AND person_id = ?",
                    launched.tenant().value(),
                    secondTry);
            expected.add(
                    "An earlier attempt may decide, and Laurel has not read it in Quiz. It does so once the badge is active");
            learner("7", essay, quiz);
            expected.add("Meets the rule, but the badge is valid until a day that is over");
            withhold(badge, learner("7", essay, quiz));
            expected.add("Somebody decided that they do not get it");
            left(learner("7", essay, quiz));
            expected.add("Left the course");
            WHO.forEach((role, words) -> {
                somebodyWhoIs(role);
                expected.add(words);
            });

            String page = teacher.open(URI.create(publicUrl.at("/badges/" + badge.id() + "/activation")))
                    .text();

            assertThat(CELL.matcher(page).results().map(cell -> cell.group(1))).containsAll(expected);
        }
    }

    /** Whoever adds a reason adds it here. */
    @Test
    void noReasonIsMissingAbove() {
        List<String> reasons = new ArrayList<>(OF_THE_ESSAY.keySet());
        reasons.addAll(List.of("other-group", "earlier-attempt"));

        assertThat(reasons).containsExactlyInAnyOrderElementsOf(DryRuns.NOT_COUNTED);
        assertThat(WHO).containsKeys(DryRuns.WHO.stream().map(Enum::name).toArray(String[]::new));
    }

    private static AchievementDraft untilYesterday() {
        return new AchievementDraft(
                "Essayist",
                "Writes.",
                "80 %.",
                "#1f4e79",
                null,
                new AchievementDraft.Worth(
                        null, Validity.until(LocalDate.now(ZoneOffset.UTC).minusDays(2), 1)));
    }

    private static Rule rule(long essay, long quiz) {
        BigDecimal half = BigDecimal.valueOf(50);
        Terms strict = new Terms(Terms.Excused.WAITS, Terms.Missing.WAITS, Terms.Late.DOES_NOT_COUNT, null);
        return new Rule.AllOf(List.of(
                new Score(essay, half, Rule.Unit.PERCENT, Score.Take.LATEST, Period.ALWAYS, strict),
                new Score(quiz, half, Rule.Unit.PERCENT, Score.Take.FIRST, Period.ALWAYS, Terms.STANDARD),
                new InGroup(List.of("7"))));
    }

    /** Of a file, so that no look at the LMS finds that it is gone. */
    private long column(String label) {
        Column column =
                Column.ofScores(label.toLowerCase(Locale.ROOT), label, BigDecimal.valueOf(100), null, null, null);
        return transaction.execute(status ->
                log.column(rows.tenant, rows.id, Observation.FROM_FILE, column).id());
    }

    /** Somebody with full marks, on time, in both. */
    private long learner(String group, long... columns) {
        long person = nextPerson++;
        rows.learners(person, 1);
        jdbc.update(
                "UPDATE membership SET group_ids = ? WHERE tenant_id = ? AND person_id = ?",
                group,
                rows.tenant.value(),
                person);
        for (long column : columns) {
            transaction.executeWithoutResult(status -> rows.grade(column, Map.of(person, "100"), "100"));
        }
        jdbc.update(
                "UPDATE latest_observation SET late = FALSE WHERE tenant_id = ? AND person_id = ?",
                rows.tenant.value(),
                person);
        return person;
    }

    private void withhold(RuleSet badge, long person) {
        humanDecisions.withhold(
                rows.tenant,
                badge.id(),
                List.of(person),
                "The essay is copied.",
                null,
                TestCourse.TEACHER,
                Instant.now());
    }

    private void somebodyWhoIs(String role) {
        long person = nextPerson++;
        rows.member(person, role, false);
        jdbc.update(
                "UPDATE membership SET roster_roles = roles WHERE tenant_id = ? AND person_id = ?",
                rows.tenant.value(),
                person);
    }

    private void left(long person) {
        jdbc.update(
                "UPDATE membership SET active = FALSE, earns = FALSE WHERE tenant_id = ? AND person_id = ?",
                rows.tenant.value(),
                person);
    }
}
