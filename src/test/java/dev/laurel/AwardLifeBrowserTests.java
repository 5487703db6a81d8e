package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.question.Questions;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lms.Column;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a badge is awarded, reviewed, held, undone, given by hand and accounted for, as instructors see it in Chromium. */
@Tag("browser")
class AwardLifeBrowserTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String FOCUSED = """
            () => {
              const e = document.activeElement;
              const words = e.getAttribute('aria-label') || (e.labels && e.labels.length ? e.labels[0].textContent : '')
                  || e.textContent || '';
              return words.replace(/\\s+/g, ' ').trim();
            }""";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private static Page teacher;

    private static CourseContext context;

    @BeforeAll
    static void start() {
        teacher = open(chromium.visitor(), course().teacher());
        context = newcomer.bean(Platforms.class).deployments().stream()
                .map(Deployment::tenant)
                .filter(Objects::nonNull)
                .distinct()
                .flatMap(tenant -> newcomer.bean(Contexts.class).ofTenant(tenant).stream())
                .filter(known -> known.title().equals(course().title()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void howABadgeIsAwardedIsChosenByKeyboard() {
        RuleSet badge = badge("Essayist", UnaryOperator.identity());
        go(badge, "/policy");
        press("I look at each case first", "Space");
        Screen.check(teacher, "award-policy");
        press("Save", "Enter");
        assertThat(teacher.getByText("Saved.")).isVisible();
        assertThat(teacher.getByText("Somebody who teaches here looks at each case first."))
                .isVisible();
        Screen.check(teacher, "award-badge");
        assertThat(newcomer.bean(AwardPolicies.class)
                        .of(context.tenant(), badge.id())
                        .review())
                .isTrue();
    }

    @Test
    void casesAreReviewedTogetherByKeyboardAndWithoutScripts() {
        RuleSet badge = badge("Reader", policy -> policy.withReview(true));
        grade(badge, "Reader", "91", 0, 1, 2, 3);
        awaitAwards(badge, 4);
        go(badge, "/cases");
        Screen.check(teacher, "award-review");
        press(course().student(0).name(), "Space");
        press(course().student(1).name(), "Space");
        tabTo("Reason");
        teacher.keyboard().type("Copied from each other.");
        press("Decline those I ticked", "Enter");
        assertThat(teacher.getByText("Declined 2. No check brings them back.")).isVisible();

        // The LMS launches by script; from then on none is loaded any more, and none stands in a page.
        Page plain = open(chromium.visitor(), course().teacher());
        plain.context().route("**/*.js*", Route::abort);
        plain.navigate(at(badge, "/cases"));
        plain.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Accept all 2"))
                .click();
        assertThat(plain.getByText("Accepted 2.")).isVisible();
        assertThat(awards(badge))
                .filteredOn(award -> award.releasedAt() != null)
                .hasSize(2);
        go(badge, "/cases");
        Screen.check(teacher, "award-declined");
    }

    @Test
    void aQuestionIsAnsweredWithTheFactsBesideIt() {
        RuleSet badge = badge("Speaker", UnaryOperator.identity());
        grade(badge, "Speaker", "75", 4);
        long asker = person(course().student(4));
        await().atMost(PATIENCE)
                .until(() -> newcomer.bean(Verdicts.class).ofRuleSet(context.tenant(), badge.id()).stream()
                        .anyMatch(each -> each.personId() == asker
                                && each.evaluation().lines().get(0).value() != null));
        newcomer.bean(Questions.class)
                .ask(context.tenant(), badge, asker, "I was told that my talk got 85. Could you look once more?");
        go(badge, "/cases");
        assertThat(teacher.getByText("I was told that my talk got 85.")).isVisible();
        Screen.check(teacher, "award-question");
        tabTo("Your answer");
        teacher.keyboard().type("You are right; the grade is corrected.");
        press("Answer", "Enter");
        assertThat(teacher.getByText("Answered. The student reads it here.")).isVisible();
        assertThat(newcomer.bean(Questions.class).open(context.tenant(), badge.id()))
                .isEmpty();
    }

    @Test
    void aPassThatReachesTooManyWaitsAndIsTakenBackFromAllOfThem() {
        RuleSet badge = badge("Listener", UnaryOperator.identity());
        int[] most = java.util.stream.IntStream.range(0, 25).toArray();
        grade(badge, "Listener", "95", most);
        Passes passes = newcomer.bean(Passes.class);
        await().atMost(PATIENCE).until(() -> {
            List<Passes.Pass> all = passes.ofRuleSet(context.tenant(), badge.id());
            return !all.isEmpty() && all.get(0).people() == 25;
        });
        long pass = passes.ofRuleSet(context.tenant(), badge.id()).get(0).id();
        go(badge, "");
        assertThat(teacher.getByText("Look and decide")).isVisible();
        Screen.check(teacher, "award-held-badge");
        press("Look and decide", "Enter");
        assertThat(teacher.getByText("Is this right?")).isVisible();
        Screen.check(teacher, "award-held");
        press("It is right: award 25", "Enter");
        assertThat(teacher.getByText("Confirmed. They get the badge.")).isVisible();
        await().atMost(PATIENCE).until(() -> awards(badge).stream().allMatch(award -> award.releasedAt() != null));
        go(badge, "/passes/" + pass);
        Screen.check(teacher, "award-undo");
        press("Take it back: grades were wrong", "Enter");
        assertThat(teacher.getByText("Taken back from 25 people.")).isVisible();
        go(badge, "/passes/" + pass);
        Screen.check(teacher, "award-undone");
        assertThat(awards(badge)).allMatch(award -> award.revokedAt() != null);
    }

    @Test
    void aBadgeOfTheInstitutionIsGivenByHandByTwoPeople() {
        RuleSet badge = institutional("Laureate");
        LmsUser student = course().student(7);
        person(student);
        go(badge, "/learners/" + person(student));
        Screen.check(teacher, "award-why");
        press("Give it by hand", "Enter");
        tabTo("Reason");
        teacher.keyboard().type("She sat the make-up exam.");
        tabTo("What the student did (if you like)");
        teacher.keyboard().type("Oral exam of 40 minutes.");
        Screen.check(teacher, "award-by-hand");
        press("Give it by hand", "Enter");
        assertThat(teacher.getByText("Noted. It is given as soon as a second person confirms it."))
                .isVisible();
        go(badge, "/cases");
        assertThat(teacher.getByText("You gave it, so somebody else has to confirm it."))
                .isVisible();
        Screen.check(teacher, "award-second-own");

        LmsUser other = course().enrol("Ruth", "Okafor", LmsRole.INSTRUCTOR);
        Page second = open(chromium.visitor(), other);
        second.navigate(at(badge, "/cases"));
        Screen.check(second, "award-second");
        second.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("I confirm it"))
                .click();
        Award award = await().atMost(PATIENCE)
                .until(
                        () -> awards(badge).stream()
                                .filter(each -> each.releasedAt() != null)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        go(badge, "/awards/" + award.id() + "/record");
        assertThat(teacher.getByText("Oral exam of 40 minutes.")).isVisible();
        Screen.check(teacher, "award-record");
    }

    @Test
    void whatIsWorthALookIsShownToInstructorsWithTheTrailOfTheResult() {
        RuleSet badge = badge("Singer", UnaryOperator.identity());
        grade(badge, "Singer", "70", 9);
        await().atMost(PATIENCE)
                .until(() -> newcomer.bean(Verdicts.class).ofRuleSet(context.tenant(), badge.id()).stream()
                        .anyMatch(each -> each.evaluation().lines().get(0).value() != null));
        grade(badge, "Singer", "95", 9);
        awaitAwards(badge, 1);
        go(badge, "");
        assertThat(teacher.getByText("Worth a look")).hasCount(0);
        grade(badge, "Singer", "60", 9);
        await().atMost(PATIENCE).untilAsserted(() -> {
            go(badge, "");
            assertThat(teacher.content()).contains("Worth a look");
        });
        Screen.check(teacher, "award-worth-a-look");
        press(course().student(9).name(), "Enter");
        assertThat(teacher.getByText("How the results came about")).isVisible();
        press("Singer: 3 entries", "Enter");
        assertThat(teacher.getByText("A result was raised within a week before the badge"))
                .isVisible();
        for (String value : List.of("70 / 100", "95 / 100", "60 / 100")) {
            assertThat(teacher.getByRole(AriaRole.CELL, new Page.GetByRoleOptions().setName(value)))
                    .isVisible();
        }
        Screen.check(teacher, "award-trail");

        Page student = open(chromium.visitor(), course().student(9));
        student.navigate(at(badge, "/learners/" + person(course().student(9))));
        assertThat(student.content())
                .contains("What was looked at")
                .doesNotContain("How the results came about", "within a week before the badge");
        Page assistant = open(chromium.visitor(), course().assistant());
        assistant.navigate(at(badge, ""));
        assertThat(assistant.content()).contains("Earned by").doesNotContain("Worth a look");
    }

    private static RuleSet badge(String name, UnaryOperator<AwardPolicy> how) {
        Issuer issuer = newcomer.bean(Issuers.class).of(context.tenant(), context.id(), context.title());
        return active(name, issuer, how);
    }

    private static RuleSet institutional(String name) {
        Issuers issuers = newcomer.bean(Issuers.class);
        Issuer faculty = issuers.createForInstitution(context.tenant(), "Faculty of Letters", 1);
        issuers.grant(context.tenant(), faculty.id(), context.id(), 1);
        return active(name, faculty, UnaryOperator.identity());
    }

    /** An active badge for 80 % in a column of its name. */
    private static RuleSet active(String name, Issuer issuer, UnaryOperator<AwardPolicy> how) {
        course().addColumn(course().link(), name, 100);
        Gradebook gradebook = newcomer.bean(Gradebook.class);
        gradebook.checkSoon(context.tenant(), context.id());
        LineItem item = await().atMost(PATIENCE)
                .until(
                        () -> gradebook.lineItems(context.tenant(), context.id()).stream()
                                .filter(each -> each.label().equals(name))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        AchievementVersion version = newcomer.bean(Achievements.class)
                .create(
                        context.tenant(),
                        issuer.id(),
                        new AchievementDraft(name, "Does it well and says why.", "80 % in it", "#1f4e79", null),
                        1);
        RuleSets ruleSets = newcomer.bean(RuleSets.class);
        RuleSet badge = ruleSets.create(
                context.tenant(),
                context.id(),
                version.achievementId(),
                1,
                Score.atLeast(item.id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT),
                1);
        AwardPolicies policies = newcomer.bean(AwardPolicies.class);
        policies.put(context.tenant(), badge.id(), how.apply(policies.of(context.tenant(), badge.id())), 1);
        ruleSets.activate(context.tenant(), badge.id(), 1);
        return badge;
    }

    private static void grade(RuleSet badge, String label, String points, int... students) {
        Column column = course().columnCalled(label);
        for (int student : students) {
            course().typeGrade(course().student(student), column, points);
        }
        newcomer.bean(Gradebook.class).checkSoon(context.tenant(), context.id());
    }

    private static List<Award> awards(RuleSet badge) {
        return newcomer.bean(Awards.class).ofRuleSet(context.tenant(), badge.id());
    }

    private static void awaitAwards(RuleSet badge, int count) {
        await().atMost(PATIENCE).until(() -> awards(badge).size() == count);
    }

    private static long person(LmsUser user) {
        return await().atMost(PATIENCE)
                .until(
                        () -> newcomer.bean(Contexts.class)
                                .personsBySub(context.tenant(), context.registrationId(), List.of(user.id()))
                                .get(user.id()),
                        Objects::nonNull);
    }

    private static Course course() {
        return newcomer.lms().course();
    }

    private static Page open(BrowserContext visitor, LmsUser user) {
        Page page = visitor.newPage();
        page.navigate(
                newcomer.lms().launch(course(), course().link(), user).asUri().toString());
        assertThat(page.locator("h1")).isVisible();
        return page;
    }

    private static String at(RuleSet badge, String path) {
        return newcomer.laurelUrl() + "/badges/" + badge.id() + path;
    }

    private static void go(RuleSet badge, String path) {
        teacher.navigate(at(badge, path));
    }

    private static void press(String name, String key) {
        tabTo(name);
        teacher.keyboard().press(key);
        teacher.waitForLoadState();
    }

    /** With Tab from wherever the focus is; one of these names is on what it comes to. */
    private static void tabTo(String... names) {
        StringBuilder way = new StringBuilder();
        for (int stop = 0; stop < 150; stop++) {
            teacher.keyboard().press("Tab");
            String focused = String.valueOf(teacher.evaluate(FOCUSED));
            for (String name : names) {
                if (focused.equals(name) || focused.startsWith(name + " ")) {
                    return;
                }
            }
            way.append(" → ").append(focused);
        }
        throw new AssertionError("Tab never comes to " + List.of(names) + ":" + way);
    }
}
