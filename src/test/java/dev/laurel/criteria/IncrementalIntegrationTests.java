package dev.laurel.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.Programme;
import dev.laurel.Programme.Room;
import dev.laurel.Statements;
import dev.laurel.TestCourse;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.CourseSections;
import dev.laurel.criteria.rule.Attendance;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.CountInGroup;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.criteria.rule.Credits;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Mastery;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import lms.LmsUser;
import lms.Progress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever changes reaches the leaves that look at it, and nobody else is evaluated again. */
@Tag("once")
@LaurelTest
class IncrementalIntegrationTests {

    @Autowired
    ConfigurableApplicationContext app;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Evaluations evaluations;

    @Autowired
    Awards awards;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Programme programme;

    private Room room;

    private Progress progress;

    private LmsUser ada;

    private LmsUser bao;

    @BeforeEach
    void start() {
        programme = Programme.start(app);
        room = programme.room();
        progress = room.course().progress();
        ada = programme.student(0);
        bao = programme.student(1);
    }

    @AfterEach
    void close() {
        programme.close();
    }

    @Test
    void anItemThatJoinsOrLeavesAGroup() {
        for (String quiz : List.of("Quiz 1", "Quiz 2", "Quiz 3")) {
            progress.file(room.column(quiz), quiz.equals("Quiz 3") ? "Practice" : "Quizzes");
            room.grade(ada, quiz, quiz.equals("Quiz 2") ? "50" : "100");
        }
        programme.look();
        RuleSet badge = programme.badge(
                room,
                "Quizzer",
                new CountInGroup("Quizzes", 2, new BigDecimal("60"), Rule.Unit.PERCENT, Terms.STANDARD));
        programme.settle();
        assertThat(programme.verdict(ada, badge)).isEqualTo(Verdict.NOT_MET);

        progress.file(room.course().columnCalled("Quiz 3"), "Quizzes");
        programme.look();
        assertThat(programme.verdict(ada, badge)).isEqualTo(Verdict.MET);

        progress.file(room.course().columnCalled("Quiz 3"), "Practice");
        programme.look();
        assertThat(programme.verdict(ada, badge)).isEqualTo(Verdict.NOT_MET);

        room.course().delete(room.course().columnCalled("Quiz 1"));
        room.course().delete(room.course().columnCalled("Quiz 2"));
        programme.look();
        assertThat(programme.line(ada, badge, 0).reason()).isEqualTo("empty-group");
    }

    /** What the one job does stands in a transaction of the test's own, so that no other job can have a part in it. */
    @Test
    void oneRunOfTheJobAfterOneGradeGivesABadgeThatNeedsABadgeThatNeedsABadge() {
        room.column("Essay");
        programme.look();
        long essay = programme.column(room, "Essay");
        RuleSet first = programme.badge(room, "First", Score.atLeast(essay, BigDecimal.valueOf(80), Rule.Unit.PERCENT));
        RuleSet second = programme.badge(room, "Second", new HeldBadge(first.achievementId()));
        RuleSet third = programme.badge(room, "Third", new HeldBadge(second.achievementId()));
        programme.settle();
        TestCourse log = TestCourse.of(jdbc, programme.tenant(), room.id());

        List<Award> given = transaction.execute(status -> {
            log.grade(essay, Map.of(programme.person(ada), "90"), "100");
            evaluations.run(programme.tenant(), Long.toString(room.id()));
            return awards.ofPerson(programme.tenant(), programme.person(ada));
        });

        assertThat(given)
                .extracting(Award::achievementId)
                .containsExactlyInAnyOrder(first.achievementId(), second.achievementId(), third.achievementId());
    }

    @Test
    void aSessionThatIsAdded() {
        progress.put(ada, progress.addSession("Workshop 1", "Workshops"), "1");
        programme.look();
        RuleSet badge = programme.badge(room, "Maker", new Attendance("Workshops", 2, Terms.STANDARD));
        programme.settle();
        assertThat(programme.line(ada, badge, 0).maximum()).isEqualByComparingTo("1");

        Progress.Item second = progress.addSession("Workshop 2", "Workshops");
        programme.look();
        assertThat(programme.line(ada, badge, 0).maximum()).isEqualByComparingTo("2");

        progress.put(ada, second, "1");
        programme.look();
        assertThat(programme.verdict(ada, badge)).isEqualTo(Verdict.MET);
    }

