package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import lms.LtiNames;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see where Laurel lets nobody in, or has nothing for them. */
@Tag("browser")
class RefusalPagesBrowserTests {

    private static final String INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private BrowserContext visitor;

    @BeforeEach
    void open() {
        visitor = chromium.visitor();
    }

    @AfterEach
    void close() {
        visitor.close();
        newcomer.lms().tamperWithLaunches(token -> token);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "refused-by-the-platform, /lti/launch?error=login_required&state=x",
        "refused-later, /lti/launch?error=temporarily_unavailable&state=x",
        "refused-by-hand, /lti/launch",
        "refused-login, /lti/login?iss=https://nobody.example&login_hint=x&target_link_uri=x",
        "refused-course, /course",
        "refused-operator, /operator",
        "refused-unknown, /nowhere"
    })
    void whoIsNotLetInReadsWhatToDo(String name, String address) {
        Page page = visitor.newPage();
        page.navigate(newcomer.laurelUrl() + address);

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .isVisible();
        assertThat(page.locator(".reference")).isVisible();
        Screen.check(page, name);
    }

    @Test
    void aLaunchThatDoesNotHoldIsRefusedInTheFrame() {
        newcomer.lms().tamperWithLaunches(token -> token.without(LtiNames.DEPLOYMENT_ID));
        Page page = visitor.newPage();
        page.navigate(newcomer.lms()
                .launchPage(
                        newcomer.lms().course(),
                        newcomer.lms().course().link(),
                        newcomer.lms().course().teacher())
                .toString());

        assertThat(page.frameLocator("iframe[name=tool]").locator(".reference")).isVisible();
        Screen.checkFrame(page, "refused-launch");
    }

    @Test
    void aTeacherOutsideEveryCourseIsSentIntoOne() {
        newcomer.lms().tamperWithLaunches(token -> token.claim(LtiNames.ROLES, List.of(INSTRUCTOR)));
        Page page = visitor.newPage();
        page.navigate(newcomer.lms().issuer() + "/institution/" + Tool.LAUREL_CLIENT_ID);

        assertThat(Screen.heading(page)).hasText("Please open Laurel inside a course");
        Screen.checkFrame(page, "outside-a-course");
    }

    @Test
    void whoOpenedAnotherCourseSinceReadsThatNothingWasSaved() {
        Page first = course(0);
        Page second = course(1);
        first.bringToFront();

        first.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check now"))
                .click();

        assertThat(first.locator("h1")).hasText("Laurel was opened again since");
        Screen.check(first, "opened-again");
        first.getByText("Go on").click();
        assertThat(first.locator("h1")).hasText(second.locator("h1").textContent());
    }

    private Page course(int number) {
        var course = newcomer.lms().courses().get(number);
        Page page = visitor.newPage();
        page.navigate(newcomer.lms()
                .launch(course, course.link(), course.teacher())
                .asUri()
                .toString());
        assertThat(page.locator("h1")).hasText("Badges in " + course.title());
        return page;
    }
}
