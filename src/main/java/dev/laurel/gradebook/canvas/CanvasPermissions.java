package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.context.PersonErased;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** In whose name Laurel reads Canvas: permissions that an administrator gave for every course, or a teacher for one. */
@Component
public class CanvasPermissions {

    private static final Logger LOG = LoggerFactory.getLogger(CanvasPermissions.class);

    private static final int MOST_LISTED = 200;

    private final ReadingKeys keys;

    private final ReadingGrants grants;

    private final GrantRevocations revocations;

    private final Permits permits;

    private final GrantOwners owners;

    CanvasPermissions(
            ReadingKeys keys, ReadingGrants grants, GrantRevocations revocations, Permits permits, GrantOwners owners) {
        this.keys = keys;
        this.grants = grants;
        this.revocations = revocations;
        this.permits = permits;
        this.owners = owners;
    }

    /**
     * A permission.
     *
     * @param contextId the course that it is for; {@code null}: every course of the institution
     * @param lacks what the key allows since and the permission does not cover
     * @param endedAt since when Canvas does not accept it any more, UTC
     * @param ownerLeft whoever gave it is not among the staff of the course any more, or left the institution, so that it
     *     will end
     * @param notSeenSince whoever gave it is still there as far as is known, and has not opened Laurel for two months;
     *     {@code null} where she left, or has
     */
    public record Permission(
            @Nullable Long contextId,
            long ownerPerson,
            Instant grantedAt,
            @Nullable Instant endedAt,
            boolean ownerLeft,
            @Nullable Instant notSeenSince,
            Set<CanvasCapability> covers,
            Set<CanvasCapability> lacks) {}

    public static boolean isCanvas(CourseContext course) {
        return Permits.isCanvas(course);
    }

    /** The permission for every course of the institution. */
    public Optional<Permission> ofInstitution(TenantId tenant, long registrationId) {
        return permission(tenant, registrationId, Grant.INSTITUTION);
    }

    /** The permission that was given for this course alone. */
    public Optional<Permission> ofCourse(CourseContext course) {
        return permission(course.tenant(), course.registrationId(), course.id());
    }

    private Optional<Permission> permission(TenantId tenant, long registrationId, long contextId) {
        return permissions(
                        tenant,
                        grants.find(tenant, registrationId, contextId).stream().toList())
                .stream()
                .findFirst();
    }

    /** All there are, that of the institution first, at most 200. */
    public List<Permission> permissions(TenantId tenant, long registrationId) {
        return permissions(tenant, grants.ofRegistration(tenant, registrationId, MOST_LISTED));
    }

    /** However many they are, each key is read once, and who is still there is asked once. */
    private List<Permission> permissions(TenantId tenant, List<Grant> given) {
        Map<Long, Set<CanvasCapability>> allowed = new HashMap<>();
        for (Grant grant : given) {
            allowed.computeIfAbsent(
                    grant.registrationId(),
                    registration -> keys.find(tenant, registration, CanvasSource.NAME)
                            .map(key -> CanvasCapability.of(key.capabilities()))
                            .orElse(Set.of()));
        }
        Set<Grant> left = new HashSet<>(owners.left(tenant, given));
        Map<Long, Instant> opened = owners.lastOpened(tenant, given);
        return given.stream()
                .map(grant -> permission(
                        grant,
                        allowed.getOrDefault(grant.registrationId(), Set.of()),
                        left.contains(grant),
                        owners.notSeenSince(grant, opened.get(grant.ownerPerson()))))
                .toList();
    }

    private static Permission permission(
            Grant grant, Set<CanvasCapability> allowed, boolean ownerLeft, @Nullable Instant notSeenSince) {
        Set<CanvasCapability> lacks = EnumSet.noneOf(CanvasCapability.class);
        lacks.addAll(allowed);
        lacks.removeAll(grant.capabilities());
        return new Permission(
                grant.isOfInstitution() ? null : grant.contextId(),
                grant.ownerPerson(),
                grant.grantedAt(),
                grant.endedAt(),
                ownerLeft,
                ownerLeft ? null : notSeenSince,
                grant.capabilities(),
                lacks);
    }

