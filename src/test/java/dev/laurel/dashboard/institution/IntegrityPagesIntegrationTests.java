package dev.laurel.dashboard.institution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Awards;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lms.Browser;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What an institution should look at among the badges that it signs, as its administrator sees it. */
@LaurelTest
class IntegrityPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern OLDER = Pattern.compile("/institution/integrity\\?before=\\d+");

    @Autowired
    ApplicationContext app;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Awards awards;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Browser admin;

    private Issuer college;

    @BeforeEach
    void anInstitution() {
        launched = LaunchedCourse.start(
                app,
                ReferenceLms.builder()
                        .institution("Integrity " + UUID.randomUUID())
                        .students(1));
        admin = new Browser();
        assertThat(admin.launch(launched.lms()
                                .launchAsAdministrator(launched.lms().tools().get(0)))
                        .text())
                .contains("/institution/integrity");
        college = issuers.createForInstitution(launched.tenant(), "Northfield College", TestCourse.TEACHER);
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void whatStandsOutInAnyCourseIsShownWhereTheInstitutionSigns() {
        Badge ofTheCourse = badge("Biology", "Course badge", false);
        Badge chemistry = badge("Chemistry", "Chemist", true);
        Badge physics = badge("Physics", "Physicist", true);
        for (Badge badge : new Badge[] {ofTheCourse, chemistry}) {
            badge.grade(1, "70");
            badge.grade(1, "95");
            badge.awaitAwards(1);
            badge.grade(1, "60");
        }
        jdbc.update(
                "UPDATE context SET ends_at = '2020-01-31 00:00:00' WHERE tenant_id = ? AND id = ?",
                launched.tenant().value(),
                physics.course.id);
        physics.grade(1, "90");
        physics.awaitAwards(1);

        String page = open("/institution/integrity");

        assertThat(page)
                .containsSubsequence(
                        "2 badges were looked at",
                        "Physicist",
                        "In Physics",
                        "A result was entered after the course had ended.",
                        "Chemist",
                        "In Chemistry",
                        "A result was raised within a week before the badge and lowered within a week after it.")
                .doesNotContain("Course badge", "Look at older badges");
    }

    @Test
    void saysWhatWasLookedAtWhereNothingStandsOut() {
        assertThat(open("/institution/integrity"))
                .contains("No badge that the institution signs was given yet.")
                .doesNotContain("Nothing stands out");
        Badge chemistry = badge("Chemistry", "Chemist", true);
        chemistry.grade(1, "90");
        chemistry.awaitAwards(1);

        assertThat(open("/institution/integrity"))
                .contains("One badge was looked at", "Nothing stands out in how their results came about.");
    }

    @Test
    void whatIsOlderStandsOnFurtherPages() {
        Badge chemistry = badge("Chemistry", "Chemist", true);
        chemistry.grade(1, "70");
        chemistry.grade(1, "95");
        chemistry.awaitAwards(1);
        chemistry.grade(1, "60");
        chemistry.gradeFrom(2, 250, "90");
        chemistry.awaitAwards(251);

        String newest = open("/institution/integrity");
        assertThat(newest).contains("250 badges were looked at").contains("Nothing stands out");
        Matcher older = OLDER.matcher(newest);
        assertThat(older.find()).isTrue();
        assertThat(open(older.group()))
                .contains("One badge was looked at", "Chemist", "A result was raised within a week")
                .doesNotContain("Look at older badges");
    }

    private String open(String path) {
        return admin.open(URI.create(publicUrl.at(path))).text();
    }

    private Badge badge(String title, String name, boolean ofTheInstitution) {
        TestCourse course = TestCourse.another(jdbc, launched.tenant());
        jdbc.update(
                "UPDATE context SET title = ? WHERE tenant_id = ? AND id = ?",
                title,
                launched.tenant().value(),
                course.id);
        if (ofTheInstitution) {
            issuers.grant(course.tenant, college.id(), course.id, TestCourse.TEACHER);
        }
        course.learners(1, 300);
        long column = course.column("Essay", "100");
        AchievementVersion version = achievements.create(
                course.tenant,
                issuers.of(course.tenant, course.id, title).id(),
                new AchievementDraft(name, "Writes essays.", "80 % in the essay", "#1f4e79", null),
                TestCourse.TEACHER);
        RuleSet ruleSet = ruleSets.create(
                course.tenant,
                course.id,
                version.achievementId(),
                1,
                Score.atLeast(column, BigDecimal.valueOf(80), Rule.Unit.PERCENT),
                TestCourse.TEACHER);
        ruleSets.activate(course.tenant, ruleSet.id(), TestCourse.TEACHER);
        return new Badge(course, column, ruleSet.id());
    }

    private final class Badge {

        private final TestCourse course;

        private final long column;

        private final long ruleSetId;

        private Badge(TestCourse course, long column, long ruleSetId) {
            this.course = course;
            this.column = column;
            this.ruleSetId = ruleSetId;
        }

        void grade(long person, String score) {
            gradeFrom(person, 1, score);
        }

        void gradeFrom(long first, int people, String score) {
            Map<Long, String> scores = new HashMap<>();
            for (long person = first; person < first + people; person++) {
                scores.put(person, score);
            }
            transaction.executeWithoutResult(status -> app.publishEvent(course.grade(column, scores, "100")));
        }

        void awaitAwards(int many) {
            await().atMost(PATIENCE)
                    .until(() -> awards.ofRuleSet(course.tenant, ruleSetId).size() == many);
        }
    }
}
