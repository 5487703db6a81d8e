package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import lms.Tool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator watches an archive come in, and sees what came of it without doing anything. */
@Tag("browser")
class ArchivePagesBrowserTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    @Test
    void thePageFollowsAnArchiveThatComesIn() {
        JdbcClient jdbc = newcomer.bean(JdbcClient.class);
        try (BrowserContext office = chromium.visitor()) {
            Page admin = office.newPage();
            admin.navigate(newcomer.lms().issuer() + "/institution/" + Tool.LAUREL_CANVAS_CLIENT_ID);
            FrameLocator laurel = admin.frameLocator("iframe[name=tool]");
            // One that no job works on, in each institution of this installation.
            jdbc.sql("""
                    INSERT INTO archive_arrival (tenant_id, by_person, state, under_way, brought_at, bytes, bytes_read,
                        entries_read, issuers, badges, badges_done, badges_new)
                    SELECT id, 1, 'CHECKING', 1, NOW(6), 367001600, 125829120, 9, 0, 0, 0, 0 FROM tenant""").update();
            laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Leave, or bring badges here"))
                    .click();
            assertThat(laurel.getByText("120 of 350 MB are checked").first()).isVisible();
            assertThat(laurel.getByLabel("Its passphrase")).hasCount(0);
            Screen.checkFrame(admin, "archive-checking");

            jdbc.sql("UPDATE archive_arrival SET state = 'ARRIVING', issuers = 2, badges = 100000, badges_done = 41200")
                    .update();
            assertThat(laurel.getByText("41,200 of 100,000 badges are here").first())
                    .isVisible();
            Screen.checkFrame(admin, "archive-arriving");
            laurel.getByRole(
                            AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Give up bringing this archive"))
                    .click();
            assertThat(laurel.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Give it up")))
                    .isVisible();
            assertThat(laurel.getByText("41,200 of its 100,000 badges")).isVisible();
            Screen.checkFrame(admin, "archive-giving-up");
            laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Confirmed there? Go on"))
                    .click();
            assertThat(laurel.getByText("41,200 of 100,000 badges are here").first())
                    .isVisible();

            jdbc.sql(
                            "UPDATE archive_arrival SET state = 'DONE', under_way = NULL, finished_at = NOW(6), badges_new = 100000")
                    .update();
            assertThat(laurel.getByText("100,000 badges of 2 names came here")).isVisible();
            assertThat(laurel.getByLabel("Its passphrase")).isVisible();

            jdbc.sql("UPDATE archive_arrival SET state = 'REFUSED', refusal = 'SIGNATURE', refused_word = ?")
                    .param("credentials/6d0f9f9c-3f5c-4c3d-9a34-5f0f3c8e7b11/as-issued.json")
                    .update();
            laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Back to the institution"))
                    .click();
            laurel.getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Leave, or bring badges here"))
                    .click();
            assertThat(laurel.getByText("This is not signed by a name of the archive"))
                    .isVisible();
            Screen.checkFrame(admin, "archive-refused");
        }
    }
}
