package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.laurel.WireMocks.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.laurel.context.Erasures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ends here ends in Canvas, too, however long Canvas cannot be reached. */
class GrantRevocationsIntegrationTests extends AbstractCanvasTests {

    private static final String TOKEN = "/login/oauth2/token";

    @Autowired
    Erasures erasures;

    @Autowired
    GrantRevocations revocations;

    @Autowired
    CanvasPermissions permissions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whateverAnErasedPersonAllowedIsTakenBackInCanvasOnceItCanBeReached() {
        deleted(json(503, ""));

        erasures.erase(course.tenant(), course.person(course.course().teacher()));

        await().atMost(Duration.ofSeconds(60)).until(() -> !deletions().isEmpty());
        assertThat(grants.find(course.tenant(), course.registrationId(), course.contextId()))
                .isEmpty();
        assertThat(waiting()).isEqualTo(1);

        deleted(json("{}"));
        revocations.tellAll(course.tenant());

        assertThat(deletions())
                .allSatisfy(
                        asked -> assertThat(asked.getHeader("Authorization")).isEqualTo("Bearer access"));
        assertThat(waiting()).isZero();
    }

    @Test
    void whatIsTakenBackWhileCanvasCannotBeReachedIsTakenBackThereLater() {
        deleted(json(502, "<html>Bad gateway</html>"));
        permissions.withdraw(course.tenant(), course.registrationId(), course.contextId());
        assertThat(grants.find(course.tenant(), course.registrationId(), course.contextId()))
                .isEmpty();
        assertThat(waiting()).isEqualTo(1);

        deleted(json("{}"));
        revocations.tellAll(course.tenant());

        assertThat(waiting()).isZero();
    }

    @Test
    void aTokenThatIsDeadOrOldIsRenewedToTakeItBack() {
        deleted(json(401, "{\"errors\":[{\"message\":\"Invalid access token.\"}]}")
                .withHeader("WWW-Authenticate", "Bearer realm=\"canvas-lms\""));
        server.stubFor(WireMock.delete(urlPathEqualTo(TOKEN))
                .withHeader("Authorization", WireMock.equalTo("Bearer second"))
                .willReturn(json("{}")));
        server.stubFor(WireMock.post(urlPathEqualTo(TOKEN))
                .willReturn(json("{\"access_token\":\"second\",\"token_type\":\"Bearer\",\"expires_in\":3600}")));

        permissions.withdraw(course.tenant(), course.registrationId(), course.contextId());

        assertThat(deletions()).hasSize(2);
        assertThat(waiting()).isZero();

        allow(CanvasCapability.GRADES);
        grants.renewed(grant(), "access", Instant.now().minusSeconds(5));
        permissions.withdraw(course.tenant(), course.registrationId(), course.contextId());

        assertThat(deletions()).hasSize(3);
        assertThat(waiting()).isZero();
    }

    @Test
    void whatCanvasDoesNotKnowAnyMoreIsOver() {
        grants.renewed(grant(), "access", Instant.now().minusSeconds(5));
        server.stubFor(WireMock.post(urlPathEqualTo(TOKEN))
                .willReturn(json(
                        400, "{\"error\":\"invalid_request\",\"error_description\":\"refresh_token not found\"}")));

        permissions.withdraw(course.tenant(), course.registrationId(), course.contextId());

        assertThat(deletions()).isEmpty();
        assertThat(waiting()).isZero();
    }

    @Test
    void afterSomeDaysTheTokensAreForgottenAllTheSame() {
        deleted(json(503, ""));
        permissions.withdraw(course.tenant(), course.registrationId(), course.contextId());
        jdbc.sql("UPDATE reading_revocation SET over_since = over_since - INTERVAL 8 DAY WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();

        revocations.tellAll(course.tenant());

        assertThat(waiting()).isZero();
    }

    @Test
    void withoutTheKeyNoTokenIsKeptNorSentAnywhere() {
        deleted(json(503, ""));
        permissions.withdraw(course.tenant(), course.registrationId(), course.contextId());
        app.getBean(CanvasApiKeys.class).removeKey(course.tenant(), course.registrationId(), 1);

        assertThat(deletions()).as("told for the last time").hasSize(2);
        assertThat(waiting()).isZero();
    }

    private Grant grant() {
        return grants.find(course.tenant(), course.registrationId(), course.contextId())
                .orElseThrow();
    }

    private void deleted(ResponseDefinitionBuilder answer) {
        server.stubFor(WireMock.delete(urlPathEqualTo(TOKEN)).willReturn(answer));
    }

    private List<LoggedRequest> deletions() {
        return server.findAll(deleteRequestedFor(urlPathEqualTo(TOKEN)));
    }

    private long waiting() {
        return jdbc.sql("SELECT COUNT(*) FROM reading_revocation WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query(Long.class)
                .single();
    }
}
