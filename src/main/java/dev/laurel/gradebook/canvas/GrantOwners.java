package dev.laurel.gradebook.canvas;

import dev.laurel.context.AdministratorsGone;
import dev.laurel.context.Contexts;
import dev.laurel.context.Member;
import dev.laurel.launch.session.Role;
import java.util.EnumSet;
import java.util.Set;
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
                        .filter(Member::active)
                        .filter(member -> member.roles().stream().anyMatch(STAFF::contains))
                        .isEmpty();
    }
}
