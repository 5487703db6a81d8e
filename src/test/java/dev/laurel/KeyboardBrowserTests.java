package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.laurel.launch.operator.OperatorLinks;
import java.time.Duration;
import lms.Course;
import lms.LmsUser;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The first day of each role in Chromium with nothing but the keyboard: Tab, Space and Enter. Whatever has the focus shows
 * it, on every stop of the way.
 */
@Tag("browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyboardBrowserTests {

    private static final int MOST_STOPS = 90;

    /** What a screen reader would call the element that has the focus; empty where the page has none. */
    private static final String FOCUSED = """
            () => {
              const e = document.activeElement;
              if (!document.hasFocus() || !e || e === document.body || e.tagName === 'IFRAME') return '';
              const words = e.getAttribute('aria-label') || (e.labels && e.labels.length ? e.labels[0].textContent : '')
                  || e.textContent || e.value || '';
              return words.replace(/\\s+/g, ' ').trim();
            }""";

    private static final String SHOWS_FOCUS = """
            () => {
              const style = getComputedStyle(document.activeElement);
              return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            }""";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private BrowserContext visitor;

    private Page page;

    @BeforeEach
    void open() {
        visitor = chromium.visitor();
        page = visitor.newPage();
    }

    @AfterEach
    void close() {
        visitor.close();
    }

    @Test
    @Order(1)
    void theOperatorGoesFromTheChecklistToTheSelfTest() {
        page.navigate(newcomer.bean(OperatorLinks.class).create());
        assertThat(page.locator("h1")).hasText("This installation");
        Screen.check(page, "operator-first-day");
        Frame main = page.mainFrame();

        goTo(main, "Self-test of Northfield College LMS");
        Screen.check(page, "operator-self-test-never");
        press(main, "Run the self-test");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            boolean underWay = page.getByText("You need not wait").count() > 0;
            if (underWay) {
                goTo(main, "Look again");
            }
            return !underWay;
        });

        assertThat(page.getByText("Run it again")).isVisible();
        assertThat(page.getByText("What works here")).isVisible();
        Screen.check(page, "operator-self-test");
        goTo(main, "Back to the platforms");
        Screen.check(page, "operator-platforms");
        goTo(main, "Deployments");
        Screen.check(page, "operator-deployments");
        goTo(main, "Jobs set aside");
        Screen.check(page, "operator-jobs");
        goTo(main, "Overview");
        Screen.check(page, "operator-after-the-self-test");
    }

    @Test
    @Order(2)
    void theInstructorMakesABadge() {
        Frame laurel = launch(course().teacher());
        reloadUntil(course().teacher(), "Make a badge");
        laurel = page.frame("tool");

        goTo(laurel, "New badge");
        goTo(laurel, "Essay 1");
        press(laurel, "Activate, nobody earns it yet");
        tabTo(laurel, "Activate");
        Page window = visitor.waitForPage(() -> page.keyboard().press("Enter"));
        assertThat(window.getByText("Laurel asks in a window of its own")).isVisible();
        page = window;
        // It is not there at once, so that nobody is made to press it unseen.
        assertThat(window.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Activate")))
                .isVisible();
        press(window.mainFrame(), "Activate");

        assertThat(window.getByText("The badge is active.")).isVisible();
    }

    @Test
    @Order(3)
    void theStudentKeepsIt() {
        lms.Column essay = course().columnCalled("Essay 1");
        LmsUser student = course().student(0);
        course().typeGrade(student, essay, "92");
        launch(student);
        reloadUntil(student, "Keep it");
        Frame laurel = page.frame("tool");

        goTo(laurel, "Keep it");
        press(laurel, "Keep it");

        assertThat(frameText("It is yours. Only you can see it.")).isVisible();
    }

    @Test
    @Order(4)
    void theInstitutionsAdministratorSeesWhatWorks() {
        page.navigate(newcomer.lms().issuer() + "/institution/" + Tool.LAUREL_CLIENT_ID);
        assertThat(Screen.heading(page)).hasText("Northfield College");
        Screen.checkFrame(page, "institution-first-day");
        Frame laurel = page.frame("tool");

        goTo(laurel, "See what works · Northfield College LMS");
        Screen.checkFrame(page, "institution-self-test-never");
        tabTo(
                laurel,
                "Also make a column named “Laurel self-test” in the course that was opened last, and delete it at once");
        page.keyboard().press("Space");
        press(laurel, "Run the self-test");
        assertThat(frameText("Run it again"))
                .isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                        .setTimeout(60_000));

        assertThat(frameText("A column was made in the course that was opened last, and deleted again."))
                .isVisible();
        assertThat(frameText("Your browser blocks cookies of other sites, and Laurel’s own came back all the same"))
                .isVisible();
        Screen.checkFrame(page, "institution-self-test");
        goTo(laurel, "Back to the institution");
        goTo(laurel, "Follow one grade");
        Screen.checkFrame(page, "institution-road");
    }

    // ----

    private static Course course() {
        return newcomer.lms().course();
    }

    private com.microsoft.playwright.Locator frameText(String text) {
        return page.frameLocator("iframe[name=tool]").getByText(text);
    }

    private Frame launch(LmsUser user) {
        page.navigate("%s/courses/%s/links/%s?user=%s"
                .formatted(
                        newcomer.lms().issuer(), course().id(), course().link().id(), user.id()));
        assertThat(Screen.heading(page)).isVisible();
        return page.frame("tool");
    }

    /** Until a link of this name is there: what Laurel reads in the background takes a moment. */
    private void reloadUntil(LmsUser user, String name) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            boolean there = page.frameLocator("iframe[name=tool]")
                            .getByRole(
                                    AriaRole.LINK,
                                    new com.microsoft.playwright.FrameLocator.GetByRoleOptions().setName(name))
                            .count()
                    > 0;
            if (!there) {
                launch(user);
            }
            return there;
        });
    }

    /** Tabs to a link and follows it. */
    private void goTo(Frame frame, String link) {
        press(frame, link);
    }

    private void press(Frame frame, String name) {
        tabTo(frame, name);
        frame.waitForNavigation(() -> page.keyboard().press("Enter"));
        frame.waitForLoadState();
    }

    private void tabTo(Frame frame, String name) {
        StringBuilder way = new StringBuilder();
        for (int stop = 0; stop < MOST_STOPS; stop++) {
            page.keyboard().press("Tab");
            String focused = (String) frame.evaluate(FOCUSED);
            way.append(" → ").append(focused);
            if (!focused.isEmpty()) {
                assertThat((Boolean) frame.evaluate(SHOWS_FOCUS))
                        .as("“%s” shows that it has the focus", focused)
                        .isTrue();
            }
            if (focused.equals(name) || focused.startsWith(name + " ")) {
                return;
            }
        }
        throw new AssertionError("“" + name + "” is not reached by Tab:" + way);
    }
}
