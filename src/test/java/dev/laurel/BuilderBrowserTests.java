package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseSections;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.util.Map;
import lms.Course;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A nested rule in Chromium with nothing but the keyboard. */
@Tag("browser")
class BuilderBrowserTests {

    private static final int MOST_STOPS = 120;

    private static final String FOCUSED = """
            () => {
              const e = document.activeElement;
              if (!e || e === document.body) return '';
              const words = e.getAttribute('aria-label') || (e.labels && e.labels.length ? e.labels[0].textContent : '')
                  || e.textContent || '';
              return words.replace(/\\s+/g, ' ').trim();
            }""";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private static BrowserContext visitor;

    private Page page;

    @BeforeAll
    static void start() {
        visitor = chromium.visitor();
    }

    @Test
    void aNestedRuleIsBuiltByKeyboardAlone() {
        lms.Column essay = course().columnCalled("Essay 1");
        course().typeGrade(course().student(0), essay, "92");
        course().typeGrade(course().student(1), essay, "78");
        page = visitor.newPage();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            page.navigate("%s/courses/%s/links/%s?user=%s"
                    .formatted(
                            newcomer.lms().issuer(),
                            course().id(),
                            course().link().id(),
                            course().teacher().id()));
            assertThat(laurel().locator("h1")).isVisible();
            return laurel().getByText("2 of ").count() > 0;
        });

        press("New badge");
        press("Put a rule together");
        Screen.checkFrame(page, "builder-empty");
        press("Add the first part");
        choose("In", "E");
        type("at least", "80");
        press("Add another part");
        choose("In", "E");
        type("at least", "50");
        press("Put in a group 2 Score in a column");
        // The focus is on the new group: any one of these.
        page.keyboard().press("ArrowDown");
        choose("Kind of the next part in group 2", "So");
        press("Add a part to group 2");
        choose("In", "E");
        assertThat(laurel().getByText("Please")).hasCount(0);
        assertThat(laurel().locator("#live"))
                .containsText("Score at least 80 % in Essay 1 and either score at least 50 % in Essay 1");
        assertThat(laurel().locator("#live")).containsText("1 would earn it now");
        Screen.checkFrame(page, "builder-nested");

        press("Delete 2.1 Score in a column");
        assertThat(laurel().locator("#n3")).hasCount(1);
        press("Undo");
        press("Take the group away 2");
        assertThat(laurel().locator("#live")).not().containsText("either");
        assertThat(laurel().locator("#live")).containsText("hand in Essay 1");
        press("Undo");
        assertThat(laurel().locator("#live"))
                .containsText("Score at least 80 % in Essay 1 and either score at least 50 % in Essay 1");
        press("Up 2.2");
        assertThat(laurel().locator("#live")).containsText("either hand in Essay 1 or score at least 50 % in Essay 1");
        press("Down 2.1");
        assertThat(laurel().locator("#live")).containsText("either score at least 50 % in Essay 1 or hand in Essay 1");
        press("Up 2.2");
        press("Use this rule and go on");

        assertThat(laurel().getByText("Saved as a draft. Now look at its name, text and image."))
                .isVisible();
        assertThat(laurel().getByText("Change the rule")).isVisible();
        page.close();
    }

    @Test
    void aBadgeOfTheInstitutionIsFoundAndASectionChosenByKeyboardAlone() {
        page = visitor.newPage();
        page.navigate(newcomer.lms()
                .launchPage(course(), course().link(), course().teacher())
                .toString());
        assertThat(Screen.heading(page)).isVisible();
        TenantId tenant = newcomer.bean(Platforms.class).tenants().get(0).id();
        long context = newcomer.bean(Contexts.class).ofTenant(tenant).stream()
                .filter(each -> each.title().equals(course().title()))
                .findFirst()
                .orElseThrow()
                .id();
        newcomer.bean(CourseSections.class).tell(tenant, context, Map.of("21", "Evening", "22", "Morning"));
        Achievements achievements = newcomer.bean(Achievements.class);
        AchievementVersion badge = achievements.create(
                tenant,
                newcomer.bean(Issuers.class)
                        .createForInstitution(tenant, "Northfield College", 1)
                        .id(),
                new AchievementDraft("First aid", "Helps.", "A course", "#0f5f5a", null),
                1);
        achievements.activate(tenant, badge.achievementId(), badge.version(), 1);

        press("New badge");
        press("Put a rule together");
        choose("Kind of the next part", "Another b");
        press("Add the first part");
        type("Find another badge", "aid");
        press("Find Another badge");
        choose("The badge", "First");
        choose("Kind of the next part", "Only some s");
        press("Add another part");
        tabTo("Evening (21): nobody yet");
        page.keyboard().press("Space");

        assertThat(laurel().locator("#live"))
                .containsText("Hold the badge “First aid” and be in section or group “Evening” (21)");
        Screen.checkFrame(page, "builder-sections");
        page.close();
    }

    private FrameLocator laurel() {
        return page.frameLocator("iframe[name=tool]");
    }

    /** Picks in a select by its first letters. */
    private void choose(String label, String letters) {
        tabTo(label);
        page.keyboard().type(letters);
    }

    private void type(String label, String text) {
        tabTo(label);
        page.keyboard().type(text);
    }

    private void press(String name) {
        tabTo(name);
        Frame frame = page.frame("tool");
        frame.waitForNavigation(() -> page.keyboard().press("Enter"));
        frame.waitForLoadState();
    }

    /** With Tab from wherever the focus is, past the end of the page once if need be. */
    private void tabTo(String name) {
        Frame frame = page.frame("tool");
        StringBuilder way = new StringBuilder();
        for (int stop = 0; stop < MOST_STOPS; stop++) {
            String focused = (String) frame.evaluate(FOCUSED);
            if (focused.equals(name) || (stop > 0 && focused.startsWith(name + " "))) {
                return;
            }
            page.keyboard().press("Tab");
            way.append(" → ").append(focused);
        }
        throw new AssertionError("“" + name + "” is not reached by Tab:" + way);
    }

    private static Course course() {
        return newcomer.lms().course();
    }
}
