package dev.laurel.context;

import dev.laurel.launch.session.Role;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.selftest.Subject;
import dev.laurel.platform.tenant.TenantId;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Courses, their members and people. */
@Component
public class Contexts {

    private static final int MOST_CONFLICTS = 100;

    private final ContextRepository contexts;

    private final MembershipRepository memberships;

    private final PeopleRepository people;

    private final PlatformUserRepository platformUsers;

    private final PersonSeal seal;

    private final Platforms platforms;

    private final Rosters rosters;

    private final ToldRoles toldRoles;

    private final Jobs jobs;

    private final Clock clock;

    Contexts(
            ContextRepository contexts,
            MembershipRepository memberships,
            PeopleRepository people,
            PlatformUserRepository platformUsers,
            PersonSeal seal,
            Platforms platforms,
            Rosters rosters,
            ToldRoles toldRoles,
            Jobs jobs,
            Clock clock) {
        this.contexts = contexts;
        this.memberships = memberships;
        this.people = people;
        this.platformUsers = platformUsers;
        this.seal = seal;
        this.platforms = platforms;
        this.rosters = rosters;
        this.toldRoles = toldRoles;
        this.jobs = jobs;
        this.clock = clock;
    }

    public Optional<CourseContext> find(TenantId tenant, long contextId) {
        return contexts.find(tenant, contextId).map(row -> complete(row.course()));
    }

    /** The course from which somebody launched last, for a self-test to try things in. */
    public Optional<CourseContext> lastLaunched(Subject subject) {
        return subject.tenants().stream()
                .flatMap(tenant ->
                        contexts.lastLaunched(tenant, subject.registration().id()).stream())
                .map(row -> complete(row.course()))
                .max(Comparator.comparing(CourseContext::lastLaunchAt));
    }

    /**
     * Our numbers of courses by the platform's own number, or the LTI context id, of each. One that no launch came from is
     * missing.
     *
     * @param samples also of a test copy, whose courses have the numbers of the real ones
     */
    public Map<String, List<Long>> byPlatformCourse(
            TenantId tenant, long registrationId, Collection<String> names, boolean samples) {
        return contexts.byPlatformCourse(tenant, registrationId, names, samples);
    }

    /** Those of these courses that are the tenant's, in no order. One statement. */
    public List<CourseContext> find(TenantId tenant, Collection<Long> contextIds) {
        return contextIds.isEmpty() ? List.of() : complete(contexts.find(tenant, contextIds));
    }

    public List<CourseContext> ofTenant(TenantId tenant) {
        return complete(contexts.ofTenant(tenant));
    }

    /** Everybody in the course, also those who left ({@code active} false). */
    public List<Member> members(TenantId tenant, long contextId) {
        return memberships.ofContext(tenant, contextId).values().stream()
                .map(Contexts::member)
                .toList();
    }

    /** Those of these people who are or were in the course. One statement. */
    public List<Member> members(TenantId tenant, long contextId, Collection<Long> personIds) {
        return memberships.among(tenant, contextId, personIds).stream()
                .map(Contexts::member)
                .toList();
    }

    /** Those of these people who are or were in these courses, by the number of the course. One statement. */
    public Map<Long, List<Member>> members(TenantId tenant, Collection<Long> contextIds, Collection<Long> personIds) {
        Map<Long, List<Member>> members = new LinkedHashMap<>();
        memberships
                .among(tenant, contextIds, personIds)
                .forEach((course, rows) ->
                        members.put(course, rows.stream().map(Contexts::member).toList()));
        return members;
    }

    public Optional<Member> member(TenantId tenant, long contextId, long personId) {
        return memberships.find(tenant, contextId, personId).map(Contexts::member);
    }

    /** Those among {@code personIds} who can earn in this course now. One statement. */
    public Set<Long> earnersAmong(TenantId tenant, long contextId, Collection<Long> personIds) {
        return memberships.earnersAmong(tenant, contextId, personIds);
    }

    /** Test students of the course, who try what it is like. */
    public Set<Long> testStudents(TenantId tenant, long contextId) {
        return memberships.testStudents(tenant, contextId);
    }

