package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.launch.TestPlatform;
import dev.laurel.launch.browser.Secret;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Registration;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the message says: deployment, kind, person, course. */
class MessageClaimsConformanceTests extends LaunchConformance {

    @Test
    @DisplayName("S34 deployment unknown: a page that says who must approve it, and no account")
    void unknownDeployment() {
        String id = "course shell " + UUID.randomUUID();
        HttpResponse<String> page = refused(Refusal.DEPLOYMENT_PENDING, from(id));

        assertThat(page.body()).contains("they must approve it once", "Nothing about you was kept");
        Registration registration =
                platforms.registration(platform.issuer(), platform.clientId()).orElseThrow();
        Deployment pending = platforms.deployment(registration, id);
        assertThat(pending.status()).isEqualTo(Deployment.Status.PENDING);
        assertThat(pending.tenant()).isNull();

        approvals.approve(pending.pk(), "A third college");
        assertThat(letIn(from(id)).body()).contains(TEACHER);

        approvals.disable(pending.pk());
        refused(Refusal.DEPLOYMENT_DISABLED, from(id));
    }

    @Test
    @DisplayName("S34b a platform that names deployments without end fills no table")
    void endlessDeployments() {
        try (TestPlatform bad = new TestPlatform()) {
            long registration = platforms.register(bad.registration(), false).id();
            for (int i = 0; i < 500; i++) {
                jdbc.sql("""
                        INSERT INTO deployment (registration_id, deployment_hash, deployment_id, status, first_seen_at)
                        VALUES (?, ?, ?, 'PENDING', UTC_TIMESTAMP(6))""")
                        .params(registration, new Secret("d" + i).hash(), "d" + i)
                        .update();
            }
            long before = count("deployment");

            refused(Refusal.DEPLOYMENT_PENDING, attempt(bad, Map.of()).lti("deployment_id", "one more"));

            assertThat(count("deployment")).isEqualTo(before);
            letIn(attempt(bad, Map.of()));
        }
    }

    @Test
    @DisplayName("S35 deployment of 256 characters")
    void longDeployment() {
        refused(Refusal.DEPLOYMENT_MISSING, a -> a.lti("deployment_id", "d".repeat(256)));
        refused(Refusal.DEPLOYMENT_MISSING, a -> a.lti("deployment_id", "dépl"));
        refused(Refusal.DEPLOYMENT_MISSING, a -> a.lti("deployment_id", 7));
    }

    @Test
    @DisplayName("S36 deployment is not the lti_deployment_id of the login")
    void anotherDeploymentThanTheLogins() {
        long deployments = count("deployment");

        refused(Refusal.DEPLOYMENT_OTHER, attempt(platform, Map.of("lti_deployment_id", "another")));

        assertThat(count("deployment")).isEqualTo(deployments);
    }

    @Test
    @DisplayName("S36b deployment is the lti_deployment_id of the login: accepted")
    void theDeploymentOfTheLogin() {
        letIn(attempt(platform, Map.of("lti_deployment_id", TestPlatform.DEPLOYMENT)));
    }

    @Test
    @DisplayName("S37 message_type unknown")
    void unknownMessage() {
        refused(Refusal.MESSAGE_TYPE, a -> a.lti("message_type", "LtiBogusRequest"));
        refused(Refusal.MESSAGE_TYPE, a -> a.lti("message_type", "ltiresourcelinkrequest"));
        refused(Refusal.MESSAGE_TYPE, a -> a.lti("message_type", List.of("LtiResourceLinkRequest")));
    }

    @Test
    @DisplayName("S38 deep linking request without what it must say")
    void emptyDeepLinkingRequest() {
        refused(Refusal.DEEP_LINKING, a -> a.lti("message_type", "LtiDeepLinkingRequest"));
    }

    @Test
    @DisplayName("S38b resource link request with the claims of deep linking only")
    void resourceLinkRequestOfADeepLink() {
        refused(
                Refusal.RESOURCE_LINK_MISSING,
                a -> a.lti("resource_link", null)
                        .claim(
                                "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings",
                                Map.of("deep_link_return_url", platform.address(), "accept_types", List.of("link"))));
    }

