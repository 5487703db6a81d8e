package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lms.Course;
import lms.ResourceLink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A teacher copies a course in Canvas and takes its badges over, in Chromium. */
@Tag("browser")
class CourseCopyBrowserTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private static Course source;

    @BeforeAll
    static void start() {
        source = newcomer.lms().courses().get(1);
    }

    @Test
    void aTeacherTakesOverWhatFitsAndChoosesTheRest() {
        Page page = chromium.page();
        open(page, source);
        for (String label : List.of("Lab report 2025", "Oral presentation")) {
            source.addColumn(source.link(), label, 100);
        }
        columns(source, 3);
        activeBadge("Essayist", List.of(), "Essay 1");
        activeBadge("Experimenter", List.of(new InGroup(List.of("21"))), "Essay 1", "Lab report 2025");
        activeBadge("Speaker", List.of(), "Lab report 2025", "Oral presentation");
        Course copy = newcomer.lms().copy(source, "Organic chemistry, spring", "CHE-210-S");
        copy.rename(copy.columnCalled("Lab report 2025"), "Lab report 2026");
        copy.rename(copy.columnCalled("Oral presentation"), "Kolloquium");

        open(page, copy);
        columns(copy, 3);
        sections(source, Map.of("21", "Evening"));
        sections(copy, Map.of("31", "Morning", "32", "Evening"));
        openFromMenu(page, copy);
        FrameLocator laurel = laurel(page);
        assertThat(laurel.getByText(
                        "This course was copied from “Organic chemistry”. 3 badges from there are not here yet"))
                .isVisible();
        Screen.checkFrame(page, "copy-notice");
        laurel.getByRole(AriaRole.LINK, named("See what can be taken over")).click();
        assertThat(laurel.getByRole(AriaRole.HEADING, named("Badges of the course this one was copied from")))
                .isVisible();
        assertThat(laurel.getByLabel("It is for section or group Evening (21) there: who is it for here?"))
                .hasValue("32");
        Screen.checkFrame(page, "copy-proposal");

        laurel.getByRole(AriaRole.BUTTON, named("Take over as drafts")).click();
        assertThat(laurel.getByText("2 badges are here as drafts.")).isVisible();
        assertThat(laurel.getByText("One badge needs you: see what is missing."))
                .isVisible();
        Screen.checkFrame(page, "copy-left");
        laurel.getByLabel("Oral presentation: not found: choose one").selectOption("Kolloquium");
        laurel.getByRole(AriaRole.BUTTON, named("Take over as drafts")).click();

        assertThat(laurel.getByText("One badge is here as a draft.")).isVisible();
        assertThat(laurel.getByRole(AriaRole.LINK, named("Speaker"))).isVisible();
        assertThat(laurel.getByText("was copied from")).hasCount(0);
        Screen.checkFrame(page, "copy-done");
        assertThat(newcomer.bean(RuleSets.class)
                        .ofContext(tenant(), context(copy).id()))
                .hasSize(3)
                .extracting(RuleSet::status)
                .containsOnly(RuleSet.Status.DRAFT);
        laurel.getByRole(AriaRole.LINK, named("Copy badges from another course"))
                .click();
        assertThat(laurel.getByText("All 3 of its badges are here already.")).isVisible();
        Screen.checkFrame(page, "copy-nothing-left");
    }

    private static FrameLocator.GetByRoleOptions named(String name) {
        return new FrameLocator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static void open(Page page, Course course) {
        open(page, course, course.link());
    }

    /** Where Canvas tells what a course was copied from. */
    private static void openFromMenu(Page page, Course course) {
        open(
                page,
                course,
                course.links().stream().filter(ResourceLink::inMenu).findFirst().orElseThrow());
    }

    private static void open(Page page, Course course, ResourceLink link) {
        page.navigate(newcomer.lms().launchPage(course, link, course.teacher()).toString());
        assertThat(Screen.heading(page)).isVisible();
    }

    private static FrameLocator laurel(Page page) {
        return page.frameLocator("iframe[name=tool]");
    }

    private static void columns(Course course, int count) {
        newcomer.bean(Gradebook.class).checkSoon(tenant(), context(course).id());
        await().atMost(PATIENCE)
                .until(() -> newcomer.bean(Gradebook.class)
                                .lineItems(tenant(), context(course).id())
                                .size()
                        == count);
    }

    private static void sections(Course course, Map<String, String> names) {
        newcomer.bean(CourseSections.class).tell(tenant(), context(course).id(), names);
    }

    private static void activeBadge(String name, List<Rule> audience, String... labels) {
        CourseContext context = context(source);
        Achievements achievements = newcomer.bean(Achievements.class);
        Issuers issuers = newcomer.bean(Issuers.class);
        AchievementVersion badge = achievements.create(
                tenant(),
                issuers.of(tenant(), context.id(), context.title()).id(),
                new AchievementDraft(name, "Does it well.", "80 %", "#0f5f5a", null),
                1);
        List<LineItem> items = newcomer.bean(Gradebook.class).lineItems(tenant(), context.id());
        List<Rule> parts = new ArrayList<>(audience);
        for (String label : labels) {
            parts.add(Score.atLeast(
                    items.stream()
                            .filter(item -> item.label().equals(label))
                            .findFirst()
                            .orElseThrow()
                            .id(),
                    BigDecimal.valueOf(80),
                    Rule.Unit.PERCENT));
        }
        RuleSet draft = newcomer.bean(RuleSets.class)
                .create(
                        tenant(),
                        context.id(),
                        badge.achievementId(),
                        badge.version(),
                        parts.size() == 1 ? parts.get(0) : new Rule.AllOf(parts),
                        1);
        newcomer.bean(RuleSets.class).activate(tenant(), draft.id(), 1);
    }

    private static TenantId tenant() {
        return newcomer.bean(Platforms.class).tenants().get(0).id();
    }

    private static CourseContext context(Course course) {
        return newcomer.bean(Contexts.class).ofTenant(tenant()).stream()
                .filter(context -> context.title().equals(course.title()))
                .findFirst()
                .orElseThrow();
    }
}
