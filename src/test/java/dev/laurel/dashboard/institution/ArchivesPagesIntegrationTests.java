package dev.laurel.dashboard.institution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.TestRegistrations;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import lms.Browser;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An administrator takes the institution's badges with her, and another one brings them in. */
@LaurelTest
class ArchivesPagesIntegrationTests {

    private static final URI PAGE = URI.create("/institution/archives");

    private static final String PASSPHRASE = "correct horse battery staple";

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    private ReferenceLms lms;

    private Tool tool;

    private Browser admin;

    @BeforeEach
    void start() {
        tool = Tool.laurel(publicUrl.value(), "client-" + UUID.randomUUID(), "1");
        lms = ReferenceLms.builder()
                .institution("Archived " + UUID.randomUUID())
                .students(1)
                .tool(tool)
                .start();
        TestRegistrations.register(platforms, lms.facts());
        admin = new Browser();
        admin.launch(lms.launchAsAdministrator(tool));
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void theArchiveIsSavedOnceAfterItWasConfirmedAndWithAPassphraseTypedTwice() {
        Page before = admin.open(at());
        assertThat(before.text()).contains("Let me save the archive").doesNotContain("/institution/archives/file");

        Page permitted = admin.submit(before, before.formTo("/institution/archives/permission"), Map.of());
        assertThat(permitted.text()).contains("You can save the archive now");
        Page shortOne = save(permitted, "short", "short");
        assertThat(shortOne.text()).contains("Type a passphrase of at least 14 characters.");
        Page different = save(shortOne, PASSPHRASE, PASSPHRASE + "!");
        assertThat(different.text()).contains("The two passphrases are not the same.");
        Page saved = save(different, PASSPHRASE, PASSPHRASE);

        assertThat(saved.header("Content-Type")).hasValue("application/zip");
        assertThat(saved.header("Content-Disposition").orElseThrow()).contains("attachment", ".zip");
        assertThat(saved.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(new String(saved.body(), 0, 2, StandardCharsets.US_ASCII)).isEqualTo("PK");
        Page again = save(different, PASSPHRASE, PASSPHRASE);
        assertThat(again.text()).contains("the archive was saved already", "went out");

        Page refused = bring(again, saved.body(), "not the passphrase");
        assertThat(refused.text()).contains("The passphrase does not open this archive. Nothing was brought in.");
        Page empty = bring(refused, saved.body(), PASSPHRASE);
        assertThat(empty.text()).contains("Every badge of this archive was here already.");
    }

    /** It is refused because of what it is, not because of its size; on other pages that size is too large. */
    @Test
    void anArchiveMayBeLargerThanWhatElseIsUploaded() {
        byte[] large = new byte[25 << 20];
        Page page = admin.open(at());

        assertThat(bring(page, large, PASSPHRASE).text())
                .contains("This is no archive of badges that this Laurel can read.");

        Page elsewhere = admin.open(URI.create(publicUrl.at("/institution/endorsements")));
        Page.Form form = elsewhere.forms().stream()
                .filter(each -> each.action().endsWith("/institution/endorsements"))
                .findFirst()
                .orElseThrow();
        Page refused = admin.submit(elsewhere, form, "file", "large.json", large);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text()).contains("That file is too large");
    }

    @Test
    void insideAFrameAClickTakesNothingOut() {
        Browser frame = Browser.framed();
        frame.launch(lms.launchAsAdministrator(tool));
        Page page = frame.open(at());
        String token = page.formTo("/institution/archives").fields().get("_csrf");

        Page clicked =
                frame.post(URI.create(publicUrl.at(PAGE + "/permission")), Map.of("_csrf", token), publicUrl.origin());

        assertThat(clicked.text()).contains("one step more is needed", "can sign badges in your institution");
        assertThat(frame.post(
                                URI.create(publicUrl.at(PAGE + "/file")),
                                Map.of("_csrf", token, "passphrase", PASSPHRASE, "again", PASSPHRASE),
                                publicUrl.origin())
                        .header("Content-Type"))
                .isEmpty();
    }

    private Page save(Page page, String passphrase, String again) {
        return admin.submit(
                page, page.formTo("/institution/archives/file"), Map.of("passphrase", passphrase, "again", again));
    }

    private Page bring(Page page, byte[] archive, String passphrase) {
        Page.Form form = page.forms().stream()
                .filter(each -> each.action().endsWith(PAGE.toString()))
                .findFirst()
                .orElseThrow();
        form.fields().put("passphrase", passphrase);
        return admin.submit(page, form, "file", "archive.zip", archive);
    }

    private URI at() {
        return URI.create(publicUrl.at(PAGE.toString()));
    }
}
