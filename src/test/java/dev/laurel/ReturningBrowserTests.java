package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.laurel.award.Awards;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.mail.LaurelWithMail;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lms.Browser;
import lms.ReferenceLms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A student gives an address of her own in a real browser, and comes back by it with the keyboard alone. */
@Tag("browser")
class ReturningBrowserTests extends LaurelWithMail {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @Autowired
    ApplicationContext laurel;

    @Autowired
    Awards awards;

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Test
    void sheAddsAnAddressAndComesBackWhenHerAccountIsClosed() {
        String address = "ada." + UUID.randomUUID() + "@home.example";
        try (LaunchedCourse launched = LaunchedCourse.start(
                        laurel, ReferenceLms.builder().students(1).institution("University " + UUID.randomUUID()));
                BrowserContext visitor = chromium.visitor()) {
            launched.activateBadge(launched.launch(launched.lms().course().teacher()), "Essay 1");
            launched.lms()
                    .course()
                    .typeGrade(
                            launched.lms().course().student(0),
                            launched.lms().course().columnCalled("Essay 1"),
                            "95");
            Page page = visitor.newPage();
            signIn(visitor, launched.launch(launched.lms().course().student(0)));
            await().atMost(PATIENCE)
                    .until(() -> awards.ofPerson(
                                            launched.tenant(),
                                            launched.person(
                                                    launched.lms().course().student(0)))
                                    .size()
                            == 1);

            page.navigate(publicUrl.at("/my/address"));
            page.getByLabel("E-mail address").fill("ada");
            button(page, "Send me a code").click();
            assertThat(page.getByText("This is not an e-mail address")).isVisible();
            page.getByLabel("E-mail address").fill(address);
            button(page, "Send me a code").click();
            assertThat(page.getByLabel("Six digits")).isVisible();
            Screen.check(page, "my-address-code");
            page.getByLabel("Six digits").fill(found("(?m)^(\\d{3} \\d{3})\\s*$", mail(address, 1)));
            page.keyboard().press("Enter");
            assertThat(page.getByText("The address is yours now")).isVisible();
            Screen.check(page, "my-address");
            String door = found("(http\\S+/my-badges)\\s", mail(address, 1));

            platforms.setActive(launched.registration().id(), false);
            page.navigate(publicUrl.at("/shelf"));
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My badges by e-mail"))
                    .click();
            assertThat(page.getByLabel("E-mail address")).isVisible();
            assertThat(page.url()).isEqualTo(door);
            Screen.check(page, "shelf-door");
            page.getByLabel("E-mail address").focus();
            page.keyboard().type(address);
            page.keyboard().press("Enter");
            assertThat(page.getByText("If badges belong to this address")).isVisible();

            page.navigate(found("(http\\S+/my-badges/\\S{32})", mail(address, 2)));
            Screen.check(page, "shelf-link");
            button(page, "Open my badges").focus();
            page.keyboard().press("Enter");
            assertThat(page.getByText("You came by a link in an e-mail")).isVisible();
            Screen.check(page, "shelf-by-mail");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Keep it"))
                    .click();
            button(page, "Keep it").click();
            assertThat(button(page, "Make a page for others")).isVisible();
            Screen.check(page, "my-badge-by-mail");
            button(page, "Make a page for others").click();
            assertThat(button(page, "Stop sharing")).isVisible();
            page.navigate(publicUrl.at("/home"));
            button(page, "I am done: close my badges").click();
            assertThat(page.getByText("Your badges are closed.")).isVisible();
            await().atMost(PATIENCE)
                    .until(() -> to(launched.lms().course().student(0).email()).stream()
                            .anyMatch(text -> text.contains("added another e-mail address")));
        }
    }

    /** As if she had launched in this browser; how that goes is shown elsewhere. */
    private void signIn(BrowserContext visitor, Browser launched) {
        String session = launched.cookies().named("__Host-laurel").orElseThrow().value();
        visitor.addCookies(List.of(new Cookie("__Host-laurel", session)
                .setUrl(publicUrl.origin().replace("http://", "https://"))
                .setSecure(true)));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String mail(String who, int number) {
        await().atMost(PATIENCE).until(() -> to(who).size() >= number);
        return to(who).get(number - 1);
    }

    private static List<String> to(String who) {
        return Arrays.stream(SERVER.getReceivedMessages())
                .filter(message -> isTo(message, who))
                .map(ReturningBrowserTests::text)
                .toList();
    }

    private static boolean isTo(MimeMessage message, String who) {
        try {
            return message.getAllRecipients()[0].toString().equalsIgnoreCase(who);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MimeMessage message) {
        try {
            return String.valueOf(message.getContent()).replace("\r", "");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String found(String pattern, String text) {
        Matcher match = Pattern.compile(pattern).matcher(text);
        assertThat(match.find()).as(pattern + " in " + text).isTrue();
        return match.group(1);
    }
}
