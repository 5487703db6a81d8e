package dev.laurel.dashboard.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import lms.Browser;
import lms.Column;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The button that activates a badge does what its page said, or says again what it would do. */
@LaurelTest
class ShownHeadsIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    AwardPolicies policies;

    @Autowired
    HumanDecisions humanDecisions;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcTemplate jdbc;

    private LaunchedCourse launched;

    private Column column;

    private Browser teacher;

    private long badge;

    @BeforeEach
    void aDraftThatOneOfThreeMeets() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(3));
        column = launched.lms().course().addColumn(launched.lms().course().link(), "Essay", 100);
        teacher = launched.launch(launched.lms().course().teacher());
        Page form =
                teacher.open(at("/badges/new?column=" + launched.column("Essay").id()));
        teacher.submit(form, form.formTo("/badges"), Map.of("action", "activate"));
        badge = launched.onlyBadge().id();
        grade(0, "95");
        showing("One of 3 students gets the badge now.");
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void moreThanThePageSaidAreNotAwardedBeforeItWasSaid() {
        Page before = asked();
        grade(1, "90");
        grade(2, "91");
        showing("3 of 3 students get the badge now.");

        for (String button : new String[] {"/activation/" + version(), "/activation/from-now-on/"}) {
            assertThat(teacher.submit(before, before.formTo(button), Map.of()).text())
                    .contains(
                            "Nothing was awarded: the page said that it reaches one person.",
                            "by now it would be 3 people",
                            "Award 3 now");
        }
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);

        Page after = asked();
        teacher.submit(after, after.formTo("/activation/" + version()), Map.of());
        assertThat(status()).isEqualTo(RuleSet.Status.ACTIVE);
        assertThat(confirmed()).isEqualTo(3);
    }

    @Test
    void fewerAreAwardedAndTheBrakeHoldsWhatGoesBeyondTheNumberThatWasShown() {
        grade(1, "90");
        showing("2 of 3 students get the badge now.");
        Page before = asked();
        grade(1, "10");
        showing("One of 3 students gets the badge now.");

        teacher.submit(before, before.formTo("/activation/" + version()), Map.of());

        assertThat(status()).isEqualTo(RuleSet.Status.ACTIVE);
        assertThat(confirmed()).isEqualTo(2);
    }

    @Test
    void anotherRuleThanTheOneShownIsNotActivated() {
        Page before = asked();
        RuleSet seen = ruleSets.find(launched.tenant(), badge).orElseThrow();
        ruleSets.edit(launched.tenant(), badge, seen.achievementVersion(), seen.rule(), 1);

        assertThat(teacher.submit(before, before.formTo("/activation/" + seen.version()), Map.of())
                        .text())
                .contains("somebody changed this badge after the page was opened");
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void whatSomebodyElseActivatedFromNowOnIsNotActivatedForWhatWas() {
        Page one = asked();
        teacher.submit(one, one.formTo("/activation/from-now-on/"), Map.of());

        assertThat(teacher.submit(one, one.formTo("/activation/" + version()), Map.of())
                        .text())
                .contains("This badge was activated or changed already, so this click did nothing.")
                .doesNotContain("within seconds");

        assertThat(humanDecisions.ofRuleSet(launched.tenant(), badge))
                .extracting(HumanDecision::kind)
                .containsExactly(HumanDecision.Kind.EARLIER);
        assertThat(confirmed()).isZero();
    }

    @Test
    void thePageSaysOnlyWhatThePolicyOfTheBadgeLetsHappen() {
        says(
                AwardPolicy::releasedByInstructor,
                "One student is told once you release it, not before.",
                "Activate, 1 to release");
        says(
                policy -> policy.releasedOn(Instant.now().plus(Duration.ofDays(9))),
                "One student is told, not before ",
                "Activate for 1");
        says(
                policy -> policy.settlingFor(Duration.ofMinutes(10)),
                "else when it has stood for 10 minutes.",
                "Activate for 1");
        says(
                policy -> policy.settlingFor(Duration.ZERO).releasedOn(Instant.EPOCH),
                "One message goes out",
                "Award 1 now");
        says(
                policy -> policy.withReview(true),
                "Nobody is told yet: somebody who teaches here looks at this case first.",
                "Activate, 1 to review");

        Page page = asked();
        assertThat(teacher.submit(page, page.formTo("/activation/" + version()), Map.of())
                        .text())
                .contains("Somebody who teaches here looks at each case before anybody is told.")
                .doesNotContain("within seconds");
    }

    private void says(UnaryOperator<AwardPolicy> policy, String told, String button) {
        policies.put(launched.tenant(), badge, policy.apply(policies.of(launched.tenant(), badge)), 1);
        String page = asked().text();
        assertThat(page).contains(told, button);
        assertThat(page.contains("One message goes out")).isEqualTo(page.contains("Award 1 now"));
    }

    private Page asked() {
        return teacher.open(at("/badges/" + badge + "/activation"));
    }

    private void showing(String heads) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked().text()).contains(heads));
    }

    private void grade(int student, String score) {
        launched.lms().course().typeGrade(launched.lms().course().student(student), column, score);
        gradebook.checkSoon(launched.tenant(), launched.context().id());
    }

    private int version() {
        return ruleSets.find(launched.tenant(), badge).orElseThrow().version();
    }

    private RuleSet.Status status() {
        return ruleSets.find(launched.tenant(), badge).orElseThrow().status();
    }

    private int confirmed() {
        return jdbc.queryForObject(
                "SELECT people FROM award_head_count WHERE tenant_id = ? AND rule_set_id = ?",
                Integer.class,
                launched.tenant().value(),
                badge);
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
