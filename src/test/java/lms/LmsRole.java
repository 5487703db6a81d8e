package lms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody is in a course of the LMS, and how the LMS words it to tools.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/#role-vocabularies">LTI 1.3, role vocabularies</a>
 */
public enum LmsRole {
    INSTRUCTOR("Teacher", "membership#Instructor"),
    TEACHING_ASSISTANT("Teaching assistant", "membership/Instructor#TeachingAssistant", "membership#Instructor"),
    DESIGNER("Designer", "membership#ContentDeveloper"),
    OBSERVER("Observer", "membership#Mentor"),
    LEARNER("Student", "membership#Learner"),
    TEST_STUDENT("Test student", "membership#Learner", "system/person#TestUser"),
    ADMINISTRATOR("Institution administrator", "institution/person#Administrator");

    private static final String LIS = "http://purl.imsglobal.org/vocab/lis/v2/";

    private static final String LTI = "http://purl.imsglobal.org/vocab/lti/";

    private final String label;

    private final List<String> roles;

    LmsRole(String label, String... roles) {
        this.label = label;
        this.roles = List.of(roles);
    }

    String label() {
        return label;
    }

    boolean isGraded() {
        return this == LEARNER || this == TEST_STUDENT;
    }

    /** Roles of an id_token. Canvas adds what everybody is; Moodle knows no assistants: whoever may manage a link is its Instructor. */
    List<String> inLaunch(Mode mode) {
        if (mode == Mode.MOODLE && this != ADMINISTRATOR) {
            return List.of(LIS + (isMoodleManager() ? "membership#Instructor" : "membership#Learner"));
        }
        var uris = new ArrayList<>(roles.stream().map(LmsRole::uri).toList());
        if (mode == Mode.CANVAS) {
            inInstitution().ifPresent(uris::add);
            uris.add(LIS + "system/person#User");
        }
        return uris;
    }

    /** Roles of a roster entry. In Moodle these are short, and an assistant is a Learner here. */
    List<String> inRoster(Mode mode) {
        if (mode == Mode.MOODLE) {
            return List.of(this == INSTRUCTOR || this == DESIGNER ? "Instructor" : "Learner");
        }
        return roles.stream().map(LmsRole::uri).toList();
    }

    /** What Canvas says somebody is in the whole account, beside the role in the course. */
    private Optional<String> inInstitution() {
        return switch (this) {
            case LEARNER -> Optional.of(LIS + "institution/person#Student");
            case INSTRUCTOR, TEACHING_ASSISTANT -> Optional.of(LIS + "institution/person#Instructor");
            default -> Optional.empty();
        };
    }

    private boolean isMoodleManager() {
        return this == INSTRUCTOR || this == TEACHING_ASSISTANT || this == DESIGNER;
    }

    private static String uri(String role) {
        return (role.endsWith("TestUser") ? LTI : LIS) + role;
    }
}
