package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import dev.laurel.Chromium.CookiesInFrames;
import dev.laurel.launch.web.LoggedLines;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lms.Course;
import lms.PlatformStorage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;

/**
 * Which way a launch takes in Chromium: our cookie where one comes back, else the platform's storage, else a tab of its own.
 * Laurel and the LMS are two sites here.
 */
@Tag("browser")
@Timeout(120)
class BrowserBindingBrowserConformanceTests {

    private static final String WRITING = "Badges in Academic writing";

    private static final String OPENING = "Opening Laurel";

    private static final String READY = "Laurel is ready";

    private static final String OWN_TAB = "Laurel needs a tab of its own";

    private static final String UNKNOWN_BROWSER = "Your browser did not let Laurel recognise you";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private BrowserContext visitor;

    @AfterEach
    void close() {
        if (visitor != null) {
            visitor.close();
        }
        newcomer.lms().setStorage(null);
        newcomer.lms().setHintsCountOnce(true);
        newcomer.lms().tamperWithLaunches(token -> token);
    }

    // ---- our cookie

    @ParameterizedTest
    @EnumSource(
            value = CookiesInFrames.class,
            names = {"ALL", "PARTITIONED"})
    @DisplayName("P06 a cookie that comes back in the frame lets the launch in, whether or not others are blocked")
    void theCookieLetsTheLaunchIn(CookiesInFrames cookies) {
        for (PlatformStorage storage : List.of(PlatformStorage.ABSENT, PlatformStorage.SILENT)) {
            Page page = launch(cookies, storage);

            assertThat(inFrame(page, WRITING)).isVisible();
            assertThat(cookieOfAFrame(page, "")).isEqualTo(cookies == CookiesInFrames.ALL);
            assertThat(cookieOfAFrame(page, "; Partitioned")).isTrue();
            visitor.close();
        }
    }

    // ---- the platform's storage

    @Test
    @DisplayName("P01 without cookies the platform's window proves the browser, and one click opens a tab that works")
    void thePlatformsWindowProvesTheBrowser() {
        Page page = launch(CookiesInFrames.NONE, PlatformStorage.PARENT);

        assertThat(inFrame(page, READY)).isVisible();
        assertThat(cookieOfAFrame(page, "; Partitioned")).isFalse();
        Page tab = openOwnTab(page);
        assertThat(onPage(tab, WRITING)).isVisible();
        assertThat(tab.url()).isEqualTo(newcomer.laurelUrl() + "/course");
        tab.reload();
        assertThat(onPage(tab, WRITING)).isVisible();
    }

    @Test
    @DisplayName("P03 without cookies a frame beside the tool proves the browser as well")
    void aFrameBesideTheToolProvesTheBrowser() {
        Page page = launch(CookiesInFrames.NONE, PlatformStorage.FORWARDING);

        assertThat(inFrame(page, READY)).isVisible();
        assertThat(page.frame("post_message_forwarding").url())
                .startsWith(newcomer.lms().issuer());
        assertThat(onPage(openOwnTab(page), WRITING)).isVisible();
    }

    @ParameterizedTest
    @EnumSource(
            value = PlatformStorage.class,
            names = {"WRONG_ORIGIN", "WRONG_FRAME"})
    @DisplayName("P04 an answer of another origin or another frame is not believed")
    void anAnswerOfSomebodyElseIsNotBelieved(PlatformStorage storage) {
        visitor = chromium.visitor(CookiesInFrames.NONE);
        visitor.addInitScript("window.heard = 0; window.addEventListener('message', () => { window.heard += 1; });");
        newcomer.lms().setStorage(storage);
        Page page = visitor.newPage();
        page.navigate(launchPage(writing()));
        for (int go = 0; go < 5 && !heardSomebody(page); go++) {
            // The impostor came later than the question.
            page.reload();
        }

        assertThat(page.frame("tool").evaluate("window.heard")).isNotEqualTo(0);
        assertThat(inFrame(page, OPENING)).isVisible();
        page.frame("tool").evaluate("window.afterOneSecondAndAHalf()");

        assertThat(inFrame(page, OWN_TAB)).isVisible();
        assertThat(onPage(openOwnTab(page), WRITING)).isVisible();
    }

