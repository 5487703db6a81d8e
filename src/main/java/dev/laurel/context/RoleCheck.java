package dev.laurel.context;

import dev.laurel.launch.Launches;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether somebody still is what her launch said, asked right before what cannot be undone. The platform says so in a roster
 * or in a launch, whichever is at hand (docs/decisions/006).
 */
@Component
public class RoleCheck {

    /** So fresh a launch or roster is an answer by itself. */
    private static final Duration FRESH = Duration.ofSeconds(60);

    /** Where no roster can answer, her launch does for this long. */
    private static final Duration LAUNCH_COUNTS = Duration.ofMinutes(15);

    private final Contexts contexts;

    private final MembershipRepository memberships;

    private final Launches launches;

    private final Clock clock;

    RoleCheck(Contexts contexts, MembershipRepository memberships, Launches launches, Clock clock) {
        this.contexts = contexts;
        this.memberships = memberships;
        this.launches = launches;
        this.clock = clock;
    }

    public enum Answer {
        STILL,
        NO_LONGER,
        /** Nobody can say; a new launch would. */
        LAUNCH_AGAIN
    }

    /** May read the roster over HTTP, so never inside a transaction. */
    public Answer ask(SignedIn me) {
        Instant launchedAt = launches.find(me.tenant(), me.launchId())
                .map(Launches.Stored::at)
                .orElse(Instant.EPOCH);
        Long contextId = me.contextId();
        if (contextId != null && !isWithin(FRESH, launchedAt)) {
            Optional<Answer> byRoster = byRoster(me, contextId);
            if (byRoster.isPresent()) {
                return byRoster.get();
            }
        }
        return isWithin(LAUNCH_COUNTS, launchedAt) ? Answer.STILL : Answer.LAUNCH_AGAIN;
    }

    /**
     * Empty where there is no roster or it cannot be read; and in Moodle for whoever never was on one, because its managers
     * are instructors without being enrolled.
     */
    private Optional<Answer> byRoster(SignedIn me, long contextId) {
        TenantId tenant = me.tenant();
        CourseContext course = contexts.find(tenant, contextId).orElse(null);
        if (course == null || course.membershipsUrl() == null) {
            return Optional.empty();
        }
        if (!isWithin(FRESH, course.rosterCheckedAt())) {
            contexts.refreshRoster(tenant, contextId);
            course = contexts.find(tenant, contextId).orElse(course);
        }
        if (!isWithin(FRESH, course.rosterCheckedAt())) {
            return Optional.empty();
        }
        boolean tells = course.tellsAssistants();
        return memberships
                .find(tenant, contextId, me.personId())
                .map(MembershipRepository.Row::standing)
                .filter(standing -> tells || standing.byRoster() != null)
                .map(standing ->
                        standing.active() && (!tells || holds(me, standing)) ? Answer.STILL : Answer.NO_LONGER);
    }

    /** Where roles are told apart, the roster must name the one that she acts in. */
    private static boolean holds(SignedIn me, Standing standing) {
        Set<Role> listed = standing.byRoster();
        return listed != null && (me.isInstructor() ? listed.contains(Role.INSTRUCTOR) : Standing.isStaff(listed));
    }

    private boolean isWithin(Duration age, @Nullable Instant time) {
        return time != null && !time.isBefore(clock.instant().minus(age));
    }
}
