package dev.laurel.dashboard.badge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Attendance;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import dev.laurel.gradebook.manual.Presence;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a teacher is told of columns that changed since she made a badge of them, over HTTP. */
@LaurelTest
class ColumnHealthPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String RENAMED =
            "has another name in the course since somebody last looked at the rule: “Final";

    private static final String RESCALED = "is out of another maximum";

    private static final String NEVER_GRADED = "nobody has a grade in “Essay”";

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    ManualGradebook manual;

    @Autowired
    Awards awards;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private Course course;

    private Column column;

    private Browser teacher;

    private RuleSet badge;

    @BeforeEach
    void anActiveBadge() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(1));
        course = launched.lms().course();
        column = course.addColumn(course.link(), "Essay", 100);
        teacher = launched.launch(course.teacher());
        badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "80 % in the essay", "#1f4e79", null),
                Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void aColumnWithAnotherNameIsWarnedOfUntilSomebodySaysThatItIsRight() {
        assertThat(page().text()).doesNotContain("These columns are right");

        course.rename(column, "Final essay");
        read();
        Page warned =
                await().atMost(PATIENCE).until(this::page, page -> page.text().contains(RENAMED));
        assertThat(teacher.open(at("/course")).text()).contains(RENAMED);
        assertThat(ruleSets.find(launched.tenant(), badge.id()))
                .as("no rule is changed for that")
                .hasValueSatisfying(now -> {
                    assertThat(now.rule()).isEqualTo(badge.rule());
                    assertThat(now.status()).isEqualTo(RuleSet.Status.ACTIVE);
                });

        Page right = teacher.submit(warned, warned.formTo("/badges/" + badge.id() + "/columns"), Map.of());

        assertThat(right.text())
                .contains("Noted. You are told again when a column changes.")
                .doesNotContain(RENAMED);
    }

    @Test
    void aColumnWithAnotherMaximumIsWarnedOfWithWhatPointsMeanNowAndNothingIsChanged() {
        RuleSet inPoints = launched.activeBadge(
                new AchievementDraft("Writer", "Writes.", "25 points in the essay", "#1f4e79", null),
                Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(25), Rule.Unit.POINTS));
        course.typeGrade(course.student(0), column, "30");
        read();
        List<Award> given = await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), inPoints.id()), found -> found.size() == 1);
        assertThat(page(inPoints)).doesNotContain(RESCALED);

        course.rescale(column, 50);
        read();

        await().atMost(PATIENCE).until(() -> page(inPoints).contains(RESCALED));
        assertThat(page(inPoints))
                .contains(
                        "“Essay” " + RESCALED,
                        "50 in place of 100",
                        "The 25 points that it asks for were 25 % and are 50 % now.",
                        "Nothing in the rule was changed.",
                        "These columns are right");
        assertThat(page().text()).contains(RESCALED, "50 in place of 100").doesNotContain("points that it asks for");
        assertThat(teacher.open(at("/course")).text()).contains("were 25 % and are 50 % now");
        for (RuleSet before : List.of(badge, inPoints)) {
            assertThat(ruleSets.find(launched.tenant(), before.id())).hasValueSatisfying(now -> {
                assertThat(now.rule()).isEqualTo(before.rule());
                assertThat(now.version()).isEqualTo(before.version());
                assertThat(now.status()).isEqualTo(RuleSet.Status.ACTIVE);
            });
        }
        assertThat(awards.ofRuleSet(launched.tenant(), inPoints.id())).isEqualTo(given);
    }

    @Test
    void aColumnInWhichNobodyIsGradedForLongIsWarnedOfUntilSomebodyIs() {
        assertThat(page().text()).doesNotContain(NEVER_GRADED);
        jdbc.sql("UPDATE rule_set SET activated_at = activated_at - INTERVAL 15 DAY WHERE tenant_id = ? AND id = ?")
                .params(launched.tenant().value(), badge.id())
                .update();
        assertThat(page().text()).contains(NEVER_GRADED).doesNotContain("These columns are right");

        course.typeGrade(course.student(0), column, "40");
        read();

        await().atMost(PATIENCE).until(() -> !page().text().contains(NEVER_GRADED));
        assertThat(awards.ofRuleSet(launched.tenant(), badge.id())).isEmpty();
    }

    @Test
    void anotherColumnIsChosenFromTheWarning() {
        course.addColumn(course.link(), "Report", 100);
        read();
        long report = launched.column("Report").id();
        jdbc.sql("UPDATE rule_set SET activated_at = activated_at - INTERVAL 15 DAY WHERE tenant_id = ? AND id = ?")
                .params(launched.tenant().value(), badge.id())
                .update();
        String link =
                "/badges/" + badge.id() + "/columns/" + launched.column("Essay").id();
        assertThat(page().text()).contains(NEVER_GRADED, "href=\"" + link + "\"");

        Page choice = teacher.open(at(link));
        assertThat(choice.text()).contains("It can look at another column in its place.", "Which one?", "Report");
        Page chosen = teacher.open(at(link + "?to=" + report));
        assertThat(chosen.text()).contains("Use “Report” instead", "The badge rests then");
        Page done = teacher.submit(chosen, chosen.formTo(link), Map.of("to", Long.toString(report)));

        assertThat(done.text()).contains("The rule looks at “Report” in place of “Essay”.");
        assertThat(ruleSets.find(launched.tenant(), badge.id())).hasValueSatisfying(now -> {
            assertThat(now.rule().lineItemIds()).containsExactly(report);
            assertThat(now.status()).isEqualTo(RuleSet.Status.PAUSED);
        });
    }

    @Test
    void whatLeavesAGroupOrIsOutOfAnotherMaximumIsWarnedOfThoughNoRuleNamesIt() {
        List<ManualItem> sessions = sessions("Lab 1", "Lab 2", "Lab 3");
        badge = launched.activeBadge(
                new AchievementDraft("Regular", "Comes often.", "Come twice", "#1f4e79", null),
                new Attendance("Labs", 2, Terms.STANDARD));
        sessions.add(manual.addSession(staff(), UUID.randomUUID(), "Lab 4", "Labs", LocalDate.of(2026, 3, 4)));
        assertThat(page().text()).doesNotContain("These columns are right");

        manual.remove(staff(), sessions.get(0).id());
        manual.remove(staff(), sessions.get(3).id());
        jdbc.sql("UPDATE line_item SET score_maximum = 5 WHERE tenant_id = ? AND id = ?")
                .params(launched.tenant().value(), sessions.get(1).id())
                .update();

        Page warned = page();
        assertThat(warned.text())
                .contains("“Lab 1” counted for this badge", "“Lab 2” is out of another maximum")
                .contains("“Lab 4” counted for this badge")
                .contains("href=\"/badges/rule?ruleSetId=" + badge.id());
        Page right = teacher.submit(warned, warned.formTo("/badges/" + badge.id() + "/columns"), Map.of());
        assertThat(right.text()).doesNotContain("counted for this badge", "another maximum");
    }

    @Test
    void aGroupOfWhichNoneIsEverGradedIsWarnedOfOnceAndOneThatIsGradedWeekByWeekIsNot() {
        List<ManualItem> sessions = sessions("Lab 1", "Lab 2", "Lab 3");
        badge = launched.activeBadge(
                new AchievementDraft("Regular", "Comes often.", "Come twice", "#1f4e79", null),
                new Attendance("Labs", 2, Terms.STANDARD));
        jdbc.sql("UPDATE rule_set SET activated_at = activated_at - INTERVAL 15 DAY WHERE tenant_id = ? AND id = ?")
                .params(launched.tenant().value(), badge.id())
                .update();
        long learner = launched.person(course.student(0));
        assertThat(page().text().split("nobody has a grade in any of “Labs”", -1))
                .hasSize(2);

        manual.attend(staff(), sessions.get(0).id(), Map.of(learner, Presence.PRESENT));
        assertThat(page().text()).doesNotContain("nobody has a grade in any of");
    }

    private List<ManualItem> sessions(String... names) {
        return Stream.of(names)
                .map(name -> manual.addSession(staff(), UUID.randomUUID(), name, "Labs", LocalDate.of(2026, 3, 2)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Entering staff() {
        return new Entering(launched.tenant(), launched.context().id(), launched.person(course.teacher()));
    }

    private void read() {
        gradebook.checkSoon(launched.tenant(), launched.context().id());
    }

    private Page page() {
        return teacher.open(at("/badges/" + badge.id()));
    }

    private String page(RuleSet other) {
        return teacher.open(at("/badges/" + other.id())).text();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
