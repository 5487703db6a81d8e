package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.Programme.Room;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Details;
import dev.laurel.award.Award;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.Variant;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lms.Column;
import lms.LmsUser;
import lms.Mark;
import lms.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programmes that need letters, outcomes, modules and rubrics, over Canvas's own interface. */
@LaurelTest
class CanvasScenarioTests {

    @Autowired
    ApplicationContext app;

    private Programme programme;

    private Room room;

    private LmsUser ada;

    private LmsUser bao;

    @BeforeEach
    void start() {
        programme = Programme.overCanvas(app);
        room = programme.room();
        ada = programme.student(0);
        bao = programme.student(1);
    }

    @AfterEach
    void close() {
        programme.close();
    }

    @Test
    void aBadgeSaysOfEachColumnWhetherItIsNotPublishedOrWasDeletedAndNothingMoreOnceItIsBack() {
        Column quiz = room.column("Quiz");
        Column essay = room.column("Essay");
        programme.look();
        programme.badge(
                room,
                "Essayist",
                new Rule.AllOf(List.of(attempts(quiz, Score.Take.LATEST), attempts(essay, Score.Take.LATEST))));
        programme.lms().canvas().unpublish(quiz);
        room.course().delete(essay);

        programme.look();

        assertThat(warnings())
                .containsExactlyInAnyOrder(
                        "Quiz: rule.warning.unpublished-column", "Essay: rule.warning.removed-column");
        programme.lms().canvas().publish(quiz);
        programme.look();
        assertThat(warnings()).containsExactly("Essay: rule.warning.removed-column");
    }

    @Test
    void anAssignmentThatCanvasBringsBackIsTheSameOneAndTheBadgeGoesOn() {
        Column essay = room.column("Essay");
        programme.look();
        RuleSet badge = programme.badge(room, "Essayist", attempts(essay, Score.Take.LATEST));
        long known = programme.column(room, "Essay");
        room.course().delete(essay);
        programme.look();
        assertThat(warnings()).containsExactly("Essay: rule.warning.removed-column");

        room.course().restore(essay);
        room.grade(ada, "Essay", "90");
        programme.look();

        assertThat(warnings()).isEmpty();
        assertThat(programme.column(room, "Essay")).isEqualTo(known);
        assertThat(programme.holds(ada, badge)).isTrue();
    }

    private List<String> warnings() {
        return app.getBean(RuleSets.class).warnings(programme.tenant(), room.id()).stream()
                .map(warning -> warning.label() + ": " + warning.messageKey())
                .toList();
    }

