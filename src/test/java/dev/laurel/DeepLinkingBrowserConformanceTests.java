package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.laurel.achievement.Achievements;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import java.util.Objects;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import lms.ResourceLink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An instructor makes and picks a badge inside the dialog of the LMS, and a student opens the link: in Chromium with
 * third-party cookies blocked, where Laurel and the LMS are two sites.
 */
@Tag("browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeepLinkingBrowserConformanceTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private static BrowserContext visitor;

    @BeforeAll
    static void start() {
        visitor = chromium.visitor(Chromium.CookiesInFrames.PARTITIONED);
    }

    @Test
    @Order(1)
    @DisplayName("DL15 in a frame: an instructor makes a badge in the dialog, comes back and picks it")
    void picksABadgeInTheDialog() {
        Page page = visitor.newPage();
        page.navigate(dialog());
        FrameLocator laurel = page.frameLocator("iframe[name=tool]");
        assertThat(heading(laurel, "What do you want to place in Academic writing?"))
                .isVisible();
        Screen.checkFrame(page, "deep-linking-empty");

        laurel.getByText("Make a new badge first").click();
        assertThat(heading(laurel, "What is the badge for?")).isVisible();
        for (int look = 0; look < 50 && laurel.getByText("Essay 1").count() == 0; look++) {
            page.waitForTimeout(300);
            page.frame("tool").navigate(newcomer.laurelUrl() + "/badges/new");
        }
        laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Essay 1"))
                .click();
        button(laurel, "Save as draft").click();
        assertThat(laurel.getByText("Saved as a draft.")).isVisible();
        Screen.checkFrame(page, "deep-linking-badge-made");
        laurel.getByText("Back to choosing for your course").click();

        button(laurel, "Place in the course").click();
        assertThat(laurel.getByRole(AriaRole.ALERT).getByText("Choose at least one link."))
                .isVisible();
        Screen.checkFrame(page, "deep-linking-nothing-chosen");
        laurel.getByLabel("Essay 1").check();
        laurel.getByLabel("A column that you grade").check();
        laurel.getByLabel("Name of the column").fill("Oral presentation");
        Screen.checkFrame(page, "deep-linking");
        button(laurel, "Place in the course").click();

        assertThat(heading(laurel, "Chosen")).isVisible();
        assertThat(laurel.getByText("One link to Laurel was chosen.")).isVisible();
        assertThat(laurel.getByText("with the column “Oral presentation” of 100 points"))
                .isVisible();
        page.close();
        activate();
    }

    /** In the dialog she made a draft. */
    private static void activate() {
        Platforms platforms = newcomer.bean(Platforms.class);
        Registration registration = platforms
                .registration(newcomer.lms().issuer(), course().link().clientId())
                .orElseThrow();
        TenantId tenant = Objects.requireNonNull(platforms
                .deployment(registration, course().link().deploymentId())
                .tenant());
        long contextId = newcomer.bean(Contexts.class).ofTenant(tenant).get(0).id();
        RuleSets ruleSets = newcomer.bean(RuleSets.class);
        RuleSet badge = ruleSets.ofContext(tenant, contextId).get(0);
        newcomer.bean(Achievements.class).activate(tenant, badge.achievementId(), badge.achievementVersion(), 1);
        ruleSets.activate(tenant, badge.id(), 1);
    }

    @Test
    @Order(2)
    @DisplayName("DL8 a student who opens the link is led to that badge")
    void aStudentOpensTheLink() {
        ResourceLink link = course().links().get(course().links().size() - 1);
        Page page = visitor.newPage();
        page.navigate(
                newcomer.lms().launchPage(course(), link, course().student(3)).toString());
        FrameLocator laurel = page.frameLocator("iframe[name=tool]");

        assertThat(heading(laurel, "Essay 1")).isVisible();
        assertThat(laurel.getByText("80 % or more in Essay 1 and this is yours."))
                .isVisible();
        page.close();
    }

    @Test
    @Order(3)
    @DisplayName("DL15b in a window of its own the answer goes back as well")
    void picksInAWindow() {
        Page page = visitor.newPage();
        page.navigate(dialog() + "/start?multiple=false");
        assertThat(page.getByText("Your learning platform takes one at a time."))
                .isVisible();
        Screen.check(page, "deep-linking-window");
        page.getByLabel("The page with all badges of the course").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Place in the course"))
                .click();

        assertThat(page.getByText("Badges in Academic writing")).isVisible();
        assertThat(page.url()).startsWith(newcomer.lms().issuer());
        page.close();
    }

    @Test
    @Order(4)
    void aTeacherOpensTheWorkOfAStudentFromTheGradebook() {
        Page page = visitor.newPage();
        page.navigate(newcomer.lms().issuer() + "/courses/" + course().id() + "/gradebook");
        String student = course().student(3).name();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Work of " + student + " in Essay 1"))
                .first()
                .click();

        FrameLocator laurel = page.frameLocator("iframe[name=tool]");
        assertThat(heading(laurel, "Badges of " + student)).isVisible();
        assertThat(laurel.getByText("Missing: 80 % or more in Essay 1.")).isVisible();
        Screen.checkFrame(page, "learner");
        page.close();
    }

    @Test
    @Order(5)
    void everybodySeesWhatIsStoredAboutThem() {
        Page page = visitor.newPage();
        page.navigate(newcomer.lms().issuer() + "/courses/" + course().id());
        page.getByText("Privacy of " + course().student(3).givenName(), new Page.GetByTextOptions().setExact(true))
                .first()
                .click();

        FrameLocator laurel = page.frameLocator("iframe[name=tool]");
        assertThat(heading(laurel, "What is stored about you")).isVisible();
        assertThat(laurel.getByText(course().student(3).email())).isVisible();
        Screen.checkFrame(page, "privacy");
        page.close();
    }

    @Test
    @Order(6)
    void anObserverReadsWhereTheInstitutionAllowsIt() {
        LmsUser observer = course().enrol("Olga", "Brandt", LmsRole.OBSERVER);
        course().observe(observer, course().student(3), course().student(4));
        Page page = visitor.newPage();
        String launch =
                newcomer.lms().launchPage(course(), course().link(), observer).toString();
        page.navigate(launch);
        FrameLocator laurel = page.frameLocator("iframe[name=tool]");
        assertThat(heading(laurel, "There is nothing here for your role")).isVisible();

        page.navigate(
                newcomer.lms().issuer() + "/institution/" + course().link().clientId());
        String allow = "Let observers see the badge progress of the students they observe";
        link(laurel, allow).click();
        Page window = visitor.waitForPage(() -> button(laurel, allow).click());
        button(window, allow).click();
        assertThat(window.getByText("You can close this window")).isVisible();
        window.close();
        assertThat(laurel.getByText("Observers see the badge progress of the students they observe."))
                .isVisible();
        Screen.checkFrame(page, "institution-observers");

        page.navigate(launch);
        assertThat(heading(laurel, "Badges in Academic writing")).isVisible();
        assertThat(heading(laurel, course().student(3).name())).isVisible();
        Screen.checkFrame(page, "observed");
        page.close();
    }

    private static Course course() {
        return newcomer.lms().course();
    }

    private static String dialog() {
        return newcomer.lms()
                .choosePage(
                        course(),
                        newcomer.lms().tools().stream()
                                .filter(tool -> course().link().clientId().equals(tool.clientId()))
                                .findFirst()
                                .orElseThrow())
                .toString();
    }

    private static com.microsoft.playwright.Locator heading(FrameLocator laurel, String name) {
        return laurel.getByRole(
                AriaRole.HEADING,
                new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static com.microsoft.playwright.Locator link(FrameLocator laurel, String name) {
        return laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName(name));
    }

    private static com.microsoft.playwright.Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static com.microsoft.playwright.Locator button(FrameLocator laurel, String name) {
        return laurel.getByRole(
                AriaRole.BUTTON,
                new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
    }
}
