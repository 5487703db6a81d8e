package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lms.Browser;
import lms.Fault;
import lms.LaunchBuilder;
import lms.LaunchStart;
import lms.LmsRole;
import lms.LmsUser;
import lms.LtiNames;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import lms.Tool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Administrators of an LMS who act as somebody else, and launches that may be of a test copy: they look, and leave no trace. */
@LaurelTest
class MasqueradingIntegrationTests {

    @Autowired
    Platforms platforms;

    @Autowired
    Contexts contexts;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private ReferenceLms lms;

    private Registration registration;

    private TenantId tenant;

    private final Browser browser = new Browser();

    @BeforeEach
    void start() {
        lms = ReferenceLms.builder()
                .students(2)
                .tool(Tool.laurel(URI.create(publicUrl.origin())))
                .start();
        registration = TestRegistrations.alone(platforms, lms, "1", "College at " + lms.issuer());
        tenant = Objects.requireNonNull(platforms.deployment(registration, "1").tenant());
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void whoActsAsATeacherSeesHerPagesUnderABannerAndChangesNothingAnywhere() {
        Page page = launchAs(lms.course().teacher(), MasqueradingIntegrationTests::masquerading);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Badges in Academic writing", "You are acting as somebody else");
        assertThat(changingPaths()).hasSizeGreaterThan(15).allSatisfy(path -> {
            Page refused = browser.post(URI.create(publicUrl.at(path)), Map.of(), publicUrl.origin());
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.text()).as(path).contains("acting as somebody else");
        });
    }

    @Test
    void whoActsAsATeacherWasNotThere() {
        // The roster, which any launch asks for, lists her too.
        lms.setFault(Service.ROSTER, Fault.status(503));
        launchAs(lms.course().teacher(), MasqueradingIntegrationTests::masquerading);

        CourseContext course = contexts.ofTenant(tenant).get(0);
        assertThat(course.lastStaffAt()).isNull();
        assertThat(contexts.members(tenant, course.id())).isEmpty();
    }

    @Test
    void whoActsAsAStudentDoesNotChangeWhatIsKnownOfHer() {
        LmsUser student = lms.course().student(0);
        new Browser().launch(lms.launch(lms.course().teacher()));
        new Browser().launch(lms.launch(student));
        CourseContext course = contexts.ofTenant(tenant).get(0);
        long person = Objects.requireNonNull(contexts.personsBySub(tenant, registration.id(), List.of(student.id()))
                .get(student.id()));
        var before = contexts.member(tenant, course.id(), person);

        Page page = launchAs(
                student,
                token -> masquerading(token)
                        .claim("name", "Mallory Mask")
                        .claim(
                                LtiNames.ROLES,
                                List.of("http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor")));

        assertThat(page.text()).contains("You are acting as somebody else");
        assertThat(contexts.member(tenant, course.id(), person)).isEqualTo(before);
        assertThat(Objects.requireNonNull(
                                contexts.profiles(tenant, List.of(person)).get(person))
                        .name())
                .isEqualTo(student.name());
    }

    @Test
    void whoActsAsNobodyIsNotStoppedByAVariableThatWasNotFilledIn() {
        Page page = launchAs(
                lms.course().teacher(),
                token -> token.claim(
                        LtiNames.CUSTOM, Map.of("canvas_masquerading_user_id", "$Canvas.masqueradingUser.id")));

        assertThat(page.text()).doesNotContain("You are acting as somebody else");
        Page checked = browser.submit(page, page.formTo("/course/checks"), Map.of());
        assertThat(checked.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "$Canvas.user.name"})
    void aLinkThatHidesWhetherSomebodyActsAsAnotherLetsNobodyChangeAnything(@Nullable String parameterOfTheLink) {
        Page page = launchAs(lms.course().teacher(), token -> inCanvas(token, parameterOfTheLink));

        assertThat(page.text()).contains("This link hides from Laurel");
        Page refused = browser.submit(page, page.formTo("/course/checks"), Map.of());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("Open Laurel from the menu of the course instead");
    }

    @Test
    void inCanvasNobodyIsStoppedByAVariableThatWasNotFilledInEither() {
        Page page = launchAs(lms.course().teacher(), token -> inCanvas(token, "$Canvas.masqueradingUser.id"));

        assertThat(browser.submit(page, page.formTo("/course/checks"), Map.of()).status())
                .isEqualTo(200);
    }

    @Test
    void aLoginThatOnlyClaimsToComeFromATestCopyMakesTheLaunchReadOnlyAndMarksNothing() {
        LaunchStart start = lms.launch(lms.course().teacher());
        Map<String, String> parameters = new HashMap<>(start.parameters());
        parameters.put("canvas_environment", "test");

        Page page = browser.launch(new LaunchStart(start.loginUrl(), parameters));

        assertThat(page.text()).contains("you can look, but not change anything");
        Page refused = browser.submit(page, page.formTo("/course/checks"), Map.of());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("under its signature");
        assertThat(jdbc.sql("SELECT COUNT(*) FROM launch WHERE tenant_id = ? AND test_copy")
                        .param(tenant.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anAssistantWhoClaimsToBeInProductionIsStillInTheTestCopyThatTheTokenNames() {
        LmsUser assistant = lms.course().enrol("Tess", "Copy", LmsRole.TEACHING_ASSISTANT);
        LaunchStart start = lms.launch(assistant);
        Map<String, String> parameters = new HashMap<>(start.parameters());
        parameters.put("canvas_environment", "production");
        lms.tamperWithLaunches(token -> token.claim(LtiNames.CUSTOM, Map.of("canvas_environment_test", "test")));

        Page page = browser.launch(new LaunchStart(start.loginUrl(), parameters));

        assertThat(page.text()).contains("This is a test copy of your learning platform.");
    }

    private static LaunchBuilder inCanvas(LaunchBuilder token, @Nullable String masquerading) {
        Map<String, @Nullable Object> custom = new HashMap<>();
        custom.put("canvas_masquerading_user_id", masquerading);
        return token.claim(LtiNames.TOOL_PLATFORM, Map.of("guid", "g", "product_family_code", "canvas"))
                .claim(LtiNames.CUSTOM, custom);
    }

    private static LaunchBuilder masquerading(LaunchBuilder token) {
        return token.claim(LtiNames.CUSTOM, Map.of("canvas_masquerading_user_id", "17"));
    }

    private Page launchAs(LmsUser user, UnaryOperator<LaunchBuilder> token) {
        lms.tamperWithLaunches(token);
        return browser.launch(lms.launch(user));
    }

    /** Every address of a signed-in person that takes more than a look. */
    private List<String> changingPaths() {
        return mappings.getHandlerMethods().keySet().stream()
                .filter(info -> !info.getMethodsCondition().getMethods().isEmpty()
                        && !info.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(info -> info.getPatternValues().stream())
                // What asks for no session acts for nobody who is masked.
                .filter(path -> Stream.of(
                                "/lti/",
                                "/events/",
                                "/operator/",
                                "/acts/confirmation",
                                "/messages/silence/",
                                "/wallet/",
                                "/b/",
                                "/issuers/",
                                "/my-badges/",
                                "/verify")
                        .noneMatch(path::startsWith))
                .map(path -> path.replaceAll("\\{\\w+}", "1"))
                .sorted()
                .toList();
    }
}
