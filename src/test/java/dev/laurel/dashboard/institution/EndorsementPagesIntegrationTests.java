package dev.laurel.dashboard.institution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.KnownByKey;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.endorsement.IssuedEndorsements;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import lms.Browser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** What others say of a badge, on its way over the pages of the institution to the page that everybody sees. */
@LaurelTest
@Import(TestAwards.class)
class EndorsementPagesIntegrationTests {

    private static final String PAGE = "/institution/endorsements";

    private static final KnownByKey GUILD = new KnownByKey("Guild of Editors", 11);

    @Autowired
    ApplicationContext app;

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Issuers issuers;

    @Autowired
    IssuedEndorsements issued;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Browser teacher;

    private Browser ada;

    private Browser admin;

    private String badge;

    private Award award;

    @BeforeEach
    void adaKeepsABadge() {
        launched = LaunchedCourse.start(
                app,
                ReferenceLms.builder()
                        .institution("Endorsed " + UUID.randomUUID())
                        .students(1));
        ReferenceLms lms = launched.lms();
        teacher = launched.launch(lms.course().teacher());
        ada = launched.launch(lms.course().student(0));
        admin = new Browser();
        admin.launch(lms.launchAsAdministrator(lms.tools().get(0)));
        Course course = testAwards.courseAt(
                launched.tenant(),
                launched.context().id(),
                TestAwards.draft("Essayist"),
                launched.person(lms.course().teacher()));
        badge = credentials.achievementId(course.badge());
        long person = launched.person(lms.course().student(0));
        award = testAwards.decide(course, person);
        awards.claim(launched.tenant(), award.id(), person, Award.NameShown.NONE);
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void whatAnotherOrganisationSignedIsHiddenUntilItIsApprovedAndHiddenAgainOnceItIsRefused() {
        byte[] endorsement = JsonBytes.write(GUILD.endorses(badge, "We hire whoever has it."));

        Page brought = bring(endorsement);

        assertThat(brought.text()).contains("It is signed by Guild of Editors", "waits for you", "About: Essayist");
        assertThat(publicPage()).doesNotContain("Guild of Editors");

        Page shown = decide(brought, "/decision", true);
        assertThat(shown.text()).contains("It is shown now");
        assertThat(publicPage()).contains("Guild of Editors", "We hire whoever has it.");

        Page hidden = decide(shown, "/decision", false);
        assertThat(hidden.text()).contains("It is not shown.");
        assertThat(publicPage()).doesNotContain("Guild of Editors");
    }

    @Test
    void whatDoesNotHoldIsNotTakenAndThePageSaysWhy() {
        String forged =
                GUILD.endorses(badge, "We hire whoever has it.").toString().replace("hire", "fire");

        Page refused = bring(forged.getBytes(StandardCharsets.UTF_8));
        assertThat(refused.text()).contains("It does not hold.", "Nobody’s endorsement was brought here yet.");

        Page elsewhere = bring(JsonBytes.write(GUILD.endorses("https://elsewhere.example/1", "Fine.")));
        assertThat(elsewhere.text()).contains("It is about something else than a badge or a name of yours");

        assertThat(bring(new byte[0]).text()).contains("Choose a file, or type an address.");
    }

    @Test
    void whatAHolderWroteAnewIsNotApprovedByWhoeverReadWhatItWasBefore() {
        say("It opened a door.");
        Page read = admin.open(at(PAGE));
        assertThat(read.text()).contains("It opened a door.", "Somebody who has this badge");
        assertThat(publicPage()).doesNotContain("opened a door");

        say("It closed a door.");
        Page late = decide(read, "/holders/", true);

        assertThat(late.text()).contains("It was written anew meanwhile.", "It closed a door.");
        assertThat(publicPage()).doesNotContain("opened a door", "closed a door");
        assertThat(decide(late, "/holders/", true).text()).contains("It is shown now");
        assertThat(publicPage()).contains("It closed a door.");

        Page own = ada.open(at("/my/badges/" + award.id() + "/endorsement"));
        assertThat(own.text()).contains("It is shown on the public page of the badge.");
        ada.submit(own, own.formTo("/endorsement/removal"), Map.of());
        assertThat(publicPage()).doesNotContain("closed a door");
    }

    @Test
    void anApprovalThatSaysNotWhatWasReadIsNone() {
        say("It opened a door.");
        Page read = admin.open(at(PAGE));
        Page.Form form = read.formTo("/holders/");

        Page refused = admin.submit(read, form, Map.of("shown", "true", "written", ""));

        assertThat(refused.text()).contains("It was written anew meanwhile.");
        assertThat(publicPage()).doesNotContain("opened a door");
    }

    @Test
    void onlyTheAdministratorDecides() {
        say("It opened a door.");
        Page read = admin.open(at(PAGE));
        Page.Form form = read.formTo("/holders/");

        assertIsNotLetIn(teacher, teacher.open(at("/course")), form);
        assertIsNotLetIn(ada, ada.open(at("/my/badges/" + award.id() + "/endorsement")), form);
        assertThat(publicPage()).doesNotContain("opened a door");
    }

    private void assertIsNotLetIn(Browser browser, Page own, Page.Form form) {
        assertThat(browser.open(at(PAGE)).status()).isEqualTo(404);
        String token = own.forms().get(0).fields().get("_csrf");
        Map<String, String> approval =
                Map.of("_csrf", token, "shown", "true", "written", form.fields().get("written"));
        assertThat(browser.post(at(form.action()), approval, publicUrl.origin()).status())
                .isEqualTo(404);
    }

    private Page bring(byte[] endorsement) {
        Page page = admin.open(at(PAGE));
        Page.Form form = page.forms().stream()
                .filter(each -> each.action().endsWith(PAGE))
                .findFirst()
                .orElseThrow();
        return admin.submit(page, form, "file", "endorsement.json", endorsement);
    }

    private Page decide(Page page, String form, boolean shown) {
        return admin.submit(page, page.formTo(form), Map.of("shown", String.valueOf(shown)));
    }

    @Test
    void whoMistypesAnEndorsementOfOthersKeepsTheNameThatWasChosen() {
        issuers.createForInstitution(launched.tenant(), "First College", 1);
        Issuer second = issuers.createForInstitution(launched.tenant(), "Second College", 1);
        Page page = admin.open(at("/institution/endorsements"));

        Page refused = admin.submit(
                page,
                page.formTo("/endorsements/issued"),
                Map.of(
                        "issuer", Long.toString(second.id()),
                        "subject", "https://guild.example/welder",
                        "title", "",
                        "remark", "We hire whoever has it."));

        assertThat(refused.text())
                .contains("Say what it is called")
                .containsPattern("value=\"" + second.id() + "\"[^>]* selected");
        Page signed = admin.submit(refused, refused.formTo("/endorsements/issued"), Map.of("title", "Welder"));
        assertThat(signed.text()).contains("It is signed.");
        assertThat(new Browser()
                        .open(URI.create(publicUrl.at("/endorsements/"
                                + issued.all(launched.tenant()).get(0).publicId())))
                        .text())
                .contains("Second College")
                .doesNotContain("First College");
    }

    private void say(String remark) {
        Page page = ada.open(at("/my/badges/" + award.id() + "/endorsement"));
        Page said = ada.submit(page, page.formTo("/endorsement"), Map.of("remark", remark));
        assertThat(said.text()).contains("Your institution reads it before it is shown.");
    }

    private String publicPage() {
        return new Browser().open(URI.create(badge)).text();
    }

    private URI at(String path) {
        return URI.create(path.startsWith("http") ? path : publicUrl.at(path));
    }
}