    @Test
    void aTotalThatComesInAndASchemeThatChanges() {
        programme.look();
        RuleSet letter =
                programme.badge(room, "Letter", new CourseTotal(CourseTotal.Which.CURRENT, null, "B", Terms.STANDARD));
        RuleSet percent = programme.badge(
                room, "Percent", new CourseTotal(CourseTotal.Which.FINAL, new BigDecimal("40"), null, Terms.STANDARD));
        programme.settle();
        assertThat(programme.line(ada, letter, 0).reason()).isEqualTo("no-score");

        room.grade(ada, "Final quiz", "82");
        programme.look();
        assertThat(programme.line(ada, letter, 0).shown()).isEqualTo("B-");
        assertThat(programme.verdict(ada, letter)).isEqualTo(Verdict.NOT_MET);
        assertThat(programme.verdict(ada, percent)).as("41 of 100").isEqualTo(Verdict.MET);

        progress.setScheme(
                List.of(new Progress.Letter("B-", 80), new Progress.Letter("B", 70), new Progress.Letter("F", 0)));
        programme.look();
        assertThat(programme.verdict(ada, letter)).as("B- is better now").isEqualTo(Verdict.MET);
    }

    @Test
    void aLearnerWhoChangesGroups() {
        RuleSet badge = programme.badge(room, "Evening section", new InGroup(List.of("7")));
        programme.settle();
        assertThat(programme.line(ada, badge, 0).reason()).isEqualTo("other-group");

        programme.launchFrom(ada, "7");
        assertThat(programme.verdict(ada, badge)).isEqualTo(Verdict.MET);
        assertThat(programme.verdict(bao, badge)).isEqualTo(Verdict.NOT_MET);

        programme.launchFrom(ada, "8");
        assertThat(programme.verdict(ada, badge)).isEqualTo(Verdict.NOT_MET);
    }