    @Test
    @DisplayName("S39 submission review request is enabled: accepted")
    void submissionReview() {
        letIn("nothing to show about this person here", a -> a.lti("message_type", "LtiSubmissionReviewRequest"));
    }

    @Test
    @DisplayName("S39b data privacy launch request is not enabled: refused")
    void dataPrivacyLaunch() {
        refused(Refusal.MESSAGE_TYPE, a -> a.lti("message_type", "DataPrivacyLaunchRequest"));
    }

    @Test
    @DisplayName("S54 sub of 255 ASCII characters: accepted")
    void longestSub() {
        letIn(TEACHER, a -> a.claim("sub", "s".repeat(255)));
    }

    @Test
    @DisplayName("S54b sub of 256 characters")
    void tooLongSub() {
        refused(Refusal.SUBJECT_MISSING, a -> a.claim("sub", "s".repeat(256)));
    }

    @Test
    @DisplayName("S54c sub beyond ASCII")
    void subBeyondAscii() {
        refused(Refusal.SUBJECT_MISSING, a -> a.claim("sub", "ада"));
        refused(Refusal.SUBJECT_MISSING, a -> a.claim("sub", "teacher-1\u0000"));
    }

    @Test
    @DisplayName("S54d sub as a number counts as its digits; any other kind is none")
    void subOfAnotherKind() {
        letIn(TEACHER, a -> a.claim("sub", 7));
        refused(Refusal.TOKEN_MALFORMED, a -> a.claim("sub", Map.of("id", 7)));
    }

    @Test
    @DisplayName("S55 roles as a text")
    void rolesAsText() {
        refused(Refusal.ROLES_MISSING, a -> a.lti("roles", "Instructor"));
    }

    @Test
    @DisplayName("S55b roles that are no texts: least privilege")
    void rolesAsNumbers() {
        letIn(NOTHING_FOR_THIS_ROLE, a -> a.lti("roles", List.of(1, Map.of("Instructor", true))));
    }

    @Test
    @DisplayName("S56 context.type is free text: accepted")
    void contextTypeAsFreeText() {
        letIn(TEACHER, a -> a.lti("context", context("type", List.of("Course Section"))));
        letIn(TEACHER, a -> a.lti("context", context("type", "a course")));
        letIn(TEACHER, a -> a.lti("context", context("type", 7)));
    }

    @Test
    @DisplayName("S56b context without a usable id")
    void contextWithoutId() {
        refused(Refusal.CONTEXT, a -> a.lti("context", Map.of("title", "x")));
        refused(Refusal.CONTEXT, a -> a.lti("context", Map.of("id", "c".repeat(256))));
        refused(Refusal.CONTEXT, a -> a.lti("context", "course-1"));
    }

    @Test
    @DisplayName("S57 custom values as numbers, unresolved variables: accepted")
    void oddCustomValues() {
        letIn(
                TEACHER,
                a -> a.lti(
                        "custom",
                        Map.of("a", 1, "b", "$Canvas.user.id", "c", List.of(1), "d", true, "time_zone", "Mars/Base")));
        letIn(TEACHER, a -> a.lti("custom", "none"));
    }

    @Test
    @DisplayName("S57b names and titles of the wrong type or endless: accepted, left out or cut")
    void oddTexts() {
        letIn(
                "<h1>Badges in",
                a -> a.claim("name", 7).claim("email", List.of("a", "b")).lti("context", context("title", Map.of())));
        letIn(
                "<h1>Badges in",
                a -> a.claim("name", "n".repeat(5_000)).lti("context", context("title", "t".repeat(5_000))));
    }

    private Attempt from(String deployment) {
        return attempt().lti("deployment_id", deployment);
    }

    /** A course with one thing changed. */
    private static Map<String, Object> context(String name, Object value) {
        Map<String, Object> context = new LinkedHashMap<>(Map.of("id", "course-1", "title", "Badges 101"));
        context.put(name, value);
        return context;
    }
}
