package dev.laurel.launch;

import static dev.laurel.launch.ValidatorCourse.DL;
import static dev.laurel.launch.ValidatorCourse.LTI;
import static dev.laurel.launch.ValidatorCourse.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Passback;
import java.net.URI;
import java.util.List;
import java.util.Map;
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

/** Deep linking requests that are loose or hostile, and answers that are asked for twice; ids go on after the sheet's. */
@LaurelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepLinkingHostileConformanceTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    Passback passback;

    private ValidatorCourse validator;

    private AchievementVersion essayist;

    private final Browser browser = new Browser();

    @BeforeAll
    void aCourseWithABadge() {
        validator = new ValidatorCourse(app);
        validator.pick(browser, settings());
        essayist = validator.badge("Essayist", true);
    }

    @AfterAll
    void stop() {
        validator.close();
    }

    @ParameterizedTest(name = "DL18 a return URL that is not the platform’s is refused: {0}")
    @ValueSource(
            strings = {
                "https://evil.example/return",
                "https://ltiadvantagevalidator.imsglobal.org.evil.example/",
                "https://ltiadvantagevalidator.imsglobal.org@evil.example/",
                "https://ltiadvantagevalidator.imsglobal.org:8443/",
                "http://ltiadvantagevalidator.imsglobal.org/",
                "javascript:alert(1)",
                "//ltiadvantagevalidator.imsglobal.org/",
                "/return",
                "https://ltiadvantagevalidator.imsglobal.org/ x; script-src *",
                ""
            })
    void foreignReturnUrls(String url) {
        Page page = picker("deep_link_return_url", url);

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("Reference number").contains("deep_link_return_url");
    }

    @Test
    @DisplayName("DL19 a request without settings, or with settings that are no object, is refused")
    void noSettings() {
        JWTClaimsSet.Builder without = validator.instructor().claim(LTI + "message_type", "LtiDeepLinkingRequest");

        assertThat(validator.launch(browser, without).status()).isEqualTo(400);
        assertThat(validator
                        .launch(
                                browser,
                                validator
                                        .instructor()
                                        .claim(LTI + "message_type", "LtiDeepLinkingRequest")
                                        .claim(DL + "deep_linking_settings", "none"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("DL20 loose settings are understood: types in one text, truth values as texts, none at all")
    void looseSettings() {
        Map<String, Object> settings = settings();
        settings.put("accept_types", "link, ltiResourceLink");
        settings.put("accept_multiple", "true");
        settings.put("accept_lineitem", "false");
        settings.put("title", Map.of("odd", 1));
        Page page = validator.pick(browser, settings);

        assertThat(page.text()).contains("type=\"checkbox\"").doesNotContain("A column that you grade");

        Page bare = validator.pick(browser, Map.of("deep_link_return_url", ValidatorCourse.RETURN_URL));
        assertThat(bare.text()).contains("type=\"radio\"").contains("Essayist");
    }

    @Test
    @DisplayName("DL21 data of any shape goes back unchanged; where there was none, none goes back")
    void data() throws Exception {
        Map<String, Object> shape = Map.of("a", List.of(1, "zwei", true), "ü", "\"</script>");

        assertThat(claims(choose(picker("data", shape))).getClaim(DL + "data")).isEqualTo(jsonNumbers(shape));
        assertThat(claims(choose(picker("data", ""))).getClaim(DL + "data")).isEqualTo("");
        assertThat(claims(choose(picker("data", null))).getClaims()).doesNotContainKey(DL + "data");
    }

    /** A parsed JWT has long numbers. */
    private static Map<String, Object> jsonNumbers(Map<String, Object> shape) {
        return Map.of("a", List.of(1L, "zwei", true), "ü", shape.getOrDefault("ü", ""));
    }

    @Test
    @DisplayName("DL22 one launch, one answer: opened again it posts nothing by itself and carries the same nonce")
    void once() throws Exception {
        Page first = chosen(picker("data", "1"));
        Page again = browser.open(URI.create(publicUrl.at("/deep-linking/answer")));
        Page picker = browser.open(URI.create(publicUrl.at("/deep-linking")));

        assertThat(first.text()).contains("data-send-now");
        assertThat(again.text()).doesNotContain("data-send-now").contains("Send it once more");
        assertThat(picker.uri().getPath()).isEqualTo("/deep-linking/answer");
        assertThat(claims(again.formTo(ValidatorCourse.ISSUER)).getStringClaim("nonce"))
                .isEqualTo(claims(first.formTo(ValidatorCourse.ISSUER)).getStringClaim("nonce"));
        assertThat(first.formTo(ValidatorCourse.ISSUER).fields()).doesNotContainKey("_csrf");
    }

    @Test
    @DisplayName("DL23 a second decision in another tab changes nothing")
    void secondDecision() throws Exception {
        Page tab = picker("data", "2");
        Page other = browser.open(tab.uri());
        chosen(tab);
        Page late = browser.submit(other, other.formTo("/cancellation"), Map.of());

        assertThat((List<?>) claims(late.formTo(ValidatorCourse.ISSUER)).getClaim(DL + "content_items"))
                .hasSize(1);
    }

    @Test
    @DisplayName("DL24 a badge of another course, or one that does not exist, cannot be chosen")
    void foreignBadges() {
        Page page = picker("data", "3");
        Page again = browser.submit(
                page, page.formTo("/deep-linking"), Map.of("links", "0b0d7a2e-0000-4000-8000-000000000000"));

        assertThat(again.text()).contains("Choose at least one link.");
    }

    @Test
    @DisplayName("DL25 a placement of Canvas that leaves columns out offers none")
    void canvasPlacements() {
        Page editor = validator.launch(
                browser,
                validator
                        .request(validator.instructor(), settings())
                        .claim("https://www.instructure.com/placement", "editor_button"));
        Page links = validator.launch(
                browser,
                validator
                        .request(validator.instructor(), settings())
                        .claim("https://www.instructure.com/placement", "link_selection"));

        assertThat(editor.text()).doesNotContain("A column in the gradebook");
        assertThat(links.text()).contains("A column in the gradebook");
    }

    @Test
    @DisplayName("DL26 a column that Laurel fills is marked as its own, and scores are turned on for the badge")
    void columnThatLaurelFills() throws Exception {
        AchievementVersion badge = validator.badge("Presenter", true);
        Page page = picker("data", "4");
        Page answer = browser.submit(
                page,
                page.formTo("/deep-linking"),
                Map.of("links", badge.achievementPublicId().toString(), "column", "WRITTEN"));
        Map<?, ?> item = (Map<?, ?>)
                ((List<?>) claims(answer.formTo(ValidatorCourse.ISSUER)).getClaim(DL + "content_items")).get(0);
        Map<?, ?> column = (Map<?, ?>) item.get("lineItem");
        long ruleSet = validator.ruleSet(badge).id();

        assertThat(column.get("scoreMaximum")).isEqualTo(1L);
        assertThat(column.get("label")).isEqualTo("Presenter");
        assertThat(column.get("resourceId")).isEqualTo("laurel-output:laurel-badge-" + ruleSet);
        assertThat(passback.isEnabled(validator.tenant(), ruleSet)).isTrue();
    }

    @Test
    @DisplayName(
            "DL27 a column of the instructor’s own belongs to one link; a wrong maximum is said and nothing is lost")
    void columnsThatMakeNoSense() {
        Page page = picker("data", "5");
        String both = essayist.achievementPublicId() + ",course";
        Page twoLinks = browser.submit(
                page, page.formTo("/deep-linking"), Map.of("links", both, "column", "GRADED", "maximum", "10"));
        Page wrong = browser.submit(
                page,
                page.formTo("/deep-linking"),
                Map.of("links", "course", "column", "GRADED", "columnName", "Oral exam", "maximum", "minus one"));
        Page filled =
                browser.submit(page, page.formTo("/deep-linking"), Map.of("links", "course", "column", "WRITTEN"));

        assertThat(twoLinks.text()).contains("A column that you grade belongs to one link.");
        assertThat(wrong.text()).contains("The maximum is a number above zero").contains("value=\"Oral exam\"");
        assertThat(filled.text()).contains("Laurel fills a column for a badge");
    }

    @Test
    @DisplayName("DL28 the page of all badges is called as the platform would call the link")
    void titleOfThePage() throws Exception {
        Page page = picker("title", "Badges & more");
        Page answer = browser.submit(page, page.formTo("/deep-linking"), Map.of("links", "course"));
        Map<?, ?> item = (Map<?, ?>)
                ((List<?>) claims(answer.formTo(ValidatorCourse.ISSUER)).getClaim(DL + "content_items")).get(0);

        assertThat(item.get("title")).isEqualTo("Badges & more");
        assertThat(item.get("url")).isEqualTo(publicUrl.at("/lti/launch"));
        assertThat(item.containsKey("custom")).isFalse();
    }

    private Page picker(String setting, Object value) {
        Map<String, Object> settings = settings();
        settings.put(setting, value);
        if (value == null) {
            settings.remove(setting);
        }
        return validator.pick(browser, settings);
    }

    private Page chosen(Page picker) {
        return browser.submit(
                picker,
                picker.formTo("/deep-linking"),
                Map.of("links", essayist.achievementPublicId().toString()));
    }

    private Page.Form choose(Page picker) {
        return chosen(picker).formTo(ValidatorCourse.ISSUER);
    }

    private static JWTClaimsSet claims(Page.Form form) throws Exception {
        return SignedJWT.parse(form.fields().get("JWT")).getJWTClaimsSet();
    }
}
