package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import lms.Course;
import lms.LmsUser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The newcomer's walk in Chromium with third-party cookies blocked: Laurel and the LMS are two sites. The chapters build on
 * each other, as they do for people.
 */
@Tag("browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NewcomersWalkBrowserTests {

    private static final Duration GRADE_TO_BADGE = Duration.ofSeconds(10);

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private static BrowserContext lmsVisitor;

    private static String sharedUrl;

    @BeforeAll
    static void start() {
        lmsVisitor = chromium.visitor(Chromium.CookiesInFrames.PARTITIONED);
    }

    @Test
    @Order(1)
    void anInstructorMakesABadgeInFiveClicksAndConfirmsIt() {
        Page page = launch(course().teacher());
        FrameLocator laurel = laurel(page);
        assertThat(heading(laurel, "Badges in Academic writing")).isVisible();
        thirdPartyCookiesAreBlocked(page);
        Locator column = laurel.getByRole(AriaRole.ROWHEADER, new FrameLocator.GetByRoleOptions().setName("Essay 1"));
        reloadUntil(page, course().teacher(), () -> column.count() == 1, Duration.ofSeconds(15));
        assertThat(laurel.getByText("Final quiz")).hasCount(0);
        Screen.checkFrame(page, "course-empty");

        link(laurel, "New badge").click();
        assertThat(heading(laurel, "What is the badge for?")).isVisible();
        Screen.checkFrame(page, "suggestions");
        laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Essay 1"))
                .click();
        assertThat(heading(laurel, "New badge")).isVisible();
        assertThat(laurel.getByLabel("At least, in Essay 1").last()).hasValue("80");
        Screen.checkFrame(page, "badge-new");
        button(laurel, "Activate, nobody earns it yet").click();
        assertThat(heading(laurel, "Activate “Essay 1”")).isVisible();
        Screen.checkFrame(page, "activation");
        Page window = lmsVisitor.waitForPage(() -> button(laurel, "Activate").click());
        assertThat(window.getByText("Laurel asks in a window of its own")).isVisible();
        Screen.check(window, "activation-window");
        button(window, "Activate").click();
        assertThat(window.getByText("The badge is active.")).isVisible();
        Screen.check(window, "activation-done");
        window.close();

        assertThat(heading(laurel, "Essay 1")).isVisible();
        Screen.checkFrame(page, "badge-active");
        page.close();
    }

    @Test
    @Order(2)
    void oneGradeEarnsItAndTheNextIsOnePointShort() {
        Page gradebook = lmsVisitor.newPage();
        gradebook.navigate(newcomer.lms().issuer() + "/courses/" + course().id() + "/gradebook");
        type(gradebook, shortByOne(), "79");
        type(gradebook, earner(), "85");
        Instant typed = Instant.now();
        gradebook.close();

        Page page = launch(earner());
        Locator arrived = heading(laurel(page), "You earned “Essay 1”");
        reloadUntil(page, earner(), () -> arrived.count() == 1, GRADE_TO_BADGE.multipliedBy(3));
        Duration took = Duration.between(typed, Instant.now());
        assertThat(took).as("from typing the grade to seeing the badge").isLessThan(GRADE_TO_BADGE);
        Screen.checkFrame(page, "shelf-arrived");
        page.close();

        Page other = launch(shortByOne());
        assertThat(laurel(other).getByText("1 more point in Essay 1 and this is yours."))
                .isVisible();
        Screen.checkFrame(other, "shelf-on-the-way");
        laurel(other).getByText("How this is worked out").click();
        assertThat(laurel(other).getByText("79 of 100 (79 %)")).isVisible();
        Screen.checkFrame(other, "why-not-yet");
        other.close();
    }

    @Test
    @Order(3)
    void theStudentKeepsItSharesItAndTakesItAway(@TempDir Path downloads) throws Exception {
        Page page = launch(earner());
        FrameLocator laurel = laurel(page);
        link(laurel, "Keep it").click();
        assertThat(heading(laurel, "Keep “Essay 1”")).isVisible();
        assertThat(laurel.getByLabel("Only me")).isChecked();
        Screen.checkFrame(page, "claim");
        button(laurel, "Keep it").click();
        assertThat(laurel.getByText("It is yours. Only you can see it.")).isVisible();
        Screen.checkFrame(page, "my-badge");

        Page window = lmsVisitor.waitForPage(
                () -> button(laurel, "Make a page for others").click());
        button(window, "Make a page for others").click();
        assertThat(window.getByText("Its page is there")).isVisible();
        window.close();
        Locator address = laurel.locator("#shared-address");
        assertThat(address).isVisible();
        sharedUrl = address.textContent();
        Screen.checkFrame(page, "my-badge-shared");

        Download download = page.waitForDownload(
                () -> laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("The image"))
                        .click());
        Path image = downloads.resolve("badge.png");
        download.saveAs(image);
        assertThat(new String(Files.readAllBytes(image), StandardCharsets.ISO_8859_1))
                .startsWith("\u0089PNG")
                .contains("openbadgecredential");
        page.close();
    }

    @Test
    @Order(4)
    void aStrangerSeesThatItVerifies() throws Exception {
        try (BrowserContext context = chromium.visitor()) {
            Page page = context.newPage();
            page.navigate(sharedUrl);
            assertThat(page.getByRole(
                            AriaRole.HEADING,
                            new Page.GetByRoleOptions().setName("Essay 1").setLevel(1)))
                    .isVisible();
            assertThat(page.getByText("Verified").first()).isVisible();
            Screen.check(page, "shared");
        }
        assertThat(status(sharedUrl, "application/json")).isEqualTo(200);
    }

    @Test
    @Order(5)
    void afterSheWithdrawsNothingIsThere() throws Exception {
        Page page = launch(earner());
        FrameLocator laurel = laurel(page);
        link(laurel, "Essay 1").first().click();
        button(laurel, "Stop sharing").click();
        assertThat(laurel.getByText("Nobody but you can see it now.")).isVisible();
        assertThat(status(sharedUrl, "text/html")).isEqualTo(404);
        assertThat(status(sharedUrl, "application/json")).isEqualTo(404);
        assertThat(status(sharedUrl + "/image.png", "image/png")).isEqualTo(404);
        try (BrowserContext context = chromium.visitor()) {
            Page gone = context.newPage();
            gone.navigate(sharedUrl);
            Screen.check(gone, "shared-withdrawn");
        }
        page.close();
    }

    @Test
    @Order(6)
    void theInstructorSeesWhoAndWhy() {
        Page page = launch(course().teacher());
        FrameLocator laurel = laurel(page);
        assertThat(laurel.getByText("nearly there")).isVisible();
        Screen.checkFrame(page, "course");
        link(laurel, "Essay 1").first().click();
        assertThat(laurel.getByText("1 more point in Essay 1")).isVisible();
        Screen.checkFrame(page, "badge");
        link(laurel, "Why? " + earner().name()).click();
        assertThat(laurel.getByText("85 of 100 (85 %)")).isVisible();
        Screen.checkFrame(page, "why");
        link(laurel, "Back to “Essay 1”").click();
        link(laurel, "Change").click();
        assertThat(heading(laurel, "Change “Essay 1”")).isVisible();
        laurel.getByLabel("Name", new FrameLocator.GetByLabelOptions().setExact(true))
                .fill("");
        laurel.getByLabel("At least, in Essay 1").last().fill("101");
        button(laurel, "Save as version 2").click();
        assertThat(laurel.getByRole(AriaRole.ALERT)).containsText("Give the badge a name.");
        assertThat(laurel.getByLabel("At least, in Essay 1").last()).hasValue("101");
        Screen.checkFrame(page, "badge-edit-errors");
        page.close();
    }

    @Test
    @Order(7)
    void theInstructorAddsAColumnAndCombinesTwo() {
        Page page = launch(course().teacher());
        FrameLocator laurel = laurel(page);
        laurel.getByText("Add a column that you grade").click();
        laurel.getByLabel("Name", new FrameLocator.GetByLabelOptions().setExact(true))
                .fill("Oral presentation");
        button(laurel, "Add this column to the gradebook").click();
        assertThat(laurel.getByText("“Oral presentation” is in the gradebook now."))
                .isVisible();
        link(laurel, "New badge").click();
        laurel.getByText("Several together").click();
        laurel.getByRole(AriaRole.CHECKBOX, new FrameLocator.GetByRoleOptions().setName("Essay 1"))
                .check();
        laurel.getByRole(AriaRole.CHECKBOX, new FrameLocator.GetByRoleOptions().setName("Oral presentation"))
                .check();
        laurel.getByLabel("Name", new FrameLocator.GetByLabelOptions().setExact(true))
                .fill("Writer and speaker");
        Screen.checkFrame(page, "badge-new-several");
        button(laurel, "Save as draft").click();
        assertThat(heading(laurel, "Writer and speaker")).isVisible();
        Screen.checkFrame(page, "badge-draft");
        page.close();
    }

    @Test
    @Order(8)
    void othersSeeWhatIsTheirs() {
        Page assistant = launch(course().assistant());
        assertThat(heading(laurel(assistant), "Badges in Academic writing")).isVisible();
        assertThat(link(laurel(assistant), "New badge")).hasCount(0);
        Screen.checkFrame(assistant, "course-assistant");
        assistant.close();

        Page page = lmsVisitor.newPage();
        page.navigate(newcomer.lms().issuer() + "/institution/" + lms.Tool.LAUREL_CLIENT_ID);
        FrameLocator laurel = laurel(page);
        assertThat(heading(laurel, "Northfield College")).isVisible();
        laurel.getByLabel("Name on badges").fill("Northfield College, School of Writing");
        button(laurel, "Add this name").click();
        assertThat(laurel.getByText("can speak for the institution now")).isVisible();
        Screen.checkFrame(page, "institution");
        link(laurel, "What reading your courses costs").click();
        assertThat(heading(laurel, "What reading your courses costs")).isVisible();
        assertThat(laurel.getByRole(
                                AriaRole.ROW,
                                new FrameLocator.GetByRoleOptions().setName(Pattern.compile("^Academic writing")))
                        .first())
                .isVisible();
        Screen.checkFrame(page, "institution-looks");
        page.close();
    }

    private static Course course() {
        return newcomer.lms().course();
    }

    private static LmsUser earner() {
        return course().student(0);
    }

    private static LmsUser shortByOne() {
        return course().student(1);
    }

    private static Page launch(LmsUser user) {
        Page page = lmsVisitor.newPage();
        navigate(page, user);
        return page;
    }

    private static void navigate(Page page, LmsUser user) {
        page.navigate("%s/courses/%s/links/%s?user=%s"
                .formatted(
                        newcomer.lms().issuer(), course().id(), course().link().id(), user.id()));
        assertThat(Screen.heading(page)).isVisible();
    }

    private static void reloadUntil(
            Page page, LmsUser user, java.util.function.BooleanSupplier seen, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (!seen.getAsBoolean() && Instant.now().isBefore(end)) {
            page.waitForTimeout(300);
            navigate(page, user);
        }
        assertThat(seen.getAsBoolean()).as("seen within %s", patience).isTrue();
    }

    private static void type(Page gradebook, LmsUser student, String grade) {
        String label = "Grade of " + student.name() + " in Essay 1";
        gradebook.locator("input[aria-label='" + label + "']").fill(grade);
        gradebook.locator("button[aria-label='Save: " + label + "']").click();
        assertThat(gradebook.getByText(student.name() + " has " + grade + " of 100 in Essay 1."))
                .isVisible();
    }

    private static FrameLocator laurel(Page page) {
        return page.frameLocator("iframe[name=tool]");
    }

    private static Locator heading(FrameLocator laurel, String name) {
        return laurel.getByRole(
                AriaRole.HEADING,
                new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(FrameLocator laurel, String name) {
        return laurel.getByRole(
                AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(FrameLocator laurel, String name) {
        return laurel.getByRole(
                AriaRole.BUTTON,
                new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Otherwise the walk would prove less than it says. */
    private static void thirdPartyCookiesAreBlocked(Page page) {
        assertThat((Boolean) page.frame("tool")
                        .evaluate("() => { document.cookie = 'probe=1; SameSite=None; Secure';"
                                + " return document.cookie.includes('probe'); }"))
                .as("an unpartitioned cookie in the frame")
                .isFalse();
    }

    private static int status(String url, String accept) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
