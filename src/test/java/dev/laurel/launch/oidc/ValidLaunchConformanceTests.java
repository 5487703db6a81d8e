package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.context.Contexts;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The valid launches, of a teacher (T) and of a student (S), and what the person then sees.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/cert/">LTI Advantage Conformance Certification Guide, 6.1</a>
 */
class ValidLaunchConformanceTests extends LaunchConformance {

    private static final String INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#";

    private static final String UNKNOWN = "http://purl.imsglobal.org/vocab/lis/v2/unknown/unknown#Helper";

    @Autowired
    Contexts contexts;

    @Test
    @DisplayName("V01-T plain")
    void plainTeacher() {
        letIn(TEACHER, a -> a.claim("given_name", "Ada").claim("family_name", "Teacher"));
    }

    @Test
    @DisplayName("V01-S plain")
    void plainStudent() {
        letIn(STUDENT, Attempt::student);
    }

    @Test
    @DisplayName("V02-T several roles: the highest of the course counts")
    void teacherOfSeveralRoles() {
        letIn(TEACHER, a -> a.roles("Instructor", INSTITUTION + "Staff", INSTITUTION + "Other"));
    }

    @Test
    @DisplayName("V02-S several roles")
    void studentOfSeveralRoles() {
        letIn(STUDENT, a -> a.student().roles("Learner", INSTITUTION + "Student", "Mentor"));
    }

    @Test
    @DisplayName("V02b-T an institution role alone gives nothing in a course")
    void teacherOfTheInstitutionOnly() {
        letIn(NOTHING_FOR_THIS_ROLE, a -> a.roles(INSTITUTION + "Instructor", INSTITUTION + "Administrator"));
    }

    @Test
    @DisplayName("V02b-S an institution role alone gives nothing in a course")
    void studentOfTheInstitutionOnly() {
        letIn(NOTHING_FOR_THIS_ROLE, a -> a.student().roles(INSTITUTION + "Student"));
    }

    @Test
    @DisplayName("V03-T short role name")
    void teacherByShortName() {
        letIn(TEACHER, a -> a.lti("roles", List.of("Instructor")));
    }

    @Test
    @DisplayName("V03-S short role name")
    void studentByShortName() {
        letIn(STUDENT, a -> a.student().lti("roles", List.of("Learner")));
    }

    @Test
    @DisplayName("V04-T unknown role: least privilege")
    void teacherOfAnUnknownRole() {
        letIn(NOTHING_FOR_THIS_ROLE, a -> a.roles(UNKNOWN));
    }

    @Test
    @DisplayName("V04-S unknown role beside the known one")
    void studentWithAnUnknownRole() {
        letIn(
                STUDENT,
                a -> a.student()
                        .roles("Learner", "http://purl.imsglobal.org/vocab/lis/v2/uknownrole/uknownrole#Unknown"));
    }

    @Test
    @DisplayName("V05-T no role: an empty name, then an empty list")
    void teacherWithoutRole() {
        letIn(NOTHING_FOR_THIS_ROLE, a -> a.lti("roles", List.of("")));
        letIn(NOTHING_FOR_THIS_ROLE, a -> a.lti("roles", List.of()));
    }

    @Test
    @DisplayName("V05-S no role: an empty name, then an empty list")
    void studentWithoutRole() {
        letIn(NOTHING_FOR_THIS_ROLE, a -> a.student().lti("roles", List.of("")));
        letIn(NOTHING_FOR_THIS_ROLE, a -> a.student().lti("roles", List.of()));
    }

    @Test
    @DisplayName("V06-T only an e-mail")
    void teacherWithAnEmailOnly() {
        Attempt attempt = withoutNames().claim("email", "only@example.edu");

        assertThat(letIn(attempt).body()).contains(TEACHER);
        assertThat(displayName(attempt)).isEqualTo("only@example.edu");
    }

    @Test
    @DisplayName("V06-S only an e-mail")
    void studentWithAnEmailOnly() {
        Attempt attempt = withoutNames().roles("Learner").claim("email", "sam@example.edu");

        assertThat(letIn(attempt).body()).contains(STUDENT);
        assertThat(displayName(attempt)).isEqualTo("sam@example.edu");
    }

    @Test
    @DisplayName("V07-T only names")
    void teacherWithNamesOnly() {
        Attempt attempt = withoutNames().claim("given_name", "Ada").claim("family_name", "Łovelace");

        assertThat(letIn(attempt).body()).contains(TEACHER);
        assertThat(displayName(attempt)).isEqualTo("Ada Łovelace");
    }

    @Test
    @DisplayName("V07-S only names")
    void studentWithNamesOnly() {
        Attempt attempt = withoutNames().roles("Learner").claim("name", "Sam 漢字");

        assertThat(letIn(attempt).body()).contains(STUDENT);
        assertThat(displayName(attempt)).isEqualTo("Sam 漢字");
    }

    @Test
    @DisplayName("V08-T nothing personal")
    void teacherWithoutAnythingPersonal() {
        Attempt attempt = withoutNames();

        assertThat(letIn(attempt).body()).contains(TEACHER);
        assertThat(displayName(attempt)).isEqualTo("a stand-in");
    }

    @Test
    @DisplayName("V08-S nothing personal")
    void studentWithoutAnythingPersonal() {
        Attempt attempt = withoutNames().roles("Learner");

        assertThat(letIn(attempt).body()).contains(STUDENT);
        assertThat(displayName(attempt)).isEqualTo("a stand-in");
    }

    @Test
    @DisplayName("V09-T e-mail, no context")
    void teacherWithoutContext() {
        letIn(OUTSIDE_A_COURSE, a -> a.claim("name", null).lti("context", null));
    }

    @Test
    @DisplayName("V09-S e-mail, no context")
    void studentWithoutContext() {
        letIn(OUTSIDE_A_COURSE, a -> a.student().claim("name", null).lti("context", null));
    }

    @Test
    @DisplayName("V10-T a new resource link")
    void teacherAtANewLink() {
        long before = count("resource_link");

        letIn(TEACHER, a -> a.lti("resource_link", newLink()));

        assertThat(count("resource_link")).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("V10-S a new resource link")
    void studentAtANewLink() {
        long before = count("resource_link");

        letIn(STUDENT, a -> a.student().lti("resource_link", newLink()));

        assertThat(count("resource_link")).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("V11-T only the resource link")
    void teacherWithTheLinkOnly() {
        assertThat(letIn(withoutNames().lti("context", null)).body()).contains(OUTSIDE_A_COURSE);
    }

    @Test
    @DisplayName("V11-S only the resource link")
    void studentWithTheLinkOnly() {
        assertThat(letIn(withoutNames().roles("Learner").lti("context", null)).body())
                .contains(OUTSIDE_A_COURSE);
    }

    /** Somebody whom nobody has seen before. */
    private Attempt withoutNames() {
        return attempt()
                .claim("sub", UUID.randomUUID().toString())
                .claim("name", null)
                .claim("email", null);
    }

    private static Map<String, Object> newLink() {
        return Map.of("id", UUID.randomUUID().toString());
    }

    /** What their teachers read. */
    private String displayName(Attempt attempt) {
        Registration registration =
                platforms.registration(platform.issuer(), platform.clientId()).orElseThrow();
        TenantId tenant =
                platforms.deployment(registration, TestPlatform.DEPLOYMENT).tenant();
        String sub = attempt.claims.get("sub").toString();
        long person =
                contexts.personsBySub(tenant, registration.id(), List.of(sub)).get(sub);
        return contexts.profiles(tenant, List.of(person)).get(person).displayName("a stand-in");
    }
}
