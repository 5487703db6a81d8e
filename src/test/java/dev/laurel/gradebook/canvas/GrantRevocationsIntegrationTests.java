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
import dev.laurel.gradebook.key.ReadingKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    GrantRevocationRepository rows;

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
        revocations.tellAll(course.tenant(), "all");

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
        revocations.tellAll(course.tenant(), "all");

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

        revocations.tellAll(course.tenant(), "all");

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

    /** More than are read together, and those of a Canvas that does not answer first. */
    @Test
    void ofManyEachIsToldThoughOthersWaitBeforeThem() {
        long silent = course.registrationId() + 1_000_000_000;
        keys.save(
                course.tenant(),
                silent,
                CanvasSource.NAME,
                keys.find(course.tenant(), course.registrationId(), CanvasSource.NAME)
                        .map(key -> new ReadingKey(
                                URI.create("http://localhost:1"),
                                key.clientId(),
                                key.secret(),
                                key.capabilities(),
                                key.addedBy(),
                                key.addedAt()))
                        .orElseThrow());
        deleted(json("{}"));
        Grant grant = grant();
        over(grant, silent, 210, grant.grantedAt().minusSeconds(60));
        over(grant, course.registrationId(), 230, grant.grantedAt());

        revocations.tellAll(course.tenant(), "all");

        await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 210);
        assertThat(deletions()).hasSize(230);
        keys.remove(course.tenant(), silent, CanvasSource.NAME);
    }

    @Test
    void whatIsToldMeanwhileLetsNobodyBehindItBePassedOver() {
        Grant grant = grant();
        over(grant, course.registrationId(), GrantRevocationRepository.MOST + 30, grant.grantedAt());
        List<GrantRevocationRepository.Row> first = rows.some(course.tenant(), GrantRevocationPlace.HEAD);
        assertThat(first).hasSize(GrantRevocationRepository.MOST);
        String goesOn = GrantRevocationPlace.of(first.get(first.size() - 1)).subject();

        first.subList(0, 50).forEach(told -> rows.remove(told.grant()));

        assertThat(rows.some(course.tenant(), GrantRevocationPlace.parse(goesOn)))
                .hasSize(30)
                .doesNotContainAnyElementsOf(first);
        assertThat(rows.some(course.tenant(), GrantRevocationPlace.parse("behind-7")))
                .as("as a version before wrote it: from the head")
                .hasSize(180);
        rows.removeAll(course.tenant(), course.registrationId());
    }

    /** All of a registration, more than are read together: those that are allowed, and those that Canvas could not be told yet. */
    @Test
    void withTheKeyGoesEveryPermissionHereAndInCanvas() {
        deleted(json("{}"));
        Grant grant = grant();
        for (int context = 1; context <= 205; context++) {
            grants.save(copy(grant, course.registrationId(), course.contextId() + context, "allowed-" + context));
        }
        over(grant, course.registrationId(), 205, grant.grantedAt());

        app.getBean(CanvasApiKeys.class).removeKey(course.tenant(), course.registrationId(), 1);

        assertThat(waiting()).isZero();
        assertThat(grants.ofRegistration(course.tenant(), course.registrationId(), 10))
                .isEmpty();
        Set<String> told = deletions().stream()
                .map(asked -> asked.getHeader("Authorization"))
                .collect(Collectors.toSet());
        assertThat(told).hasSize(1 + 205 + 205);
    }

    private void over(Grant grant, long registrationId, int many, Instant since) {
        for (int each = 1; each <= many; each++) {
            rows.add(copy(grant, registrationId, each, "over-" + each), since);
        }
    }

    private static Grant copy(Grant grant, long registrationId, long contextId, String token) {
        return new Grant(
                grant.tenant(),
                registrationId,
                contextId,
                grant.ownerPerson(),
                grant.ownerUser(),
                grant.shard(),
                "refresh",
                token,
                grant.accessUntil(),
                grant.capabilities(),
                grant.grantedAt(),
                null);
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