    /** Everybody who can earn in this course now, and test students: what they get are samples. */
    public Set<Long> evaluated(TenantId tenant, long contextId) {
        Set<Long> evaluated = new HashSet<>(memberships.earners(tenant, contextId));
        evaluated.addAll(memberships.testStudents(tenant, contextId));
        return evaluated;
    }

    /** Those of {@link #evaluated} among {@code personIds}. */
    public Set<Long> evaluatedAmong(TenantId tenant, long contextId, Collection<Long> personIds) {
        return memberships.evaluatedAmong(tenant, contextId, personIds);
    }

    /** Those among {@code personIds} who left as learners: what they earned stays, and a late grade can earn more. */
    public Set<Long> leftAmong(TenantId tenant, long contextId, Collection<Long> personIds) {
        return memberships.leftAmong(tenant, contextId, personIds);
    }

    /** Everybody who can earn in this course now. */
    public Set<Long> earners(TenantId tenant, long contextId) {
        return memberships.earners(tenant, contextId);
    }

    /** How many {@link #earners} there are. */
    public int countEarners(TenantId tenant, long contextId) {
        return memberships.countEarners(tenant, contextId);
    }

    /** The courses in which somebody earns, for "everything" on the shelf. */
    public List<CourseContext> ofPerson(TenantId tenant, long personId) {
        return complete(contexts.ofEarner(tenant, personId));
    }

    /** Every course that somebody is or was in, with what they are there. */
    public Map<CourseContext, Member> memberships(TenantId tenant, long personId) {
        Map<Long, MembershipRepository.Row> rows = memberships.ofPerson(tenant, personId);
        Map<CourseContext, Member> members = new LinkedHashMap<>();
        for (CourseContext course : complete(contexts.find(tenant, rows.keySet()))) {
            members.put(course, member(Objects.requireNonNull(rows.get(course.id()))));
        }
        return members;
    }

    /** The {@code sub} of somebody by the number of each registration that knows them; empty once erased. */
    public Map<Long, String> accounts(TenantId tenant, long personId) {
        Map<Long, String> subs = new LinkedHashMap<>();
        people.accounts(tenant, personId)
                .forEach((registrationId, account) ->
                        subs.put(registrationId, seal.openSub(seal.unwrap(account.wrappedKey()), account.sealed())));
        return subs;
    }

    /** At which platforms each of these people has an account; those without one are missing. One statement. */
    public Map<Long, Set<Long>> registrations(TenantId tenant, Collection<Long> personIds) {
        return people.registrations(tenant, personIds);
    }

    /** Personal data for display to themselves or to staff; erased people are missing. */
    public Map<Long, Profile> profiles(TenantId tenant, Collection<Long> personIds) {
        Map<Long, Profile> profiles = new HashMap<>();
        for (PeopleRepository.Row row : people.find(tenant, personIds)) {
            byte[] wrappedKey = row.wrappedKey();
            byte[] sealed = row.sealed();
            if (wrappedKey != null && sealed != null) {
                profiles.put(row.id(), seal.openProfile(seal.unwrap(wrappedKey), sealed));
            }
        }
        return profiles;
    }

    /** Our numbers for the platform's {@code sub} values, byte for byte; unknown ones are missing. One statement. */
    public Map<String, Long> personsBySub(TenantId tenant, long registrationId, Collection<String> subs) {
        Map<ByteBuffer, String> byHash = new HashMap<>();
        List<byte[]> hashes = new ArrayList<>();
        for (String sub : new HashSet<>(subs)) {
            byte[] hash = seal.subHash(registrationId, sub);
            byHash.put(ByteBuffer.wrap(hash), sub);
            hashes.add(hash);
        }
        Map<String, Long> persons = new HashMap<>();
        people.idsByHash(tenant, registrationId, hashes)
                .forEach((hash, personId) -> persons.put(byHash.getOrDefault(hash, ""), personId));
        return persons;
    }

    /** The {@code sub} under which a platform knows this person. */
    public Optional<String> sub(TenantId tenant, long registrationId, long personId) {
        return Optional.ofNullable(
                subs(tenant, registrationId, List.of(personId)).get(personId));
    }

