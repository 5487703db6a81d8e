package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.CourseSections;
import dev.laurel.criteria.BadgeEndings;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A section is called otherwise in the LMS: what a badge asks for follows, what somebody was given does not. */
@LaurelTest
class RenamedSectionIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Achievements achievements;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    RuleTexts texts;

    @Autowired
    CourseSections sections;

    @Autowired
    JdbcTemplate jdbc;

    private BadgeCourse course;

    private Rule rule;

    @BeforeEach
    void aBadgeForOneSection() {
        begin(BadgeCourse.in(app));
    }

    private void begin(BadgeCourse begun) {
        course = begun.learners(2);
        jdbc.update(
                "UPDATE membership SET group_ids = '21' WHERE tenant_id = ?",
                course.tenant().value());
        sections.tell(course.tenant(), course.course().id, Map.of("21", "Evening"));
        rule = new Rule.AllOf(
                List.of(new InGroup(List.of("21")), BadgeCourse.percent("80").apply(course.column())));
    }

    @Test
    void theCriteriaTextSaysTheNewNameAndWhoHasTheBadgeKeepsWhatHersSays() {
        badge(texts.sentence(course.tenant(), course.course().id, rule));
        course.activate();
        course.grade(10, "85");

        rename("Night");

        awaitCriteria("“Night”");
        RuleSet now = inForce();
        assertThat(criteria(now)).startsWith("Be in section or group “Night” (21) and score at least 80 % in Essay 1");
        assertThat(now).extracting(RuleSet::status, RuleSet::rule).containsExactly(RuleSet.Status.ACTIVE, rule);
        course.grade(11, "85");
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(course.awards()).hasSize(2));
        assertThat(course.awards())
                .extracting(award -> achievements
                        .version(course.tenant(), award.achievementId(), award.achievementVersion())
                        .orElseThrow()
                        .criteria())
                .satisfiesExactly(
                        first -> assertThat(first).contains("“Evening”"),
                        later -> assertThat(later).contains("“Night”"));
    }

    @Test
    void aDraftFollowsInPlace() {
        badge(texts.sentence(course.tenant(), course.course().id, rule));
        int version = inForce().version();

        rename("Night");
        awaitCriteria("“Night”");
        rename("Late");

        awaitCriteria("“Late”");
        assertThat(inForce().version()).isEqualTo(version);
    }

    /** A look at the text while the job before writes it sees the first name, and nothing that says the second. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNameThatIsGivenWhileTheTextIsWrittenIsFollowedToo(boolean active) {
        badge(texts.sentence(course.tenant(), course.course().id, rule));
        if (active) {
            course.activate();
        }
        rename("Night");
        awaitCriteria("“Night”");

        jdbc.update(
                "UPDATE course_section SET name = 'Late' WHERE tenant_id = ?",
                course.tenant().value());
        await().atMost(BadgeCourse.PATIENCE)
                .until(() -> jdbc.update(
                                "UPDATE scheduled_tasks SET execution_time = UTC_TIMESTAMP(6)"
                                        + " WHERE task_name = 'criteria-follow-words' AND task_instance LIKE ?",
                                course.tenant() + ":%")
                        == 1);

        awaitCriteria("“Late”");
    }

    @Test
    void whatSomebodyTypedStays() {
        badge("Come in the Evening and write well.");
        course.activate();

        rename("Night");

        awaitNoJob();
        assertThat(criteria(inForce())).isEqualTo("Come in the Evening and write well.");
    }

    @Test
    void nothingIsSaidInTheNameOfAnInstitutionThatTookThatBack() {
        begin(BadgeCourse.ofTheInstitution(app));
        badge(texts.sentence(course.tenant(), course.course().id, rule));
        course.activate();
        app.getBean(Issuers.class).withdrawGrant(course.tenant(), course.course().id, BadgeCourse.TEACHER);
        RuleSet before = inForce();

        rename("Night");

        awaitNoJob();
        assertThat(inForce()).isEqualTo(before);
    }

    @Test
    void aBadgeThatIsNoLongerGivenStaysAsItIs() {
        badge(texts.sentence(course.tenant(), course.course().id, rule));
        course.activate();
        app.getBean(BadgeEndings.class).retire(course.tenant(), course.badge(), BadgeCourse.TEACHER);
        RuleSet before = inForce();

        rename("Night");

        awaitNoJob();
        assertThat(inForce()).isEqualTo(before);
    }

    private void awaitCriteria(String words) {
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(criteria(inForce())).contains(words));
    }

    private void awaitNoJob() {
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(jdbc.queryForObject(
                                "SELECT COUNT(*) FROM scheduled_tasks"
                                        + " WHERE task_name = 'criteria-follow-words' AND task_instance LIKE ?",
                                Integer.class,
                                course.tenant() + ":%"))
                        .isZero());
    }

    private void rename(String name) {
        sections.tell(course.tenant(), course.course().id, Map.of("21", name));
    }

    private void badge(String criteria) {
        RuleSet before = inForce();
        AchievementVersion version = achievements.edit(
                course.tenant(),
                before.badge(),
                new AchievementDraft("Essay writer", "Writes essays", criteria, "#1f5f8b", null),
                BadgeCourse.TEACHER);
        ruleSets.edit(course.tenant(), before.id(), version.version(), rule, BadgeCourse.TEACHER);
    }

    private RuleSet inForce() {
        return ruleSets.find(course.tenant(), course.badge()).orElseThrow();
    }

    private String criteria(RuleSet ruleSet) {
        return achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow()
                .criteria();
    }
}