    /** Those that somebody gave, at every Canvas of the tenant, at most 200. */
    public List<Permission> ofOwner(TenantId tenant, long personId) {
        return permissions(tenant, grants.ofOwner(tenant, personId, MOST_LISTED));
    }

    /** What is to be feared for a permission, or has happened. */
    public enum Danger {
        ENDED,
        OWNER_LEFT,
        OWNER_NOT_SEEN
    }

    /** @param ofInstitution whether it is about the permission for every course, or about that of this one */
    public record Endangered(Danger danger, boolean ofInstitution) {}

    /** What endangers the permission with which a course is read; empty where nothing is known, or nobody gave one. */
    public Optional<Endangered> endangered(CourseContext course) {
        if (!isCanvas(course) || permits.hasEnded(course)) {
            return Optional.empty();
        }
        List<Permission> given = permissions(
                course.tenant(),
                grants.among(course.tenant(), course.registrationId(), List.of(Grant.INSTITUTION, course.id())));
        return given.stream()
                .filter(permission -> permission.endedAt() == null)
                .min(Permits.preference(
                        Permission::ownerLeft, permission -> permission.lacks().size()))
                .or(() -> given.stream().reduce((one, other) -> other))
                .flatMap(CanvasPermissions::danger);
    }

    /** What endangers the permission for every course of the institution; empty where nothing does, or nobody gave one. */
    public Optional<Danger> endangeredEverywhere(TenantId tenant, long registrationId) {
        return ofInstitution(tenant, registrationId)
                .flatMap(CanvasPermissions::danger)
                .map(Endangered::danger);
    }

    private static Optional<Endangered> danger(Permission permission) {
        Danger danger = permission.endedAt() != null
                ? Danger.ENDED
                : permission.ownerLeft()
                        ? Danger.OWNER_LEFT
                        : permission.notSeenSince() != null ? Danger.OWNER_NOT_SEEN : null;
        return Optional.ofNullable(danger).map(what -> new Endangered(what, permission.contextId() == null));
    }

    /** Why a course is not read this way, in plain words; empty where it is. */
    public Optional<String> obstacle(CourseContext course) {
        return Optional.ofNullable(permits.of(course).obstacle());
    }

    /** Takes a permission back, here and in Canvas (HTTP; where Canvas cannot be reached, later). */
    public void withdraw(TenantId tenant, long registrationId, @Nullable Long contextId) {
        long of = contextId == null ? Grant.INSTITUTION : contextId;
        ReadingKey key = keys.find(tenant, registrationId, CanvasSource.NAME).orElse(null);
        grants.find(tenant, registrationId, of).ifPresent(grant -> {
            if (key != null) {
                revocations.tell(grant, key);
            }
            grants.remove(grant);
            LOG.info("Reading of course {} of tenant {} in Canvas taken back", of, tenant);
        });
    }

    /** Takes every permission of a Canvas back (HTTP), as far as it can be reached: without the key nobody can later. */
    void withdrawAll(TenantId tenant, long registrationId, ReadingKey key) {
        List<Grant> some = grants.ofRegistration(tenant, registrationId, MOST_LISTED);
        boolean answers = true;
        while (!some.isEmpty()) {
            answers = answers && revocations.tellOnce(some, key);
            some.forEach(grants::remove);
            some = grants.ofRegistration(tenant, registrationId, MOST_LISTED);
        }
        revocations.endWith(answers ? key : null, tenant, registrationId);
    }

    /** What Laurel read in the name of somebody who is erased it reads no more. */
    @EventListener
    void on(PersonErased erased) {
        revocations.endAllOf(erased.tenant(), erased.personId());
    }
}
