package dev.laurel.achievement;

import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The badges of a tenant, in versions of which an activated one never changes. */
@Component
public class Achievements {

    private final AchievementRepository achievements;

    private final AchievementDirectory directory;

    private final Issuers issuers;

    private final BadgeImages images;

    private final SamplePictures samples;

    private final Clock clock;

    Achievements(
            AchievementRepository achievements,
            AchievementDirectory directory,
            Issuers issuers,
            BadgeImages images,
            SamplePictures samples,
            Clock clock) {
        this.achievements = achievements;
        this.directory = directory;
        this.issuers = issuers;
        this.images = images;
        this.samples = samples;
        this.clock = clock;
    }

    /**
     * The same version as a sample that nobody can take for real: under the sample issuer, with a mark in name and picture.
     * It is activated; of a badge that is a sample already it is that badge.
     *
     * @throws AchievementNotFoundException where there is none
     */
    @Transactional
    public AchievementVersion sampleOf(TenantId tenant, long achievementId, int number) {
        AchievementVersion version = require(tenant, achievementId, number);
        Issuer issuer = issuers.sample(tenant);
        if (version.issuerId() == issuer.id()) {
            return version;
        }
        long sample =
                achievements.sampleOf(tenant, achievementId, UUID.randomUUID(), issuer.id(), number, clock.instant());
        return achievements.version(tenant, sample, number).orElseGet(() -> {
            String name = samples.name(version.name());
            long image =
                    samples.picture(tenant, version.imageId(), name, version.name(), version.colour(), clock.instant());
            achievements.insertActivated(tenant, sample, version, name, image, clock.instant());
            return require(tenant, sample, number);
        });
    }

    /**
     * The same as far as there is one by now; none is made.
     *
     * @throws AchievementNotFoundException where there is no such version
     */
    public Optional<AchievementVersion.Key> knownSampleOf(TenantId tenant, long achievementId, int number) {
        AchievementVersion version = require(tenant, achievementId, number);
        return isSample(tenant, version.issuerId())
                ? Optional.of(version.key())
                : achievements
                        .sampleOf(tenant, achievementId)
                        .map(sample -> new AchievementVersion.Key(sample, number));
    }

    private boolean isSample(TenantId tenant, long issuerId) {
        return issuers.find(tenant, issuerId)
                .filter(issuer -> issuer.kind() == Issuer.Kind.SAMPLE)
                .isPresent();
    }

    /**
     * A new badge with version 1 as a draft.
     *
     * @throws IllegalArgumentException where issuer or uploaded image are not of this tenant
     */
    @Transactional
    public AchievementVersion create(TenantId tenant, long issuerId, AchievementDraft draft, long byPerson) {
        if (issuers.find(tenant, issuerId).isEmpty()) {
            throw new IllegalArgumentException("No issuer " + issuerId);
        }
        Instant now = clock.instant();
        boolean sample = isSample(tenant, issuerId);
        AchievementDraft tidy = tidy(draft, sample);
        long id = achievements.insert(tenant, UUID.randomUUID(), issuerId, null, byPerson, now);
        achievements.insertVersion(tenant, id, 1, tidy, images.of(tenant, tidy, null, sample), now);
        return require(tenant, id, 1);
    }

    /**
     * A new badge of another issuer that looks the same as this version; Laurel remembers which one it was made from.
     *
     * @param words what it says, after what the original says
     * @throws AchievementNotFoundException where there is no such version
     * @throws IllegalArgumentException where the issuer is not of this tenant
     */
    @Transactional
    public AchievementVersion copy(
            TenantId tenant,
            AchievementVersion.Key source,
            long issuerId,
            UnaryOperator<AchievementDraft> words,
            long byPerson) {
        AchievementVersion original = require(tenant, source.achievementId(), source.version());
        if (issuers.find(tenant, issuerId).isEmpty()) {
            throw new IllegalArgumentException("No issuer " + issuerId);
        }
        Instant now = clock.instant();
        long id = achievements.insert(tenant, UUID.randomUUID(), issuerId, original.achievementId(), byPerson, now);
        AchievementDraft draft = words.apply(new AchievementDraft(
                original.name(),
                original.description(),
                original.criteria(),
                original.colour(),
                original.imageId(),
                original.worth()));
        achievements.insertVersion(tenant, id, 1, draft, original.imageId(), now);
        return require(tenant, id, 1);
    }