    private static boolean heardSomebody(Page page) {
        assertThat(inFrame(page, OPENING)).isVisible();
        // The page's policy lets no function of a test be compiled in it, so it is asked again and again.
        for (int look = 0; look < 40; look++) {
            if (!page.frame("tool").evaluate("window.heard").equals(0)) {
                return true;
            }
            page.waitForTimeout(100);
        }
        return false;
    }

    @Test
    @DisplayName(
            "P05 a platform that never answers is waited for one second and a half, and then a tab of its own is offered")
    void aSilentPlatformIsNotWaitedForLonger() {
        Page page = launch(CookiesInFrames.NONE, PlatformStorage.SILENT);
        assertThat(inFrame(page, OPENING)).isVisible();

        assertThat(inFrame(page, OWN_TAB)).isHidden();
        page.frame("tool").evaluate("window.afterOneSecondAndAHalf()");

        assertThat(inFrame(page, OWN_TAB)).isVisible();
        assertThat(onPage(openOwnTab(page), WRITING)).isVisible();
    }

    @Test
    @DisplayName("P05b a platform that answers with an error is not waited for")
    void anErrorIsNotWaitedFor() {
        Page page = launch(CookiesInFrames.NONE, PlatformStorage.FAILING);

        assertThat(inFrame(page, OWN_TAB)).isVisible();
    }

    // ---- a tab of its own

    @Test
    @DisplayName("P02 with neither cookies nor storage one click begins the launch again in a tab, which works")
    void withoutCookiesAndStorageThereIsATab() {
        newcomer.lms().setHintsCountOnce(false);
        Page page = launch(CookiesInFrames.NONE, PlatformStorage.ABSENT);

        assertThat(inFrame(page, UNKNOWN_BROWSER)).isVisible();
        Screen.checkFrame(page, "own-tab");
        assertThat(onPage(openOwnTab(page), WRITING)).isVisible();
    }

    @Test
    @DisplayName("P02b where an LMS lets each launch begin once, as Moodle does, the tab opens the activity itself")
    void moodleOpensItsOwnLink() {
        Course moodle = newcomer.lms().courses().get(2);
        visitor = chromium.visitor(CookiesInFrames.NONE);
        Page page = visitor.newPage();
        page.navigate(launchPage(moodle));

        assertThat(inFrame(page, UNKNOWN_BROWSER)).isVisible();
        assertThat(onPage(openOwnTab(page), "Badges in " + moodle.title())).isVisible();
    }

    // ---- who may show it, and what is left behind

    @Test
    @DisplayName("P07 the LMS shows Laurel in a frame, and the page of another site shows nothing of it")
    void onlyTheRegisteredPlatformFramesIt() {
        newcomer.lms().setHintsCountOnce(false);
        for (CookiesInFrames cookies : CookiesInFrames.values()) {
            Page page = launch(cookies, PlatformStorage.PARENT);
            assertThat(inFrame(page, cookies == CookiesInFrames.NONE ? READY : WRITING))
                    .isVisible();
            List<String> refused = new ArrayList<>();
            Page stranger = visitor.newPage();
            stranger.onConsoleMessage(message -> refused.add(message.text()));
            // The same server by another name is another origin, and none that is registered.
            stranger.navigate(launchPage(writing()).replace("127.0.0.1", "localhost"));
            stranger.waitForCondition(() -> refused.stream().anyMatch(text -> text.contains("frame-ancestors")));

            assertThat(stranger.frame("tool").url()).isEqualTo("chrome-error://chromewebdata/");
            visitor.close();
        }
    }

