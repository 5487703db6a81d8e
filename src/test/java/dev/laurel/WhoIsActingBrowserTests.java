package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.Platforms;
import java.time.Duration;
import java.util.Map;
import lms.LmsRole;
import lms.LmsUser;
import lms.LtiNames;
import lms.ResourceLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people see who are not, or not alone, who they seem to be. */
@Tag("browser")
class WhoIsActingBrowserTests {

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
        newcomer.lms().tamperWithLaunches(token -> token);
        visitor.close();
    }

    @Test
    void aPlaceThatNobodyApprovedIsApprovedInOneClick() {
        ResourceLink elsewhere = newcomer.lms()
                .course()
                .addLink(newcomer.lms().tools().get(0), "course shell 7", "Badges of another place");
        Page page = launch(elsewhere, teacher());
        assertThat(laurel(page).getByLabel("What to tell your admin")).isVisible();
        Screen.checkFrame(page, "pending");

        Page operator = visitor.newPage();
        operator.navigate(newcomer.operatorLink());
        operator.navigate(newcomer.laurelUrl() + "/operator/deployments");
        Screen.check(operator, "operator-deployments-pending");
        operator.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Let it launch Laurel"))
                .first()
                .click();
        assertThat(operator.getByText("course shell 7 may launch Laurel for Northfield College"))
                .isVisible();

        assertThat(heading(laurel(launch(teacher())), "Badges in Academic writing"))
                .isVisible();
    }

    @Test
    void whoActsAsSomebodyElseReadsThatSheOnlyLooks() {
        newcomer.lms()
                .tamperWithLaunches(token -> token.claim(LtiNames.CUSTOM, Map.of("canvas_masquerading_user_id", "17")));
        Page page = launch(teacher());
        assertThat(laurel(page).getByText("You are acting as somebody else")).isVisible();
        Screen.checkFrame(page, "masquerading");

        button(laurel(page), "Check now").click();
        assertThat(heading(laurel(page), "You can look, but not change anything"))
                .isVisible();
        Screen.checkFrame(page, "masquerading-refused");
    }

    @Test
    void aTestStudentReadsThatHerBadgesAreSamples() {
        LmsUser tester = newcomer.lms().course().enrol("Test", "Student", LmsRole.TEST_STUDENT);
        Page page = launch(tester);
        assertThat(heading(laurel(page), "Your badges")).isVisible();
        assertThat(laurel(page).getByText("You see this as a test student")).isVisible();
        Screen.checkFrame(page, "shelf-test-student");
    }

    @Test
    void aClickThatAnotherPageLiesOverActivatesNothing() {
        Page page = launch(teacher());
        CourseContext course = course();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !newcomer.bean(Gradebook.class)
                        .lineItems(course.tenant(), course.id())
                        .isEmpty());
        FrameLocator laurel = laurel(page);
        laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("New badge"))
                .click();
        // The page before has links of that name, too.
        assertThat(heading(laurel, "What is the badge for?")).isVisible();
        laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Essay 1"))
                .click();
        button(laurel, "Activate, nobody earns it yet").click();
        Locator button = button(laurel, "Activate");
        button.scrollIntoViewIfNeeded();
        Screen.checkFrame(page, "activation-framed");
        button.scrollIntoViewIfNeeded();
        BoundingBox place = button.boundingBox();
        page.evaluate("() => { const bait = document.createElement('div');"
                + " bait.textContent = 'Win a prize'; bait.style.cssText ="
                + " 'position:fixed;inset:0;z-index:9999;background:#fff;pointer-events:none';"
                + " document.body.append(bait); }");

        Page window =
                visitor.waitForPage(() -> page.mouse().dblclick(place.x + place.width / 2, place.y + place.height / 2));

        assertThat(window.getByText("Laurel asks in a window of its own")).isVisible();
        assertThat(window.url()).isEqualTo(newcomer.laurelUrl() + "/acts/confirmation");
        assertThat(status(course)).isEqualTo(RuleSet.Status.DRAFT);
        window.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Activate"))
                .click();
        assertThat(window.getByText("The badge is active.")).isVisible();
        assertThat(status(course)).isEqualTo(RuleSet.Status.ACTIVE);
        assertThat(button(laurel, "Pause")).isVisible();
    }

    private static RuleSet.Status status(CourseContext course) {
        return newcomer.bean(RuleSets.class)
                .ofContext(course.tenant(), course.id())
                .get(0)
                .status();
    }

    private static CourseContext course() {
        return newcomer.bean(Platforms.class).tenants().stream()
                .flatMap(tenant -> newcomer.bean(Contexts.class).ofTenant(tenant.id()).stream())
                .filter(course -> course.title().equals("Academic writing"))
                .findFirst()
                .orElseThrow();
    }

    private static LmsUser teacher() {
        return newcomer.lms().course().teacher();
    }

    private Page launch(LmsUser user) {
        return launch(newcomer.lms().course().link(), user);
    }

    private Page launch(ResourceLink link, LmsUser user) {
        Page page = visitor.newPage();
        page.navigate(
                newcomer.lms().launchPage(newcomer.lms().course(), link, user).toString());
        assertThat(Screen.heading(page)).isVisible();
        return page;
    }

    private static FrameLocator laurel(Page page) {
        return page.frameLocator("iframe[name=tool]");
    }

    private static Locator heading(FrameLocator laurel, String name) {
        return laurel.getByRole(
                AriaRole.HEADING,
                new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(FrameLocator laurel, String name) {
        return laurel.getByRole(
                AriaRole.BUTTON,
                new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
    }
}
