package dev.laurel.dashboard.institution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestRegistrations;
import dev.laurel.credential.status.PublishedCopies;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import lms.Browser;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator takes the institution's badges with her, and another one brings them in. */
@LaurelTest
class ArchivesPagesIntegrationTests {

    private static final URI PAGE = URI.create("/institution/archives");

    private static final String PASSPHRASE = "correct horse battery staple";

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    PublishedCopies copies;

    @Autowired
    JdbcClient jdbc;

    private ReferenceLms lms;

    private Registration registration;

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
        registration = TestRegistrations.register(platforms, lms.facts()).get(0);
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
        bring(refused, saved.body(), PASSPHRASE);
        assertThat(decided("The archive that was brought last").text())
                .contains("Every badge of this archive was here already.", "no new badge of no name came in");
    }

    /** As after a restored backup; of a name that has no key here. */
    @Test
    void whereAStatusListSaysLessThanWasPublishedThePageSaysWhatToDoAndTheConfirmationStillCounts() {
        Page before = admin.open(at());
        Page permitted = admin.submit(before, before.formTo("/institution/archives/permission"), Map.of());
        UUID list = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO status_list (tenant_id, issuer_id, kind, number, public_id, public_url, taken, revision, signed,
                    signed_revision, signed_at)
                VALUES (?, -1, 'BITS', 1, ?, ?, 0, 1, 'x', 1, NOW(6))""")
                .params(tenant().value(), list.toString(), publicUrl.value().toString())
                .update();
        copies.keepAfterCommit(new PublishedCopies.Copy(list, 5, List.of()));

        Page behind = save(permitted, PASSPHRASE, PASSPHRASE);

        assertThat(behind.text())
                .contains(
                        "Nothing was saved. A backup was restored",
                        "Ask whoever runs Laurel to restore a newer backup");
        jdbc.sql("DELETE FROM status_list WHERE tenant_id = ?")
                .param(tenant().value())
                .update();
        assertThat(save(behind, PASSPHRASE, PASSPHRASE).header("Content-Type")).hasValue("application/zip");
    }

    @Test
    void whileAnArchiveComesInThePageSaysHowFarItIsAndWhatCameOfItAfterThat() {
        long arrival = underWay();

        Page checking = admin.open(at());
        assertThat(checking.text())
                .contains(
                        "120 of 351 MB are checked. Nothing of it is here yet.",
                        "when you leave this page",
                        "Look again")
                .doesNotContain("Its passphrase");
        assertThat(new String(progress().body(), StandardCharsets.UTF_8))
                .contains("120 of 351 MB", "<progress")
                .doesNotContain("<html");
        assertThat(progress().header("HX-Refresh")).isEmpty();
        jdbc.sql(
                        "UPDATE archive_arrival SET state = 'ARRIVING', issuers = 1, badges = 1000, badges_done = 400 WHERE id = ?")
                .param(arrival)
                .update();
        assertThat(admin.open(at()).text()).contains("400 of 1,000 badges are here");

        jdbc.sql("UPDATE archive_arrival SET state = 'LOST', under_way = NULL, finished_at = NOW(6) WHERE id = ?")
                .param(arrival)
                .update();
        assertThat(progress().header("HX-Refresh")).hasValue("true");
        assertThat(admin.open(at()).text())
                .contains("with their keys, and 400 of its badges. Bring it once more", "Its passphrase")
                .doesNotContain("It was saved on", "newer archive", "taken back");

        jdbc.sql("""
                UPDATE archive_arrival SET state = 'DONE', badges_new = 400, saved_at = '2026-03-02 10:00:00',
                    issuers_older = 1, withdrawals_kept = 2 WHERE id = ?""").param(arrival).update();
        assertThat(admin.open(at()).text())
                .contains(
                        "It was saved on Monday 2 March",
                        "A newer archive of one name had come here before.",
                        "2 badges stay taken back, although this archive has them in force");
    }

    @Test
    void anArchiveThatComesInIsGivenUpAfterTheQuestionAndThatStaysWrittenDown() {
        long arrival = underWay();
        URI givingUp = URI.create(publicUrl.at(PAGE + "/arrivals/" + arrival + "/giving-up"));
        assertThat(admin.open(at()).text()).contains("Give up bringing this archive");
        Page nothingYet = admin.open(givingUp);
        assertThat(nothingYet.text()).contains("Nothing of it is here yet, and nothing of it will come.");
        jdbc.sql("""
                UPDATE archive_arrival SET state = 'ARRIVING', issuers = 1, badges = 1000, badges_done = 400, badges_new = 300
                WHERE id = ?""").param(arrival).update();

        Page question = admin.open(givingUp);
        assertThat(question.text()).contains("400 of its 1,000 badges", "They stay; the others do not come.");
        Page given = admin.submit(question, question.formTo(givingUp.getPath()), Map.of());

        assertThat(given.text())
                .contains(
                        "The archive is given up.",
                        "with their keys, and 400 of its badges",
                        "given up; 300 badges of one name had come in",
                        "Its passphrase");
        Page late = admin.submit(question, question.formTo(givingUp.getPath()), Map.of());
        assertThat(late.text()).contains("There was nothing to give up");
        assertThat(admin.open(givingUp).text()).contains("There was nothing to give up");
    }

    @Test
    void anUploadOfNobodyOrOfSomebodyWithoutThatRoleIsTurnedAwayBeforeItIsRead() throws Exception {
        Browser student = new Browser();
        student.launch(lms.launch(lms.course().students().get(0)));
        Browser teacher = new Browser();
        teacher.launch(lms.launch(lms.course().teacher()));

        assertThat(firstAnswer(new Browser(), PAGE)).contains(" 401");
        assertThat(firstAnswer(student, PAGE)).contains(" 404");
        assertThat(firstAnswer(teacher, PAGE)).contains(" 404");
        assertThat(firstAnswer(student, URI.create("/course/import"))).contains(" 404");
    }

    /** To an upload of which only the beginning was sent. */
    private String firstAnswer(Browser who, URI page) throws IOException {
        try (Socket socket = beginUpload(who, page)) {
            return answer(socket);
        }
    }

    private static String answer(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    private Socket beginUpload(Browser who, URI page) throws IOException {
        Socket socket = new Socket(at().getHost(), at().getPort());
        socket.setSoTimeout(10_000);
        String cookies = who.cookies().all().stream()
                .filter(cookie -> cookie.host().equals(at().getHost()))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        socket.getOutputStream().write("""
                        POST %s HTTP/1.1\r
                        Host: %s\r
                        Cookie: %s\r
                        Content-Type: multipart/form-data; boundary=x\r
                        Content-Length: 15000000\r
                        \r
                        --x\r
                        """.formatted(page.getPath(), at().getAuthority(), cookies)
                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    @Test
    void whileOneArchiveIsUploadedNothingOfAnotherIsRead() throws Exception {
        try (Socket slow = beginUpload(admin, PAGE)) {
            Page uploading = await().atMost(Duration.ofSeconds(30))
                    .until(() -> admin.open(at()), page -> page.text().contains("It is being uploaded now."));

            assertThat(uploading.text()).doesNotContain("Its passphrase", "Give up bringing this archive");
            try (Socket second = beginUpload(admin, PAGE)) {
                assertThat(answer(second)).contains(" 302");
            }
            assertThat(slow.isClosed()).isFalse();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> admin.open(at()).text().contains("Its passphrase"));
    }

    @Test
    void anArchiveThatIsBroughtWhileAnotherComesInIsNotKept() {
        Page before = admin.open(at());
        underWay();

        assertThat(bring(before, "another".getBytes(StandardCharsets.US_ASCII), PASSPHRASE)
                        .text())
                .contains("Another archive is being brought in. This one was not kept");
    }

    /** One that no job works on. */
    private long underWay() {
        TenantId tenant = tenant();
        jdbc.sql("""
                INSERT INTO archive_arrival (tenant_id, by_person, state, under_way, brought_at, bytes, bytes_read, entries_read,
                    issuers, badges, badges_done, badges_new)
                VALUES (?, 1, 'CHECKING', 1, NOW(6), ?, ?, 9, 0, 0, 0, 0)""").params(tenant.value(), (350L << 20) + 1, 120L << 20).update();
        return jdbc.sql("SELECT id FROM archive_arrival WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    private TenantId tenant() {
        return Objects.requireNonNull(platforms.deployment(registration, "1").tenant());
    }

    private Page progress() {
        return admin.open(URI.create(publicUrl.at(PAGE + "/arrival")));
    }

    /** The page, once nothing is under way on it. */
    private Page decided(String heading) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> admin.open(at()),
                        page -> page.text().contains(heading) && !page.text().contains("Look again"));
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
    void insideAFrameAClickTakesNothingOutAndGivesNothingUp() {
        Browser frame = Browser.framed();
        frame.launch(lms.launchAsAdministrator(tool));
        Page page = frame.open(at());
        String token = page.formTo("/institution/archives").fields().get("_csrf");

        Page clicked =
                frame.post(URI.create(publicUrl.at(PAGE + "/permission")), Map.of("_csrf", token), publicUrl.origin());

        assertThat(clicked.text()).contains("Please confirm.", "can sign badges in your institution");
        long arrival = underWay();
        assertThat(frame.post(
                                URI.create(publicUrl.at(PAGE + "/arrivals/" + arrival + "/giving-up")),
                                Map.of("_csrf", token),
                                publicUrl.origin())
                        .text())
                .contains("Please confirm.", "Nothing of it is here yet");
        assertThat(frame.open(at()).text()).contains("120 of 351 MB");
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
