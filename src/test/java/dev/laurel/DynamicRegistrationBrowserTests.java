package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.laurel.launch.operator.OperatorLinks;
import java.nio.file.Path;
import java.util.List;
import lms.Course;
import lms.RegisteredTool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator makes a link, and an administrator installs Laurel with it by clicking, as in Moodle and as in Canvas. */
@Tag("browser")
class DynamicRegistrationBrowserTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    @Test
    void moodleIsTwoActions() {
        String link = makeLink();
        Page page = chromium.page();
        page.navigate(newcomer.lms().issuer() + "/tools");

        // One: paste the link and add it.
        page.getByLabel("Tool URL").fill(link);
        button(page, "Add LTI Advantage").click();
        assertThat(heading(page, "Laurel is registered")).isVisible();
        assertThat(frame(page).getByText("Press “Activate”")).isVisible();
        inFrame(page, "Stay on this page").click();
        Screen.checkFrame(page, "registered-in-moodle");
        shoot(page, "install-moodle-1");
        inFrame(page, "Go on now").click();
        assertThat(page.getByText("Pending")).isVisible();
        shoot(page, "install-moodle-2");

        // Two: activate it.
        button(page, "Activate").click();
        assertThat(page.getByText("Active.").last()).isVisible();
        launches(page);
        page.close();
    }

    @Test
    void canvasIsThreeActions() {
        String link = makeLink();
        Page page = chromium.page();
        page.navigate(newcomer.lms().issuer() + "/tools");

        // One: paste the link and continue. The frame closes by itself.
        page.getByLabel("Dynamic Registration URL").fill(link);
        button(page, "Continue").click();
        assertThat(heading(page, "Laurel is registered")).isVisible();
        assertThat(page.getByRole(
                        AriaRole.HEADING, new Page.GetByRoleOptions().setName("Laurel wants to be installed")))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        assertThat(page.getByText("student_context_card")).isVisible();
        shoot(page, "install-canvas-2");

        // Two: confirm. Three: install.
        button(page, "Confirm and enable").click();
        button(page, "Install").click();
        assertThat(page.getByText("Active.").last()).isVisible();
        launches(page);
        page.close();
    }

    /** For docs/install.md. */
    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setClip(0, 0, 1000, 660)
                .setPath(Path.of("target/screenshots", name + ".png")));
    }

    private static String makeLink() {
        Page page = chromium.page();
        page.navigate(newcomer.bean(OperatorLinks.class).create());
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Registration links"))
                .click();
        page.getByLabel("Institution", new Page.GetByLabelOptions().setExact(true))
                .selectOption("Northfield College");
        button(page, "Make a link").click();
        String link =
                page.getByLabel("For the administrator of the LMS").first().inputValue();
        Screen.check(page, "registration-links");
        for (String name : List.of("tool-configuration", "keys", "registrations", "deployments")) {
            page.navigate(newcomer.laurelUrl() + "/operator/" + name);
            Screen.check(page, "operator-" + name);
        }
        page.navigate(link);
        Screen.check(page, "registration-waiting");
        page.close();
        return link;
    }

    /** The newest tool opens in the course that the LMS made for it. */
    private static void launches(Page page) {
        List<RegisteredTool> tools = newcomer.lms().registrations().all();
        String client = tools.get(tools.size() - 1).tool().clientId();
        Course course = newcomer.lms().courses().stream()
                .filter(each -> each.link().clientId().equals(client))
                .findFirst()
                .orElseThrow();
        page.navigate(newcomer.lms()
                .launchPage(course, course.link(), course.teacher())
                .toString());
        assertThat(heading(page, "Badges in " + course.title())).isVisible();
    }

    private static Locator heading(Page page, String name) {
        return frame(page)
                .getByRole(
                        AriaRole.HEADING,
                        new FrameLocator.GetByRoleOptions().setName(name).setLevel(1));
    }

    private static Locator inFrame(Page page, String button) {
        return frame(page).getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName(button));
    }

    private static FrameLocator frame(Page page) {
        return page.frameLocator("iframe[name=tool]");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
