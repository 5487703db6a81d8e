package dev.laurel.dashboard.badge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Validity;
import dev.laurel.criteria.BadgeEndings;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Passback;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import lms.Browser;
import lms.Course;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A badge is changed on its form while others change it, and long after it was made. */
@LaurelTest
class BadgeChangesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    BadgeDesk desk;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Achievements achievements;

    @Autowired
    Passback passback;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private Course course;

    private Browser teacher;

    @BeforeEach
    void aCourseWithTwoColumns() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        course = launched.lms().course();
        course.addColumn(course.link(), "Essay", 100);
        course.addColumn(course.link(), "Quiz", 100);
        teacher = launched.launch(course.teacher());
        launched.awaitEarners(2);
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void whoeverSavesWhatAnotherChangedMeanwhileIsToldAndLosesNothingThatSheTyped() {
        RuleSet badge = launched.activeBadge(words(null), atLeast("Essay", "50"));
        Page hers = teacher.open(edit(badge));
        Page theirs = teacher.open(edit(badge));
        teacher.submit(theirs, form(theirs, badge), Map.of("parts[0].threshold", "80"));

        Page told = teacher.submit(hers, form(hers, badge), Map.of("description", "Writes well."));

        assertThat(told.text()).contains("This badge was changed after you opened it", "Writes well.");
        assertThat(now(badge).rule()).isEqualTo(atLeast("Essay", "80"));
        teacher.submit(told, form(told, badge), Map.of());
        assertThat(now(badge).rule()).isEqualTo(atLeast("Essay", "50"));
        assertThat(description(badge)).isEqualTo("Writes well.");
    }

    @Test
    void whoeverSavesARuleThatAnotherChangedMeanwhileIsToldTheSame() {
        RuleSet badge = launched.activeBadge(words(null), atLeast("Essay", "50"));
        Page hers = teacher.open(at("/badges/rule?ruleSetId=" + badge.id()));
        Page theirs = teacher.open(edit(badge));
        teacher.submit(theirs, form(theirs, badge), Map.of("parts[0].threshold", "80"));

        Page told = teacher.submit(hers, hers.formTo("/badges/rule"), Map.of("act", "save", "n0.atLeast", "60"));

        assertThat(told.text()).contains("This badge was changed after you opened it");
        assertThat(now(badge).rule()).isEqualTo(atLeast("Essay", "80"));
        teacher.submit(told, told.formTo("/badges/rule"), Map.of("act", "save"));
        assertThat(now(badge).rule()).isEqualTo(atLeast("Essay", "60"));
    }

    @Test
    void aBadgeWithOtherWordsGoesOnInWhateverOrderItsPartsStand() {
        Rule rule = new Rule.AllOf(List.of(atLeast("Quiz", "50"), atLeast("Essay", "50")));
        RuleSet badge = launched.activeBadge(words(null), rule);
        Page form = teacher.open(edit(badge));

        teacher.submit(form, form(form, badge), Map.of("description", "Writes well."));

        assertThat(now(badge).status()).isEqualTo(RuleSet.Status.ACTIVE);
        assertThat(now(badge).rule()).isEqualTo(rule);
        assertThat(description(badge)).isEqualTo("Writes well.");
    }

    @Test
    void whoeverSavesWordsLeavesTheWritingOfScoresAsAnotherSetItMeanwhile() {
        RuleSet badge = launched.activeBadge(words(null), atLeast("Essay", "50"));
        Page off = teacher.open(edit(badge));
        passback.enable(launched.tenant(), badge.id(), true, 1);

        teacher.submit(off, form(off, badge), Map.of("description", "Writes well."));
        assertThat(passback.isEnabled(launched.tenant(), badge.id())).isTrue();

        jdbc.sql("UPDATE context SET ags_scopes = '' WHERE tenant_id = ? AND id = ?")
                .params(launched.tenant().value(), launched.context().id())
                .update();
        Page without = teacher.open(edit(badge));
        assertThat(without.text()).doesNotContain("Also write a score");
        teacher.submit(without, form(without, badge), Map.of("description", "Writes."));
        assertThat(passback.isEnabled(launched.tenant(), badge.id())).isTrue();
    }

    @Test
    void whatIsValidUntilADayThatIsOverIsNeitherActivatedNorPromised() {
        Validity over = Validity.until(LocalDate.now(ZoneOffset.UTC).minusDays(2), 0);
        RuleSet draft = desk.draft(launched.context(), words(over), atLeast("Essay", "50"), 1);
        assertThat(teacher.open(at("/badges/" + draft.id())).text())
                .contains("It is valid until a day that is over, so nobody can get it any more.");
        Page asked = teacher.open(at("/badges/" + draft.id() + "/activation"));
        assertThat(teacher.submit(asked, asked.formTo("/activation"), Map.of()).text())
                .contains("The badge is valid until a day that is over, so nobody could get it.");
        assertThat(now(draft).status()).isEqualTo(RuleSet.Status.DRAFT);

        RuleSet badge = launched.activeBadge(
                words(Validity.until(LocalDate.now(ZoneOffset.UTC).plusDays(2), 0)), atLeast("Essay", "50"));
        theDayIsOver(badge);
        Browser student = launched.launch(course.student(0));
        course.typeGrade(course.student(0), course.columnCalled("Essay"), "90");
        await().atMost(PATIENCE)
                .until(() -> teacher.open(at("/badges/" + badge.id())).text().contains("One does not get it"));
        assertThat(teacher.open(at("/badges/" + badge.id())).text())
                .contains("Meets the rule, but the badge is valid until a day that is over.")
                .doesNotContain("One in a moment");
        assertThat(student.open(at("/shelf")).text())
                .contains("This badge was valid until a day that is over, so it cannot be earned any more.")
                .doesNotContain("It will be here in a moment");
        String her = "/badges/" + badge.id() + "/learners/" + launched.person(course.student(0));
        assertThat(student.open(at(her)).text())
                .contains("This badge was valid until a day that is over, so it cannot be earned any more.");
        assertThat(teacher.open(at(her)).text())
                .contains("Nobody can be given this badge any more")
                .doesNotContain("Give it by hand");
    }

    @Test
    void theRuleOfWhatIsNoLongerGivenIsSavedAndNobodyIsAskedToActivateIt() {
        RuleSet badge = launched.activeBadge(words(null), atLeast("Essay", "50"));
        app.getBean(BadgeEndings.class).retire(launched.tenant(), badge.id(), 1);
        Page page = teacher.open(at("/badges/rule?ruleSetId=" + badge.id()));

        Page saved = teacher.submit(page, page.formTo("/badges/rule"), Map.of("act", "save", "n0.atLeast", "60"));

        assertThat(saved.uri().getPath()).isEqualTo("/badges/" + badge.id());
        assertThat(now(badge).rule()).isEqualTo(atLeast("Essay", "60"));
        assertThat(now(badge).isRetired()).isTrue();
    }

    private void theDayIsOver(RuleSet badge) {
        jdbc.sql("UPDATE achievement_version SET valid_until = ? WHERE tenant_id = ? AND achievement_id = ?")
                .params(
                        LocalDate.now(ZoneOffset.UTC).minusDays(2),
                        launched.tenant().value(),
                        badge.achievementId())
                .update();
    }

    private static AchievementDraft words(Validity validity) {
        return new AchievementDraft(
                "Essayist",
                "Writes essays.",
                "Half of everything",
                "#1f4e79",
                null,
                validity == null ? null : new AchievementDraft.Worth(null, validity));
    }

    private Rule atLeast(String column, String percent) {
        return Score.atLeast(launched.column(column).id(), new BigDecimal(percent), Rule.Unit.PERCENT);
    }

    private static Page.Form form(Page page, RuleSet badge) {
        return page.forms().stream()
                .filter(form -> form.action().equals("/badges/" + badge.id()))
                .findFirst()
                .orElseThrow();
    }

    private RuleSet now(RuleSet badge) {
        return ruleSets.find(launched.tenant(), badge.id()).orElseThrow();
    }

    private String description(RuleSet badge) {
        RuleSet now = now(badge);
        return achievements
                .version(launched.tenant(), now.achievementId(), now.achievementVersion())
                .orElseThrow()
                .description();
    }

    private URI edit(RuleSet badge) {
        return at("/badges/" + badge.id() + "/edit");
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
