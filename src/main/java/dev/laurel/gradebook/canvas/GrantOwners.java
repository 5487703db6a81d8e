package dev.laurel.gradebook.canvas;

import dev.laurel.context.AdministratorsGone;
import dev.laurel.context.Contexts;
import dev.laurel.context.Member;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.tenant.TenantId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Whether those who gave permissions are still there. Canvas ends a permission once its owner is gone, and not before it notices. */
@Component
class GrantOwners {

    private static final Set<Role> STAFF = EnumSet.of(Role.INSTRUCTOR, Role.TEACHING_ASSISTANT);

    private final Contexts contexts;

    private final AdministratorsGone administrators;

    GrantOwners(Contexts contexts, AdministratorsGone administrators) {
        this.contexts = contexts;
        this.administrators = administrators;
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

    private static boolean isStaff(Member member) {
        return member.active() && member.roles().stream().anyMatch(STAFF::contains);
    }
}
