package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static dev.laurel.WireMocks.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.road.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A course that may be read with two permissions: its teacher's own, and that of the institution. */
class PermitsIntegrationTests extends AbstractCanvasTests {

    private static final List<String> PATHS = List.of("", "/assignment_groups", "/students/submissions");

    @Test
    void thePermissionOfTheInstitutionIsUsedWhereTheTeachersOwnAddsNothing() {
        allowEverywhere(CanvasCapability.GRADES);

        assertThat(read().problem()).isNull();

        assertThat(tokens()).containsExactly("Bearer everywhere");
    }

    @Test
    void theTeachersOwnIsUsedForWhatTheInstitutionsDoesNotCover() {
        allowEverywhere(CanvasCapability.GRADES);
        allow(CanvasCapability.GRADES, CanvasCapability.TOTALS);

        assertThat(source.tells(context())).contains(LineItem.Kind.TOTAL_CURRENT);
    }

    @Test
    void theTeachersOwnIsNotUsedOnceSheTeachesTheCourseNoMore() {
        allowEverywhere(CanvasCapability.GRADES);
        allow(CanvasCapability.GRADES, CanvasCapability.TOTALS);
        app.getBean(JdbcClient.class)
                .sql("UPDATE membership SET active = FALSE WHERE tenant_id = ? AND context_id = ?")
                .params(course.tenant().value(), course.contextId())
                .update();
        openedAsAdministrator();

        Reading reading = read();

        assertThat(tokens()).containsExactly("Bearer everywhere");
        assertThat(reading.warnings()).noneMatch(words -> words.contains("does not teach it any more"));
    }

    @Test
    void whereCanvasRefusesOnePermissionTheOtherOneIsTried() {
        allowEverywhere(CanvasCapability.GRADES);
        PATHS.forEach(path -> refuse("everywhere", path));

        Reading reading = read();

        assertThat(reading.problem()).isNull();
        assertThat(reading.columns()).hasSize(1);
        assertThat(tokens()).containsExactlyInAnyOrder("Bearer everywhere", "Bearer access");
    }

    @Test
    void whereOnePermissionMayReadAllButGradesTheOtherOneIsTried() {
        allow(CanvasCapability.GRADES, CanvasCapability.SECTIONS);
        allowEverywhere(CanvasCapability.GRADES, CanvasCapability.SECTIONS);
        canvas.on("/sections", "[]");
        say("\"score\":18,\"workflow_state\":\"graded\"");
        refuse("everywhere", "/students/submissions");

        Reading reading = read();

        assertThat(reading.problem()).isNull();
        assertThat(result(reading, "812").score()).isEqualByComparingTo("18");
    }

    @Test
    void whereTheOtherPermissionMayReadNothingWhatTheFirstOneMayIsRead() {
        allow(CanvasCapability.GRADES, CanvasCapability.SECTIONS);
        allowEverywhere(CanvasCapability.GRADES, CanvasCapability.SECTIONS);
        canvas.on("/sections", "[]");
        refuse("everywhere", "/students/submissions");
        PATHS.forEach(path -> refuse("access", path));
        refuse("access", "/sections");

        Reading reading = read();

        assertThat(reading.problem()).isNull();
        assertThat(reading.warnings()).anyMatch(words -> words.contains("does not let Laurel read the grades"));
    }

    private void refuse(String token, String path) {
        canvas.on(
                CanvasStub.asking(path).withHeader("Authorization", equalTo("Bearer " + token)),
                json(401, "{\"status\":\"unauthorized\"}"));
    }

    private Set<String> tokens() {
        return canvas.asked().stream()
                .map(asked -> asked.getHeader("Authorization"))
                .collect(Collectors.toSet());
    }

    private void allowEverywhere(CanvasCapability... capabilities) {
        Instant now = Instant.now();
        grants.save(new Grant(
                course.tenant(),
                course.registrationId(),
                Grant.INSTITUTION,
                course.person(course.course().teacher()),
                "44",
                1,
                "refresh",
                "everywhere",
                now.plusSeconds(3600),
                Set.of(capabilities),
                now,
                null));
    }

    private void openedAsAdministrator() {
        app.getBean(JdbcClient.class)
                .sql("""
                INSERT INTO launch (tenant_id, reference, registration_id, deployment_pk, person_id, roles, message_type,
                    created_at) VALUES (?, ?, ?, 1, ?, 'INSTITUTION_ADMIN', 'LtiResourceLinkRequest', UTC_TIMESTAMP(6))""")
                .params(
                        course.tenant().value(),
                        Reference.next().value(),
                        course.registrationId(),
                        course.person(course.course().teacher()))
                .update();
    }
}
