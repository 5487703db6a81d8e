package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import lms.Course;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The time zone of a course, chosen by an instructor who has no mouse. */
@Tag("browser")
class CourseZoneBrowserTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    @Test
    void itIsSeenOnThePageOfTheCourseAndChosenWithTheKeyboard() {
        Course canvas = newcomer.lms().courses().get(1);
        Page page = chromium.page();
        page.navigate(newcomer.lms()
                .launch(canvas, canvas.link(), canvas.teacher())
                .asUri()
                .toString());
        Locator say =
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Say in which time zone it is"));
        assertThat(say).isVisible();
        say.focus();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Time zone of the course")))
                .isVisible();
        Screen.check(page, "course-zone");

        Locator zone = page.getByLabel("Time zone");
        zone.focus();
        page.keyboard().type("Brisbane");
        assertThat(zone).hasValue("Australia/Brisbane");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        assertThat(page.getByText("The days of this course are now those of Australia/Brisbane"))
                .isVisible();
        Screen.check(page, "course-zone-chosen");
    }
}
