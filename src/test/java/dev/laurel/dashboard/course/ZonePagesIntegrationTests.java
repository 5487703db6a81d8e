package dev.laurel.dashboard.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.context.CourseZones;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tool.CustomParameter;
import dev.laurel.platform.tool.ProductFamily;
import dev.laurel.platform.tool.ToolConfiguration;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import lms.Browser;
import lms.LmsUser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** In which time zone a course is: as the LMS says with what Laurel asks it for, or as its instructor does. */
@LaurelTest
class ZonePagesIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    ToolConfiguration asked;

    @Autowired
    CourseZones zones;

    private LaunchedCourse launched;

    private LmsUser teacher;

    @AfterEach
    void stop() {
        launched.close();
    }

    @ParameterizedTest
    @CsvSource({"MOODLE, MOODLE", "CANVAS, CANVAS"})
    void aLaunchWithTheParametersThatLaurelAsksForTellsIt(Mode mode, ProductFamily family) {
        start(mode, family);

        launched.lms().course().livesIn(launched.lms().course().student(0), "Asia/Tokyo");
        launched.launch(launched.lms().course().student(0));
        assertThat(launched.context().zone()).as("of no learner").isEqualTo(ZoneOffset.UTC);
        launched.launch(teacher);
        assertThat(launched.context().zone()).as("an account without one").isEqualTo(ZoneOffset.UTC);
        assertThat(zones.of(launched.tenant(), launched.context().id())).isEmpty();

        launched.lms().course().livesIn(teacher, "America/New_York");
        launched.launch(teacher);
        assertThat(launched.context().zone()).isEqualTo(ZoneId.of("America/New_York"));
    }

    @Test
    void aPlatformThatKnowsNoSuchVariableSaysNothing() {
        start(Mode.GENERIC, ProductFamily.D2L);
        launched.launch(teacher);

        assertThat(zones.of(launched.tenant(), launched.context().id())).isEmpty();
    }

    @Test
    void theInstructorSeesAndChoosesItAndNoLaunchTakesItBack() {
        start(Mode.MOODLE, ProductFamily.MOODLE);
        Browser browser = launched.launch(teacher);
        assertThat(browser.open(at("/course")).text())
                .contains("Days and times here are those of UTC", "Nobody has said yet in which time zone");
        Page page = browser.open(at("/course/zone"));
        assertThat(page.text()).contains("Time zone of the course", "New York (UTC-0", "Choose a place");

        for (String forged : new String[] {"", "Mars/Base", "+05:00", "$Person.address.timezone", "europe/paris"}) {
            assertThat(choose(browser, forged).text()).as(forged).contains("Choose one of the places in the list.");
        }
        assertThat(zones.of(launched.tenant(), launched.context().id())).isEmpty();

        Page chosen = choose(browser, "America/New_York");
        assertThat(chosen.text())
                .contains(
                        "The days of this course are now those of America/New_York, where it is ",
                        teacher.name() + " chose that on");
        launched.lms().course().livesIn(teacher, "Asia/Tokyo");
        launched.launch(teacher);
        assertThat(launched.context().zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(browser.open(at("/course")).text()).contains("Days and times here are those of America/New_York");
    }

    @Test
    void aRuleThatAsksForDaysSaysWhoseDaysTheyAre() {
        start(Mode.MOODLE, ProductFamily.MOODLE);
        Browser browser = launched.launch(teacher);
        Rule inTime = new Score(
                launched.column("Essay 1").id(),
                new BigDecimal(80),
                Rule.Unit.PERCENT,
                Score.Take.LATEST,
                new Period(null, LocalDate.parse("2036-03-03")),
                Terms.STANDARD);
        RuleSet badge =
                launched.activeBadge(new AchievementDraft("Punctual", "In time.", "In time", "#1f4e79", null), inTime);
        assertThat(browser.open(at("/badges/" + badge.id())).text())
                .contains("Nobody has said in which time zone this course is, so days are those of UTC.");
        assertThat(browser.open(at("/badges/rule?ruleSetId=" + badge.id())).text())
                .contains("Both included. Nobody has said in which time zone");
        assertThat(browser.open(at("/course/zone")).text())
                .contains("Decided again with it, because their rules ask for days: Punctual.");

        choose(browser, "Europe/Paris");

        assertThat(browser.open(at("/badges/" + badge.id())).text()).contains("Days are those of Europe/Paris.");
        assertThat(browser.open(at("/badges/rule?ruleSetId=" + badge.id())).text())
                .contains("Days are those of Europe/Paris, both included.");
        assertThat(browser.open(at("/badges/" + badge.id() + "/policy")).text())
                .contains("Time zone of the course: Europe/Paris");
    }

    private void start(Mode mode, ProductFamily family) {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(1), laurel -> {
            Tool tool = laurel.as(mode);
            for (CustomParameter each : asked.customParameters(family)) {
                tool = tool.withCustom(each.name(), each.variable());
            }
            return tool;
        });
        teacher = launched.lms().course().teacher();
    }

    private Page choose(Browser browser, String zone) {
        Page page = browser.open(at("/course/zone"));
        return browser.submit(page, page.formTo("/course/zone"), Map.of("zone", zone));
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
