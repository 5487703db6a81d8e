package dev.laurel.achievement;

import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tenant.Tenants;
import dev.laurel.platform.wording.Wording;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who speaks in a tenant's badges: the institution, where it lets a course speak for it, or the course itself. */
@Component
public class Issuers {

    private static final int LONGEST_NAME = 300;

    private final IssuerRepository repository;

    private final AchievementRepository achievements;

    private final ImageRepository images;

    private final Tenants tenants;

    private final Wording wording;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Issuers(
            IssuerRepository repository,
            AchievementRepository achievements,
            ImageRepository images,
            Tenants tenants,
            Wording wording,
            ApplicationEventPublisher events,
            Clock clock) {
        this.repository = repository;
        this.achievements = achievements;
        this.images = images;
        this.tenants = tenants;
        this.wording = wording;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The issuer under which this course may speak: one that the institution granted, else the course's own issuer
     * (created on first use) whose name says that a course speaks, not the institution.
     */
    @Transactional
    public Issuer of(TenantId tenant, long contextId, String courseTitle) {
        return repository
                .granted(tenant, contextId)
                .or(() -> repository.ofCourse(tenant, contextId))
                .orElseGet(() -> createCourseIssuer(tenant, contextId, courseTitle));
    }

    /** The issuer of everything in this institution that is not real; created on first use. */
    @Transactional
    public Issuer sample(TenantId tenant) {
        return repository.sample(tenant).orElseGet(() -> {
            String name = Varchar.fitWithEllipsis(
                    wording.say("issuer.sample-of", Varchar.fitWithEllipsis(tenants.name(tenant), 100)), LONGEST_NAME);
            repository.insertSample(tenant, name, UUID.randomUUID(), clock.instant());
            return repository.sample(tenant).orElseThrow();
        });
    }

    private Issuer createCourseIssuer(TenantId tenant, long contextId, String courseTitle) {
        String institution = tenants.name(tenant);
        String name = wording.say(
                "issuer.course-at",
                Varchar.fitWithEllipsis(courseTitle, 150),
                Varchar.fitWithEllipsis(institution, 100));
        repository.insert(
                tenant,
                Issuer.Kind.COURSE,
                contextId,
                Varchar.fitWithEllipsis(name, LONGEST_NAME),
                UUID.randomUUID(),
                null,
                clock.instant());
        return repository.ofCourse(tenant, contextId).orElseThrow();
    }

    /**
     * Whether badges of this achievement's issuer may be awarded from this course: by its own course issuer, or by an
     * issuer of the institution while the course has the grant.
     */
    public boolean maySpeak(TenantId tenant, long achievementId, long contextId) {
        Optional<Issuer> issuer =
                achievements.issuerOf(tenant, achievementId).flatMap(issuerId -> repository.find(tenant, issuerId));
        if (issuer.isEmpty()) {
            return false;
        }
        if (issuer.get().kind() == Issuer.Kind.SAMPLE) {
            // Whatever it says, it says of samples.
            return true;
        }
        if (issuer.get().kind() == Issuer.Kind.COURSE) {
            return Objects.equals(issuer.get().contextId(), contextId);
        }
        return repository
                .granted(tenant, contextId)
                .filter(granted -> granted.id() == issuer.get().id())
                .isPresent();
    }

    /** The issuers of those of these badges that are the institution's own, by badge. One statement. */
    public Map<Long, Long> ofInstitution(TenantId tenant, Collection<Long> achievementIds) {
        return achievementIds.isEmpty()
                ? Map.of()
                : achievements.issuers(tenant, Issuer.Kind.INSTITUTION, achievementIds);
    }

    /** Those of these badges that are {@link #sample}'s own. One statement. */
    public Set<Long> samplesAmong(TenantId tenant, Collection<Long> achievementIds) {
        return achievementIds.isEmpty()
                ? Set.of()
                : achievements
                        .issuers(tenant, Issuer.Kind.SAMPLE, achievementIds)
                        .keySet();
    }

    public Optional<Issuer> find(TenantId tenant, long issuerId) {
        return repository.find(tenant, issuerId);
    }

    /**
     * Where others may ask about badges of this issuer: at its own e-mail address, or where it has none, as every course, at that of
     * the institution's first issuer that has one. Empty where no administrator entered any.
     */
    public Optional<String> email(TenantId tenant, Issuer issuer) {
        return Stream.concat(
                        Stream.of(issuer),
                        repository.real(tenant).stream().filter(each -> each.kind() == Issuer.Kind.INSTITUTION))
                .map(each -> each.details().email())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** For the DID document and the profile page of an issuer, which are public. */
    public Optional<OwnedIssuer> findByPublicId(UUID publicId) {
        return repository.findByPublicId(publicId);
    }

    /** An issuer with the tenant it belongs to. */
    public record OwnedIssuer(TenantId tenant, Issuer issuer) {}

    /** The pictures of all logos that an issuer ever had, the oldest first: badges that are signed go on showing theirs. */
    public List<Long> logos(TenantId tenant, long issuerId) {
        return repository.logos(tenant, issuerId);
    }

    /** The issuers that speak for the institution itself, by name. */
    public List<Issuer> ofInstitution(TenantId tenant) {
        return repository.ofInstitution(tenant);
    }

    /** Every issuer of the tenant whose badges are real, in the order in which they came into being. */
    public List<Issuer> real(TenantId tenant) {
        return repository.real(tenant);
    }

    /** The first of {@link #real}. */
    public Optional<Issuer> oldest(TenantId tenant) {
        return repository.oldest(tenant);
    }

    /** A new issuer that speaks for the institution; courses may use it once they have a grant. */
    @Transactional
    public Issuer createForInstitution(TenantId tenant, String name, long byPerson) {
        UUID publicId = UUID.randomUUID();
        repository.insert(
                tenant,
                Issuer.Kind.INSTITUTION,
                null,
                Varchar.fitWithEllipsis(name.strip(), LONGEST_NAME),
                publicId,
                byPerson,
                clock.instant());
        return repository.findByPublicId(publicId).orElseThrow().issuer();
    }

    /**
     * What the institution says of one of its repository. Badges that are signed already say what they said.
     *
     * @param logo a picture: {@code null} keeps the one that is there, empty takes it away
     * @throws IllegalArgumentException where it is no issuer of this institution, or the name is none
     * @throws BadImageException as {@link BadgeImages#upload}
     */
    @Transactional
    public void describe(TenantId tenant, long issuerId, String name, IssuerDetails details, byte @Nullable [] logo) {
        Issuer issuer = repository
                .find(tenant, issuerId)
                .filter(found -> found.kind() == Issuer.Kind.INSTITUTION)
                .orElseThrow(() -> new IllegalArgumentException("No issuer of the institution: " + issuerId));
        if (name.isBlank()) {
            throw new IllegalArgumentException("An issuer has a name");
        }
        String tidy = Varchar.fitWithEllipsis(name.strip(), LONGEST_NAME);
        Long image = issuer.imageId();
        if (logo != null) {
            image = logo.length == 0
                    ? null
                    : Long.valueOf(
                            images.insert(tenant, UploadedPicture.toPng(logo), null, tidy, null, clock.instant()));
            if (image != null) {
                repository.addLogo(tenant, issuerId, image);
            }
        }
        repository.describe(tenant, issuerId, tidy, details, image);
    }

    /** The institution's issuer that each course may use now, by context; courses without a grant are missing. */
    public Map<Long, Issuer> grants(TenantId tenant) {
        return repository.granted(tenant);
    }

    /**
     * From now on the course may speak as this issuer of the institution, instead of any other, whose badges are paused in
     * this course. Idempotent.
     *
     * @throws IllegalArgumentException where it is no issuer of this institution
     */
    @Transactional
    public void grant(TenantId tenant, long issuerId, long contextId, long byPerson) {
        if (repository
                .find(tenant, issuerId)
                .filter(issuer -> issuer.kind() == Issuer.Kind.INSTITUTION)
                .isEmpty()) {
            throw new IllegalArgumentException("No issuer of the institution: " + issuerId);
        }
        Optional<Issuer> before = repository.granted(tenant, contextId);
        if (before.isPresent() && before.get().id() == issuerId) {
            return;
        }
        repository.withdraw(tenant, contextId, byPerson, clock.instant());
        repository.grant(tenant, issuerId, contextId, byPerson, clock.instant());
        events.publishEvent(new IssuerGrantChanged(tenant, contextId, issuerId));
    }

    /**
     * From now on the course speaks as itself again; badges that exist keep their issuer, and those of the institution are
     * paused in this course. Idempotent.
     */
    @Transactional
    public void withdrawGrant(TenantId tenant, long contextId, long byPerson) {
        if (repository.withdraw(tenant, contextId, byPerson, clock.instant())) {
            events.publishEvent(new IssuerGrantChanged(tenant, contextId, null));
        }
    }
}