    /** The {@code sub} of each of these people; those whom the platform does not know are missing. One statement. */
    public Map<Long, String> subs(TenantId tenant, long registrationId, Collection<Long> personIds) {
        Map<Long, String> subs = new HashMap<>();
        for (PeopleRepository.SealedSub account : people.subs(tenant, registrationId, personIds)) {
            subs.put(account.personId(), seal.openSub(seal.unwrap(account.wrappedKey()), account.sealed()));
        }
        return subs;
    }

    /**
     * Our numbers for the platform's own user ids, such as Canvas's; unknown ones are missing. One statement. They are
     * known where launches or the roster told them in the custom parameter {@code canvas_user_id}, and mean somebody only
     * at the host of the course and among those who are or were in it. Where a platform made several of their accounts one,
     * the one that is there now is meant.
     */
    public Map<String, Long> personsByPlatformUser(CourseContext course, Collection<String> ids) {
        Map<ByteBuffer, String> byHash = new HashMap<>();
        for (String id : new HashSet<>(ids)) {
            byHash.put(ByteBuffer.wrap(seal.platformUserHash(course.registrationId(), id)), id);
        }
        Map<String, Long> persons = new HashMap<>();
        platformUsers
                .persons(
                        course.tenant(),
                        course.registrationId(),
                        PlatformHost.of(course),
                        course.id(),
                        byHash.keySet().stream().map(ByteBuffer::array).toList())
                .forEach((hash, personId) -> persons.put(byHash.getOrDefault(hash, ""), personId));
        return persons;
    }

    /** Persons of one platform who have one id of the student system in common: somebody has to find out who is who. */
    public List<Set<Long>> sisIdsInCommon(TenantId tenant) {
        return people.sisIdsInCommon(tenant, MOST_CONFLICTS);
    }

    /**
     * The platform's own user id of each of these people at the host of the course; those whom it did not tell are missing.
     * One statement.
     */
    public Map<Long, String> platformUsers(CourseContext course, Collection<Long> personIds) {
        Map<Long, String> users = new HashMap<>();
        platformUsers
                .sealed(course.tenant(), course.registrationId(), PlatformHost.of(course), personIds)
                .forEach(user -> users.put(user.personId(), open(user)));
        return users;
    }

    /** Every user id of somebody at a platform, whichever of its hosts told it. */
    public Set<String> platformUsers(TenantId tenant, long registrationId, long personId) {
        Set<String> users = new TreeSet<>();
        platformUsers.sealed(tenant, registrationId, null, List.of(personId)).forEach(user -> users.add(open(user)));
        return users;
    }

    private String open(PeopleRepository.SealedSub user) {
        return seal.openPlatformUser(seal.unwrap(user.wrappedKey()), user.sealed());
    }

    /**
     * What a platform says of two of its accounts: whether they are one. Empty where it does not say: where no user id of
     * one of them is known.
     */
    public Optional<Boolean> isOneAccount(TenantId tenant, long registrationId, long one, long other) {
        Map<Long, Map<String, ByteBuffer>> known = platformUsers.byHost(tenant, registrationId, Set.of(one, other));
        Map<String, ByteBuffer> ones = known.get(one);
        Map<String, ByteBuffer> others = known.get(other);
        if (ones == null || others == null) {
            return Optional.empty();
        }
        Set<String> hosts = new HashSet<>(ones.keySet());
        hosts.retainAll(others.keySet());
        return Optional.of(
                !hosts.isEmpty() && hosts.stream().allMatch(host -> Objects.equals(ones.get(host), others.get(host))));
    }

    /** Reads the roster over NRPS now (HTTP, so never inside a transaction) and records a problem if it fails. */
    public void refreshRoster(TenantId tenant, long contextId) {
        rosters.refresh(tenant, contextId);
    }

