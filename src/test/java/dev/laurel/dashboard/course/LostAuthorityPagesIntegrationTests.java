package dev.laurel.dashboard.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.criteria.BadgeEndings;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
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

/** A course that may not speak for its institution any more, over HTTP as its staff and the administrator see it. */
@LaurelTest
class LostAuthorityPagesIntegrationTests {

    private static final String TO_STAFF = "The institution no longer lets this course award in its name";

    private static final String TO_ADMIN = "One badge of the institution in this course can no longer be awarded";

    @Autowired
    ApplicationContext app;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Browser teacher;

    private Browser admin;

    private Issuer college;

    private RuleSet badge;

    @BeforeEach
    void aBadgeOfTheInstitutionInACourse() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(1));
        Course course = launched.lms().course();
        course.addColumn(course.link(), "Essay", 100);
        teacher = launched.launch(course.teacher());
        admin = new Browser();
        admin.launch(launched.lms().launchAsAdministrator(launched.lms().tools().get(0)));
        college = issuers.createForInstitution(launched.tenant(), "Northfield College", 1);
        grant();
        badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "80 % in the essay", "#1f4e79", null),
                Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
    }

    @AfterEach
    void stop() {
        // The administrator's page shows every course of the institution, so none is left without its name.
        grant();
        launched.close();
    }

    @Test
    void bothAreToldWhileItMayNotSpeakAndNobodyIsOtherwise() {
        assertThat(page(teacher, "/course")).contains("Essayist").doesNotContain(TO_STAFF);
        assertThat(page(admin, "/institution")).doesNotContain(TO_ADMIN);

        withdraw();

        assertThat(page(teacher, "/course")).contains("Essayist", "Paused", TO_STAFF);
        assertThat(page(teacher, "/badges/" + badge.id())).contains(TO_STAFF);
        assertThat(page(admin, "/institution")).contains(TO_ADMIN);
        assertThat(ruleSets.find(launched.tenant(), badge.id()).orElseThrow().contextId())
                .as("it stays the course's own")
                .isEqualTo(launched.context().id());

        grant();

        assertThat(page(teacher, "/course")).contains("Essayist").doesNotContain("Paused", TO_STAFF);
        assertThat(page(admin, "/institution")).doesNotContain(TO_ADMIN);
    }

    @Test
    void anotherNamePausesBadgesOnlyAfterAQuestionAndTheFirstOneSetsThemGoingAgain() {
        RuleSet paused = launched.activeBadge(
                new AchievementDraft("Rested", "Paused by its teacher.", "80 %", "#1f4e79", null), badge.rule());
        ruleSets.pause(launched.tenant(), paused.id(), 1);
        Issuer school = issuers.createForInstitution(launched.tenant(), "School of Writing", 1);

        Page asked = choose(school.id());
        assertThat(asked.text()).contains("One active badge pauses", "those that exist stay signed as they are");
        assertThat(status(badge)).isEqualTo(RuleSet.Status.ACTIVE);
        press(asked, school.id());
        assertThat(status(badge)).isEqualTo(RuleSet.Status.PAUSED);

        Page back = choose(college.id());
        assertThat(back.text()).contains("One badge goes on").doesNotContain("active badge");
        press(back, college.id());
        assertThat(status(badge)).isEqualTo(RuleSet.Status.ACTIVE);
        assertThat(status(paused)).as("its teacher paused it").isEqualTo(RuleSet.Status.PAUSED);
    }

    @Test
    void theNameIsTakenAwayOnlyAfterAQuestion() {
        Page asked = choose(0);
        assertThat(asked.text()).contains("speak as the course itself", "One active badge pauses");
        assertThat(issuers.grants(launched.tenant()))
                .containsKey(launched.context().id());

        assertThat(press(asked, 0).text()).contains("are signed by the course itself");

        assertThat(status(badge)).isEqualTo(RuleSet.Status.PAUSED);
    }

    @Test
    void whatIsNoLongerGivenDoesNotGoOnWithTheName() {
        withdraw();
        app.getBean(BadgeEndings.class).retire(launched.tenant(), badge.id(), 1);
        app.getBean(BadgeEndings.class).takeBack(launched.tenant(), badge.id());

        grant();

        assertThat(status(badge)).isEqualTo(RuleSet.Status.PAUSED);
    }

    @Test
    void whatSomebodyPausesWhileItIsSilentDoesNotGoOnWithTheName() {
        withdraw();
        ruleSets.pause(launched.tenant(), badge.id(), 1);

        grant();

        assertThat(status(badge)).isEqualTo(RuleSet.Status.PAUSED);
    }

    @Test
    void aBadgeWhoseLastDayPassedMeanwhileDoesNotGoOnWithTheName() {
        withdraw();
        app.getBean(JdbcClient.class)
                .sql(
                        "UPDATE achievement_version SET valid_until = UTC_DATE() - INTERVAL 2 DAY, renewal_days = 0 WHERE tenant_id = ?")
                .param(launched.tenant().value())
                .update();

        grant();

        assertThat(status(badge)).isEqualTo(RuleSet.Status.PAUSED);
    }

    @Test
    void aDraftAndABadgeOfTheCourseItselfAreNothingToWarnOf() {
        AchievementDraft words = new AchievementDraft("Begun", "Not ready.", "80 %", "#1f4e79", null);
        long begun =
                achievements.create(launched.tenant(), college.id(), words, 1).achievementId();
        RuleSet draft = ruleSets.create(launched.tenant(), launched.context().id(), begun, 1, badge.rule(), 1);
        withdraw();
        RuleSet own = launched.activeBadge(
                new AchievementDraft("Own", "The course's own.", "80 %", "#1f4e79", null), badge.rule());

        assertThat(page(teacher, "/badges/" + own.id())).doesNotContain(TO_STAFF);
        assertThat(page(teacher, "/badges/" + draft.id())).doesNotContain(TO_STAFF);
        assertThat(page(admin, "/institution")).contains(TO_ADMIN);
    }

    /** As the administrator does it on the page. */
    private Page choose(long issuer) {
        Page institution = admin.open(URI.create(publicUrl.at("/institution")));
        return admin.submit(
                institution,
                institution.formTo("/courses/" + launched.context().id() + "/issuer"),
                Map.of("issuerId", Long.toString(issuer)));
    }

    private Page press(Page asked, long issuer) {
        return admin.submit(asked, asked.formTo("/issuers/" + issuer), Map.of());
    }

    private RuleSet.Status status(RuleSet of) {
        return ruleSets.find(launched.tenant(), of.id()).orElseThrow().status();
    }

    private void grant() {
        issuers.grant(launched.tenant(), college.id(), launched.context().id(), 1);
    }

    private void withdraw() {
        issuers.withdrawGrant(launched.tenant(), launched.context().id(), 1);
    }

    private String page(Browser browser, String path) {
        return browser.open(URI.create(publicUrl.at(path))).text();
    }
}