    @ParameterizedTest
    @EnumSource(CookiesInFrames.class)
    @DisplayName("P08 the id_token is in no address, no Referer and no line of the log")
    void theIdTokenIsNowhereElse(CookiesInFrames cookies) {
        visitor = chromium.visitor(cookies);
        newcomer.lms().setStorage(PlatformStorage.PARENT);
        List<Request> requests = new ArrayList<>();
        List<Request> finished = new ArrayList<>();
        visitor.onRequest(requests::add);
        visitor.onRequestFinished(finished::add);
        Page page = visitor.newPage();
        List<String> log;
        try (LoggedLines logged = new LoggedLines(Logger.ROOT_LOGGER_NAME)) {
            page.navigate(launchPage(writing()));
            if (cookies == CookiesInFrames.NONE) {
                assertThat(inFrame(page, READY)).isVisible();
                page = openOwnTab(page);
                assertThat(onPage(page, WRITING)).isVisible();
                page.reload();
                assertThat(onPage(page, WRITING)).isVisible();
            } else {
                assertThat(inFrame(page, WRITING)).isVisible();
            }
            log = logged.lines();
        }

        String token = requests.stream()
                .filter(request -> request.url().equals(newcomer.laurelUrl() + "/lti/launch"))
                .map(request -> field(request, "id_token"))
                .findFirst()
                .orElseThrow();
        assertThat(token).startsWith("eyJ").matches("[^.]+\\.[^.]+\\.[^.]+");
        String[] secret = {token, token.substring(token.lastIndexOf('.') + 1), "id_token="};
        assertThat(List.copyOf(requests)).extracting(Request::url).isNotEmpty().noneMatch(url -> holds(url, secret));
        // The headers of a request that a navigation cut off never become known.
        assertThat(List.copyOf(finished))
                .extracting(request -> request.allHeaders().getOrDefault("referer", ""))
                .anyMatch(referer -> !referer.isEmpty())
                .noneMatch(referer -> holds(referer, secret));
        assertThat(visitor.pages()).flatMap(Page::frames).extracting(Frame::url).noneMatch(url -> holds(url, secret));
        assertThat(log).anyMatch(line -> line.contains("Launch accepted")).noneMatch(line -> holds(line, secret));
    }

    // ---- more than one, once more, and elsewhere

    @ParameterizedTest
    @EnumSource(CookiesInFrames.class)
    @DisplayName("S51c two launches at once in one browser both arrive, and only the later one can change anything")
    void twoLaunchesAtOnce(CookiesInFrames cookies) {
        newcomer.lms().setStorage(PlatformStorage.PARENT);
        Course chemistry = newcomer.lms().courses().get(1);
        visitor = chromium.visitor(cookies);
        CountDownLatch bothLoginsBegan = new CountDownLatch(2);
        CountDownLatch firstArrived = new CountDownLatch(1);
        newcomer.lms().tamperWithLaunches(token -> {
            bothLoginsBegan.countDown();
            await(bothLoginsBegan);
            if (chemistry.link().clientId().equals(token.claims().get("aud"))) {
                await(firstArrived);
            }
            return token;
        });
        Page first = visitor.newPage();
        Page second = visitor.newPage();
        Page.NavigateOptions begun = new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT);

        first.navigate(launchPage(writing()), begun);
        second.navigate(launchPage(chemistry), begun);
        Frame firstLaurel = arrive(first, cookies, WRITING);
        firstArrived.countDown();
        Frame secondLaurel = arrive(second, cookies, "Badges in " + chemistry.title());

