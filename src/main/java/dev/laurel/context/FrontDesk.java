package dev.laurel.context;

import dev.laurel.context.copy.NoticeHandlers;
import dev.laurel.launch.Admission;
import dev.laurel.launch.Launch;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets a launch in: course, link, person and membership. One statement reads all that is known; a launch that says
 * nothing new writes nothing. Whoever may only look was not here: what is known of the person stays as it was.
 */
@Component
class FrontDesk implements Admission.Desk {

    /** How exact {@code last_launch_at} is, and how often launches may ask for a roster. */
    private static final Duration COARSE = Duration.ofMinutes(1);

    private final Arrivals arrivals;

    private final ContextRepository contexts;

    private final LinkRepository links;

    private final PeopleRepository people;

    private final PlatformUsers platformUsers;

    private final MembershipRepository memberships;

    private final PersonSeal seal;

    private final CourseZones zones;

    private final Copies copies;

    private final NoticeHandlers noticeHandlers;

    private final Jobs jobs;

    private final ApplicationEventPublisher events;

    private final StepMetrics metrics;

    private final Clock clock;

    FrontDesk(
            Arrivals arrivals,
            ContextRepository contexts,
            LinkRepository links,
            PeopleRepository people,
            PlatformUsers platformUsers,
            MembershipRepository memberships,
            PersonSeal seal,
            CourseZones zones,
            Copies copies,
            NoticeHandlers noticeHandlers,
            Jobs jobs,
            ApplicationEventPublisher events,
            StepMetrics metrics,
            Clock clock) {
        this.arrivals = arrivals;
        this.contexts = contexts;
        this.links = links;
        this.people = people;
        this.platformUsers = platformUsers;
        this.memberships = memberships;
        this.seal = seal;
        this.zones = zones;
        this.copies = copies;
        this.noticeHandlers = noticeHandlers;
        this.jobs = jobs;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Admission admit(Launch launch) {
        byte[] subHash = seal.subHash(launch.registrationId(), launch.user().sub());
        Arrivals.Known known = arrivals.find(launch, subHash);
        Launch.Course course = launch.context();
        Long contextId = course == null ? null : course(launch, course, known.course());
        Long linkId = launch.resourceLink() == null ? null : link(launch, launch.resourceLink(), known, contextId);
        long personId = person(launch, subHash, known.person(), contextId);
        if (contextId != null && !launch.acting().isReadOnly()) {
            membership(launch, contextId, personId, known.membership());
            boolean staff = Standing.isStaff(launch.roles());
            events.publishEvent(new ContextLaunched(launch.tenant(), contextId, personId, staff));
        }
        noticeHandlers.offered(launch, known.handler());
        metrics.passed(Step.CONTEXT, Duration.between(launch.at(), clock.instant()));
        Map<String, Long> others = others(launch);
        String forUser = launch.about().forUser();
        return new Admission(
                personId,
                contextId,
                linkId,
                launch.roles(),
                forUser == null ? null : others.getOrDefault(forUser, Admission.UNKNOWN_PERSON),
                launch.about().observed().stream()
                        .map(others::get)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Those whom the launch is about, as far as this platform has shown them. A launch creates nobody but its user. */
    private Map<String, Long> others(Launch launch) {
        Set<String> subs = new HashSet<>(launch.about().observed());
        if (launch.about().forUser() != null) {
            subs.add(launch.about().forUser());
        }
        Map<String, Long> numbers = new HashMap<>();
        if (subs.isEmpty()) {
            return numbers;
        }
        Map<ByteBuffer, String> byHash = new HashMap<>();
        subs.forEach(sub -> byHash.put(ByteBuffer.wrap(seal.subHash(launch.registrationId(), sub)), sub));
        people.idsByHash(
                        launch.tenant(),
                        launch.registrationId(),
                        byHash.keySet().stream().map(ByteBuffer::array).toList())
                .forEach((hash, personId) -> numbers.put(byHash.get(hash), personId));
        return numbers;
    }

    private long course(Launch launch, Launch.Course course, Arrivals.@Nullable KnownCourse known) {
        TenantId tenant = launch.tenant();
        ContextRepository.Said said = ContextRepository.Said.of(launch, course);
        boolean looksOnly = launch.acting().isReadOnly();
        Instant staffAt = Standing.isStaff(launch.roles()) && !looksOnly ? launch.at() : null;
        if (known != null && looksOnly) {
            return known.id();
        }
        // Learners may be anywhere.
        ZoneId zone = staffAt == null
                ? null
                : CourseZones.ofAccount(course.timeZone()).orElse(null);
        long id;
        if (known == null) {
            id = contexts.insert(launch, course, said, staffAt, zone);
        } else {
            id = known.id();
            if (!known.said().equals(said)
                    || isOlder(known.lastLaunchAt(), launch)
                    || (staffAt != null && isOlder(known.lastStaffAt(), launch))) {
                contexts.update(tenant, id, said, launch.at(), staffAt);
            }
            if (zone != null && !known.inKnownZone()) {
                zones.launchedFrom(tenant, id, zone);
            }
        }
        copies.learn(launch, course, id, known == null ? null : known.historyDigest());
        if (said.membershipsUrl() != null && (known == null || isOlder(known.rosterTriedAt(), launch))) {
            Instant now = clock.instant();
            if (contexts.claimRosterRead(tenant, id, now, now.minus(COARSE))) {
                jobs.runAgainBy(RosterJob.KIND, tenant, Long.toString(id), now);
            }
        }
        return id;
    }

    private static boolean isOlder(@Nullable Instant time, Launch launch) {
        return time == null || time.isBefore(launch.at().minus(COARSE));
    }

    private long link(Launch launch, Launch.Link link, Arrivals.Known known, @Nullable Long contextId) {
        Arrivals.KnownLink stored = known.link();
        if (stored == null) {
            return links.insert(launch, link, contextId);
        }
        if (launch.acting().isReadOnly()) {
            return stored.id();
        }
        if (!Objects.equals(stored.contextId(), contextId)
                || !Objects.equals(stored.title(), ContextRepository.cut(link.title(), 500))
                || !Objects.equals(stored.lineitemUrl(), LinkRepository.lineitem(launch))
                || isNewBadgeId(stored, launch)) {
            links.update(launch, stored.id(), link, contextId);
        }
        return stored.id();
    }

    /** Not every message from a link repeats its custom parameters. */
    private static boolean isNewBadgeId(Arrivals.KnownLink stored, Launch launch) {
        String said = LinkRepository.badgeId(launch);
        return said != null && !said.equals(stored.badgeId());
    }

    private long person(Launch launch, byte[] subHash, PeopleRepository.@Nullable Row known, @Nullable Long contextId) {
        Launch.User user = launch.user();
        Profile said = PersonSeal.profile(user.name(), user.givenName(), user.familyName(), user.email(), user.sisId());
        PeopleRepository.Row stored = known == null ? create(launch, subHash, said) : known;
        if (launch.acting().isReadOnly()) {
            return stored.id();
        }
        // A link's own parameter, and a test copy, could name somebody else, whose results would then be hers.
        String platformUser =
                launch.isOfNoLink() && !launch.acting().testCopy() ? PlatformUserId.of(launch.custom()) : null;
        Optional<PlatformUserRepository.Told> named = seal.platformUser(launch.registrationId(), stored, platformUser);
        PeopleRepository.Update changed = seal.change(stored, said).orElse(null);
        if (changed != null) {
            if (named.isPresent()) {
                events.publishEvent(new PeopleAboutToChange(launch.tenant(), Set.of(stored.id())));
            }
            people.updateProfiles(launch.tenant(), List.of(changed));
        }
        if (said.sisId() != null && (changed != null || known == null)) {
            people.saveSisIds(
                    launch.tenant(),
                    launch.registrationId(),
                    Map.of(stored.id(), seal.sisHash(launch.registrationId(), said.sisId())));
        }
        named.ifPresent(told -> {
            platformUsers.save(
                    launch.tenant(), launch.registrationId(), PlatformHost.of(launch), List.of(told), launch.at());
            if (contextId != null) {
                // Results that name her by this id can be placed now.
                events.publishEvent(new RosterChanged(launch.tenant(), contextId, Set.of(stored.id())));
            }
        });
        return stored.id();
    }

    /** Two first launches at once both come here; the second finds the account of the first and takes its person. */
    private PeopleRepository.Row create(Launch launch, byte[] subHash, Profile said) {
        TenantId tenant = launch.tenant();
        boolean back = people.welcomeBack(tenant, launch.registrationId(), subHash);
        PeopleRepository.NewRow row = seal.newRow(subHash, launch.user().sub(), said);
        people.insertPersons(tenant, List.of(row), launch.at());
        people.insertAccounts(tenant, launch.registrationId(), List.of(row), launch.at());
        PeopleRepository.Row stored =
                people
                        .byHash(tenant, launch.registrationId(), PlatformHost.of(launch), List.of(subHash))
                        .values()
                        .stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("The account just written is not there"));
        if (stored.id() != row.id()) {
            people.deletePersons(tenant, Set.of(row.id()));
        }
        if (back) {
            events.publishEvent(
                    new ErasedCameBack(tenant, stored.id(), PeopleRepository.accountHash(subHash), launch.at()));
        }
        return stored;
    }

    private void membership(Launch launch, long contextId, long personId, MembershipRepository.@Nullable Row known) {
        Standing before = known == null ? Standing.UNKNOWN : known.standing();
        Standing after = before.launchedAs(launch.roles()).in(GroupIds.of(launch.custom()));
        if (after.equals(before)) {
            return;
        }
        memberships.save(launch.tenant(), contextId, Map.of(personId, after), launch.at(), launch.reference());
        if (known == null || before.countsOtherwise(after)) {
            events.publishEvent(new RosterChanged(launch.tenant(), contextId, Set.of(personId)));
        }
    }
}
