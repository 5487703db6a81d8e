package dev.laurel.launch;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.laurel.TestCourse;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.RegistrationEntry;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.LtiMessage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lms.Browser;
import lms.LaunchStart;
import lms.Page;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The certification's validator as a platform: its issuer, deployment, people and deep linking request, as it sends them.
 * Only its keys are ours.
 */
public final class ValidatorCourse implements AutoCloseable {

    public static final String ISSUER = "https://ltiadvantagevalidator.imsglobal.org";

    public static final String DEPLOYMENT = "testdeploy";

    public static final String RETURN_URL = ISSUER + "/ltitool/deeplinkresponse.html?session=4711&a=b%26c";

    public static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    public static final String DL = "https://purl.imsglobal.org/spec/lti-dl/claim/";

    private static final String MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#";

    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/";

    private final ApplicationContext app;

    private final TestPlatform platform = new TestPlatform();

    private final String clientId = "imstester_" + UUID.randomUUID();

    public ValidatorCourse(ApplicationContext app) {
        this.app = app;
        sends(null);
    }

    /** Registers the validator again, as a platform that may send these optional messages. */
    public void sends(@Nullable Set<LtiMessage> messages) {
        platforms().register(entry(messages), false);
    }

    private RegistrationEntry entry(@Nullable Set<LtiMessage> messages) {
        return new RegistrationEntry(
                "Validator",
                ISSUER,
                clientId,
                URI.create(ISSUER + "/ltitool/oidcauthurl.html"),
                URI.create(ISSUER + "/ltitool/authcodejwt.html"),
                null,
                URI.create(platform.issuer() + "/jwks"),
                null,
                null,
                null,
                List.of(new RegistrationEntry.DeploymentEntry(DEPLOYMENT, "Validator " + clientId)),
                messages);
    }

    private Platforms platforms() {
        return app.getBean(Platforms.class);
    }

    private String publicUrl() {
        return app.getBean(PublicUrl.class).origin();
    }

    public String clientId() {
        return clientId;
    }

    public TenantId tenant() {
        Registration registration = platforms().registration(ISSUER, clientId).orElseThrow();
        return Objects.requireNonNull(
                platforms().deployment(registration, DEPLOYMENT).tenant());
    }

    /** Claims of an instructor, to which a test adds its message. */
    public JWTClaimsSet.Builder instructor() {
        return person("39890", "Instructor");
    }

    public JWTClaimsSet.Builder person(String sub, String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(clientId)
                .subject(sub)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("given_name", "Ofelia")
                .claim("family_name", "Cordoba")
                .claim("name", "Ofelia Cordoba")
                .claim(LTI + "version", "1.3.0")
                .claim(LTI + "deployment_id", DEPLOYMENT)
                .claim(
                        LTI + "roles",
                        List.of(roles).stream().map(role -> MEMBERSHIP + role).toList())
                .claim(
                        LTI + "context",
                        Map.of(
                                "id", "S3294476",
                                "label", "ST101",
                                "title", "Telecommuncations 101",
                                "type", List.of("Course Section")))
                .claim(
                        AGS + "claim/endpoint",
                        Map.of(
                                "scope",
                                List.of(
                                        AGS + "scope/lineitem",
                                        AGS + "scope/lineitem.readonly",
                                        AGS + "scope/result.readonly",
                                        AGS + "scope/score"),
                                "lineitems",
                                ISSUER + "/ltitool/rest/assignmentsgrades/1/lineitems"));
    }

