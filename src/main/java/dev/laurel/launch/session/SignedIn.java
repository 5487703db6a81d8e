package dev.laurel.launch.session;

import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in and from which launch: the principal of every page behind a launch
 * ({@code @AuthenticationPrincipal SignedIn}).
 *
 * @param launchId {@link #NO_LAUNCH} of somebody who came by a link in an e-mail
 * @param contextId our number of the course; {@code null} in a launch without a context
 */
public record SignedIn(
        long launchId,
        TenantId tenant,
        long personId,
        @Nullable Long contextId,
        @Nullable Long resourceLinkId,
        Set<Role> roles,
        @Nullable String locale,
        Reference reference,
        Acting acting) {

    /** Stands for the launch of somebody who came without one. */
    public static final long NO_LAUNCH = 0;

    /** Somebody who acts for herself, in no test copy. */
    public SignedIn(
            long launchId,
            TenantId tenant,
            long personId,
            @Nullable Long contextId,
            @Nullable Long resourceLinkId,
            Set<Role> roles,
            @Nullable String locale,
            Reference reference) {
        this(launchId, tenant, personId, contextId, resourceLinkId, roles, locale, reference, Acting.ONESELF);
    }

    /** Somebody who came back by a link in an e-mail: of no course and in no role, whatever she was when she had them. */
    public static SignedIn byMail(TenantId tenant, long personId) {
        return new SignedIn(NO_LAUNCH, tenant, personId, null, null, Set.of(), null, Reference.next());
    }

    /** Whether this is nobody's launch but a link in an e-mail, which opens little. */
    public boolean isByMail() {
        return launchId == NO_LAUNCH;
    }

    /** Somebody who may make badges in this course. */
    public boolean isInstructor() {
        return contextId != null && roles.contains(Role.INSTRUCTOR);
    }

    /** Somebody who may see the results of others in this course. */
    public boolean isStaff() {
        return isInstructor() || (contextId != null && roles.contains(Role.TEACHING_ASSISTANT));
    }

    /** Somebody who can earn badges in this course; a test student sees the same and gets samples. */
    public boolean isLearner() {
        return contextId != null && (roles.contains(Role.LEARNER) || roles.contains(Role.TEST_STUDENT)) && !isStaff();
    }

    /**
     * Whether it is surely the person whom the launch names who acts, so that what is hers may leave Laurel: nobody who acts as
     * her, and in no test copy, in which others may sign in as her.
     */
    public boolean isHerself() {
        return !acting.isReadOnly() && !acting.testCopy() && !roles.contains(Role.TEST_STUDENT);
    }

    /** The administrator of the tenant, launched outside a course. */
    public boolean isInstitutionAdmin() {
        return contextId == null && roles.contains(Role.INSTITUTION_ADMIN);
    }

    /**
     * The course of this launch.
     *
     * @throws IllegalStateException in a launch without one; pages of a course are not reachable from there
     */
    public long requireContextId() {
        if (contextId == null) {
            throw new IllegalStateException("This launch has no context");
        }
        return contextId;
    }
}
