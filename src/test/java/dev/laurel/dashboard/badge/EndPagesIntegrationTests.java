package dev.laurel.dashboard.badge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** A badge that nobody wants any more: a draft goes, what was active once is given no longer. */
@LaurelTest
class EndPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    ApplicationContext app;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Achievements achievements;

    @Autowired
    Awards awards;

    @Autowired
    Gradebook gradebook;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private Course course;

    private Column column;

    private Browser teacher;

    private Browser holder;

    private Browser other;

    @BeforeEach
    void aCourse() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(3));
        course = launched.lms().course();
        column = course.addColumn(course.link(), "Essay", 100);
        teacher = launched.launch(course.teacher());
        holder = launched.launch(course.student(0));
        other = launched.launch(course.student(1));
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void aDraftThatWasNeverActiveIsDeletedWithItsBadge() {
        RuleSet draft = draft();
        Page badge = teacher.open(at("/badges/" + draft.id()));

        Page gone = teacher.submit(badge, badge.formTo("/deletion/"), Map.of());

        assertThat(gone.text()).contains("The draft is deleted.");
        assertThat(ruleSets.ofContext(launched.tenant(), launched.context().id()))
                .isEmpty();
        assertThat(achievements.names(launched.tenant(), Set.of(draft.achievementId())))
                .isEmpty();
        assertThat(jdbc.sql("SELECT COUNT(*) FROM rule_set_version WHERE rule_set_id = ?")
                        .param(draft.id())
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(teacher.open(at("/badges/" + draft.id())).status()).isEqualTo(404);
    }

    @Test
    void aDraftThatAnotherBadgeAsksForOrThatWasChangedSinceIsNotDeleted() {
        RuleSet draft = draft();
        Page badge = teacher.open(at("/badges/" + draft.id()));
        ruleSets.edit(launched.tenant(), draft.id(), draft.achievementVersion(), percent(70), 1);

        assertThat(teacher.submit(badge, badge.formTo("/deletion/"), Map.of()).text())
                .contains("It was not deleted");

        launched.activeBadge(words("Master"), new HeldBadge(draft.achievementId()));
        assertThat(teacher.open(at("/badges/" + draft.id())).text()).doesNotContain("/deletion/");
        assertThat(ruleSets.find(launched.tenant(), draft.id())).isPresent();

        anotherCourseGives(draft);
        jdbc.sql("UPDATE rule_set SET retired_at = created_at WHERE tenant_id = ? AND achievement_id = ? AND id <> ?")
                .params(launched.tenant().value(), draft.achievementId(), draft.id())
                .update();
        Page shared = teacher.open(at("/badges/" + draft.id()));
        assertThat(teacher.submit(shared, shared.formTo("/deletion/"), Map.of()).text())
                .contains("The draft is deleted.");
        assertThat(achievements.names(launched.tenant(), Set.of(draft.achievementId())))
                .as("the other course has it, although it gives it no longer")
                .hasSize(1);
    }

    @Test
    void whatWasActiveOnceIsGivenNoLongerAndWhoHasItKeepsItUntilThatIsTakenBack() {
        RuleSet essayist = launched.activeBadge(words("Essayist"), percent(80));
        course.typeGrade(course.student(0), column, "90");
        gradebook.checkSoon(launched.tenant(), launched.context().id());
        await().atMost(PATIENCE).until(() -> given(essayist).size() == 1);
        await().atMost(PATIENCE).until(() -> other.open(at("/shelf")).text().contains("Essayist"));
        Page badge = teacher.open(at("/badges/" + essayist.id()));
        assertThat(badge.text()).doesNotContain("/deletion/");

        Page retired = teacher.submit(badge, badge.formTo("/retirement"), Map.of());

        assertThat(retired.text())
                .contains("The badge is no longer given.", "No longer given")
                .doesNotContain("Go on awarding");
        assertThat(other.open(at("/shelf")).text()).doesNotContain("Essayist");
        assertThat(holder.open(at("/shelf")).text()).contains("Essayist");
        assertThat(given(essayist))
                .allSatisfy(award -> assertThat(award.revokedAt()).isNull());
        assertThat(teacher.open(at("/course/badge-set")).text()).doesNotContain("Essayist");
        assertThat(teacher.open(at("/course")).text()).contains("Essayist", "No longer given");
        course.typeGrade(course.student(1), column, "95");
        gradebook.checkSoon(launched.tenant(), launched.context().id());

        Page again = teacher.submit(retired, retired.formTo("/retirement/end"), Map.of());

        assertThat(again.text()).contains("The badge is paused.", "Go on awarding");
        assertThat(other.open(at("/shelf")).text()).contains("Essayist", "Paused for now");
        assertThat(given(essayist)).hasSize(1);
    }

    @Test
    void aRuleThatAsksForABadgeThatIsNoLongerGivenIsWarnedOf() {
        RuleSet essayist = launched.activeBadge(words("Essayist"), percent(80));
        RuleSet master = launched.activeBadge(words("Master"), new HeldBadge(essayist.achievementId()));
        Page badge = teacher.open(at("/badges/" + essayist.id()));
        assertThat(badge.text()).contains("One badge asks for this one: while it is no longer given");

        teacher.submit(badge, badge.formTo("/retirement"), Map.of());

        assertThat(teacher.open(at("/badges/" + master.id())).text())
                .contains("This rule asks for “Essayist”, which is no longer given");
        ruleSets.activate(launched.tenant(), essayist.id(), 1);
        assertThat(teacher.open(at("/badges/" + master.id())).text())
                .as("what is given again is not missed")
                .doesNotContain("no longer given");
        anotherCourseGives(essayist);
        assertThat(teacher.open(at("/badges/" + essayist.id())).text()).doesNotContain("One badge asks for this one");
    }

    private RuleSet draft() {
        Page form =
                teacher.open(at("/badges/new?column=" + launched.column("Essay").id()));
        teacher.submit(form, form.formTo("/badges"), Map.of("action", "draft"));
        return launched.onlyBadge();
    }

    private void anotherCourseGives(RuleSet badge) {
        jdbc.sql("""
                INSERT INTO rule_set (tenant_id, context_id, achievement_id, status, version, created_by, created_at)
                VALUES (?, ?, ?, 'ACTIVE', 1, 1, UTC_TIMESTAMP(6))""")
                .params(launched.tenant().value(), launched.context().id() + 1, badge.achievementId())
                .update();
    }

    private List<Award> given(RuleSet badge) {
        return awards.ofRuleSet(launched.tenant(), badge.id());
    }

    private Rule percent(long least) {
        return Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(least), Rule.Unit.PERCENT);
    }

    private static AchievementDraft words(String name) {
        return new AchievementDraft(name, "Says what it is.", "What it asks for", "#1f4e79", null);
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
