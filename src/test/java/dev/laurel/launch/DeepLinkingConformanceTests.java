package dev.laurel.launch;

import static dev.laurel.launch.ValidatorCourse.DL;
import static dev.laurel.launch.ValidatorCourse.LTI;
import static dev.laurel.launch.ValidatorCourse.RETURN_URL;
import static dev.laurel.launch.ValidatorCourse.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Deep linking as the certification tests it, with the values that its validator sends; DL9 and on are the sheet's extras.
 * DL15, in frame and window, is in {@code DeepLinkingBrowserConformanceTests}.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dl/v2p0">LTI Deep Linking 2.0</a>
 */
@LaurelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepLinkingConformanceTests {

    private static final String ITEMS = DL + "content_items";

    @Autowired
    ApplicationContext app;

    @Autowired
    PublicUrl publicUrl;

    private ValidatorCourse validator;

    private AchievementVersion essayist;

    private AchievementVersion reader;

    private Browser browser = new Browser();

    @BeforeAll
    void aCourseWithTwoBadges() {
        validator = new ValidatorCourse(app);
        validator.pick(browser, settings());
        essayist = validator.badge("Essayist", true);
        reader = validator.badge("Close <b>reader</b> & \"friend\"", false);
    }

    @AfterAll
    void stop() {
        validator.close();
    }

    @Test
    @DisplayName(
            "DL1 the validator’s request is accepted: no target_link_uri, no resource_link, a free text as context type")
    void requestIsAccepted() {
        Page picker = picker();

        assertThat(picker.status()).isEqualTo(200);
        assertThat(picker.uri().getPath()).isEqualTo("/deep-linking");
        assertThat(picker.text())
                .contains("What do you want to place in Telecommuncations 101?")
                .contains("Essayist");
    }

    @Test
    @DisplayName("DL2 the response is a form that the browser posts to the return URL, in the field JWT")
    void responseIsPosted() {
        Page.Form form = choose(picker(), essayist);

        assertThat(form.method()).isEqualTo("post");
        assertThat(form.action()).isEqualTo(RETURN_URL);
        assertThat(form.fields()).containsOnlyKeys("JWT");
    }

    @Test
    @DisplayName("DL3 the response says that it is one")
    void messageType() throws Exception {
        assertThat(claims(choose(picker(), essayist)).getStringClaim(LTI + "message_type"))
                .isEqualTo("LtiDeepLinkingResponse");
    }

    @Test
    @DisplayName("DL4 it was issued now and is good for five minutes")
    void times() throws Exception {
        JWTClaimsSet claims = claims(choose(picker(), essayist));

        assertThat(claims.getIssueTime().toInstant())
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(1));
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    @DisplayName("DL5 its signature verifies with the key of our key set that it names")
    void signature() throws Exception {
        SignedJWT jwt = SignedJWT.parse(choose(picker(), essayist).fields().get("JWT"));
        JWKSet published = JWKSet.parse(
                new Browser().get(URI.create(publicUrl.at("/lti/jwks.json"))).text());

        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(jwt.verify(new RSASSAVerifier(
                        published.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
    }

    @Test
    @DisplayName(
            "DL6 it has every required claim: iss and aud with their sides swapped, deployment, version, data unchanged")
    void requiredClaims() throws Exception {
        JWTClaimsSet claims = claims(choose(picker(), essayist));

        assertThat(claims.getIssuer()).isEqualTo(validator.clientId());
        assertThat(claims.getAudience()).containsExactly(ValidatorCourse.ISSUER);
        assertThat(claims.getStringClaim("nonce")).isNotBlank();
        assertThat(claims.getStringClaim(LTI + "deployment_id")).isEqualTo(ValidatorCourse.DEPLOYMENT);
        assertThat(claims.getStringClaim(LTI + "version")).isEqualTo("1.3.0");
        assertThat(claims.getClaim(DL + "data")).isEqualTo("95399");
        assertThat(claims.getClaim(ITEMS)).asInstanceOf(LIST).hasSize(1);
    }

    @Test
    @DisplayName("DL7 what it says is what was chosen")
    void valuesAreThoseChosen() throws Exception {
        Map<String, Object> item = items(choose(picker(), essayist)).get(0);

        assertThat(item)
                .containsEntry("type", "ltiResourceLink")
                .containsEntry("url", publicUrl.at("/lti/launch"))
                .containsEntry("title", "Essayist")
                .containsEntry("text", "About Essayist")
                .containsEntry(
                        "custom",
                        Map.of("badge_id", essayist.achievementPublicId().toString()))
                .doesNotContainKey("lineItem");
        String icon = (String) ((Map<?, ?>) item.get("icon")).get("url");
        assertThat(new Browser().get(URI.create(icon)).header("Content-Type")).hasValue("image/png");
    }

    @Test
    @DisplayName("DL8 launching the returned link leads instructor and student straight to the badge")
    @SuppressWarnings("unchecked")
    void launchingTheLink() throws Exception {
        Map<String, Object> item = items(choose(picker(), essayist)).get(0);
        String url = (String) item.get("url");
        Map<String, Object> custom = (Map<String, Object>) item.get("custom");
        long badge = validator.ruleSet(essayist).id();

        Page teacher = validator.launch(browser, validator.link(validator.instructor(), url, custom));
        Page student =
                validator.launch(new Browser(), validator.link(validator.person("40899", "Learner"), url, custom));

        assertThat(teacher.uri().getPath()).isEqualTo("/badges/" + badge);
        assertThat(student.uri().getPath()).isEqualTo("/badges/" + badge + "/learners/" + validator.number("40899"));
        assertThat(student.status()).isEqualTo(200);
        assertThat(student.text()).contains("Essayist").contains("80 % or more in Report");
    }

    @Test
    @DisplayName("DL8b a link to a badge that the course does not have leads to the overview, which says so")
    void launchingALinkToNoBadge() {
        String url = publicUrl.at("/lti/launch");
        Map<String, Object> custom = Map.of("badge_id", "0b0d7a2e-0000-4000-8000-000000000000");

        Page teacher = validator.launch(browser, validator.link(validator.instructor(), url, custom));
        Page student =
                validator.launch(new Browser(), validator.link(validator.person("40899", "Learner"), url, custom));
        Page draft = validator.launch(
                new Browser(),
                validator.link(
                        validator.person("40899", "Learner"),
                        url,
                        Map.of("badge_id", reader.achievementPublicId().toString())));
        Page nonsense = validator.launch(
                new Browser(),
                validator.link(validator.person("40899", "Learner"), url, Map.of("badge_id", "$Badge.id")));

        assertThat(teacher.uri().getPath()).isEqualTo("/course");
        assertThat(teacher.text()).contains("made for a badge that is not in this course");
        assertThat(student.uri().getPath()).isEqualTo("/shelf");
        assertThat(student.text()).contains("made for a badge that is not in this course");
        assertThat(draft.text()).contains("for a badge that nobody can earn yet");
        assertThat(nonsense.uri().toString()).endsWith("/shelf");
    }

    @Test
    @DisplayName("DL9 an empty selection goes back as an empty list, with a word for the person")
    void emptySelection() throws Exception {
        Page picker = picker();
        JWTClaimsSet claims = claims(answer(browser.submit(picker, picker.formTo("/cancellation"), Map.of())));

        assertThat(claims.getClaim(ITEMS)).asInstanceOf(LIST).isEmpty();
        assertThat(claims.getStringClaim(DL + "msg")).isEqualTo("Nothing was chosen in Laurel.");
        assertThat(claims.getClaim(DL + "errormsg")).isNull();
    }

    @Test
    @DisplayName("DL10 nothing is sent while nothing is chosen, and the page says so")
    void nothingChosen() {
        Page picker = picker();
        Page again = browser.submit(picker, picker.formTo("/deep-linking"), Map.of());

        assertThat(again.uri().getPath()).isEqualTo("/deep-linking");
        assertThat(again.text()).contains("Choose at least one link.");
    }

    @Test
    @DisplayName("DL11 accept_multiple false: one at most; true: as many as are chosen")
    void multiple() throws Exception {
        String both = essayist.achievementPublicId() + "," + reader.achievementPublicId() + ",course";
        Page one = picker("accept_multiple", false);
        Page refused = browser.submit(one, one.formTo("/deep-linking"), Map.of("links", both));

        assertThat(one.text()).contains("type=\"radio\"").doesNotContain("type=\"checkbox\"");
        assertThat(refused.text()).contains("Your learning platform takes one link at a time. Choose one.");

        Page many = picker();
        List<Map<String, Object>> items =
                items(answer(browser.submit(many, many.formTo("/deep-linking"), Map.of("links", both))));
        assertThat(items).extracting(item -> item.get("title")).hasSize(3).contains("Essayist");
    }

    @Test
    @DisplayName("DL12 accept_types without ltiResourceLink: a polite page that goes back with errormsg")
    void noLinksWanted() throws Exception {
        Page page = picker("accept_types", List.of("file", "html"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Laurel has nothing of this kind");
        JWTClaimsSet claims = claims(answer(browser.submit(page, page.formTo("/cancellation"), Map.of())));
        assertThat(claims.getClaim(ITEMS)).asInstanceOf(LIST).isEmpty();
        assertThat(claims.getStringClaim(DL + "errormsg")).contains("can only be placed as a link");
    }

    @ParameterizedTest(name = "DL13 accept_lineitem {0}: a column comes along {1}")
    @CsvSource({",true", "true,true", "false,false"})
    void lineItems(Boolean accepted, boolean comes) throws Exception {
        Page page = accepted == null ? picker() : picker("accept_lineitem", accepted);
        List<Map<String, Object>> items = items(answer(browser.submit(
                page,
                page.formTo("/deep-linking"),
                Map.of(
                        "links", essayist.achievementPublicId().toString(),
                        "column", "GRADED",
                        "columnName", "Oral presentation",
                        "maximum", "12,5"))));

        assertThat(page.text().contains("A column that you grade")).isEqualTo(comes);
        if (comes) {
            Map<?, ?> column = (Map<?, ?>) items.get(0).get("lineItem");
            assertThat(column.get("label")).isEqualTo("Oral presentation");
            assertThat(column.get("scoreMaximum")).isEqualTo(12.5);
            assertThat((String) column.get("resourceId")).startsWith("laurel-graded-");
            assertThat(column.get("tag")).isEqualTo("badge");
        } else {
            assertThat(items.get(0)).doesNotContainKey("lineItem");
        }
    }

    @Test
    @DisplayName(
            "DL14 a return URL with a query is used as it is, and is the only place that the page’s form may go to")
    void returnUrl() {
        Page picker = picker();
        Page answer = browser.submit(
                picker,
                picker.formTo("/deep-linking"),
                Map.of("links", essayist.achievementPublicId().toString()));

        assertThat(answer(answer).action()).isEqualTo(RETURN_URL);
        assertThat(answer.header("Content-Security-Policy").orElseThrow())
                .contains("form-action " + ValidatorCourse.ISSUER + ";")
                .endsWith("frame-ancestors " + ValidatorCourse.ISSUER);
        assertThat(picker.header("Content-Security-Policy").orElseThrow()).contains("form-action 'self';");
    }

    @Test
    @DisplayName("DL16 titles are plain text: escaped on our pages, unchanged in the response")
    void titlesAreText() throws Exception {
        Page picker = picker();

        assertThat(picker.text())
                .contains("Close &lt;b&gt;reader&lt;/b&gt; &amp; &quot;friend&quot;")
                .doesNotContain("<b>reader");
        assertThat(items(choose(picker, reader)).get(0))
                .containsEntry("title", "Close <b>reader</b> & \"friend\"")
                .doesNotContainKey("icon");
    }

    @ParameterizedTest(name = "DL17 only an instructor may choose: a {0} goes back empty-handed")
    @CsvSource({"Learner", "Mentor", "ContentDeveloper", "Member", "Helper"})
    void onlyInstructors(String role) throws Exception {
        Page page = validator.launch(browser, validator.request(validator.person("someone", role), settings()));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Only those who teach the course can choose here");
        Page forced = browser.submit(
                page,
                new Page.Form(
                        "/deep-linking", "post", page.formTo("/cancellation").fields(), false),
                Map.of("links", essayist.achievementPublicId().toString()));
        assertThat(forced.status()).isEqualTo(404);
        JWTClaimsSet claims = claims(answer(browser.submit(page, page.formTo("/cancellation"), Map.of())));
        assertThat(claims.getClaim(ITEMS)).asInstanceOf(LIST).isEmpty();
    }

    private Page picker() {
        return validator.pick(browser, settings());
    }

    private Page picker(String setting, Object value) {
        Map<String, Object> settings = settings();
        settings.put(setting, value);
        return validator.pick(browser, settings);
    }

    private Page.Form choose(Page picker, AchievementVersion badge) {
        return answer(browser.submit(
                picker,
                picker.formTo("/deep-linking"),
                Map.of("links", badge.achievementPublicId().toString())));
    }

    private static Page.Form answer(Page page) {
        assertThat(page.uri().getPath()).isEqualTo("/deep-linking/answer");
        return page.formTo(ValidatorCourse.ISSUER);
    }

    private static JWTClaimsSet claims(Page.Form form) throws Exception {
        return SignedJWT.parse(form.fields().get("JWT")).getJWTClaimsSet();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items(Page.Form form) throws Exception {
        return (List<Map<String, Object>>) claims(form).getClaim(ITEMS);
    }
}