    /** The settings of DL1. */
    public static Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("accept_types", List.of("link", "file", "html", "ltiResourceLink", "image"));
        settings.put("accept_media_types", "image/*,text/html");
        settings.put("accept_presentation_document_targets", List.of("iframe", "window", "embed"));
        settings.put("accept_multiple", true);
        settings.put("auto_create", true);
        settings.put("title", "This is the default title");
        settings.put("text", "This is the default text");
        settings.put("data", "95399");
        settings.put("deep_link_return_url", RETURN_URL);
        return settings;
    }

    /** DL1's request: no target_link_uri, no resource_link. */
    public JWTClaimsSet.Builder request(JWTClaimsSet.Builder person, Map<String, Object> settings) {
        return person.claim(LTI + "message_type", "LtiDeepLinkingRequest")
                .claim(DL + "deep_linking_settings", settings);
    }

    /** The launch of a link with these custom parameters. */
    public JWTClaimsSet.Builder link(JWTClaimsSet.Builder person, String url, Map<String, Object> custom) {
        return person.claim(LTI + "message_type", "LtiResourceLinkRequest")
                .claim(LTI + "target_link_uri", url)
                .claim(LTI + "resource_link", Map.of("id", "link-7", "title", "Badge"))
                .claim(LTI + "custom", custom);
    }

    /** An administrator of the institution, outside any course. */
    public JWTClaimsSet.Builder administrator() {
        return person("boss")
                .claim(LTI + "context", null)
                .claim(
                        LTI + "roles",
                        List.of("http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"));
    }

    /** A teacher opens this student's work in the gradebook of the platform. */
    public JWTClaimsSet.Builder review(JWTClaimsSet.Builder person, String forUser) {
        return link(person, publicUrl() + "/lti/launch", Map.of())
                .claim(LTI + "message_type", "LtiSubmissionReviewRequest")
                .claim(LTI + "for_user", Map.of("user_id", forUser));
    }

    /** Our number for somebody who launched before. */
    public long number(String sub) {
        Registration registration = platforms().registration(ISSUER, clientId).orElseThrow();
        return Objects.requireNonNull(app.getBean(Contexts.class)
                .personsBySub(tenant(), registration.id(), List.of(sub))
                .get(sub));
    }

    public Page launch(Browser browser, JWTClaimsSet.Builder claims) {
        Map<String, String> login = new LinkedHashMap<>();
        login.put("iss", ISSUER);
        login.put("client_id", clientId);
        login.put("login_hint", "39890");
        login.put("target_link_uri", publicUrl() + "/lti/launch");
        Browser.AuthenticationRequest request =
                browser.beginLogin(new LaunchStart(URI.create(publicUrl() + "/lti/login"), login));
        return browser.finishLogin(
                request, platform.sign(claims.claim("nonce", request.nonce()).build()));
    }

    /** Launches an instructor with this request: the picker. */
    public Page pick(Browser browser, Map<String, Object> settings) {
        return launch(browser, request(instructor(), settings));
    }

    public long contextId() {
        return app.getBean(Contexts.class).ofTenant(tenant()).get(0).id();
    }

    public TestCourse course() {
        return TestCourse.of(app.getBean(JdbcTemplate.class), tenant(), contextId());
    }

    /** A badge in the course, which an instructor must have launched before. */
    public AchievementVersion badge(String name, boolean active) {
        Achievements achievements = app.getBean(Achievements.class);
        Issuers issuers = app.getBean(Issuers.class);
        RuleSets ruleSets = app.getBean(RuleSets.class);
        TenantId tenant = tenant();
        AchievementVersion badge = achievements.create(
                tenant,
                issuers.of(tenant, contextId(), "Telecommunications").id(),
                new AchievementDraft(name, "About " + name, "80 % in it", "#1f4e79", null),
                TestCourse.TEACHER);
        RuleSet ruleSet = ruleSets.create(
                tenant,
                contextId(),
                badge.achievementId(),
                badge.version(),
                Score.atLeast(course().column("Report", "100"), BigDecimal.valueOf(80), Rule.Unit.PERCENT),
                TestCourse.TEACHER);
        if (active) {
            achievements.activate(tenant, badge.achievementId(), badge.version(), TestCourse.TEACHER);
            ruleSets.activate(tenant, ruleSet.id(), TestCourse.TEACHER);
        }
        return achievements
                .version(tenant, badge.achievementId(), badge.version())
                .orElseThrow();
    }

    public RuleSet ruleSet(AchievementVersion badge) {
        return app.getBean(RuleSets.class).ofContext(tenant(), contextId()).stream()
                .filter(ruleSet -> ruleSet.achievementId() == badge.achievementId())
                .findFirst()
                .orElseThrow();
    }

    /** Lets somebody who launched before reach the badge, as the gradebook does, and waits for the award. */
    public Award award(AchievementVersion badge, String sub) {
        Score rule = (Score) ruleSet(badge).rule();
        app.getBean(TransactionTemplate.class)
                .executeWithoutResult(status ->
                        app.publishEvent(course().grade(rule.lineItemId(), Map.of(number(sub), "91"), "100")));
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> app.getBean(Awards.class).ofPerson(tenant(), number(sub)).stream()
                                .filter(award -> award.achievementId() == badge.achievementId())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        platform.close();
    }
}