        assertThat(checkNow(firstLaurel)).isEqualTo("Laurel was opened again since");
        assertThat(checkNow(secondLaurel)).isEqualTo("Badges in " + chemistry.title());
    }

    private Frame arrive(Page page, CookiesInFrames cookies, String heading) {
        if (cookies == CookiesInFrames.NONE) {
            assertThat(inFrame(page, READY)).isVisible();
            Page tab = openOwnTab(page);
            assertThat(onPage(tab, heading)).isVisible();
            return tab.mainFrame();
        }
        assertThat(inFrame(page, heading)).isVisible();
        return page.frame("tool");
    }

    @Test
    @DisplayName(
            "S52d after a launch the page can be loaded again, and back leads nowhere that a person does not understand")
    void reloadAndBack() {
        newcomer.lms().setStorage(PlatformStorage.PARENT);
        visitor = chromium.visitor(CookiesInFrames.PARTITIONED);
        Page page = visitor.newPage();
        page.navigate(newcomer.lms().issuer());
        page.navigate(newcomer.lms()
                .launch(writing(), writing().link(), writing().teacher())
                .asUri()
                .toString());
        assertThat(onPage(page, WRITING)).isVisible();

        page.reload();
        assertThat(onPage(page, WRITING)).isVisible();
        page.goBack();
        assertThat(onPage(page, "Courses")).isVisible();
        page.goForward();
        assertThat(onPage(page, WRITING)).isVisible();
    }

    @ParameterizedTest
    @EnumSource(CookiesInFrames.class)
    @DisplayName("S53b a launch at the top, in a frame and in a popup arrives")
    void destinations(CookiesInFrames cookies) {
        Page framed = launch(cookies, PlatformStorage.PARENT);
        assertThat(inFrame(framed, cookies == CookiesInFrames.NONE ? READY : WRITING))
                .isVisible();

        Page tab = visitor.waitForPage(
                () -> framed.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("in a new tab"))
                        .click());
        assertThat(onPage(tab, WRITING)).isVisible();

        Page popup = framed.waitForPopup(() -> framed.evaluate(
                "address => { window.open(address, 'laurel', 'popup,width=600,height=500'); }",
                framed.locator("iframe[name=tool]").getAttribute("src")));
        assertThat(onPage(popup, WRITING)).isVisible();
    }

    // ----

    private static Course writing() {
        return newcomer.lms().course();
    }

    private static String launchPage(Course course) {
        return newcomer.lms()
                .launchPage(course, course.link(), course.teacher())
                .toString();
    }

    private Page launch(CookiesInFrames cookies, PlatformStorage storage) {
        visitor = chromium.visitor(cookies);
        newcomer.lms().setStorage(storage);
        Page page = visitor.newPage();
        page.navigate(launchPage(writing()));
        return page;
    }

    /** One click on what a page in the frame offers. */
    private Page openOwnTab(Page page) {
        Locator offer = frame(page)
                .getByText("Open Laurel in a new tab", new FrameLocator.GetByTextOptions().setExact(true))
                .locator("visible=true");
        // A page behind another one is not painted, and Playwright waits for that before it clicks.
        page.bringToFront();
        return visitor.waitForPage(offer::click);
    }

    /** The heading that answers a form of the page. */
    private String checkNow(Frame laurel) {
        laurel.page().bringToFront();
        Locator button = laurel.getByRole(AriaRole.BUTTON, new Frame.GetByRoleOptions().setName("Check now"));
        laurel.waitForNavigation(button::click);
        return laurel.locator("h1").textContent();
    }

    private static FrameLocator frame(Page page) {
        return page.frameLocator("iframe[name=tool]");
    }

    private static Locator inFrame(Page page, String heading) {
        return frame(page)
                .getByRole(
                        AriaRole.HEADING,
                        new FrameLocator.GetByRoleOptions().setName(heading).setExact(true));
    }

    private static Locator in(Frame frame, String heading) {
        return frame.getByRole(
                AriaRole.HEADING, new Frame.GetByRoleOptions().setName(heading).setExact(true));
    }

    private static Locator onPage(Page page, String heading) {
        return in(page.mainFrame(), heading);
    }

    /** Whether a cookie that Laurel's frame sets is kept: otherwise the test would prove less than it says. */
    private static boolean cookieOfAFrame(Page page, String more) {
        return (Boolean) page.frame("tool").evaluate("""
                more => {
                  document.cookie = 'probe=1; SameSite=None; Secure' + more;
                  const kept = document.cookie.includes('probe');
                  document.cookie = 'probe=1; Max-Age=0; SameSite=None; Secure' + more;
                  return kept;
                }""", more);
    }

    private static @Nullable String field(Request request, String name) {
        Matcher field = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(request.postData());
        return field.find() ? URLDecoder.decode(field.group(1), StandardCharsets.UTF_8) : null;
    }

    private static boolean holds(String text, String... secrets) {
        return Stream.of(secrets).anyMatch(text::contains);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await((long) Chromium.PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the other launch did not come");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
