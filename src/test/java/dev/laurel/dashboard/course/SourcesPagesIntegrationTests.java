package dev.laurel.dashboard.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import lms.Browser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happens to badges whose source nobody gives a key for. */
@LaurelTest
class SourcesPagesIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Gradebook gradebook;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private Browser teacher;

    @BeforeEach
    void aMoodleThatGaveNoKey() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(1), tool -> tool.as(Mode.MOODLE));
        launched.lms().course().addColumn(launched.lms().course().link(), "Essay", 100);
        teacher = launched.launch(launched.lms().course().teacher());
        launched.column("Essay");
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void aBadgeOnAColumnThatNobodyGivesAKeyForCannotBeActivatedByMistake() {
        long quiz = quizOfMoodle();
        AchievementVersion version = achievements.create(
                launched.tenant(),
                issuers.of(launched.tenant(), launched.context().id(), "Course").id(),
                new AchievementDraft("Quizzer", "Knows.", "80 %", "#1f4e79", null),
                1);
        RuleSet badge = ruleSets.create(
                launched.tenant(),
                launched.context().id(),
                version.achievementId(),
                1,
                Score.atLeast(quiz, BigDecimal.valueOf(80), Rule.Unit.PERCENT),
                1);

        assertThatThrownBy(() -> ruleSets.activate(launched.tenant(), badge.id(), 1))
                .isInstanceOf(BadRuleException.class)
                .hasMessage("rule.bad.unreadable-column");
        Page asked = teacher.open(URI.create(publicUrl.at("/badges/" + badge.id() + "/activation")));
        Page refused = teacher.submit(asked, asked.formTo("/activation"), Map.of());
        assertThat(refused.text()).contains("it needs a reading key");
        assertThat(ruleSets.find(launched.tenant(), badge.id()).orElseThrow().status())
                .isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void aColumnThatNobodyGivesAKeyForIsNotOffered() {
        quizOfMoodle();
        jdbc.sql("UPDATE line_item SET kind = 'COMPLETION' WHERE tenant_id = ? AND label = 'Quiz of Moodle'")
                .param(launched.tenant().value())
                .update();

        assertThat(teacher.open(URI.create(publicUrl.at("/badges/rule"))).text())
                .contains("(Laurel may not read it in this course)");

        jdbc.sql("UPDATE line_item SET kind = 'SCORE' WHERE tenant_id = ? AND label = 'Quiz of Moodle'")
                .param(launched.tenant().value())
                .update();
        String rule = teacher.open(URI.create(publicUrl.at(
                        "/badges/rule?column=" + launched.column("Essay").id())))
                .text();
        assertThat(rule)
                .contains("Essay", "Your administrator can allow it.", "/course/sources")
                .doesNotContain("Quiz of Moodle");
        assertThat(teacher.open(URI.create(publicUrl.at("/course"))).text())
                .containsPattern("(?s)Quiz of Moodle.{0,900}needs a reading key");
    }

    /** Read with a key that was taken away since. */
    private long quizOfMoodle() {
        jdbc.sql("""
                INSERT INTO line_item (tenant_id, context_id, source, external_hash, external_id, label, kind, score_maximum,
                    is_output, created_here, readable, created_at)
                VALUES (?, ?, 'moodle', 'quiz', 'quiz', 'Quiz of Moodle', 'SCORE', 100, FALSE, FALSE, TRUE, NOW(6))""").params(launched.tenant().value(), launched.context().id()).update();
        return gradebook.lineItems(launched.tenant(), launched.context().id()).stream()
                .filter(item -> item.label().equals("Quiz of Moodle"))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
