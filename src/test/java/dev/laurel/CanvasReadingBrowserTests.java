package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import lms.CanvasKeys;
import lms.Course;
import lms.Tool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The administrator of a Canvas enters a key, and a teacher goes to Canvas and allows her course to be read. */
@Tag("browser")
class CanvasReadingBrowserTests {

    private static final String CANVAS_ASKS = "**/login/oauth2/auth**";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    @Test
    void theAdministratorGivesAKeyAndATeacherLetsHerCourseBeRead() {
        CanvasKeys.Key key = newcomer.lms().canvas().all().iterator().next();
        try (BrowserContext staff = chromium.visitor();
                BrowserContext office = chromium.visitor()) {
            Page teacher = staff.newPage();
            launch(teacher);
            teacher.navigate(newcomer.laurelUrl() + "/course/canvas");
            assertThat(teacher.getByText("Its administrator can add it")).isVisible();
            Screen.check(teacher, "canvas-course-no-key");

            Page admin = office.newPage();
            FrameLocator laurel = enterAKey(admin, key);
            Screen.checkFrame(admin, "canvas-key-kept");

            allow(teacher);
            teacher.navigate(newcomer.laurelUrl() + "/course/canvas");
            assertThat(teacher.getByText("Laurel may read this course in Canvas."))
                    .isVisible();
            Screen.check(teacher, "canvas-course-read");

            laurel.getByRole(AriaRole.LINK)
                    .filter(new Locator.FilterOptions().setHasText("Back to the institution"))
                    .click();
            open(laurel);
            assertThat(laurel.getByText("Courses whose teachers allowed it")).isVisible();
            Screen.checkFrame(admin, "canvas-key-used");

            button(teacher, "Take the permission back").click();
            assertThat(teacher.getByText("Nobody has let Laurel read this course"))
                    .isVisible();
            Screen.check(teacher, "canvas-course-taken-back");
        }
    }

    /** First wrongly, then as it is. */
    private static FrameLocator enterAKey(Page admin, CanvasKeys.Key key) {
        admin.navigate(newcomer.lms().issuer() + "/institution/" + Tool.LAUREL_CANVAS_CLIENT_ID);
        FrameLocator laurel = admin.frameLocator("iframe[name=tool]");
        open(laurel);
        Screen.checkFrame(admin, "canvas-key");

        laurel.getByLabel("Address of your Canvas").fill("https://canvas.elsewhere.example");
        button(laurel, "Keep the key").click();
        assertThat(laurel.getByText("No course of yours is at this address").first())
                .isVisible();
        Screen.checkFrame(admin, "canvas-key-refused");

        laurel.getByLabel("Address of your Canvas").fill(newcomer.lms().issuer());
        laurel.getByLabel("ID of the key").fill(key.id());
        laurel.getByLabel("Secret of the key").fill(key.secret());
        for (String part : List.of("Grades of all assignments and quizzes", "Totals of the course", "Modules")) {
            laurel.getByRole(
                            AriaRole.CHECKBOX,
                            new FrameLocator.GetByRoleOptions().setName(part).setExact(true))
                    .check();
        }
        button(laurel, "Keep the key").click();
        assertThat(laurel.getByText("The key is kept.")).isVisible();
        assertThat(laurel.getByLabel("Secret of the key")).hasValue("");
        return laurel;
    }

    private static void open(FrameLocator laurel) {
        laurel.getByRole(AriaRole.LINK)
                .filter(new Locator.FilterOptions().setHasText("Read more from Canvas"))
                .first()
                .click();
        assertThat(laurel.locator("h1")).containsText("Read more from Canvas");
    }

    private static void allow(Page teacher) {
        teacher.reload();
        Screen.check(teacher, "canvas-course-with-key");
        // Where a browser does not go on by itself there is a page with a button.
        teacher.route(CANVAS_ASKS, route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
        button(teacher, "Go to Canvas and allow it").click();
        assertThat(teacher.locator("h1")).hasText("On to Canvas");
        Screen.check(teacher, "canvas-leave");
        teacher.unroute(CANVAS_ASKS);
        teacher.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Go on to Canvas"))
                .click();

        teacher.getByLabel("You are")
                .selectOption(newcomer.lms().numberOf(course().teacher().id()));
        button(teacher, "Authorize").click();
        assertThat(teacher.locator("h1")).hasText("Laurel may read in Canvas now");
        Screen.check(teacher, "canvas-returned");
    }

    private static void launch(Page page) {
        page.navigate(newcomer.lms()
                .launch(course(), course().link(), course().teacher())
                .asUri()
                .toString());
        assertThat(page.getByRole(
                        AriaRole.HEADING, new Page.GetByRoleOptions().setName("Badges in " + course().title())))
                .isVisible();
    }

    private static Course course() {
        return newcomer.lms().courses().get(1);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(FrameLocator laurel, String name) {
        return laurel.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName(name));
    }
}
