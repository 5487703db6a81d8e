package dev.laurel.context;

import dev.laurel.launch.EndedLaunches;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.ProductFamily;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the members of a course up to date with the platform's roster: all of it or nothing. However many members there
 * are it is a handful of statements, and what did not change is not written.
 */
@Component
class Rosters {

    private static final Logger LOG = LoggerFactory.getLogger(Rosters.class);

    private final ContextRepository contexts;

    private final PeopleRepository people;

    private final PlatformUsers platformUsers;

    private final MembershipRepository memberships;

    private final RosterReader reader;

    private final PersonSeal seal;

    private final ApplicationEventPublisher events;

    private final EndedLaunches ended;

    private final TransactionTemplate transaction;

    private final StepMetrics metrics;

    private final Clock clock;

    Rosters(
            ContextRepository contexts,
            PeopleRepository people,
            PlatformUsers platformUsers,
            MembershipRepository memberships,
            RosterReader reader,
            PersonSeal seal,
            ApplicationEventPublisher events,
            EndedLaunches ended,
            TransactionTemplate transaction,
            StepMetrics metrics,
            Clock clock) {
        this.contexts = contexts;
        this.people = people;
        this.platformUsers = platformUsers;
        this.memberships = memberships;
        this.reader = reader;
        this.seal = seal;
        this.events = events;
        this.ended = ended;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Reads and records; what went wrong at the platform is recorded too and returned. */
    Optional<ServiceProblem> refresh(TenantId tenant, long contextId) {
        ContextRepository.Row row = contexts.find(tenant, contextId).orElse(null);
        CourseContext course = row == null ? null : row.course();
        URI memberships = course == null ? null : course.membershipsUrl();
        if (row == null || course == null || memberships == null) {
            return Optional.empty();
        }
        Instant started = clock.instant();
        Reference reference = Reference.next();
        try {
            List<RosterReader.Entry> roster = reader.read(course.registrationId(), memberships, linkToAskFor(row));
            transaction.executeWithoutResult(status -> record(tenant, course, roster, started, reference));
            metrics.passed(Step.CONTEXT, Duration.between(started, clock.instant()));
            return Optional.empty();
        } catch (ServiceProblem problem) {
            metrics.failed(Step.CONTEXT);
            LOG.info(
                    "Roster of course {} of tenant {} not read ({}), reference {}",
                    contextId,
                    tenant,
                    problem.getMessage(),
                    reference);
            transaction.executeWithoutResult(status ->
                    contexts.rosterFailed(tenant, contextId, String.valueOf(problem.getMessage()), clock.instant()));
            return Optional.of(problem);
        }
    }

    /** Canvas tells its own ids of people only where a link is named, and takes the course itself for one. */
    private static @Nullable String linkToAskFor(ContextRepository.Row row) {
        boolean canvas = ProductFamily.of(row.course().platformFamily()) == ProductFamily.CANVAS;
        return canvas ? row.ltiId() : null;
    }

    private void record(
            TenantId tenant,
            CourseContext course,
            List<RosterReader.Entry> roster,
            Instant started,
            Reference reference) {
        contexts.lock(tenant, course.id());
        Map<Long, MembershipRepository.Row> known = memberships.ofContext(tenant, course.id());
        if (roster.isEmpty()
                && known.values().stream().anyMatch(row -> row.standing().byRoster() != null)) {
            throw ServiceProblem.unreadable(
                    "The LMS says that nobody is in this course any more. Laurel keeps the members it knows.");
        }
        Map<Long, Standing> changed = new LinkedHashMap<>();
        Set<Long> joinedOrLeft = new HashSet<>();
        Map<Long, RosterReader.Entry> listed = people(tenant, course, roster, joinedOrLeft);
        Set<Long> leftStaff = new HashSet<>();
        listed.forEach((personId, entry) -> {
            if (before(known, personId).leavesStaff(entry.roles(), entry.active())) {
                leftStaff.add(personId);
            }
        });
        listed.forEach((personId, entry) -> note(
                personId,
                known.get(personId),
                before(known, personId).listedAs(entry.roles(), entry.active()).in(entry.groups()),
                changed,
                joinedOrLeft));
        known.forEach((personId, row) -> {
            // Whoever launched while the roster was being read may have joined after their page.
            if (!listed.containsKey(personId) && row.seenAt().isBefore(started)) {
                note(personId, row, row.standing().gone(), changed, joinedOrLeft);
                if (row.standing().leavesStaff(Set.of(), false)) {
                    leftStaff.add(personId);
                }
            }
        });
        Instant now = clock.instant();
        memberships.save(tenant, course.id(), changed, now, reference);
        contexts.rosterRead(tenant, course.id(), now);
        ended.end(tenant, course.id(), leftStaff, started);
        if (!joinedOrLeft.isEmpty()) {
            events.publishEvent(new RosterChanged(tenant, course.id(), joinedOrLeft));
        }
    }

    private static Standing before(Map<Long, MembershipRepository.Row> known, long personId) {
        MembershipRepository.Row row = known.get(personId);
        return row == null ? Standing.UNKNOWN : row.standing();
    }

    private static void note(
            long personId,
            MembershipRepository.@Nullable Row known,
            Standing after,
            Map<Long, Standing> changed,
            Set<Long> joinedOrLeft) {
        Standing before = known == null ? Standing.UNKNOWN : known.standing();
        if (known != null && after.equals(before)) {
            return;
        }
        changed.put(personId, after);
        if (known == null || before.countsOtherwise(after)) {
            joinedOrLeft.add(personId);
        }
    }

    /**
     * The listed people under our numbers: new ones are added, changed profiles are sealed anew.
     *
     * @param newlyNamed is told whose user id at the platform was not known before: their results can be placed now
     */
    private Map<Long, RosterReader.Entry> people(
            TenantId tenant, CourseContext course, List<RosterReader.Entry> roster, Set<Long> newlyNamed) {
        long registrationId = course.registrationId();
        String host = PlatformHost.of(course);
        Map<ByteBuffer, RosterReader.Entry> byHash = new LinkedHashMap<>();
        for (RosterReader.Entry entry : roster) {
            byHash.put(ByteBuffer.wrap(seal.subHash(registrationId, entry.sub())), entry);
        }
        Map<ByteBuffer, PeopleRepository.Row> stored =
                people.byHash(tenant, registrationId, host, arrays(byHash.keySet()));
        Map<ByteBuffer, RosterReader.Entry> missing = new LinkedHashMap<>(byHash);
        missing.keySet().removeAll(stored.keySet());
        if (!missing.isEmpty()) {
            missing.keySet().removeAll(people.erasedAmong(tenant, registrationId, arrays(missing.keySet())));
        }
        if (!missing.isEmpty()) {
            stored.putAll(add(tenant, registrationId, host, missing));
        }
        Map<Long, RosterReader.Entry> listed = new HashMap<>();
        List<PeopleRepository.Update> updates = new ArrayList<>();
        List<PlatformUserRepository.Told> users = new ArrayList<>();
        Map<Long, byte[]> sisIds = new HashMap<>();
        byHash.forEach((hash, entry) -> {
            PeopleRepository.Row row = stored.get(hash);
            if (row != null) {
                listed.put(row.id(), entry);
                seal.change(row, entry.profile()).ifPresent(update -> {
                    updates.add(update);
                    sisId(registrationId, row.id(), entry, sisIds);
                });
                if (missing.containsKey(hash)) {
                    sisId(registrationId, row.id(), entry, sisIds);
                }
                seal.platformUser(registrationId, row, entry.platformUser()).ifPresent(users::add);
            }
        });
        if (!updates.isEmpty() && !users.isEmpty()) {
            Set<Long> concerned = new HashSet<>();
            updates.forEach(update -> concerned.add(update.id()));
            users.forEach(user -> concerned.add(user.personId()));
            events.publishEvent(new PeopleAboutToChange(tenant, concerned));
        }
        people.updateProfiles(tenant, updates);
        platformUsers.save(tenant, registrationId, host, users, clock.instant());
        users.forEach(user -> newlyNamed.add(user.personId()));
        people.saveSisIds(tenant, registrationId, sisIds);
        return listed;
    }

    private void sisId(long registrationId, long personId, RosterReader.Entry entry, Map<Long, byte[]> sisIds) {
        String id = entry.profile().sisId();
        if (id != null) {
            sisIds.put(personId, seal.sisHash(registrationId, id));
        }
    }

    /** Somebody may launch for the first time at this moment: whose account it is, the account says. */
    private Map<ByteBuffer, PeopleRepository.Row> add(
            TenantId tenant, long registrationId, String host, Map<ByteBuffer, RosterReader.Entry> missing) {
        Instant now = clock.instant();
        List<PeopleRepository.NewRow> rows = new ArrayList<>();
        missing.forEach((hash, entry) -> rows.add(seal.newRow(hash.array(), entry.sub(), entry.profile())));
        people.insertPersons(tenant, rows, now);
        people.insertAccounts(tenant, registrationId, rows, now);
        Map<ByteBuffer, PeopleRepository.Row> stored =
                people.byHash(tenant, registrationId, host, arrays(missing.keySet()));
        Set<Long> orphans = new HashSet<>();
        rows.forEach(row -> orphans.add(row.id()));
        stored.values().forEach(row -> orphans.remove(row.id()));
        people.deletePersons(tenant, orphans);
        return stored;
    }

    private static List<byte[]> arrays(Collection<ByteBuffer> hashes) {
        return hashes.stream().map(ByteBuffer::array).toList();
    }
}