    /**
     * Those of these people who are in the course by its roster as it is now (HTTP, so never inside a transaction), which is
     * read only where some of them were there by the last one. Nobody where it cannot be read, which is not tried again at
     * once. Where the platform has no roster, those whom nothing says to have left.
     */
    public Set<Long> presentAmong(TenantId tenant, long contextId, Collection<Long> personIds) {
        ContextRepository.Row row =
                personIds.isEmpty() ? null : contexts.find(tenant, contextId).orElse(null);
        if (row == null) {
            return Set.of();
        }
        if (row.course().membershipsUrl() == null) {
            Set<Long> present = new HashSet<>(personIds);
            members(tenant, contextId, personIds).stream()
                    .filter(member -> !member.active())
                    .forEach(member -> present.remove(member.personId()));
            return present;
        }
        Set<Long> before = activeAmong(tenant, contextId, personIds);
        Instant now = clock.instant();
        boolean waits = row.rosterFailures() > 0
                && row.rosterTriedAt()
                        .plus(RosterJob.pause(row, Optional.empty(), now))
                        .isAfter(now);
        return before.isEmpty() || waits || rosters.refresh(tenant, contextId).isPresent()
                ? Set.of()
                : activeAmong(tenant, contextId, before);
    }

    /** Test students are on no roster, and do not leave. */
    private Set<Long> activeAmong(TenantId tenant, long contextId, Collection<Long> personIds) {
        return members(tenant, contextId, personIds).stream()
                .filter(member -> member.active() || member.roles().contains(Role.TEST_STUDENT))
                .map(Member::personId)
                .collect(Collectors.toSet());
    }

    /** Asks for the roster to be read soon, though at most once a minute; returns at once. */
    @Transactional
    public void refreshRosterSoon(TenantId tenant, long contextId) {
        contexts.find(tenant, contextId)
                .filter(row -> row.course().membershipsUrl() != null)
                .ifPresent(row -> {
                    Instant now = clock.instant();
                    Instant earliest = row.rosterTriedAt().plus(Duration.ofMinutes(1));
                    Instant due = earliest.isAfter(now) ? earliest : now;
                    contexts.rosterDue(tenant, contextId, due);
                    jobs.runAgainBy(RosterJob.KIND, tenant, Long.toString(contextId), due);
                });
    }

    /**
     * What a platform says of somebody of a course over its own interface, beside LTI.
     *
     * @param groups {@code null} where it does not tell
     */
    public record Told(
            String sub, Set<Role> roles, @Nullable Set<String> groups) {}

    /**
     * Remembers what a platform tells of everybody in a course beside LTI, such as who is a teaching assistant. It adds
     * to what launches and rosters say: nobody joins or leaves by it.
     */
    public void tellRoles(TenantId tenant, long contextId, Collection<Told> everybody) {
        find(tenant, contextId).ifPresent(course -> {
            Map<String, Long> persons = personsBySub(
                    tenant,
                    course.registrationId(),
                    everybody.stream().map(Told::sub).toList());
            Map<Long, Told> byPerson = new HashMap<>();
            everybody.forEach(told -> {
                Long person = persons.get(told.sub());
                if (person != null) {
                    byPerson.put(person, told);
                }
            });
            toldRoles.record(tenant, contextId, byPerson);
        });
    }

    /** Whether {@link #tellRoles} was ever told of anybody who is in the course. */
    public boolean areRolesTold(TenantId tenant, long contextId) {
        return memberships.isAnybodyTold(tenant, contextId);
    }

    private static Member member(MembershipRepository.Row row) {
        GroupIds groups = row.standing().groups();
        return new Member(
                row.personId(),
                row.standing().roles(),
                row.standing().active(),
                row.standing().earns(),
                groups == null ? Set.of() : groups.ids());
    }

    List<CourseContext> complete(List<ContextRepository.Row> rows) {
        return rows.stream().map(row -> complete(row.course())).toList();
    }

    /** Whether assistants can be told apart, and whether anything there is real, is the platform's to say. */
    private CourseContext complete(CourseContext course) {
        Optional<Registration> platform = platforms.registration(course.registrationId());
        return course.with(
                platform.map(Registration::tellsAssistants).orElse(true),
                platform.map(Registration::isTestCopy).orElse(false));
    }
}
