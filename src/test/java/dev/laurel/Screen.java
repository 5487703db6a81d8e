package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks at a page as people do: in an LMS frame and on a small phone, by day and by night. Each look leaves a picture in
 * {@code target/screenshots}, finds no accessibility violation and nothing wider than the screen.
 */
public final class Screen {

    private static final Path SHOTS = Path.of("target/screenshots");

    /** Not the best practices: they count the landmarks of the LMS around a frame as if they were of one page. */
    public static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final int WIDE = 1280;

    private static final int NARROW = 320;

    private Screen() {}

    /** A page that stands alone. */
    static void check(Page page, String name) {
        look(page, page.mainFrame(), null, name);
    }

    /** What is inside the frame {@code tool} of a page of the LMS. */
    /** The heading of the page that a launch ends at; the page on the way there has one for each way that it may end. */
    static Locator heading(Page page) {
        return page.frameLocator("iframe[name=tool]")
                .locator("h1:visible")
                .filter(new Locator.FilterOptions().setHasNotText("Opening Laurel"));
    }

    static void checkFrame(Page page, String name) {
        Locator element = page.locator("iframe[name=tool]");
        look(page, page.frame("tool"), element, name);
    }

    /** Nothing that axe looks for is wrong. */
    public static void accessible(AxeBuilder axe, String where) {
        assertThat(axe.analyze().getViolations())
                .as(where)
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
    }

    private static void look(Page page, Frame frame, Locator element, String name) {
        var before = page.viewportSize();
        for (int width : List.of(WIDE, NARROW)) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                fit(page, frame, element, width);
                String shot = name + "-" + width + "-" + scheme.name().toLowerCase();
                if (element == null) {
                    page.screenshot(
                            new Page.ScreenshotOptions().setFullPage(true).setPath(SHOTS.resolve(shot + ".png")));
                } else {
                    element.screenshot(new Locator.ScreenshotOptions().setPath(SHOTS.resolve(shot + ".png")));
                }
                assertThat(measured(
                                frame, "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                        .as("%s is wider than the screen", shot)
                        .isLessThanOrEqualTo(0);
                // Day and night, wide and narrow are each seen once.
                if ((width == WIDE) == (scheme == ColorScheme.LIGHT)) {
                    accessible(new AxeBuilder(page).withTags(RULES), shot);
                }
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(before.width, before.height);
        if (element != null) {
            element.evaluate("frame => { frame.style.height = ''; }");
        }
    }

    /** Makes the frame itself as wide as wanted and as high as what is in it. */
    private static void fit(Page page, Frame frame, Locator element, int width) {
        page.setViewportSize(width, 900);
        if (element != null) {
            int inner = measured(frame, "window.innerWidth");
            page.setViewportSize(width + (width - inner), 900);
            element.evaluate("frame => { frame.style.height = '10px'; }");
            int height = measured(frame, "document.documentElement.scrollHeight");
            element.evaluate("(frame, height) => { frame.style.height = height + 'px'; }", height + 4);
            // A frame is painted only where the window shows it.
            page.setViewportSize(page.viewportSize().width, height + 600);
        }
    }

    /** A frame that is just going on to its next page is asked again there. */
    private static int measured(Frame frame, String expression) {
        for (int go = 1; ; go++) {
            try {
                return (Integer) frame.evaluate(expression);
            } catch (PlaywrightException e) {
                if (go == 5 || !String.valueOf(e.getMessage()).contains("navigation")) {
                    throw e;
                }
                frame.waitForLoadState();
            }
        }
    }
}
