package dev.laurel.dashboard.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.TestLaunches;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.dashboard.explain.RuleChange;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.Admission;
import dev.laurel.launch.Launches;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/** A column was deleted in the LMS, and another one takes its place in the rule of an active badge. */
@LaurelTest
class RemapIntegrationTests {

    @Autowired
    Contexts contexts;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    BadgeDesk desk;

    @Autowired
    RemapController pages;

    @Autowired
    Launches launches;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    private TestCourse rows;

    private SignedIn teacher;

    private long gone;

    private long again;

    private long other;

    private RuleSet badge;

    @BeforeEach
    void anActiveBadgeWhoseColumnWasMadeAnew() {
        rows = TestCourse.in(jdbc);
        CourseContext course = contexts.find(rows.tenant, rows.id).orElseThrow();
        rows.learners(10, 3);
        gone = rows.column("Essay", "100");
        other = rows.column("Presentation", "50");
        AchievementDraft words = new AchievementDraft("Essayist", "Writes.", "80 %.", "#1f4e79", null);
        badge = desk.draft(
                course, words, Score.atLeast(gone, BigDecimal.valueOf(80), Rule.Unit.PERCENT), TestCourse.TEACHER);
        desk.activate(course, badge, true, 1, TestCourse.TEACHER);
        again = rows.column("Essay", "100");
        rows.delete(gone);
        transaction.executeWithoutResult(
                status -> events.publishEvent(rows.grade(again, Map.of(10L, "90", 11L, "70"), "100")));
        teacher = launches.add(
                TestLaunches.learner(rows.tenant.value(), "teacher")
                        .as(Role.INSTRUCTOR)
                        .build(),
                new Admission(TestCourse.TEACHER, rows.id, null, Set.of(Role.INSTRUCTOR), null, Set.of()));
    }

    @Test
    void theColumnOfTheSameTitleIsProposedWithWhoItChangesSomethingFor() {
        ExtendedModelMap shown = new ExtendedModelMap();

        pages.look(teacher, badge.id(), gone, null, shown);

        assertThat(shown.get("chosen"))
                .isInstanceOfSatisfying(
                        LineItem.class, item -> assertThat(item.id()).isEqualTo(again));
        assertThat(shown.get("change")).isInstanceOfSatisfying(RuleChange.class, change -> {
            assertThat(change.before()).isZero();
            assertThat(change.after()).isEqualTo(1);
            assertThat(change.gaining()).hasSize(1);
            assertThat(change.losing()).isEmpty();
        });
        assertThat((List<?>) shown.get("candidates")).hasSize(2);
    }

    @Test
    void theRuleLooksAtItAfterOneClickAndTheBadgeRestsUntilItIsActivatedAgain() {
        String next = pages.replace(teacher, badge.id(), gone, again, new RedirectAttributesModelMap());

        assertThat(next).isEqualTo("redirect:/badges/" + badge.id() + "/activation");
        RuleSet after = ruleSets.find(rows.tenant, badge.id()).orElseThrow();
        assertThat(after.rule().lineItemIds()).containsExactly(again);
        assertThat(after.status()).isEqualTo(RuleSet.Status.PAUSED);
        assertThat(ruleSets.warnings(rows.tenant, rows.id)).isEmpty();
    }

    @Test
    void aColumnThatHasAnotherNameNowCanBeReplacedFromItsWarning() {
        jdbc.update(
                "UPDATE line_item SET deleted_at = NULL, label = 'Essay (old)' WHERE tenant_id = ? AND id = ?",
                rows.tenant.value(),
                gone);
        assertThat(ruleSets.warnings(rows.tenant, rows.id)).singleElement().satisfies(warning -> {
            assertThat(warning.messageKey()).isEqualTo("rule.warning.renamed");
            assertThat(warning.isMendedByAnotherColumn()).isTrue();
        });

        pages.replace(teacher, badge.id(), gone, again, new RedirectAttributesModelMap());

        assertThat(ruleSets.find(rows.tenant, badge.id()).orElseThrow().rule().lineItemIds())
                .containsExactly(again);
        assertThat(ruleSets.warnings(rows.tenant, rows.id)).isEmpty();
    }

    @Test
    void aColumnThatTheRuleDoesNotNameIsNotReplaced() {
        assertThatThrownBy(() -> pages.look(teacher, badge.id(), other, null, new ExtendedModelMap()))
                .isInstanceOf(ResponseStatusException.class);
    }
}
