package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lms.Course;
import lms.PlatformStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Launches in WebKit, which as it comes keeps no cookie of a frame of another site: what a person with Safari sees. Laurel
 * speaks HTTPS here, because unlike Chromium it keeps no Secure cookie of http://localhost.
 */
@Tag("browser")
class WebKitConformanceTests {

    private static final String WRITING = "Badges in Academic writing";

    private static final String OPEN = "#own-tab .primary, #main > form .primary, #main > div .primary";

    private static Needs.WebKitPrograms programs;

    @RegisterExtension
    static final Newcomer newcomer = Newcomer.withHttps();

    private WebKit webKit;

    @BeforeAll
    static void start() {
        programs = Needs.webKit();
    }

    @BeforeEach
    void open() throws IOException {
        Path log = Path.of("target", "webkit.log");
        Files.createDirectories(log.getParent());
        webKit = new WebKit(programs, log);
    }

    @AfterEach
    void close() {
        if (webKit != null) {
            webKit.close();
        }
        newcomer.lms().setStorage(null);
        newcomer.lms().setHintsCountOnce(true);
    }

    @Test
    @DisplayName("P01 in WebKit the platform's frame proves the browser, and one click opens a tab that works")
    void thePlatformsFrameProvesTheBrowser() {
        newcomer.lms().setStorage(PlatformStorage.PARENT);

        launch(writing());

        webKit.awaitHeading("Laurel is ready");
        webKit.clickIntoNewTab(OPEN);
        webKit.awaitHeading(WRITING);
        assertThat(webKit.url()).isEqualTo(newcomer.laurelUrl() + "/course");
    }

    @Test
    @DisplayName("P03 in WebKit a frame beside the tool keeps the proof as well")
    void aFrameBesideTheToolKeepsTheProof() {
        newcomer.lms().setStorage(PlatformStorage.FORWARDING);

        launch(writing());

        webKit.awaitHeading("Laurel is ready");
        webKit.clickIntoNewTab(OPEN);
        webKit.awaitHeading(WRITING);
    }

    @Test
    @DisplayName("P02 in WebKit a launch from Moodle opens the activity itself in a new tab, which works")
    void moodleOpensItsOwnLink() {
        Course moodle = newcomer.lms().courses().get(2);

        launch(moodle);

        webKit.awaitHeading("Your browser did not let Laurel recognise you");
        webKit.clickIntoNewTab(OPEN);
        webKit.awaitHeading("Badges in " + moodle.title());
    }

    @Test
    @DisplayName("P05 in WebKit a platform that never answers leads to a new tab, which works")
    void aSilentPlatformLeadsToANewTab() {
        newcomer.lms().setStorage(PlatformStorage.SILENT);

        launch(writing());

        webKit.awaitHeading("Laurel needs a tab of its own");
        webKit.clickIntoNewTab(OPEN);
        webKit.awaitHeading(WRITING);
    }

    @Test
    @DisplayName("S53 in WebKit a launch in a tab of its own needs no more")
    void aTabOfItsOwn() {
        newcomer.lms().setStorage(PlatformStorage.PARENT);
        webKit.open(
                newcomer.lms().launchPage(writing(), writing().link(), writing().teacher()));

        webKit.clickIntoNewTab("a[target=_blank]");

        webKit.awaitHeading(WRITING);
    }

    private void launch(Course course) {
        webKit.open(newcomer.lms().launchPage(course, course.link(), course.teacher()));
        webKit.enterFrame("tool");
    }

    private static Course writing() {
        return newcomer.lms().course();
    }
}
