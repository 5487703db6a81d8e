package dev.laurel.gradebook.moodle;

import dev.laurel.platform.ServiceProblem;
import java.util.Set;

/**
 * Moodle answered a call with an error, which it does with HTTP 200. Its message may name people and is never shown; its
 * code tells what to do.
 */
final class MoodleRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Set<String> KEY = Set.of("invalidtoken", "invalidtimedtoken", "tokennotfound");

    private static final Set<String> FUNCTION = Set.of("accessexception", "servicenotavailable");

    private static final Set<String> PERMISSION =
            Set.of("nopermissions", "nopermission", "nopermissiontoviewgrades", "cannotviewreport");

    private static final Set<String> NOT_IN_COURSE =
            Set.of("requireloginerror", "errorcoursecontextnotvalid", "errorcontextnotvalid", "notenrolled");

    private static final Set<String> NO_COURSE = Set.of("invalidrecord", "invalidcourseid", "unknowncourse");

    private static final Set<String> CLOSED = Set.of("sitemaintenance", "upgraderunning", "servererror");

    /**
     * Of whoever left, is no student whose completion is tracked, or is in a group that the account behind the key does not
     * see. Moodle writes "enroled" with one l.
     */
    private static final Set<String> ONE_ACCOUNT = Set.of(
            "usernotenroled",
            "notenroled",
            "accessdenied",
            "notingroup",
            "invaliduser",
            "userdeleted",
            "usernotconfirmed",
            "guestsarenotallowed",
            "suspended");

    private final MoodleFunction function;

    private final String code;

    MoodleRefusal(MoodleFunction function, String code) {
        super("Moodle refuses " + function.wire() + " (" + code + ")", null, false, false);
        this.function = function;
        this.code = code;
    }

    /** Whether every other call would be refused too. */
    boolean isOfTheKey() {
        return KEY.contains(code) || CLOSED.contains(code);
    }

    /** Whether it is about what the key may read, so that the same call for somebody else is refused too. */
    boolean isOfThePermissions() {
        return FUNCTION.contains(code)
                || PERMISSION.contains(code)
                || NOT_IN_COURSE.contains(code)
                || NO_COURSE.contains(code);
    }

    /** Whether it is about the account that was asked for, and says nothing of any other. */
    boolean isOfOneAccount() {
        return ONE_ACCOUNT.contains(code);
    }

    /** Whether it says nothing of the course or the key: in a report of everybody it may be because of one of them. */
    boolean mayBeOfOne() {
        return !isOfTheKey() && !isOfThePermissions();
    }

    /** Whether there is nothing to be told of anybody: the course has no conditions of being complete. */
    boolean isOfNothing() {
        return code.equals("nocriteriaset");
    }

    ServiceProblem problem() {
        ServiceProblem problem = words();
        problem.initCause(this);
        return problem;
    }

    private ServiceProblem words() {
        if (KEY.contains(code)) {
            return ServiceProblem.notAllowed("Moodle does not accept the key with which Laurel reads more of it. The"
                    + " administrator of your institution can give Laurel a new one.");
        }
        if (FUNCTION.contains(code)) {
            return ServiceProblem.notAllowed(
                    "Laurel’s key for Moodle does not cover " + function.what() + ". " + function.remedy());
        }
        if (PERMISSION.contains(code)) {
            return ServiceProblem.notAllowed("The account behind Laurel’s key may not see " + function.what()
                    + " in this course. The administrator of Moodle can allow its role to.");
        }
        if (NOT_IN_COURSE.contains(code)) {
            return ServiceProblem.notAllowed("The account behind Laurel’s key may not enter this course. The"
                    + " administrator of Moodle can give it its role there.");
        }
        if (NO_COURSE.contains(code)) {
            return ServiceProblem.notAllowed("Moodle says that this course is not there. It may have been deleted.");
        }
        if (CLOSED.contains(code)) {
            return ServiceProblem.unreadable("Moodle is closed for maintenance. Laurel keeps trying.");
        }
        return ServiceProblem.unreadable("Moodle could not tell " + function.what()
                + (code.matches("[a-z0-9_]{1,40}") ? " (it says: " + code + ")" : "") + ". Laurel keeps trying.");
    }
}