    /**
     * Changes the version that a course uses while it is a draft; of one that is activated it starts the next. A badge may
     * be bound in many courses, so drafts of others are left alone.
     *
     * @param used the version in force in the course that edits
     * @throws AchievementNotFoundException where there is none
     * @throws IllegalArgumentException where the uploaded image is not of this tenant
     */
    @Transactional
    public AchievementVersion edit(
            TenantId tenant, AchievementVersion.Key used, AchievementDraft draft, long byPerson) {
        long achievementId = used.achievementId();
        int latest = achievements
                .latestForUpdate(tenant, achievementId)
                .orElseThrow(() -> new AchievementNotFoundException(achievementId));
        AchievementVersion before = require(tenant, achievementId, used.version());
        boolean sample = isSample(tenant, before.issuerId());
        AchievementDraft tidy = tidy(draft, sample);
        AchievementDraft.Worth worth = tidy.worth() == null ? before.worth() : tidy.worth();
        long imageId = images.of(tenant, tidy, before, sample);
        if (achievements.updateDraft(tenant, achievementId, used.version(), tidy, worth, imageId)) {
            return require(tenant, achievementId, used.version());
        }
        achievements.insertVersion(
                tenant, achievementId, latest + 1, tidy.orElse(before.worth()), imageId, clock.instant());
        achievements.setLatest(tenant, achievementId, latest + 1);
        return require(tenant, achievementId, latest + 1);
    }

    /** Deletes a badge that was never activated, unless another one was made from it. Its picture stays. */
    @Transactional
    public void discard(TenantId tenant, long achievementId) {
        achievements.latestForUpdate(tenant, achievementId);
        if (!achievements.isUsed(tenant, achievementId)) {
            achievements.delete(tenant, achievementId);
        }
    }

    /**
     * From now on this version never changes. Activating twice does nothing.
     *
     * @throws AchievementNotFoundException where there is none
     */
    @Transactional
    public void activate(TenantId tenant, long achievementId, int version, long byPerson) {
        if (!achievements.activate(tenant, achievementId, version, byPerson, clock.instant())) {
            require(tenant, achievementId, version);
        }
    }

    public Optional<AchievementVersion> version(TenantId tenant, long achievementId, int version) {
        return achievements.version(tenant, achievementId, version);
    }

    /** For the page and picture of an activated version, which are public: credentials name them. Never a draft. */
    public Optional<OwnedVersion> activatedVersion(UUID achievementPublicId, int version) {
        return achievements.activated(achievementPublicId, version);
    }

    /** A version with the tenant it belongs to. */
    public record OwnedVersion(TenantId tenant, AchievementVersion version) {}

    /** The badges of this tenant that were made after this one, or after a copy of it. */
    public Set<Long> copiesOf(TenantId tenant, UUID achievementPublicId) {
        return achievements.copiesOf(tenant, achievementPublicId);
    }

    /** These versions, as far as they are there. One statement. */
    public Map<AchievementVersion.Key, AchievementVersion> versions(
            TenantId tenant, Collection<AchievementVersion.Key> keys) {
        return keys.isEmpty()
                ? Map.of()
                : achievements.versions(tenant, Set.copyOf(keys)).stream()
                        .collect(Collectors.toMap(AchievementVersion::key, Function.identity()));
    }

    /** What these badges are called in their newest version, as far as they are there. One statement. */
    public Map<Long, String> names(TenantId tenant, Collection<Long> achievementIds) {
        return achievementIds.isEmpty() ? Map.of() : directory.names(tenant, achievementIds);
    }

    /**
     * Badges in the institution's own name that were ever activated, with what their newest activated version is called. No
     * drafts: everything here stands on public pages. One statement.
     *
     * @param words that the name has in it, in whatever case; empty: any name
     * @param most so many at most, by name
     */
    public Map<Long, String> ofInstitution(TenantId tenant, String words, int most) {
        return directory.ofInstitution(tenant, words, most);
    }

    /** The same of one badge by the id of its public page, in whosever name; empty where it is no badge of this tenant. */
    public Map<Long, String> activated(TenantId tenant, UUID publicId) {
        return directory.activated(tenant, publicId);
    }

    /** The badges of this institution with these public ids, as far as they are there. One statement. */
    public Map<UUID, Long> byPublicIds(TenantId tenant, Collection<UUID> publicIds) {
        return publicIds.isEmpty() ? Map.of() : directory.byPublicIds(tenant, publicIds);
    }

    /** The public ids of these badges, as far as they are there. One statement. */
    public Map<Long, UUID> publicIds(TenantId tenant, Collection<Long> achievementIds) {
        return achievementIds.isEmpty() ? Map.of() : directory.publicIds(tenant, achievementIds);
    }

    private AchievementDraft tidy(AchievementDraft draft, boolean sample) {
        String typed = draft.name().strip();
        if (typed.isEmpty()) {
            throw new IllegalArgumentException("A badge needs a name");
        }
        String name = sample ? samples.name(typed) : typed;
        return new AchievementDraft(
                Varchar.fitWithEllipsis(name, 200),
                Varchar.fitWithEllipsis(draft.description().strip(), 2000),
                Varchar.fitWithEllipsis(draft.criteria().strip(), 4000),
                BadgeColour.of(draft.colour(), name).hex(),
                draft.imageId(),
                draft.worth());
    }

    private AchievementVersion require(TenantId tenant, long achievementId, int version) {
        return achievements
                .version(tenant, achievementId, version)
                .orElseThrow(() -> new AchievementNotFoundException(achievementId));
    }
}