    /** As after a copy from another course, where sections have other numbers. */
    @Test
    void aBadgeForSectionsThatNobodyIsInIsWarnedOfAndNotActivated() {
        RuleSet badge = programme.badge(room, "Evening section", new InGroup(List.of("7")));
        assertThat(warnings(badge)).as("the platform tells no sections").isEmpty();
        programme.launchFrom(ada, "7");
        assertThat(warnings(badge)).isEmpty();

        programme.launchFrom(ada, "8");

        assertThat(warnings(badge)).containsExactly("rule.warning.no-such-group");
        ruleSets.pause(programme.tenant(), badge.id(), programme.teacher());
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> ruleSets.activate(programme.tenant(), badge.id(), programme.teacher()))
                .withMessage("rule.bad.no-such-group");
    }

    @Test
    void aSectionThatIsListedNoMoreIsWarnedOfUntilItIsBack() {
        CourseSections sections = app.getBean(CourseSections.class);
        Map<String, String> both = Map.of("7", "Evening", "8", "Morning");
        sections.tellAll(programme.tenant(), room.id(), both);
        RuleSet badge = programme.badge(room, "Evening section", new InGroup(List.of("7", "8")));
        programme.launchFrom(ada, "8");
        assertThat(warnings(badge)).isEmpty();

        sections.tellAll(programme.tenant(), room.id(), Map.of("8", "Morning"));

        assertThat(ruleSets.warnings(programme.tenant(), room.id()))
                .filteredOn(warning -> warning.ruleSetId() == badge.id())
                .extracting(RuleWarning::messageKey, RuleWarning::label, RuleWarning::isMendedInTheRule)
                .containsExactly(tuple("rule.warning.gone-section", "Evening (7)", true));
        assertThat(programme.verdict(ada, badge)).isEqualTo(Verdict.MET);
        assertThat(sections.all(programme.tenant(), room.id()))
                .extracting(CourseSections.Section::number)
                .containsExactly("8");

        sections.tell(programme.tenant(), room.id(), Map.of("7", "Evening"));
        assertThat(warnings(badge)).isEmpty();
        sections.tellAll(programme.tenant(), room.id(), Map.of("7", "Evening"));
        assertThat(warnings(badge)).as("somebody is in it still").isEmpty();
    }

    /** Moodle lists no group that nobody is in. */
    @Test
    void aBadgeForOneSectionThatIsListedNoMoreIsWarnedOfAndCanBeActivated() {
        CourseSections sections = app.getBean(CourseSections.class);
        sections.tellAll(programme.tenant(), room.id(), Map.of("7", "Evening", "8", "Morning"));
        RuleSet badge = programme.badge(room, "Evening section", new InGroup(List.of("7")));
        programme.launchFrom(ada, "8");
        ruleSets.pause(programme.tenant(), badge.id(), programme.teacher());

        sections.tellAll(programme.tenant(), room.id(), Map.of("8", "Morning"));

        assertThat(warnings(badge)).containsExactly("rule.warning.gone-section");
        ruleSets.activate(programme.tenant(), badge.id(), programme.teacher());
        assertThat(warnings(badge)).containsExactly("rule.warning.gone-section");
    }

    @Test
    void howManyBadgesAreForSectionsIsNoMatterForWarnings() {
        programme.badge(room, "Evening section", new InGroup(List.of("7")));
        programme.launchFrom(ada, "7");
        programme.launchFrom(bao, "8");
        long one = statementsOfWarnings();

        programme.badge(room, "Morning section", new InGroup(List.of("8")));
        programme.badge(room, "Late section", new InGroup(List.of("7", "9")));

        assertThat(statementsOfWarnings()).isEqualTo(one);
    }

    private long statementsOfWarnings() {
        return Statements.of(
                transaction, app.getBean(JdbcClient.class), () -> ruleSets.warnings(programme.tenant(), room.id()));
    }

    private List<String> warnings(RuleSet badge) {
        return ruleSets.warnings(programme.tenant(), room.id()).stream()
                .filter(warning -> warning.ruleSetId() == badge.id())
                .map(RuleWarning::messageKey)
                .toList();
    }

    @Test
    void aBadgeThatIsHeldLostOrRunsOut() {
        long quiz = programme.column(room, "Final quiz");
        RuleSet first = programme.badge(room, "First", "3", Score.atLeast(quiz, BigDecimal.TEN, Rule.Unit.PERCENT));
        RuleSet second = programme.badge(room, "Second", new HeldBadge(first.achievementId()));
        RuleSet third =
                programme.badge(room, "Third", new Credits(List.of(first.achievementId()), new BigDecimal("3")));
        programme.settle();

        room.grade(ada, "Final quiz", "10");
        programme.look();
        assertThat(programme.verdict(ada, second)).isEqualTo(Verdict.MET);
        assertThat(programme.verdict(ada, third)).isEqualTo(Verdict.MET);

        held(first, HeldAchievement.Standing.SUSPENDED, null);
        programme.settle();
        assertThat(programme.verdict(ada, second)).isEqualTo(Verdict.NOT_MET);
        assertThat(programme.verdict(ada, third)).isEqualTo(Verdict.NOT_MET);

        held(first, HeldAchievement.Standing.HELD, Instant.now().plusSeconds(4));
        programme.settle();
        assertThat(programme.verdict(ada, second)).isEqualTo(Verdict.MET);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(programme.verdict(ada, second)).isEqualTo(Verdict.NOT_MET));
        programme.settle();
        assertThat(programme.verdict(ada, third)).isEqualTo(Verdict.NOT_MET);
    }

    private void held(RuleSet badge, HeldAchievement.Standing standing, @Nullable Instant until) {
        ruleSets.recordHeld(
                programme.tenant(),
                List.of(new HeldAchievement(
                        programme.person(ada), badge.achievementId(), 1, null, Instant.now(), until, standing)));
    }

    @Test
    void whoeverIsNotAffectedIsNotEvaluatedAgain() {
        Progress.Item read = progress.addActivity("Read chapter 7", "Week 7");
        Progress.Item outcome = progress.addOutcome("Argues well", 5, 3);
        room.grade(ada, "Final quiz", "50");
        room.grade(bao, "Final quiz", "50");
        for (LmsUser user : List.of(ada, bao)) {
            progress.put(user, read, "1");
            progress.put(user, outcome, "3");
        }
        programme.look();
        RuleSet quiz = programme.badge(
                room, "Quiz", Score.atLeast(programme.column(room, "Final quiz"), BigDecimal.TEN, Rule.Unit.PERCENT));
        RuleSet both = programme.badge(
                room,
                "Both",
                new Rule.AllOf(List.of(
                        new Done(
                                Done.What.COMPLETION,
                                programme.column(room, "Read chapter 7"),
                                Period.ALWAYS,
                                Terms.STANDARD),
                        new Mastery(
                                Mastery.What.OUTCOME, programme.column(room, "Argues well"), null, Terms.STANDARD))));
        programme.settle();
        Set<String> evaluated = new ConcurrentSkipListSet<>();
        ApplicationListener<PayloadApplicationEvent<CriteriaMet>> hears =
                ApplicationListener.forPayload((CriteriaMet met) -> {
                    if (met.tenant().equals(programme.tenant())) {
                        met.learners().forEach(each -> evaluated.add(each.personId() + " " + each.ruleSetId()));
                    }
                });
        app.addApplicationListener(hears);
        try {
            programme.look();
            assertThat(evaluated).as("nothing changed").isEmpty();

            room.grade(ada, "Final quiz", "60");
            programme.look();
            assertThat(evaluated).containsExactly(programme.person(ada) + " " + quiz.id());

            evaluated.clear();
            progress.put(bao, outcome, "4");
            programme.look();
            assertThat(evaluated).containsExactly(programme.person(bao) + " " + both.id());

            evaluated.clear();
            room.column("Nobody asks for this");
            programme.look();
            assertThat(evaluated).isEmpty();

            room.course().rename(room.course().columnCalled("Final quiz"), "Last quiz");
            programme.look();
            assertThat(evaluated)
                    .containsExactlyInAnyOrder(
                            programme.person(ada) + " " + quiz.id(), programme.person(bao) + " " + quiz.id());
        } finally {
            app.removeApplicationListener(hears);
        }
    }
}
