package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import lms.Course;
import lms.Tool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A newcomer who plays the administrator copies the token that the reference LMS shows, and gives it to Laurel. */
@Tag("browser")
class MoodleKeyBrowserTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    @Test
    void theAdministratorGivesAKeyAndTakesItAway() {
        try (BrowserContext visitor = chromium.visitor()) {
            Page page = visitor.newPage();
            page.navigate(newcomer.lms().issuer() + "/");
            String token = page.locator("code").first().textContent();
            page.navigate(newcomer.lms().issuer() + "/institution/" + Tool.LAUREL_MOODLE_CLIENT_ID);
            FrameLocator laurel = page.frameLocator("iframe[name=tool]");
            laurel.getByRole(AriaRole.LINK)
                    .filter(new Locator.FilterOptions().setHasText("Read more from it"))
                    .click();
            assertThat(laurel.locator("h1")).hasText("Read more from Northfield College Moodle");
            Screen.checkFrame(page, "moodle-key");

            laurel.getByLabel("Token of the service account").fill("0123456789abcdef");
            button(laurel, "Check this key and read with it").click();
            assertThat(laurel.getByText("Moodle does not accept this token")).isVisible();
            Screen.checkFrame(page, "moodle-key-refused");

            laurel.getByLabel("Token of the service account").fill(token);
            button(laurel, "Check this key and read with it").click();
            assertThat(laurel.getByText("The key works.")).isVisible();
            assertThat(laurel.getByLabel("Token of the service account")).hasValue("");
            Screen.checkFrame(page, "moodle-key-works");

            statesLetters();

            button(laurel, "Remove the key").click();
            assertThat(laurel.getByText("The key is deleted.")).isVisible();
            assertThat(button(laurel, "Remove the key")).hasCount(0);
        }
    }

    /** With the key Laurel reads the total of the course; which letters it has only its instructor knows. */
    private static void statesLetters() {
        Course moodle = newcomer.lms().courses().stream()
                .filter(course -> course.link().clientId().equals(Tool.LAUREL_MOODLE_CLIENT_ID))
                .findFirst()
                .orElseThrow();
        Page page = chromium.page();
        page.navigate(newcomer.lms()
                .launch(moodle, moodle.link(), moodle.teacher())
                .asUri()
                .toString());
        page.navigate(URI.create(page.url()).resolve("/course/sources").toString());
        page.getByText("Say which percentages are which letters in this course").focus();
        page.keyboard().press("Enter");
        Locator letters = page.getByLabel("Percentages and their letters");
        assertThat(letters).isVisible();
        Screen.check(page, "course-letters");

        letters.fill("A 93");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Line 1 is not a percentage from 0 to 100")).isVisible();
        Screen.check(page, "course-letters-refused");

        letters.fill("93 A\n0 F");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Badges of this course can ask for these letters."))
                .isVisible();
        Screen.check(page, "course-sources");
    }

    private static Locator button(FrameLocator laurel, String name) {
        return laurel.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName(name));
    }
}
