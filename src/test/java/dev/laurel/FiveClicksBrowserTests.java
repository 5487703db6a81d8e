package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
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

/**
 * From the course in the LMS to an active badge that was tried on the gradebook: at most five clicks, and nothing typed.
 * Every click of the walk goes through {@link #click}; nothing else is pressed.
 */
@Tag("browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FiveClicksBrowserTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private static BrowserContext visitor;

    private int clicks;

    @BeforeAll
    static void start() {
        visitor = chromium.visitor();
    }

    @Test
    @Order(1)
    void aBadgeIsMadeTriedAndActivatedInFiveClicks() {
        lms.Column essay = course().columnCalled("Essay 1");
        course().typeGrade(course().student(0), essay, "92");
        course().typeGrade(course().student(1), essay, "78");
        letLaurelRead("2 of ");

        // 1: the link in the course.
        Page page = visitor.newPage();
        page.navigate(address(course().teacher()));
        clicks = 1;
        FrameLocator laurel = page.frameLocator("iframe[name=tool]");
        Locator suggestion =
                laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Badge for Essay 1"));
        assertThat(suggestion).containsText("2 of ");
        assertThat(suggestion).containsText("graded");
        Screen.checkFrame(page, "five-clicks-course");

        click(suggestion);
        assertThat(laurel.getByLabel("Name", new FrameLocator.GetByLabelOptions().setExact(true)))
                .hasValue("Essay 1");
        assertThat(laurel.getByLabel("What it took")).hasValue(Pattern.compile("Score at least 80 % in Essay 1.*"));
        assertThat(laurel.getByText("What counts, and what does not").first()).isVisible();
        Screen.checkFrame(page, "five-clicks-badge");
        click(button(laurel, "Activate and award 1 now"));

        assertThat(laurel.getByText("One would earn it now").first()).isVisible();
        assertThat(laurel.getByText("One is nearly there").first()).isVisible();
        assertThat(laurel.getByText("At 80 %: 1 of ")).isVisible();
        Screen.checkFrame(page, "five-clicks-dry-run");
        Page window = visitor.waitForPage(() -> click(button(laurel, "Award 1 now")));
        click(window.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName("Award 1 now").setExact(true)));
        assertThat(window.getByText("The badge is active.")).isVisible();
        window.close();

        assertThat(clicks).as("clicks from the course to the active badge").isLessThanOrEqualTo(5);
        assertThat(laurel.getByText("Active", new FrameLocator.GetByTextOptions().setExact(true)))
                .isVisible();
        page.close();

        Page shelf = visitor.newPage();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            shelf.navigate(address(course().student(0)));
            assertThat(Screen.heading(shelf)).isVisible();
            return shelf.frameLocator("iframe[name=tool]")
                            .getByText("You earned “Essay 1”")
                            .count()
                    == 1;
        });
    }

    @Test
    @Order(2)
    void theThresholdCanBeTriedWithTheSliderAndTakenIntoTheRule() {
        letLaurelRead("Make a badge");
        Page page = visitor.newPage();
        page.navigate(address(course().teacher()));
        FrameLocator laurel = page.frameLocator("iframe[name=tool]");
        laurel.getByText("Make a badge").first().click();
        button(laurel, "Save as draft").click();
        laurel.locator("a[href$='/activation']").click();
        assertThat(laurel.getByText("At 80 %:")).isVisible();
        // The slider is there before the scripts that listen to it.
        page.frame("tool").waitForLoadState();
        sayTheSame(laurel, "80 %", 1);

        laurel.locator("input[type=range]").focus();
        for (int step = 0; step < 10; step++) {
            page.keyboard().press("ArrowLeft");
        }
        assertThat(laurel.getByText("At 70 %:")).isVisible();
        assertThat(laurel.locator("#at")).hasValue("70");
        sayTheSame(laurel, "70 %", 2);

        laurel.locator("#at").fill("75");
        assertThat(laurel.getByText("At 75 %:")).isVisible();
        assertThat(laurel.locator("input[type=range]")).hasValue("75");
        laurel.locator("#at").fill("70");
        assertThat(laurel.getByText("At 70 %:")).isVisible();
        button(laurel, "Ask for 70 % instead").click();

        assertThat(laurel.getByText("The rule asks for the new threshold now.")).isVisible();
        assertThat(laurel.getByText("Score at least 70 % in Essay 1").first()).isVisible();
        page.close();
    }

    /** The sentence, the row of the table and the point of the plot at one threshold. */
    private static void sayTheSame(FrameLocator laurel, String threshold, int heads) {
        assertThat(laurel.locator("#curve-live strong")).containsText("At " + threshold + ": " + heads + " of ");
        Locator row = laurel.locator("#curve-live tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(laurel.getByText(threshold, new FrameLocator.GetByTextOptions().setExact(true))));
        assertThat(row.locator("td").first()).hasText(Integer.toString(heads));
        int everybody = Integer.parseInt(
                laurel.locator("#curve-live strong").textContent().replaceAll("^.* of (\\d+) would.*$", "$1"));
        // 120 high, with a margin of 8 above and below.
        assertThat(laurel.locator("#curve-live circle.looked"))
                .hasAttribute("cy", Integer.toString(112 - heads * 104 / everybody));
    }

    /** What Laurel reads in the background takes a moment. */
    private void letLaurelRead(String seen) {
        Page page = visitor.newPage();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            page.navigate(address(course().teacher()));
            FrameLocator laurel = page.frameLocator("iframe[name=tool]");
            assertThat(laurel.locator("h1")).isVisible();
            return laurel.getByText(seen).count() > 0;
        });
        page.close();
    }

    private void click(Locator what) {
        clicks++;
        what.click();
    }

    private static Locator button(FrameLocator laurel, String name) {
        return laurel.getByRole(
                AriaRole.BUTTON,
                new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String address(LmsUser user) {
        return "%s/courses/%s/links/%s?user=%s"
                .formatted(
                        newcomer.lms().issuer(), course().id(), course().link().id(), user.id());
    }

    private static Course course() {
        return newcomer.lms().course();
    }
}
