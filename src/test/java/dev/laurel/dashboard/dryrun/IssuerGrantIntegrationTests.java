package dev.laurel.dashboard.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.TestLaunches;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.launch.Admission;
import dev.laurel.launch.Launches;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import java.math.BigDecimal;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/** Without the institution's grant nobody says anything new in its name. */
@LaurelTest
class IssuerGrantIntegrationTests {

    @Autowired
    BadgeDesk desk;

    @Autowired
    ActivationController pages;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Contexts contexts;

    @Autowired
    Launches launches;

    @Autowired
    JdbcTemplate jdbc;

    private TestCourse rows;

    private CourseContext course;

    private Rule rule;

    private RuleSet badge;

    @BeforeEach
    void aBadgeOfTheInstitutionWhoseGrantIsWithdrawn() {
        rows = TestCourse.in(jdbc);
        course = contexts.find(rows.tenant, rows.id).orElseThrow();
        rule = Score.atLeast(rows.column("Essay", "100"), BigDecimal.valueOf(80), Rule.Unit.PERCENT);
        Issuer institution = issuers.createForInstitution(rows.tenant, "Example University", 1);
        issuers.grant(rows.tenant, institution.id(), rows.id, 1);
        badge = desk.draft(course, words("Essayist"), rule, TestCourse.TEACHER);
        desk.activate(course, badge, true, 1, TestCourse.TEACHER);
        issuers.withdrawGrant(rows.tenant, rows.id, 1);
        badge = ruleSets.find(rows.tenant, badge.id()).orElseThrow();
    }

    @Test
    void noNewVersionOfItIsPublished() {
        AchievementVersion first = achievements
                .version(rows.tenant, badge.achievementId(), badge.achievementVersion())
                .orElseThrow();

        assertThatThrownBy(() -> desk.edit(course, badge, words("Doctor of everything"), rule, TestCourse.TEACHER))
                .isInstanceOf(BadRuleException.class);

        assertThat(achievements.activatedVersion(first.achievementPublicId(), first.version()))
                .isPresent();
        assertThat(achievements.activatedVersion(first.achievementPublicId(), first.version() + 1))
                .isEmpty();
    }

    @Test
    void itIsNotAwardedAgainAndThePageSaysSo() {
        RedirectAttributesModelMap said = new RedirectAttributesModelMap();
        Set<Role> roles = Set.of(Role.INSTRUCTOR);
        SignedIn teacher = launches.add(
                TestLaunches.learner(rows.tenant.value(), "teacher")
                        .as(Role.INSTRUCTOR)
                        .build(),
                new Admission(TestCourse.TEACHER, rows.id, null, roles, null, Set.of()));
        MockHttpServletRequest alone = new MockHttpServletRequest();
        alone.addHeader("Sec-Fetch-Dest", "document");

        assertThat(pages.activate(teacher, badge.id(), badge.version(), 0, alone, said))
                .isEqualTo("redirect:/badges/" + badge.id());

        assertThat(said.getFlashAttributes()).containsKey("flashProblem");
        assertThat(ruleSets.find(rows.tenant, badge.id()).orElseThrow().status())
                .isEqualTo(RuleSet.Status.PAUSED);
    }

    private static AchievementDraft words(String name) {
        return new AchievementDraft(name, "Can do it.", "At least 80 %.", "#1f4e79", null);
    }
}
