package dev.laurel.launch;

import static dev.laurel.launch.ValidatorCourse.LTI;
import static dev.laurel.launch.ValidatorCourse.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.award.Award;
import dev.laurel.context.ObserverPolicy;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tool.LtiMessage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lms.Browser;
import lms.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Launches about somebody else: submission review, student context card, observers, data privacy. */
@LaurelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaunchAboutSomebodyConformanceTests {

    private static final String STUDENT = "40899";

    @Autowired
    ApplicationContext app;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    ObserverPolicy observers;

    @Autowired
    OwnAddresses addresses;

    private ValidatorCourse validator;

    private String student;

    private final Browser browser = new Browser();

    @BeforeAll
    void aCourseWithABadgeAndAStudent() {
        validator = new ValidatorCourse(app);
        validator.pick(browser, settings());
        validator.badge("Essayist", true);
        validator.launch(new Browser(), link(validator.person(STUDENT, "Learner")));
        validator.launch(new Browser(), link(validator.person("classmate", "Learner")));
        student = "/learners/" + validator.number(STUDENT);
    }

    @AfterAll
    void stop() {
        validator.close();
    }

    @Test
    @DisplayName("S39c a submission review leads the teacher to that student’s badges, with nothing to press")
    void submissionReview() {
        Page page = validator.launch(browser, validator.review(validator.instructor(), STUDENT));

        assertThat(page.uri().getPath()).isEqualTo(student);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("Badges of Ofelia Cordoba")
                .contains("Missing: 80 % or more in Report")
                .doesNotContain("<form");
    }

    @Test
    @DisplayName("S39d a student who opens the review of her own work gets her own page, never another’s")
    void ownReview() {
        Page own = validator.launch(browser, validator.review(validator.person(STUDENT, "Learner"), STUDENT));
        Page another = validator.launch(browser, validator.review(validator.person(STUDENT, "Learner"), "classmate"));

        assertThat(own.uri().getPath()).isEqualTo("/shelf");
        assertThat(another.uri().getPath()).isEqualTo("/learners/unknown");
        assertThat(browser.open(URI.create(publicUrl.at("/learners/" + validator.number("classmate"))))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest(name = "S39e a review of somebody whom the course does not know ends on a kind page: {0}")
    @ValueSource(strings = {"never seen", "39890-else"})
    void unknownStudent(String sub) {
        Page page = validator.launch(browser, validator.review(validator.instructor(), sub));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("There is nothing to show about this person here");
    }

    @Test
    @DisplayName("S39f a review without for_user ends there too")
    void reviewOfNobody() {
        Page page = validator.launch(
                browser, validator.review(validator.instructor(), STUDENT).claim(LTI + "for_user", "40899"));

        assertThat(page.uri().getPath()).isEqualTo("/learners/unknown");
    }

    @Test
    @DisplayName("S39g a platform for which submission review is not switched on is refused")
    void reviewSwitchedOff() {
        validator.sends(Set.of());
        try {
            Page page = validator.launch(browser, validator.review(validator.instructor(), STUDENT));
            assertThat(page.status()).isEqualTo(400);
            assertThat(page.text()).contains("not switched on for this platform");
        } finally {
            validator.sends(null);
        }
    }

    @Test
    @DisplayName("S39h Canvas’s student context card opens the same page")
    void contextCard() {
        Page page = validator.launch(
                browser, link(validator.instructor()).claim("https://www.instructure.com/lti_student_id", STUDENT));
        Page unknown = validator.launch(
                browser, link(validator.instructor()).claim("https://www.instructure.com/lti_student_id", "nobody"));

        assertThat(page.uri().getPath()).isEqualTo(student);
        assertThat(unknown.uri().getPath()).isEqualTo("/learners/unknown");
    }

    @Test
    @DisplayName(
            "An observer sees nothing until the institution allows it, and then the students they observe, to read only")
    void observer() {
        Page before = validator.launch(browser, observing(STUDENT, "somebody else"));
        assertThat(before.text())
                .contains("There is nothing here for your role")
                .doesNotContain("Essayist");
        assertThat(browser.open(URI.create(publicUrl.at("/observed"))).status()).isEqualTo(404);

        Browser admin = new Browser();
        Page institution = validator.launch(admin, link(validator.administrator()));
        assertThat(institution.text()).contains("/institution/observers/ALLOWED");
        Page asked = admin.open(URI.create(publicUrl.at("/institution/observers/ALLOWED")));
        Page allowed = admin.submit(asked, asked.formTo("/observers/ALLOWED"), Map.of());
        assertThat(allowed.text()).contains("Observers see the badge progress of the students they observe now.");

        Page after = validator.launch(browser, observing(STUDENT, "somebody else"));
        assertThat(after.uri().getPath()).isEqualTo("/observed");
        assertThat(after.text())
                .contains("Ofelia Cordoba")
                .contains("Essayist")
                .contains("Missing: 80 % or more in Report")
                .doesNotContain("<form")
                .doesNotContain("/my/badges")
                .doesNotContain("/learners/");
        assertThat(browser.open(URI.create(publicUrl.at(student))).status()).isEqualTo(404);

        String picture = after.text().replaceAll("(?s).*?(/pictures/\\d+).*", "$1");
        assertThat(browser.open(URI.create(publicUrl.at(picture))).status()).isEqualTo(200);

        Page ofNobody = validator.launch(browser, observing("never seen"));
        assertThat(ofNobody.text()).contains("None of the students you observe is known in this course yet.");
        assertThat(validator
                        .launch(browser, validator.review(observing(STUDENT), STUDENT))
                        .uri()
                        .getPath())
                .isEqualTo("/learners/unknown");

        observers.set(validator.tenant(), false, 1);
        assertThat(validator.launch(browser, observing(STUDENT)).text()).doesNotContain("Essayist");
        assertThat(browser.open(URI.create(publicUrl.at(picture))).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("S39i a data privacy launch shows everybody what is stored about themselves, where it is switched on")
    void dataPrivacy() {
        validator.sends(Set.of(LtiMessage.SUBMISSION_REVIEW, LtiMessage.DATA_PRIVACY));
        try {
            Page page = validator.launch(browser, privacy(validator.person(STUDENT, "Learner"), null));
            Page file = browser.open(URI.create(publicUrl.at("/privacy/data.json")));

            assertThat(page.uri().getPath()).isEqualTo("/privacy");
            assertThat(page.text())
                    .contains("What is stored about you")
                    .contains("Ofelia Cordoba")
                    .contains("Telecommuncations 101")
                    .contains("“Essayist”:")
                    .contains(STUDENT);
            assertThat(file.header("Content-Disposition").orElseThrow()).startsWith("attachment");
            assertThat(file.text())
                    .contains(
                            "\"userId\":\"40899\"",
                            "\"title\":\"Telecommuncations 101\"",
                            "LtiDataPrivacyLaunchRequest");
        } finally {
            validator.sends(null);
        }
    }

    @Test
    @DisplayName("S39j an administrator sees what is stored about the person named, and nobody else does")
    void dataPrivacyOfAnother() {
        validator.sends(Set.of(LtiMessage.DATA_PRIVACY));
        try {
            Page admin = validator.launch(browser, privacy(validator.administrator(), STUDENT));
            assertThat(admin.text())
                    .contains("What is stored about Ofelia Cordoba")
                    .contains("Telecommuncations 101");
            assertThat(validator
                            .launch(browser, privacy(validator.administrator(), "never seen"))
                            .text())
                    .contains("Nothing is stored about this person.");
            Page teacher = validator.launch(browser, privacy(validator.instructor(), STUDENT));
            assertThat(teacher.text()).contains("What is stored about you").doesNotContain(STUDENT);
        } finally {
            validator.sends(null);
        }
    }

    @Test
    @DisplayName("S39k an e-mail address that somebody gave herself is told to her, and to no administrator")
    void ownAddress() {
        long student = validator.number(STUDENT);
        MailAddress address = MailAddress.of("ofelia@home.example").orElseThrow();
        addresses.wish(validator.tenant(), student, address);
        String code = addresses
                .newCode(validator.tenant(), student, addresses.hash(validator.tenant(), address))
                .orElseThrow();
        addresses.confirm(validator.tenant(), student, code);
        validator.sends(Set.of(LtiMessage.DATA_PRIVACY));
        try {
            URI file = URI.create(publicUrl.at("/privacy/data.json"));
            Page admin = validator.launch(browser, privacy(validator.administrator(), STUDENT));
            assertThat(admin.text())
                    .contains("What is stored about Ofelia Cordoba")
                    .doesNotContain(address.value());
            assertThat(browser.open(file).text()).contains(STUDENT).doesNotContain(address.value());
            Page own = validator.launch(browser, privacy(validator.person(STUDENT, "Learner"), null));
            assertThat(own.text()).contains(address.value());
            assertThat(browser.open(file).text()).contains(address.value());
        } finally {
            addresses.remove(validator.tenant(), student);
            validator.sends(null);
        }
    }

    @Test
    @DisplayName("DL8c a student who has the badge is led to it, and her data hold the reasons for it")
    void holder() throws Exception {
        AchievementVersion badge = validator.badge("Reader", true);
        validator.launch(new Browser(), link(validator.person("holder", "Learner")));
        Award award = validator.award(badge, "holder");

        Page page = validator.launch(
                browser,
                validator.link(
                        validator.person("holder", "Learner"),
                        publicUrl.at("/lti/launch"),
                        Map.of("badge_id", badge.achievementPublicId().toString())));
        Page stored = browser.open(URI.create(publicUrl.at("/privacy")));
        JsonNode file = JsonMapper.shared()
                .readTree(browser.open(URI.create(publicUrl.at("/privacy/data.json")))
                        .text());

        assertThat(page.uri().getPath()).isEqualTo("/my/badges/" + award.id());
        assertThat(stored.text())
                .contains("Reader", "91 of 100", award.reference().value());
        JsonNode held = file.path("badges").path(0);
        assertThat(held.path("name").asString()).isEqualTo("Reader");
        assertThat(held.path("reasons").isObject()).isTrue();
        assertThat(held.path("sharedAt").isNull()).isTrue();
    }

    @Test
    @DisplayName("DL8d a student whose badge was taken back is led to what is missing, not to what is over")
    void takenBack() throws Exception {
        AchievementVersion badge = validator.badge("Speller", true);
        validator.launch(new Browser(), link(validator.person("loser", "Learner")));
        Award award = validator.award(badge, "loser");
        app.getBean(JdbcClient.class)
                .sql("UPDATE award SET revoked_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?")
                .params(validator.tenant().value(), award.id())
                .update();

        Page page = validator.launch(
                browser,
                validator.link(
                        validator.person("loser", "Learner"),
                        publicUrl.at("/lti/launch"),
                        Map.of("badge_id", badge.achievementPublicId().toString())));

        assertThat(page.uri().getPath()).isEqualTo("/badges/" + award.ruleSetId() + "/learners/" + award.personId());
    }

    private JWTClaimsSet.Builder observing(String... students) {
        return link(validator.person("parent", "Mentor").claim(LTI + "role_scope_mentor", List.of(students)));
    }

    private JWTClaimsSet.Builder privacy(JWTClaimsSet.Builder person, String forUser) {
        return person.claim(LTI + "message_type", "LtiDataPrivacyLaunchRequest")
                .claim(LTI + "target_link_uri", publicUrl.at("/lti/launch"))
                .claim(LTI + "for_user", forUser == null ? null : Map.of("user_id", forUser));
    }

    private JWTClaimsSet.Builder link(JWTClaimsSet.Builder person) {
        return validator.link(person, publicUrl.at("/lti/launch"), Map.of());
    }
}
