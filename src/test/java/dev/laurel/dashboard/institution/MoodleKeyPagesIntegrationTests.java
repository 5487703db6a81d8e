package dev.laurel.dashboard.institution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.TestRegistrations;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import lms.Browser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The page on which an institution's administrator lets Laurel read more of a Moodle. */
@LaurelTest
class MoodleKeyPagesIntegrationTests {

    @Autowired
    Platforms platforms;

    @Autowired
    ReadingKeys keys;

    @Autowired
    PublicUrl publicUrl;

    private ReferenceLms lms;

    private Tool tool;

    private Registration registration;

    private TenantId tenant;

    private Browser admin;

    @BeforeEach
    void start() {
        tool = Tool.laurel(publicUrl.value(), "client-" + UUID.randomUUID(), "1")
                .as(Mode.MOODLE);
        lms = ReferenceLms.builder().students(3).tool(tool).start();
        registration = TestRegistrations.register(platforms, lms.facts()).get(0);
        tenant = Objects.requireNonNull(platforms.deployment(registration, "1").tenant());
        admin = new Browser();
        assertThat(admin.launch(lms.launchAsAdministrator(tool)).text()).contains(path());
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void aKeyIsTriedAtOnceKeptSealedAndNeverShownAgain() {
        Page empty = admin.open(at(path()));
        assertThat(empty.text()).contains("value=\"" + lms.issuer() + "\"").doesNotContain("Remove the key");

        Page done = give(lms.issuer() + "/", " " + lms.moodle().token() + "\n");

        assertThat(done.text())
                .contains("The key works.", "Remove the key", "Competencies")
                .doesNotContain(lms.moodle().token(), "not allowed");
        assertThat(lms.calls(Service.READING)).isEqualTo(1);
        assertThat(keys.find(tenant, registration.id(), "moodle").orElseThrow().secret())
                .isEqualTo(lms.moodle().token());
    }

    @Test
    void whatOneMoreFunctionWouldUnlockIsSaidAndSeenAtTheNextTrial() {
        lms.moodle().withhold("report_competency_data_for_report", "core_enrol_get_enrolled_users");

        Page some = give(lms.issuer(), lms.moodle().token());
        assertThat(some.text())
                .contains(
                        "not allowed",
                        "add to the service in Moodle: core_competency_list_course_competencies, report_competency_data_for_report",
                        "add to the service in Moodle: core_enrol_get_enrolled_users");

        lms.moodle().withholdNothing();
        Page all = admin.submit(some, some.formTo(path() + "/trial"), Map.of());
        assertThat(all.text()).contains("The key works.").doesNotContain("not allowed");
    }

    @Test
    void aKeyThatDoesNotWorkIsNotKeptAndThePageSaysWhy() {
        assertThat(give(lms.issuer(), "0123456789abcdef0123456789abcdef").text())
                .contains("Moodle does not accept this token");
        assertThat(give(lms.issuer(), "no token").text()).contains("This is no token.");
        assertThat(give(lms.issuer() + "/elsewhere", lms.moodle().token()).text())
                .contains("are not the web services of a Moodle");
        lms.moodle().withhold("gradereport_user_get_grade_items");
        assertThat(give(lms.issuer(), lms.moodle().token()).text())
                .contains("has not the functions core_grades_get_gradeitems and gradereport_user_get_grade_items");
        assertThat(keys.find(tenant, registration.id(), "moodle")).isEmpty();
    }

    @Test
    void aRefusedFormKeepsTheAddressAndAsksForTheTokenOnceMore() {
        Page refused = give(lms.issuer() + "/elsewhere", lms.moodle().token());

        assertThat(refused.formTo(path()).fields()).containsEntry("address", lms.issuer() + "/elsewhere");
        assertThat(refused.text())
                .contains("Type the token once more", "aria-describedby=\"token-hint token-error\"")
                .containsPattern("<input[^>]*id=\"token\"[^>]*autofocus")
                .doesNotContain(lms.moodle().token());
        assertThat(give("127.0.0.1", lms.moodle().token()).text())
                .containsPattern("<input[^>]*id=\"address\"[^>]*autofocus");
        assertThat(admin.open(at(path())).text()).doesNotContain("Type the token once more");
    }

    @Test
    void theTokenIsSentToNobodyElse() {
        try (ReferenceLms other = ReferenceLms.builder().students(1).tool(tool).start()) {
            for (String address : new String[] {
                other.issuer(), "http://user@" + lms.baseUrl().getAuthority(), "javascript:alert(1)", "127.0.0.1", ""
            }) {
                Page page = give(address, lms.moodle().token());
                assertThat(page.text()).as(address).contains("This is no address of this Moodle.");
                assertThat(page.text()).doesNotContain(lms.moodle().token());
            }
            assertThat(other.calls(Service.READING)).isZero();
            assertThat(lms.calls(Service.READING)).isZero();
        }
    }

    @Test
    void aKeyIsRemovedForGood() {
        Page page = give(lms.issuer(), lms.moodle().token());

        Page gone = admin.submit(page, page.formTo(path() + "/removal"), Map.of());

        assertThat(gone.text()).contains("The key is deleted.").doesNotContain("Remove the key");
        assertThat(keys.find(tenant, registration.id(), "moodle")).isEmpty();
    }

    @Test
    void nobodyElseSeesThePage() {
        Browser teacher = new Browser();
        teacher.launch(lms.launch(lms.course().teacher()));
        assertThat(teacher.open(at(path())).status()).isEqualTo(404);
        assertThat(admin.open(at("/institution/moodle/" + (registration.id() + 1_000_000)))
                        .status())
                .isEqualTo(404);
    }

    private Page give(String address, String token) {
        Page page = admin.open(at(path()));
        return admin.submit(page, page.formTo(path()), Map.of("address", address, "token", token));
    }

    private String path() {
        return "/institution/moodle/" + registration.id();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
