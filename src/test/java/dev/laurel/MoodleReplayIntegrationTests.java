package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Member;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lms.Browser;
import lms.MoodleReplay;
import lms.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real Moodle 4.5 sent, against the running tool. */
@LaurelTest
class MoodleReplayIntegrationTests {

    /** The tool type with all services, in whose course the captures were made. */
    private static final String CLIENT = "6Ar4KtknR8c0BAv";

    private static MoodleReplay moodle;

    @Autowired
    Platforms platforms;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Awards awards;

    @Autowired
    PublicUrl publicUrl;

    private Registration registration;

    private TenantId tenant;

    @BeforeEach
    void register() {
        if (moodle == null) {
            moodle = MoodleReplay.start(Needs.shared(), URI.create(publicUrl.origin()));
        }
        TestRegistrations.register(platforms, moodle.facts());
        registration = platforms.registration(moodle.issuer(), CLIENT).orElseThrow();
        tenant = platforms.deployment(registration, "1").tenant();
    }

    @AfterAll
    static void stop() {
        if (moodle != null) {
            moodle.close();
            moodle = null;
        }
    }

    @Test
    void everyCapturedLaunchLandsOnAPage() {
        List<MoodleReplay.Captured> launches = moodle.launches();

        assertThat(launches).hasSizeGreaterThanOrEqualTo(15).allSatisfy(launch -> {
            Page page = new Browser().launch(moodle.begin(launch));
            assertThat(page.status()).as(launch.name() + " at " + page.uri()).isEqualTo(200);
            assertThat(page.uri().getPath()).isNotEqualTo("/lti/launch");
        });
    }

    @Test
    void aDeepLinkingRequestIsAnsweredInTheShapeThatMoodleTook() throws Exception {
        Browser teacher = new Browser();
        Page picker = teacher.launch(moodle.begin(moodle.launch("DL")));
        assertThat(picker.text()).contains("What do you want to place in Badges 101?");

        Page answer = teacher.submit(picker, picker.formTo("/deep-linking"), Map.of("links", "course"));

        Page.Form form = answer.formTo(moodle.issuer());
        JsonNode taken = JsonMapper.shared()
                .readTree(Files.readString(Needs.shared().resolve("fixtures/moodle/DL.dl-response.json")));
        JsonNode sent = JsonMapper.shared()
                .readTree(SignedJWT.parse(form.fields().get("JWT")).getPayload().toString());
        String items = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items";
        assertThat(form.action()).contains("/mod/lti/contentitem_return.php?course=2&id=1&sesskey=");
        assertThat(sent.propertyNames())
                .containsExactlyInAnyOrderElementsOf(taken.path("payload").propertyNames());
        assertThat(taken.path("payload").path(items).path(0).propertyNames())
                .containsAll(sent.path(items).path(0).propertyNames());
        assertThat(sent.path("iss").asString()).isEqualTo(CLIENT);
    }

    @Test
    void aSubmissionReviewOpensTheBadgesOfThatStudent() {
        launch("A1.instructor");
        contexts.refreshRoster(tenant, course().id());

        Page page = new Browser().launch(moodle.begin(moodle.launch("A1.submissionreview.instructor")));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo("/learners/" + person("8"));
    }

    @Test
    void theRosterWithItsShortRoleNamesIsRead() {
        launch("A1.instructor");
        contexts.refreshRoster(tenant, course().id());

        assertThat(contexts.earners(tenant, course().id())).contains(person("4"), person("32"));
        assertThat(contexts.members(tenant, course().id())).hasSizeGreaterThanOrEqualTo(30);
        assertThat(member("3").roles()).contains(Role.INSTRUCTOR);
        assertThat(member("3").earns()).isFalse();
    }

    @Test
    void anAssistantWhomALaunchShowedAsStaffNeverEarnsAlthoughTheRosterSaysLearner() {
        launch("A1.nonediting-teacher");
        moodle.listAssistantAndAdministrator(true);
        try {
            contexts.refreshRoster(tenant, course().id());
        } finally {
            moodle.listAssistantAndAdministrator(false);
        }

        assertThat(member("2035").earns()).isFalse();
        assertThat(member("2").earns()).isFalse();
        assertThat(member("4").earns()).isTrue();
        assertThat(course().tellsAssistants()).isFalse();
    }

    @Test
    void aBadgeIsEarnedByThoseWhoseCapturedResultsReachIt() {
        Browser teacher = launch("A1.instructor");
        contexts.refreshRoster(tenant, course().id());
        gradebook.checkSoon(tenant, course().id());
        LineItem essay = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> gradebook.lineItems(tenant, course().id()).stream()
                                .filter(item -> item.label().equals("A1 graded"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();

        RuleSet rules = activate(Score.atLeast(essay.id(), new BigDecimal("80"), Rule.Unit.PERCENT));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(holders(rules)).contains(person("4"), person("6"), person("7")));
        assertThat(holders(rules)).doesNotContain(person("3"), person("5"), person("8"));
        assertThat(gradebook.lineItems(tenant, course().id()))
                .extracting(LineItem::label)
                .doesNotContain("Final quiz");
        assertThat(teacher.open(URI.create(publicUrl.at("/badges/" + rules.id())))
                        .text())
                .contains("does not always tell Laurel who is a teaching assistant");
    }

    private RuleSet activate(Rule rule) {
        long teacher = person("3");
        long contextId = course().id();
        var draft = new AchievementDraft("Essayist", "Writes essays.", "80 % of the essay.", "", null);
        AchievementVersion badge = achievements.create(
                tenant, issuers.of(tenant, contextId, "Badges 101").id(), draft, teacher);
        RuleSet rules = ruleSets.create(tenant, contextId, badge.achievementId(), badge.version(), rule, teacher);
        ruleSets.activate(tenant, rules.id(), teacher);
        return rules;
    }

    private List<Long> holders(RuleSet rules) {
        return awards.ofRuleSet(tenant, rules.id()).stream()
                .map(Award::personId)
                .toList();
    }

    private Browser launch(String name) {
        Browser browser = new Browser();
        browser.launch(moodle.begin(moodle.launch(name)));
        return browser;
    }

    private CourseContext course() {
        return contexts.ofTenant(tenant).stream()
                .filter(course -> course.registrationId() == registration.id())
                .findFirst()
                .orElseThrow();
    }

    private long person(String sub) {
        return contexts.personsBySub(tenant, registration.id(), List.of(sub)).get(sub);
    }

    private Member member(String sub) {
        return contexts.member(tenant, course().id(), person(sub)).orElseThrow();
    }
}
