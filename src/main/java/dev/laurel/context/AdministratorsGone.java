package dev.laurel.context;

import dev.laurel.launch.Launches;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Whether somebody who once administered an institution was seen leaving. No platform lists its administrators, so what she
 * did last tells: whoever opens Laurel outside a course is told as an administrator or is none, and whoever had places in
 * courses and has none any more, without administering since, is gone.
 */
@Component
public class AdministratorsGone {

    private final MembershipRepository memberships;

    private final Launches launches;

    AdministratorsGone(MembershipRepository memberships, Launches launches) {
        this.memberships = memberships;
        this.launches = launches;
    }

    /** When these people last opened Laurel, in a course or outside; those are missing who did not for three months. */
    public Map<Long, Instant> lastOpened(TenantId tenant, Collection<Long> personIds) {
        return launches.lastOf(tenant, personIds);
    }

    /** False where nothing says so. Two statements. */
    public boolean isGone(TenantId tenant, long personId) {
        Launches.Stored last = launches.lastOutsideCourses(tenant, personId).orElse(null);
        if (last != null) {
            return !last.signedIn().roles().contains(Role.INSTITUTION_ADMIN);
        }
        Map<Long, MembershipRepository.Row> places = memberships.ofPerson(tenant, personId);
        return !places.isEmpty()
                && places.values().stream().noneMatch(place -> place.standing().active());
    }
}
