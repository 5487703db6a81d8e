package dev.laurel.launch;

import dev.laurel.launch.session.Role;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads LTI role names of launches and rosters: full URIs and the short names of context roles. What is unknown gives
 * nothing.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/#role-vocabularies">LTI 1.3, role vocabularies</a>
 */
public final class RoleVocabulary {

    private static final String CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership";

    /** Rosters of some platforms still have the names of LTI 1.1. */
    private static final String OLD_CONTEXT = "urn:lti:role:ims/lis/";

    private static final String TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser";

    private static final String INSTITUTION_ADMINISTRATOR =
            "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator";

    private RoleVocabulary() {}

    /**
     * The roles of a membership in a context. Institution and system roles give nothing here, except that a test user is
     * no learner. Somebody who is a teaching assistant by a sub-role is not an instructor by the plain role that
     * platforms send along with it.
     */
    public static Set<Role> inContext(Collection<String> names) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        boolean plainInstructor = false;
        for (String name : names) {
            ContextRole role = ContextRole.parse(name.strip());
            switch (role.principal()) {
                case "Instructor":
                    if (role.sub().startsWith("TeachingAssistant") || role.sub().equals("Grader")) {
                        roles.add(Role.TEACHING_ASSISTANT);
                    } else if (role.sub().isEmpty()) {
                        plainInstructor = true;
                    } else {
                        roles.add(Role.INSTRUCTOR);
                    }
                    break;
                case "TeachingAssistant":
                    roles.add(Role.TEACHING_ASSISTANT);
                    break;
                case "ContentDeveloper":
                    roles.add(Role.DESIGNER);
                    break;
                case "Mentor":
                    roles.add(Role.OBSERVER);
                    break;
                case "Learner":
                    roles.add(Role.LEARNER);
                    break;
                default:
                    break;
            }
        }
        if (plainInstructor && !roles.contains(Role.TEACHING_ASSISTANT)) {
            roles.add(Role.INSTRUCTOR);
        }
        if (names.contains(TEST_USER)) {
            roles.remove(Role.LEARNER);
            roles.add(Role.TEST_STUDENT);
        }
        return Collections.unmodifiableSet(roles);
    }

    /** The roles of a launch from outside any context: only the institution's administrator counts. */
    public static Set<Role> outsideContext(Collection<String> names) {
        return names.contains(INSTITUTION_ADMINISTRATOR) ? Set.of(Role.INSTITUTION_ADMIN) : Set.of();
    }

    /** {@code membership#Instructor}, {@code membership/Instructor#TeachingAssistant} or the short {@code Instructor}. */
    private record ContextRole(String principal, String sub) {

        private static final ContextRole NONE = new ContextRole("", "");

        static ContextRole parse(String name) {
            if (name.startsWith(CONTEXT + "#")) {
                return new ContextRole(name.substring(CONTEXT.length() + 1), "");
            }
            if (name.startsWith(CONTEXT + "/")) {
                String rest = name.substring(CONTEXT.length() + 1);
                int hash = rest.indexOf('#');
                return hash < 0 ? NONE : new ContextRole(rest.substring(0, hash), rest.substring(hash + 1));
            }
            if (name.startsWith(OLD_CONTEXT)) {
                String rest = name.substring(OLD_CONTEXT.length());
                int slash = rest.indexOf('/');
                return slash < 0
                        ? new ContextRole(rest, "")
                        : new ContextRole(rest.substring(0, slash), rest.substring(slash + 1));
            }
            return name.matches("[A-Za-z]+") ? new ContextRole(name, "") : NONE;
        }
    }
}
