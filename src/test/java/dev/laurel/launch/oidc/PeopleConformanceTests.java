package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.launch.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is who: identity is the platform's {@code sub}, and nothing else. */
class PeopleConformanceTests extends LaunchConformance {

    @Test
    @DisplayName("S58 e-mail of another tenant's user: separate accounts")
    void theSameEmailInTwoTenants() {
        try (TestPlatform college = TestPlatform.ofTenant("Another College")) {
            platforms.register(college.registration(), false);
            String email = UUID.randomUUID() + "@example.edu";
            String here = UUID.randomUUID().toString();
            String there = UUID.randomUUID().toString();

            letIn(attempt().claim("sub", here).claim("email", email));
            letIn(attempt(college, Map.of()).claim("sub", there).claim("email", email));

            List<Owner> owners = List.of(owner(platform), owner(college));
            assertThat(owners).extracting(Owner::tenant).doesNotHaveDuplicates();
            assertThat(owners).extracting(Owner::person).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("S58b e-mail of another user of the same tenant: separate accounts")
    void theSameEmailInOneTenant() {
        String email = UUID.randomUUID() + "@example.edu";

        letIn(attempt().claim("sub", UUID.randomUUID().toString()).claim("email", email));
        Owner first = owner(platform);
        letIn(attempt().claim("sub", UUID.randomUUID().toString()).claim("email", email));

        assertThat(owner(platform).person()).isNotEqualTo(first.person());
    }

    @Test
    @DisplayName("S59 same sub in two issuers: separate accounts")
    void theSameSubAtTwoIssuers() {
        String sub = UUID.randomUUID().toString();

        letIn(attempt().claim("sub", sub));
        letIn(attempt(otherPlatform, Map.of()).claim("sub", sub));

        Owner here = owner(platform);
        Owner there = owner(otherPlatform);
        assertThat(here.tenant()).isEqualTo(there.tenant());
        assertThat(here.person()).isNotEqualTo(there.person());
    }

    @Test
    @DisplayName("S59b subs that differ by case, accent or a trailing blank: separate accounts")
    void subsThatACollationWouldMerge() {
        String sub = UUID.randomUUID().toString();

        letIn(attempt().claim("sub", sub + "a"));
        Owner lower = owner(platform);
        letIn(attempt().claim("sub", sub + "A"));
        Owner upper = owner(platform);
        letIn(attempt().claim("sub", sub + "a "));

        assertThat(List.of(lower, upper, owner(platform)))
                .extracting(Owner::person)
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("S60 role changes between launches: each launch counts as what it says")
    void aRoleThatChanges() {
        String sub = UUID.randomUUID().toString();

        Attempt student = attempt().student().claim("sub", sub);
        assertThat(letIn(student).body()).contains(STUDENT);
        assertThat(student.browser.get("/course").statusCode()).isEqualTo(404);
        Owner before = owner(platform);

        Attempt teacher = attempt().claim("sub", sub);
        assertThat(letIn(teacher).body()).contains(TEACHER);
        assertThat(owner(platform)).isEqualTo(before);

        Attempt studentAgain = attempt().student().claim("sub", sub);
        assertThat(letIn(studentAgain).body()).contains(STUDENT);
        assertThat(studentAgain.browser.get("/course").statusCode()).isEqualTo(404);
    }

    private record Owner(long tenant, long person) {}

    /** Of the newest launch from there. */
    private Owner owner(TestPlatform from) {
        return jdbc.sql("""
                SELECT l.tenant_id AS tenant, l.person_id AS person FROM launch l
                JOIN registration r ON r.id = l.registration_id
                WHERE r.client_id = ? ORDER BY l.id DESC LIMIT 1""").param(from.clientId()).query(Owner.class).single();
    }
}
