package dev.laurel.gradebook.canvas;

import dev.laurel.context.AdministratorsGone;
import dev.laurel.context.Contexts;
import dev.laurel.context.Member;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether those who gave permissions are still there. Canvas ends a permission once its owner is gone, and not before it notices. */
@Component
class GrantOwners {

    private static final Set<Role> STAFF = EnumSet.of(Role.INSTRUCTOR, Role.TEACHING_ASSISTANT);

    private final Contexts contexts;

    /** Longer than holidays mostly are; launches are kept for three months. */
    private static final Duration LONG = Duration.ofDays(60);

    private final AdministratorsGone administrators;

    private final Clock clock;

    GrantOwners(Contexts contexts, AdministratorsGone administrators, Clock clock) {
        this.contexts = contexts;
        this.administrators = administrators;
        this.clock = clock;
    }

    /** Whoever gave it for a course is not among its staff any more, or was seen leaving the institution. */
    boolean left(Grant grant) {
        return grant.isOfInstitution()
                ? administrators.isGone(grant.tenant(), grant.ownerPerson())
                : contexts.member(grant.tenant(), grant.contextId(), grant.ownerPerson())
                        .filter(GrantOwners::isStaff)
                        .isEmpty();
    }

    /** Those permissions, all of one tenant, whose owners left. One statement for courses, and a few for each institution. */
    List<Grant> left(TenantId tenant, List<Grant> grants) {
        List<Grant> ofCourses =
                grants.stream().filter(grant -> !grant.isOfInstitution()).toList();
        Map<Long, List<Member>> members = contexts.members(
                tenant,
                ofCourses.stream().map(Grant::contextId).collect(Collectors.toSet()),
                ofCourses.stream().map(Grant::ownerPerson).collect(Collectors.toSet()));
        return grants.stream()
                .filter(grant -> grant.isOfInstitution()
                        ? left(grant)
                        : members.getOrDefault(grant.contextId(), List.of()).stream()
                                .noneMatch(member -> member.personId() == grant.ownerPerson() && isStaff(member)))
                .toList();
    }

    /** When those who gave them last opened Laurel, as far as is known. One statement. */
    Map<Long, Instant> lastOpened(TenantId tenant, List<Grant> grants) {
        return administrators.lastOpened(
                tenant, grants.stream().map(Grant::ownerPerson).collect(Collectors.toSet()));
    }

    /**
     * Since when nobody has seen her, where that is long.
     *
     * @param opened when she last opened Laurel; {@code null} where nobody knows
     */
    @Nullable
    Instant notSeenSince(Grant grant, @Nullable Instant opened) {
        Instant seen = opened == null || opened.isBefore(grant.grantedAt()) ? grant.grantedAt() : opened;
        return seen.isBefore(clock.instant().minus(LONG)) ? seen : null;
    }

    private static boolean isStaff(Member member) {
        return member.active() && member.roles().stream().anyMatch(STAFF::contains);
    }
}