    @Test
    void sc2_aLetterOpensItAndAnAdditionalAssessmentEarnsIt() {
        room.column("Coursework");
        room.course().progress().leaveOutOfTotal(room.column("Industry assessment"));
        room.course().progress().leaveOutOfTotal(room.course().columnCalled("Final quiz"));
        programme.look();
        RuleSet badge = programme.badge(room, "Medical Device Industry", ScenarioRules.sc2(programme, room, null, "B"));
        room.grade(ada, "Coursework", "84");
        room.grade(bao, "Coursework", "81");
        room.grade(bao, "Industry assessment", "100");
        programme.look();
        assertThat(programme.holds(ada, badge)).as("the letter alone").isFalse();

        room.grade(ada, "Industry assessment", "60");
        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.line(ada, badge, 0).shown()).isEqualTo("B");
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 0)).satisfies(line -> {
            assertThat(line.letter()).isEqualTo("B");
            assertThat(line.shown()).isEqualTo("B-");
            assertThat(line.verdict()).isEqualTo(Verdict.NOT_MET);
        });
    }

    @Test
    void sc2_noTotalDecidesOnceLaurelWritesAColumnThatMayCountInIt() {
        room.column("Coursework");
        programme.look();
        RuleSet badge = programme.badge(room, "Best of the course", ScenarioRules.total(null, "B"));

        ScenarioRules.laurelWritesAColumn(app, programme, room);
        room.grade(ada, "Coursework", "90");
        programme.look();

        assertThat(programme.holds(ada, badge)).isFalse();
        assertThat(programme.line(ada, badge, 0).reason()).isEqualTo("own-column-in-total");
        ScenarioRules.isRefused(app, programme, room, ScenarioRules.total("80", null));
        ScenarioRules.isRefused(app, programme, room, ScenarioRules.total(null, "B"));
    }

    @Test
    void theBestOfSeveralAttemptsCountsThoughTwoWereGradedBetweenTwoLooks() {
        Column essay = room.column("Essay");
        programme.look();
        RuleSet best = programme.badge(room, "At its best", attempts(essay, Score.Take.BEST));
        RuleSet first = programme.badge(room, "At the first go", attempts(essay, Score.Take.FIRST));
        for (LmsUser student : List.of(ada, bao)) {
            room.course().progress().mark(student, essay, Mark.SUBMITTED);
        }
        room.grade(ada, "Essay", "90");
        programme.lms().canvas().handInAgain(room.course(), ada, essay);
        room.grade(ada, "Essay", "50");
        room.grade(bao, "Essay", "50");
        programme.lms().canvas().handInAgain(room.course(), bao, essay);
        room.grade(bao, "Essay", "90");

        programme.look();

        assertThat(programme.holds(ada, best)).isTrue();
        assertThat(programme.holds(ada, first)).isTrue();
        assertThat(programme.holds(bao, best)).isTrue();
        assertThat(programme.holds(bao, first)).isFalse();
        assertThat(programme.line(bao, first, 0).value()).isEqualByComparingTo("50");
    }

    private Rule attempts(Column column, Score.Take take) {
        return new Score(
                programme.column(room, column.label()),
                new BigDecimal("80"),
                Rule.Unit.PERCENT,
                take,
                Period.ALWAYS,
                Terms.STANDARD);
    }

    @Test
    void sc7_aMasteredCompetencyIsTiedToItsFramework() {
        Progress.Item outcome = room.course().progress().addOutcome("Communicates in writing", 5, 3);
        programme.look();
        RuleSet badge = programme.badge(
                room,
                "Career Ready: Communication",
                new AchievementDraft.Worth(
                        null,
                        null,
                        List.of(new Alignment(
                                "Communication",
                                "https://www.naceweb.org/career-readiness/competencies",
                                "NACE-2",
                                "NACE Career Readiness"))),
                ScenarioRules.sc7(programme, room, "Communicates in writing"));
        room.course().progress().put(ada, outcome, "3");
        room.course().progress().put(bao, outcome, "2.9");

        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 0)).satisfies(line -> {
            assertThat(line.value()).isEqualByComparingTo("2.9");
            assertThat(line.missing()).isEqualByComparingTo("0.1");
        });
        assertThat(app.getBean(Achievements.class)
                        .versions(programme.tenant(), List.of(badge.badge()))
                        .values())
                .singleElement()
                .satisfies(version -> assertThat(version.alignments())
                        .extracting(Alignment::targetCode)
                        .containsExactly("NACE-2"));
    }

    @Test
    void sc10_everyWeekAReflectionIsHandedInAndTheLastWeekEndsIt() {
        List<Column> weeks = new ArrayList<>();
        for (int week = 1; week <= 5; week++) {
            weeks.add(room.column("Reflection " + week));
        }
        Progress.Item last = room.course().progress().addActivity("Looking back", "Week 5");
        programme.look();
        List<Rule> asked = new ArrayList<>(ScenarioRules.sc10(
                programme, room, weeks.stream().map(Column::label).toList()));
        asked.addAll(ScenarioRules.sc10Complete(programme, room, "Module: Week 5"));
        RuleSet badge = programme.badge(room, "Reflective Practitioner", new Rule.AllOf(asked));
        for (LmsUser each : List.of(ada, bao)) {
            room.course().progress().put(each, last, "1");
            weeks.stream()
                    .filter(week -> each == ada || !week.label().equals("Reflection 3"))
                    .forEach(week -> room.course().progress().mark(each, week, Mark.SUBMITTED));
        }

        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 2)).satisfies(line -> {
            assertThat(line.label()).isEqualTo("Reflection 3");
            assertThat(line.reason()).isEqualTo("no-submission");
        });
        assertThat(programme.line(bao, badge, 5).verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void sc11_everyRowOfTheRubricReachesItsLevel() {
        Column artifact = room.column("Artifact");
        Progress.Item argument = room.course().progress().addRubricRow(artifact, "Argument", 4);
        Progress.Item sources = room.course().progress().addRubricRow(artifact, "Sources", 4);
        programme.look();
        RuleSet badge = programme.badge(
                room,
                "Data Literacy",
                new Rule.AllOf(ScenarioRules.sc11(
                        List.of(programme.column(room, "Argument"), programme.column(room, "Sources")))));
        for (LmsUser each : List.of(ada, bao)) {
            room.grade(each, "Artifact", "80");
            room.course().progress().put(each, argument, "4");
        }
        room.course().progress().put(ada, sources, "3");
        room.course().progress().put(bao, sources, "2");

        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 1)).satisfies(line -> {
            assertThat(line.label()).contains("Sources");
            assertThat(line.value()).isEqualByComparingTo("2");
            assertThat(line.missing()).isEqualByComparingTo("1");
        });
    }

    @Test
    void levelsALetterAndRowsOfARubricStandInTheSignedBadgeOfWhoeverWantsIt() {
        Column artifact = room.column("Artifact");
        room.course().progress().leaveOutOfTotal(room.course().columnCalled("Final quiz"));
        Progress.Item argument = room.course().progress().addRubricRow(artifact, "Argument", 4);
        Progress.Item sources = room.course().progress().addRubricRow(artifact, "Sources", 4);
        programme.look();
        List<Rule> rows =
                ScenarioRules.sc11(List.of(programme.column(room, "Argument"), programme.column(room, "Sources")));
        List<Rule> best = new ArrayList<>(rows);
        best.add(ScenarioRules.total(null, "B"));
        RuleSet badge = programme.badge(
                room,
                "Data Literacy",
                new AchievementDraft.Worth(null, null, List.of(), withResults()),
                new Rule.Levels(List.of(
                        new Rule.Levels.Level("Proficient", new Rule.AllOf(rows)),
                        new Rule.Levels.Level("Mastered", new Rule.AllOf(best)))));
        room.grade(ada, "Artifact", "84");
        room.course().progress().put(ada, argument, "4");
        room.course().progress().put(ada, sources, "3");
        programme.look();
        Award award = programme.chain(ada, badge).get(0);
        Credentials credentials = app.getBean(Credentials.class);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> credentials.find(programme.tenant(), award.id()).isPresent());

        assertThat(credentials.sign(programme.tenant(), award.id(), Variant.WITH_RESULTS))
                .isTrue();

        byte[] signed = credentials
                .find(programme.tenant(), award.id(), Variant.WITH_RESULTS)
                .orElseThrow()
                .embedded();
        assertThat(credentials.verify(signed).valid()).isTrue();
        JsonNode subject = app.getBean(JsonMapper.class).readTree(signed).at("/credentialSubject");
        Map<String, JsonNode> results = new HashMap<>();
        subject.at("/result")
                .forEach(result -> results.put(result.at("/resultDescription").asString(), result));
        Map<String, JsonNode> described = new HashMap<>();
        subject.at("/achievement/resultDescription")
                .forEach(each -> described.put(
                        each.at("/resultType").asString() + " "
                                + each.at("/name").asString(),
                        each));
        assertThat(results).hasSize(4).hasSameSizeAs(described);
        assertThat(described.keySet())
                .anyMatch(name -> name.startsWith("RubricScore") && name.contains("Argument"))
                .anyMatch(name -> name.startsWith("RubricScore") && name.contains("Sources"));
        described.forEach((name, each) -> {
            JsonNode result = results.get(each.at("/id").asString());
            assertThat(result).as(name).isNotNull();
            if (name.startsWith("RubricScore")) {
                assertThat(each.at("/valueMin").asString()).isEqualTo("0");
                assertThat(each.at("/valueMax").asString()).isEqualTo("4");
                assertThat(each.at("/requiredValue").asString()).isEqualTo("3");
                assertThat(result.at("/value").asString()).isEqualTo(name.contains("Argument") ? "4" : "3");
            } else if (name.startsWith("LetterGrade")) {
                assertThat(each.at("/requiredValue").asString()).isEqualTo("B");
                assertThat(result.at("/value").asString()).isEqualTo("B");
            } else {
                assertThat(each.at("/rubricCriterionLevel/1/name").asString()).isEqualTo("Mastered");
                assertThat(result.at("/achievedLevel")).isEqualTo(each.at("/rubricCriterionLevel/1/id"));
            }
        });
    }

    private static Details withResults() {
        return new Details("Badge", List.of(), null, null, null, null, null, null, List.of(), null, null, true);
    }
}
