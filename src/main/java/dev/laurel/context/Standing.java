package dev.laurel.context;

import dev.laurel.launch.session.Role;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What launches, the roster and the platform's own interface say of somebody in one course. The only place that decides who can earn.
 *
 * @param byLaunch roles of the latest launch, and every staff role of earlier ones; {@code null}: never launched
 * @param byRoster roles of the latest roster; {@code null}: never on one
 * @param told roles that the platform tells beside LTI, such as those of assistants in Moodle; {@code null}: not told
 * @param groups sections or groups that somebody is in, by the platform's numbers; {@code null}: not told
 */
record Standing(
        @Nullable Set<Role> byLaunch,
        @Nullable Set<Role> byRoster,
        @Nullable Set<Role> told,
        boolean active,
        @Nullable GroupIds groups) {

    private static final Set<Role> STAFF = EnumSet.of(Role.INSTRUCTOR, Role.TEACHING_ASSISTANT, Role.DESIGNER);

    private static final Set<Role> NEVER_EARN = EnumSet.of(
            Role.INSTRUCTOR, Role.TEACHING_ASSISTANT, Role.DESIGNER, Role.OBSERVER, Role.TEST_STUDENT, Role.UNKNOWN);

    static final Standing UNKNOWN = new Standing(null, null, null, false, null);

    static boolean isStaff(Set<Role> roles) {
        return roles.stream().anyMatch(STAFF::contains);
    }

    /** Somebody launched with these roles: they are here, and a staff role once shown stays. */
    Standing launchedAs(Set<Role> roles) {
        Set<Role> kept = EnumSet.noneOf(Role.class);
        kept.addAll(roles);
        if (byLaunch != null) {
            byLaunch.stream().filter(STAFF::contains).forEach(kept::add);
        }
        return new Standing(kept, byRoster, told, true, groups);
    }

    Standing listedAs(Set<Role> roles, boolean nowActive) {
        return new Standing(byLaunch, roles, told, nowActive, groups);
    }

    Standing gone() {
        return new Standing(byLaunch, byRoster, told, false, groups);
    }

    /** What is not told does not take away what was. */
    Standing in(@Nullable GroupIds toldNow) {
        return toldNow == null ? this : new Standing(byLaunch, byRoster, told, active, toldNow);
    }

    /** What the platform tells now takes the place of what it told. */
    Standing toldAs(@Nullable Set<Role> roles) {
        return new Standing(byLaunch, byRoster, roles, active, groups);
    }

    /**
     * Whether the next roster takes this person off the staff: no longer there, or there in another role than before. Whoever
     * never was on a roster is not missed there (site administrators), and what only launches say no roster takes back
     * (assistants in Moodle).
     */
    boolean leavesStaff(Set<Role> listedNow, boolean activeNow) {
        if (byRoster == null || !active) {
            return false;
        }
        return activeNow ? isStaff(byRoster) && !isStaff(listedNow) : isStaff(roles());
    }

    Set<Role> roles() {
        Set<Role> all = EnumSet.noneOf(Role.class);
        if (byLaunch != null) {
            all.addAll(byLaunch);
        }
        if (byRoster != null) {
            all.addAll(byRoster);
        }
        if (told != null) {
            all.addAll(told);
        }
        return all;
    }

    boolean staffByLaunch() {
        return byLaunch != null && isStaff(byLaunch);
    }

    /** Whether what this person can earn may be something else then. */
    boolean countsOtherwise(Standing then) {
        return active != then.active || earns() != then.earns() || !Objects.equals(groups, then.groups);
    }

    /** An active learner who is nothing else here that must not earn, whoever says so. */
    boolean earns() {
        return active && isLearner();
    }

    /** Gone, and would earn otherwise: a grade for work that was done here may still come. */
    boolean leftLearner() {
        return !active && isLearner();
    }

    private boolean isLearner() {
        Set<Role> all = roles();
        return all.contains(Role.LEARNER) && all.stream().noneMatch(NEVER_EARN::contains);
    }

    static String write(Set<Role> roles) {
        return roles.stream().sorted().map(Role::name).collect(Collectors.joining(","));
    }

    static Set<Role> read(String text) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : text.split(",")) {
            if (!name.isEmpty()) {
                roles.add(Role.valueOf(name));
            }
        }
        return roles;
    }

    static @Nullable Set<Role> readOrNull(@Nullable String text) {
        return text == null ? null : read(text);
    }
}
