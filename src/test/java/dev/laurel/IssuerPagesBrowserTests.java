package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import lms.Tool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The administrator says what stands on badges about the institution, and how they are signed. */
@Tag("browser")
class IssuerPagesBrowserTests {

    private static final String NAME = "University of Somewhere, Department of History";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    @Test
    void theAdministratorSaysWhatBadgesSayOfTheInstitution() {
        try (BrowserContext office = chromium.visitor()) {
            Page admin = office.newPage();
            admin.navigate(newcomer.lms().issuer() + "/institution/" + Tool.LAUREL_CANVAS_CLIENT_ID);
            FrameLocator laurel = admin.frameLocator("iframe[name=tool]");
            laurel.getByLabel("Name on badges").fill(NAME);
            button(laurel, "Add this name").click();
            assertThat(laurel.getByText("can speak for the institution now")).isVisible();

            edit(laurel);
            Screen.checkFrame(admin, "issuer");

            laurel.getByLabel("E-mail address for questions about badges").fill("history at somewhere");
            laurel.getByLabel("Country").fill("Spain");
            laurel.getByLabel("Name of the organisation above it").fill("University of Somewhere");
            button(laurel, "Save").click();
            assertThat(laurel.getByText("This is no e-mail address.").first()).isVisible();
            assertThat(laurel.getByText("Give the country as two letters").first())
                    .isVisible();
            assertThat(laurel.getByText("needs a name and a whole web address").first())
                    .isVisible();
            assertThat(laurel.getByLabel("Name of the organisation above it")).hasValue("University of Somewhere");
            Screen.checkFrame(admin, "issuer-refused");

            laurel.getByLabel("E-mail address for questions about badges").fill("history@somewhere.example");
            laurel.getByLabel("Country").fill("ES");
            laurel.getByLabel("Its web address").fill("https://somewhere.example/");
            button(laurel, "Save").click();
            assertThat(laurel.getByText("Badges that are signed from now on say this"))
                    .isVisible();
            edit(laurel);
            assertThat(laurel.getByLabel("Country")).hasValue("ES");
            assertThat(laurel.getByLabel("E-mail address for questions about badges"))
                    .hasValue("history@somewhere.example");

            for (String page : List.of("Endorsements", "Leave, or bring badges here")) {
                admin.navigate(newcomer.lms().issuer() + "/institution/" + Tool.LAUREL_CANVAS_CLIENT_ID);
                laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName(page))
                        .click();
                assertThat(laurel.locator("h1")).hasText(page);
                Screen.checkFrame(admin, "institution-" + page.toLowerCase().replaceAll("\\W+", "-"));
            }
        }
    }

    private static void edit(FrameLocator laurel) {
        laurel.getByRole(AriaRole.LINK)
                .filter(new Locator.FilterOptions().setHasText("What badges say of it"))
                .first()
                .click();
        assertThat(laurel.locator("h1")).containsText(NAME);
    }

    private static Locator button(FrameLocator laurel, String name) {
        return laurel.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName(name));
    }
}
