package dev.laurel.context;

import dev.laurel.context.copy.ContextHistory;
import dev.laurel.context.copy.OriginRepository;
import dev.laurel.launch.ContextCopied;
import dev.laurel.launch.Launch;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.ProductFamily;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * From which courses something may be taken over into a course: those that the platform says it was copied from, and
 * others of the same teacher. Never courses of another tenant.
 */
@Component
public class Copies {

    private final OriginRepository origins;

    private final ContextRepository contexts;

    private final LinkRepository links;

    private final Contexts courses;

    private final Platforms platforms;

    private final Clock clock;

    Copies(
            OriginRepository origins,
            ContextRepository contexts,
            LinkRepository links,
            Contexts courses,
            Platforms platforms,
            Clock clock) {
        this.origins = origins;
        this.contexts = contexts;
        this.links = links;
        this.courses = courses;
        this.platforms = platforms;
        this.clock = clock;
    }

    /** A link that somebody opened, with our own id in it where it has one. */
    public record PlacedLink(
            String linkId,
            @Nullable String lineitemUrl,
            @Nullable String badgeId) {}

    /** The courses that this one was copied from, nearest first, as far as Laurel knows them. */
    public List<CourseContext> origins(TenantId tenant, long contextId) {
        List<Long> ids = origins.known(tenant, contextId);
        if (ids.isEmpty()) {
            return List.of();
        }
        var byId = courses.find(tenant, ids).stream().collect(Collectors.toMap(CourseContext::id, Function.identity()));
        return ids.stream().filter(byId::containsKey).map(byId::get).toList();
    }

    /** The other courses in which this person is an instructor now, by title. */
    public List<CourseContext> othersTaughtBy(TenantId tenant, long personId, long contextId) {
        return courses.complete(contexts.ofInstructor(tenant, personId)).stream()
                .filter(course -> course.id() != contextId)
                .toList();
    }

    /** The course, where this person may take something over from it into that one. */
    public Optional<CourseContext> source(TenantId tenant, long contextId, long personId, long sourceId) {
        boolean allowed = sourceId != contextId
                && (origins.known(tenant, contextId).contains(sourceId)
                        || contexts.ofInstructor(tenant, personId).stream()
                                .anyMatch(row -> row.course().id() == sourceId));
        return allowed ? courses.find(tenant, sourceId) : Optional.empty();
    }

    /** Stops proposing what these origins have; it stays possible to take it over. Idempotent. */
    @Transactional
    public void dismiss(TenantId tenant, long contextId, Collection<Long> originIds, long byPerson) {
        Set<Long> known = Set.copyOf(origins.known(tenant, contextId));
        origins.dismiss(
                tenant, contextId, originIds.stream().filter(known::contains).toList(), byPerson, clock.instant());
    }

    /** The origins whose proposals were put aside. */
    public Set<Long> dismissed(TenantId tenant, long contextId) {
        return origins.dismissed(tenant, contextId);
    }

    /** The links of a course that were opened at least once. */
    public List<PlacedLink> links(TenantId tenant, long contextId) {
        return links.ofContext(tenant, contextId);
    }

    /**
     * Notes down what a launch says of the past of its course; nothing where it says the same as before, or where a teacher
     * may have written it.
     */
    void learn(Launch launch, Launch.Course course, long contextId, byte @Nullable [] digestBefore) {
        String value = launch.custom().get(Launch.CONTEXT_HISTORY);
        if (value == null) {
            return;
        }
        byte[] digest = ContextRepository.sha256(value);
        if (!Arrays.equals(digest, digestBefore) && isOfPlatform(launch)) {
            learn(
                    launch.tenant(),
                    launch.registrationId(),
                    course.id(),
                    ContextHistory.read(value, course.id()),
                    launch.at());
            contexts.historyRead(launch.tenant(), contextId, digest);
        }
    }

    /**
     * Whether the platform itself filled the history in. A message of no link has the registration's parameters alone. Of
     * those that links send, only Moodle's are good, since there the registration's parameter takes the place of a link's;
     * and only once it is known that the registration has it.
     */
    private boolean isOfPlatform(Launch launch) {
        boolean moodle = launch.family() == ProductFamily.MOODLE;
        if (launch.isOfNoLink()) {
            if (moodle) {
                platforms.namesHistory(launch.registrationId());
            }
            return true;
        }
        return moodle && platforms.isNamingHistory(launch.registrationId());
    }

    /** Notes down what a platform's notice says; the course may be one that nobody opened yet. */
    @EventListener
    void on(ContextCopied copied) {
        learn(
                copied.tenant(),
                copied.registrationId(),
                copied.contextId(),
                ContextHistory.of(copied.origins(), copied.contextId()),
                copied.at());
    }

    private void learn(TenantId tenant, long registrationId, String contextId, ContextHistory history, Instant at) {
        origins.save(
                tenant,
                registrationId,
                ContextRepository.sha256(contextId),
                history.origins().stream().map(ContextRepository::sha256).toList(),
                at);
    }
}
