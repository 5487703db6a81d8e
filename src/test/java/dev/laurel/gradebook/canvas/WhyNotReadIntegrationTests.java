package dev.laurel.gradebook.canvas;

import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleWarning;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Why a column is not read any more is said as it is, look by look: not published, one of Laurel's own by now, or deleted. */
class WhyNotReadIntegrationTests extends AbstractCanvasTests {

    private static final String ESSAY = """
            {"id":"301","name":"Essay","assignment_group_id":"5","points_possible":100,"published":true,
             "submission_types":["none"]}""";

    private static final String UNPUBLISHED = ESSAY.replace("\"published\":true", "\"published\":false");

    private static final String REMOVED = "rule.warning.removed-column";

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @BeforeEach
    void aBadgeOnAnAssignment() {
        contexts.refreshRoster(course.tenant(), course.contextId());
        tells(ESSAY);
        RuleSet ruleSet = badge("Essayist");
        ruleSets.activate(
                course.tenant(), ruleSet.id(), course.person(course.course().teacher()));
        assertThat(warnings()).isEmpty();
    }

    private RuleSet badge(String name) {
        long essay = gradebook.lineItems(course.tenant(), course.contextId()).stream()
                .filter(item -> item.externalId().equals("assignment-301"))
                .mapToLong(LineItem::id)
                .findFirst()
                .orElseThrow();
        long teacher = course.person(course.course().teacher());
        long badge = achievements
                .create(
                        course.tenant(),
                        issuers.of(course.tenant(), course.contextId(), "Faculty")
                                .id(),
                        new AchievementDraft(name, "Writes.", "80 %.", "#1f5f8b", null),
                        teacher)
                .achievementId();
        return ruleSets.create(
                course.tenant(),
                course.contextId(),
                badge,
                1,
                Score.atLeast(essay, BigDecimal.valueOf(80), Rule.Unit.PERCENT),
                teacher);
    }

    @Test
    void whatTheKeyDoesNotAllowAnyMoreIsSaidAndNoBadgeOnItBegins() {
        RuleSet next = badge("Writer");
        allow(CanvasCapability.TOTALS);

        assertThat(warnings()).containsExactly("rule.warning.unreadable-column");
        assertThatThrownBy(() -> ruleSets.activate(
                        course.tenant(),
                        next.id(),
                        course.person(course.course().teacher())))
                .hasMessage("rule.bad.unreadable-column");
    }

    @Test
    void whatIsDeletedAfterItWasUnpublishedIsSaidToBeDeleted() {
        tells(UNPUBLISHED);
        assertThat(warnings()).containsExactly("rule.warning.unpublished-column");

        tells("");

        assertThat(warnings()).containsExactly(REMOVED);
    }

    @Test
    void whatIsNotPublishedStaysThatWhileCanvasDoesNotAnswer() {
        tells(UNPUBLISHED);
        canvas.on(
                asking("/assignment_groups"),
                WireMock.aResponse().withStatus(502).withBody("Bad gateway"));
        look();

        assertThat(warnings()).containsExactly("rule.warning.unpublished-column");
    }

    @Test
    void whatWasDeletedAndIsBackWithoutBeingPublishedIsSaidToBeThat() {
        tells("");
        assertThat(warnings()).containsExactly(REMOVED);

        tells(UNPUBLISHED);

        assertThat(warnings()).containsExactly("rule.warning.unpublished-column");
    }

    @Test
    void whatBecameAColumnOfLaurelsIsNotSaidToBeDeletedUntilItIs() {
        gradebook.createColumn(course.tenant(), course.contextId(), "Essay", BigDecimal.valueOf(100), false, "essay");
        tells(ESSAY);
        assertThat(warnings()).containsExactly("rule.warning.over-ags-column");
        assertThat(ruleSets.warnings(course.tenant(), course.contextId()))
                .as("Laurel's column can be chosen in its place")
                .allMatch(RuleWarning::isMendedByAnotherColumn);

        tells("");

        assertThat(warnings()).containsExactly(REMOVED);
    }

    private void tells(String assignments) {
        canvas.on(asking("/assignment_groups"), json(GROUPS.formatted(assignments)));
        look();
    }

    private List<String> warnings() {
        return ruleSets.warnings(course.tenant(), course.contextId()).stream()
                .map(RuleWarning::messageKey)
                .toList();
    }
}
