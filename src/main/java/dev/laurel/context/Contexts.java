package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Courses, their members and people. */
@Component
public class Contexts {

    public Optional<CourseContext> find(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    public List<CourseContext> ofTenant(TenantId tenant) {
        throw new UnsupportedOperationException();
    }

    /** Everybody in the course, also those who left ({@code active} false). */
    public List<Member> members(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    public Optional<Member> member(TenantId tenant, long contextId, long personId) {
        throw new UnsupportedOperationException();
    }

    /** Those among {@code personIds} who can earn in this course now. One statement. */
    public Set<Long> earnersAmong(TenantId tenant, long contextId, Collection<Long> personIds) {
        throw new UnsupportedOperationException();
    }

    /** Everybody who can earn in this course now. */
    public Set<Long> earners(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    /** The courses in which somebody earns, for "everything" on the shelf. */
    public List<CourseContext> ofPerson(TenantId tenant, long personId) {
        throw new UnsupportedOperationException();
    }

    /** Personal data for display to themselves or to staff; erased people are missing. */
    public Map<Long, Profile> profiles(TenantId tenant, Collection<Long> personIds) {
        throw new UnsupportedOperationException();
    }

    /** Our numbers for the platform's {@code sub} values, byte for byte; unknown ones are missing. One statement. */
    public Map<String, Long> personsBySub(TenantId tenant, long registrationId, Collection<String> subs) {
        throw new UnsupportedOperationException();
    }

    /** The {@code sub} under which a platform knows this person. */
    public Optional<String> sub(TenantId tenant, long registrationId, long personId) {
        throw new UnsupportedOperationException();
    }

    /** The {@code sub} of each of these people; those whom the platform does not know are missing. One statement. */
    public Map<Long, String> subs(TenantId tenant, long registrationId, Collection<Long> personIds) {
        throw new UnsupportedOperationException();
    }

    /** Reads the roster over NRPS now (HTTP, so never inside a transaction) and records a problem if it fails. */
    public void refreshRoster(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }
}
