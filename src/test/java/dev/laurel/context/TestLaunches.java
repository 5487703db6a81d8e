package dev.laurel.context;

import dev.laurel.launch.Launch;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Valid launches of a learner into one course; a test changes one thing. */
public record TestLaunches(
        long tenant,
        long registration,
        String sub,
        @Nullable String name,
        Set<Role> roles,
        @Nullable String course,
        @Nullable URI lineitems,
        @Nullable URI memberships,
        Map<String, String> custom,
        boolean linked,
        @Nullable String zone,
        Instant at) {

    static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/";

    public static TestLaunches learner(long tenant, String sub) {
        return new TestLaunches(
                tenant,
                1,
                sub,
                "Ada Lovelace",
                Set.of(Role.LEARNER),
                "course-" + tenant,
                null,
                null,
                Map.of(),
                true,
                "Europe/Berlin",
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    public TestLaunches as(Role... others) {
        return new TestLaunches(
                tenant,
                registration,
                sub,
                name,
                Set.of(others),
                course,
                lineitems,
                memberships,
                custom,
                linked,
                zone,
                at);
    }

    public TestLaunches named(@Nullable String other) {
        return new TestLaunches(
                tenant, registration, sub, other, roles, course, lineitems, memberships, custom, linked, zone, at);
    }

    public TestLaunches registration(long other) {
        return new TestLaunches(
                tenant, other, sub, name, roles, course, lineitems, memberships, custom, linked, zone, at);
    }

    public TestLaunches at(Instant other) {
        return new TestLaunches(
                tenant, registration, sub, name, roles, course, lineitems, memberships, custom, linked, zone, other);
    }

    public TestLaunches course(@Nullable String other) {
        return new TestLaunches(
                tenant, registration, sub, name, roles, other, lineitems, memberships, custom, linked, zone, at);
    }

    public TestLaunches services(@Nullable URI ags, @Nullable URI nrps) {
        return new TestLaunches(tenant, registration, sub, name, roles, course, ags, nrps, custom, linked, zone, at);
    }

    public TestLaunches custom(String parameter, String value) {
        return new TestLaunches(
                tenant,
                registration,
                sub,
                name,
                roles,
                course,
                lineitems,
                memberships,
                Map.of(parameter, value),
                linked,
                zone,
                at);
    }

    /** With what the platform says of the zone of the account. */
    public TestLaunches in(@Nullable String other) {
        return new TestLaunches(
                tenant, registration, sub, name, roles, course, lineitems, memberships, custom, linked, other, at);
    }

    /** From a message that no link stands behind. */
    public TestLaunches ofNoLink() {
        return new TestLaunches(
                tenant, registration, sub, name, roles, course, lineitems, memberships, custom, false, zone, at);
    }

    public Launch build() {
        return new Launch(
                Reference.next(),
                new TenantId(tenant),
                registration,
                registration,
                "LtiResourceLinkRequest",
                new Launch.User(sub, name, null, null, name == null ? null : "ada@example.org", null, "en"),
                roles,
                course == null ? null : new Launch.Course(course, "Badges 101", "B101", zone),
                linked ? new Launch.Link("link-1", "Essay") : null,
                lineitems == null
                        ? null
                        : new Launch.AgsEndpoint(
                                lineitems,
                                null,
                                Set.of(
                                        AGS + "lineitem",
                                        AGS + "lineitem.readonly",
                                        AGS + "result.readonly",
                                        AGS + "score")),
                memberships,
                null,
                URI.create("http://localhost/lti/launch"),
                null,
                custom,
                Launch.About.NOBODY,
                null,
                null,
                at);
    }
}
