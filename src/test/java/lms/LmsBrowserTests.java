package lms;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import dev.laurel.Chromium;
import dev.laurel.Screen;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The LMS's pages in Chromium: no axe violation, nothing wider than a small phone. */
@Tag("browser")
class LmsBrowserTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    private static final List<String> RULES =
            Stream.concat(Screen.RULES.stream(), Stream.of("best-practice")).toList();

    private static ReferenceLms lms;

    @BeforeAll
    static void start() {
        lms = ReferenceLms.builder()
                .tool(Tool.laurel(java.net.URI.create("http://localhost:1")))
                .start();
    }

    @AfterAll
    static void stop() {
        lms.close();
    }

    @Test
    void everyPageIsAccessibleAndFitsASmallPhone() {
        Course course = lms.course();
        course.progress().addActivity("Reflection", "Week 1");
        course.progress().addOutcome("Cites sources", 5, 3);
        course.progress().addSession("Seminar 1", "Seminars");
        var paths = List.of(
                "/",
                "/tools",
                "/courses/" + course.id(),
                "/courses/" + course.id() + "/gradebook",
                "/courses/" + course.id() + "/progress",
                Pages.launchPath(course, course.link(), course.teacher()),
                "/institution/" + Tool.LAUREL_CLIENT_ID);
        try (Page page = chromium.page()) {
            for (String path : paths) {
                for (int width : List.of(320, 1200)) {
                    page.setViewportSize(width, 900);
                    page.navigate(lms.issuer() + path);
                    check(page, path + " at " + width, width);
                }
            }
        }
    }

    @Test
    void aRefusedGradeIsAnnounced() {
        try (Page page = chromium.page()) {
            page.setViewportSize(320, 900);
            page.navigate(lms.issuer() + "/courses/" + lms.course().id() + "/gradebook");
            String label = "Grade of " + lms.course().student(0).name() + " in Essay 1";
            page.locator("input[aria-label='" + label + "']").fill("101");
            page.locator("button[aria-label='Save: " + label + "']").click();

            assertThat(page.locator("[role=alert]").textContent()).contains("The highest grade here is 100.");
            assertThat(page.locator("input[aria-label='" + label + "']").inputValue())
                    .isEqualTo("101");
            check(page, "refused grade", 320);
        }
    }

    private static void check(Page page, String where, int width) {
        String shots = System.getProperty("lms.screenshots");
        if (shots != null) {
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of(shots, where.replaceAll("\\W+", "-") + ".png")));
        }
        Screen.accessible(new AxeBuilder(page).exclude("iframe").withTags(RULES), where);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as(where)
                .isLessThanOrEqualTo(width);
    }
}
