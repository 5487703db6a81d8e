package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Programme.Room;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lms.Browser;
import lms.LmsUser;
import lms.Mark;
import lms.Page;
import lms.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Programmes that rest on what only Moodle's own interface tells, in a Moodle that is read over its web services. Moodle
 * tells neither the letters of a course nor rows of rubrics there.
 */
@LaurelTest
class MoodleScenarioTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    PublicUrl publicUrl;

    private Programme programme;

    private Room room;

    private LmsUser ada;

    private LmsUser bao;

    @BeforeEach
    void start() {
        programme = Programme.overMoodle(app);
        room = programme.room();
        ada = programme.student(0);
        bao = programme.student(1);
    }

    @AfterEach
    void close() {
        programme.close();
    }

    @Test
    void sc2_theCourseTotalOpensItAndAnAdditionalAssessmentEarnsIt() {
        room.column("Coursework");
        room.course().progress().leaveOutOfTotal(room.column(ScenarioRules.ASSESSMENT));
        programme.look();
        RuleSet badge =
                programme.badge(room, "Medical Device Industry", ScenarioRules.sc2(programme, room, "83", null));
        room.grade(ada, "Coursework", "83");
        room.grade(bao, "Coursework", "82.9");
        room.grade(bao, "Industry assessment", "100");

        programme.look();
        assertThat(programme.holds(ada, badge))
                .as("the total alone earns nothing")
                .isFalse();

        room.grade(ada, "Industry assessment", "60");
        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 0)).satisfies(line -> {
            assertThat(line.verdict()).isEqualTo(Verdict.NOT_MET);
            assertThat(line.missing()).isEqualByComparingTo("0.1");
        });
        assertThat(programme.line(bao, badge, 1).verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void sc2_aLetterThatAnInstructorStatedIsEarnedByTheTotal() {
        room.column("Coursework");
        programme.look();
        Browser teacher = new Browser();
        teacher.launch(programme.lms().launch(room.course().teacher()));
        Page page = teacher.open(URI.create(publicUrl.at("/course/letters")));
        teacher.submit(page, page.formTo("/course/letters"), Map.of("letters", "90 A\n80 B\n0 F"));
        RuleSet badge = programme.badge(room, "Good at it", ScenarioRules.total(null, "B"));
        room.grade(ada, "Coursework", "80");
        room.grade(bao, "Coursework", "79.9");

        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 0).verdict()).isEqualTo(Verdict.NOT_MET);
    }

    @Test
    void sc7_competenciesThatSomebodyIsProficientIn() {
        Progress progress = room.course().progress();
        Progress.Item thinking = progress.addOutcome("Critical thinking", 5, 3);
        Progress.Item teamwork = progress.addOutcome("Teamwork", 5, 3);
        programme.look();
        RuleSet badge = programme.badge(
                room,
                "Career Ready",
                new Rule.AllOf(List.of(
                        ScenarioRules.sc7(programme, room, "Critical thinking"),
                        ScenarioRules.sc7(programme, room, "Teamwork"))));
        progress.put(ada, thinking, "3");
        progress.put(ada, teamwork, "4");
        progress.put(bao, thinking, "5");
        progress.put(bao, teamwork, "2");

        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 1)).satisfies(line -> {
            assertThat(line.label()).isEqualTo("Teamwork");
            assertThat(line.verdict()).isEqualTo(Verdict.NOT_MET);
        });
    }

    @Test
    void sc10_everyWeekAReflectionIsHandedIn() {
        List<String> weeks = weeks();
        weeks.forEach(room::column);
        programme.look();
        RuleSet badge = programme.badge(
                room, "Reflective Practitioner", new Rule.AllOf(ScenarioRules.sc10(programme, room, weeks)));
        weeks.forEach(week -> {
            handIn(ada, week);
            if (!week.equals("Reflection 3")) {
                handIn(bao, week);
            }
        });

        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 2).reason()).isEqualTo("no-submission");
    }

    @Test
    void sc10_everyWeekAnActivityIsComplete() {
        Progress progress = room.course().progress();
        List<Progress.Item> activities =
                weeks().stream().map(week -> progress.addActivity(week, week)).toList();
        programme.look();
        RuleSet badge = programme.badge(
                room,
                "Reflective Practitioner",
                new Rule.AllOf(ScenarioRules.sc10Complete(programme, room, weeks().toArray(String[]::new))));
        activities.forEach(activity -> progress.put(ada, activity, "1"));
        activities.subList(0, 4).forEach(activity -> progress.put(bao, activity, "1"));

        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 4).label()).isEqualTo("Reflection 5");
    }

    @Test
    void sc2_noTotalDecidesOnceLaurelWritesAColumnThatMayCountInIt() {
        room.course().progress().file(room.column("Coursework"), "Labs");
        programme.look();
        Rule ofLabs = Score.atLeast(programme.column(room, "Total of Labs"), new BigDecimal("80"), Rule.Unit.PERCENT);
        RuleSet badge = programme.badge(room, "Best of the labs", ofLabs);

        ScenarioRules.laurelWritesAColumn(app, programme, room);
        room.grade(ada, "Coursework", "90");
        programme.look();

        assertThat(programme.holds(ada, badge)).isFalse();
        assertThat(programme.line(ada, badge, 0).reason()).isEqualTo("own-column-in-total");
        ScenarioRules.isRefused(app, programme, room, ofLabs);
        ScenarioRules.isRefused(app, programme, room, ScenarioRules.total("80", null));
    }

    private static List<String> weeks() {
        return IntStream.rangeClosed(1, 5)
                .mapToObj(week -> "Reflection " + week)
                .toList();
    }

    private void handIn(LmsUser user, String week) {
        room.course().progress().mark(user, room.course().columnCalled(week), Mark.SUBMITTED);
    }
}
