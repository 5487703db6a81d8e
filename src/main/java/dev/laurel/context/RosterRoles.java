package dev.laurel.context;

import dev.laurel.launch.session.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Role names of a roster, by short and by full name. Only membership roles count; of the others just the test user,
 * who is no real person.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/#role-vocabularies">LTI 1.3, role vocabularies</a>
 */
final class RosterRoles {

    private static final String MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership";

    private static final String OLD_MEMBERSHIP = "urn:lti:role:ims/lis/";

    private static final String TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser";

    private RosterRoles() {}

    static Set<Role> of(Collection<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            if (name.equals(TEST_USER)) {
                roles.add(Role.TEST_STUDENT);
                continue;
            }
            String local = membershipRole(name.strip());
            Role role = local == null ? null : role(local);
            if (role != null) {
                roles.add(role);
            }
        }
        return roles;
    }

    /** {@code Main} or {@code Main/Sub}; {@code null} for institution and system roles. */
    private static @Nullable String membershipRole(String name) {
        if (name.startsWith(MEMBERSHIP + "#")) {
            return name.substring(MEMBERSHIP.length() + 1);
        }
        if (name.startsWith(MEMBERSHIP + "/")) {
            return name.substring(MEMBERSHIP.length() + 1).replace('#', '/');
        }
        if (name.startsWith(OLD_MEMBERSHIP)) {
            return name.substring(OLD_MEMBERSHIP.length());
        }
        return name.indexOf(':') < 0 ? name.replace('#', '/') : null;
    }

    private static @Nullable Role role(String local) {
        if (local.contains("TeachingAssistant") || local.endsWith("/Grader")) {
            return Role.TEACHING_ASSISTANT;
        }
        int slash = local.indexOf('/');
        return switch (slash < 0 ? local : local.substring(0, slash)) {
            case "Instructor" -> Role.INSTRUCTOR;
            case "Learner" -> Role.LEARNER;
            case "ContentDeveloper" -> Role.DESIGNER;
            case "Mentor" -> Role.OBSERVER;
            default -> null;
        };
    }
}
