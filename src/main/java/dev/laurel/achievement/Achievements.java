package dev.laurel.achievement;

import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Badges of a tenant: issuers, versions, images. */
@Component
public class Achievements {

    private static final int LONGEST_ISSUER = 300;

    private static final int LONGEST_ALT = 500;

    private final IssuerRepository issuers;

    private final AchievementRepository achievements;

    private final ImageRepository images;

    private final SamplePictures samples;

    private final Tenants tenants;

    private final MessageSource messages;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Achievements(
            IssuerRepository issuers,
            AchievementRepository achievements,
            ImageRepository images,
            SamplePictures samples,
            Tenants tenants,
            MessageSource messages,
            ApplicationEventPublisher events,
            Clock clock) {
        this.issuers = issuers;
        this.achievements = achievements;
        this.images = images;
        this.samples = samples;
        this.tenants = tenants;
        this.messages = messages;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The issuer under which this course may speak: one that the institution granted, else the course's own issuer
     * (created on first use) whose name says that a course speaks, not the institution.
     */
    @Transactional
    public Issuer issuerFor(TenantId tenant, long contextId, String courseTitle) {
        return issuers.granted(tenant, contextId)
                .or(() -> issuers.ofCourse(tenant, contextId))
                .orElseGet(() -> createCourseIssuer(tenant, contextId, courseTitle));
    }

    /** The issuer of everything in this institution that is not real; created on first use. */
    @Transactional
    public Issuer sampleIssuer(TenantId tenant) {
        return issuers.sample(tenant).orElseGet(() -> {
            String name = cut(say("issuer.sample-of", cut(tenants.name(tenant), 100)), LONGEST_ISSUER);
            issuers.insertSample(tenant, name, UUID.randomUUID(), now());
            return issuers.sample(tenant).orElseThrow();
        });
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
        Issuer issuer = sampleIssuer(tenant);
        if (version.issuerId() == issuer.id()) {
            return version;
        }
        long sample = achievements.sampleOf(tenant, achievementId, UUID.randomUUID(), issuer.id(), number, now());
        return achievements.version(tenant, sample, number).orElseGet(() -> {
            String name = samples.name(version.name());
            long image = samples.picture(tenant, version.imageId(), name, version.name(), version.colour(), now());
            achievements.insertActivated(tenant, sample, version, name, image, now());
            return require(tenant, sample, number);
        });
    }

    private boolean isSample(TenantId tenant, long issuerId) {
        return issuers.find(tenant, issuerId)
                .filter(issuer -> issuer.kind() == Issuer.Kind.SAMPLE)
                .isPresent();
    }

    private Issuer createCourseIssuer(TenantId tenant, long contextId, String courseTitle) {
        String institution = tenants.name(tenant);
        String name = say("issuer.course-at", cut(courseTitle, 150), cut(institution, 100));
        issuers.insert(
                tenant, Issuer.Kind.COURSE, contextId, cut(name, LONGEST_ISSUER), UUID.randomUUID(), null, now());
        return issuers.ofCourse(tenant, contextId).orElseThrow();
    }

    /**
     * Whether badges of this achievement's issuer may be awarded from this course: by its own course issuer, or by an
     * issuer of the institution while the course has the grant.
     */
    public boolean maySpeak(TenantId tenant, long achievementId, long contextId) {
        Optional<Issuer> issuer =
                achievements.issuerOf(tenant, achievementId).flatMap(issuerId -> issuers.find(tenant, issuerId));
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
        return issuers.granted(tenant, contextId)
                .filter(granted -> granted.id() == issuer.get().id())
                .isPresent();
    }

    /** The issuers of those of these badges that are the institution's own, by badge. One statement. */
    public Map<Long, Long> institutionIssuers(TenantId tenant, Collection<Long> achievementIds) {
        return achievementIds.isEmpty() ? Map.of() : achievements.institutionIssuers(tenant, achievementIds);
    }

    public Optional<Issuer> issuer(TenantId tenant, long issuerId) {
        return issuers.find(tenant, issuerId);
    }

    /** For the DID document and the profile page of an issuer, which are public. */
    public Optional<OwnedIssuer> issuerByPublicId(UUID publicId) {
        return issuers.findByPublicId(publicId);
    }

    /** An issuer with the tenant it belongs to. */
    public record OwnedIssuer(TenantId tenant, Issuer issuer) {}

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
        Instant now = now();
        boolean sample = isSample(tenant, issuerId);
        AchievementDraft tidy = tidy(draft, sample);
        long id = achievements.insert(tenant, UUID.randomUUID(), issuerId, null, byPerson, now);
        achievements.insertVersion(tenant, id, 1, tidy, image(tenant, tidy, null, sample), now);
        return require(tenant, id, 1);
    }

    /**
     * A new badge of another issuer that says the same as this version and looks the same; Laurel remembers which one it
     * was made from.
     *
     * @throws AchievementNotFoundException where there is no such version
     * @throws IllegalArgumentException where the issuer is not of this tenant
     */
    @Transactional
    public AchievementVersion copy(TenantId tenant, AchievementVersion.Key source, long issuerId, long byPerson) {
        AchievementVersion original = require(tenant, source.achievementId(), source.version());
        if (issuers.find(tenant, issuerId).isEmpty()) {
            throw new IllegalArgumentException("No issuer " + issuerId);
        }
        Instant now = now();
        long id = achievements.insert(tenant, UUID.randomUUID(), issuerId, original.achievementId(), byPerson, now);
        AchievementDraft words = new AchievementDraft(
                original.name(),
                original.description(),
                original.criteria(),
                original.colour(),
                original.imageId(),
                original.worth());
        achievements.insertVersion(tenant, id, 1, words, original.imageId(), now);
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
        long imageId = image(tenant, tidy, before, sample);
        if (achievements.updateDraft(tenant, achievementId, used.version(), tidy, worth, imageId)) {
            return require(tenant, achievementId, used.version());
        }
        achievements.insertVersion(tenant, achievementId, latest + 1, tidy.orElse(before.worth()), imageId, now());
        achievements.setLatest(tenant, achievementId, latest + 1);
        return require(tenant, achievementId, latest + 1);
    }

    /**
     * From now on this version never changes. Activating twice does nothing.
     *
     * @throws AchievementNotFoundException where there is none
     */
    @Transactional
    public void activate(TenantId tenant, long achievementId, int version, long byPerson) {
        if (!achievements.activate(tenant, achievementId, version, byPerson, now())) {
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
        return achievementIds.isEmpty() ? Map.of() : achievements.names(tenant, achievementIds);
    }

    public Optional<BadgeImage> image(TenantId tenant, long imageId) {
        return images.find(tenant, imageId);
    }

    /** Whether the picture is there as a drawing too: nobody uploaded it. */
    public boolean isDrawn(TenantId tenant, long imageId) {
        return images.isDrawn(tenant, imageId).orElse(false);
    }

    /** The badges of which any version shows this picture. */
    public Set<Long> shownBy(TenantId tenant, long imageId) {
        return images.shownBy(tenant, imageId);
    }

    /** The course in which somebody uploaded this picture; empty for a drawing. */
    public Optional<Long> uploadedIn(TenantId tenant, long imageId) {
        return images.uploadedIn(tenant, imageId);
    }

    /** The alternative texts of these pictures, without their bytes. */
    public Map<Long, String> altTexts(TenantId tenant, Collection<Long> imageIds) {
        return imageIds.isEmpty() ? Map.of() : images.altTexts(tenant, imageIds);
    }

    /**
     * Checks and crops an uploaded picture to a square PNG without any of its metadata.
     *
     * @param contextId the course that may use it
     * @param altText what the picture says; blank: the badge that it is used for says it
     * @throws BadImageException with plain words for the instructor: too large, not a picture, too many pixels
     */
    public long upload(TenantId tenant, long contextId, byte[] bytes, String altText) {
        return images.insert(
                tenant, UploadedPicture.toPng(bytes), null, cut(altText.strip(), LONGEST_ALT), contextId, now());
    }

    /**
     * What {@link #upload} would keep of a picture; nothing is stored.
     *
     * @throws BadImageException as there
     */
    public byte[] preview(byte[] bytes) {
        return UploadedPicture.toPng(bytes);
    }

    /** The badges of this institution with these public ids, as far as they are there. One statement. */
    public Map<UUID, Long> byPublicIds(TenantId tenant, Collection<UUID> publicIds) {
        return publicIds.isEmpty() ? Map.of() : achievements.byPublicIds(tenant, publicIds);
    }

    /** The public ids of these badges, as far as they are there. One statement. */
    public Map<Long, UUID> publicIds(TenantId tenant, Collection<Long> achievementIds) {
        return achievementIds.isEmpty() ? Map.of() : achievements.publicIds(tenant, achievementIds);
    }

    /** The SVG that a badge of this name and colour would get, for a preview while it is being written. */
    public String draw(String name, String colour, boolean sample) {
        String title = say("image.alt.name", name.strip());
        return sample
                ? samples.drawing(name, colour, title)
                : BadgeDrawing.of(name, BadgeColour.of(colour, name)).svg(title);
    }

    /** The issuers that speak for the institution itself, by name. */
    public List<Issuer> institutionIssuers(TenantId tenant) {
        return issuers.ofInstitution(tenant);
    }

    /** Every issuer of the tenant whose badges are real, in the order in which they came into being. */
    public List<Issuer> realIssuers(TenantId tenant) {
        return issuers.real(tenant);
    }

    /** A new issuer that speaks for the institution; courses may use it once they have a grant. */
    @Transactional
    public Issuer createInstitutionIssuer(TenantId tenant, String name, long byPerson) {
        UUID publicId = UUID.randomUUID();
        issuers.insert(
                tenant, Issuer.Kind.INSTITUTION, null, cut(name.strip(), LONGEST_ISSUER), publicId, byPerson, now());
        return issuers.findByPublicId(publicId).orElseThrow().issuer();
    }

    /**
     * What the institution says of one of its issuers. Badges that are signed already say what they said.
     *
     * @param logo a picture: {@code null} keeps the one that is there, empty takes it away
     * @throws IllegalArgumentException where it is no issuer of this institution, or the name is none
     * @throws BadImageException as {@link #upload}
     */
    @Transactional
    public void describeIssuer(
            TenantId tenant, long issuerId, String name, IssuerDetails details, byte @Nullable [] logo) {
        Issuer issuer = issuers.find(tenant, issuerId)
                .filter(found -> found.kind() == Issuer.Kind.INSTITUTION)
                .orElseThrow(() -> new IllegalArgumentException("No issuer of the institution: " + issuerId));
        if (name.isBlank()) {
            throw new IllegalArgumentException("An issuer has a name");
        }
        String tidy = cut(name.strip(), LONGEST_ISSUER);
        Long image = issuer.imageId();
        if (logo != null) {
            image = logo.length == 0
                    ? null
                    : Long.valueOf(images.insert(tenant, UploadedPicture.toPng(logo), null, tidy, null, now()));
        }
        issuers.describe(tenant, issuerId, tidy, details, image);
    }

    /** The institution's issuer that each course may use now, by context; courses without a grant are missing. */
    public Map<Long, Issuer> grants(TenantId tenant) {
        return issuers.granted(tenant);
    }

    /**
     * From now on the course may speak as this issuer of the institution, instead of any other. Idempotent.
     *
     * @throws IllegalArgumentException where it is no issuer of this institution
     */
    @Transactional
    public void grant(TenantId tenant, long issuerId, long contextId, long byPerson) {
        if (issuers.find(tenant, issuerId)
                .filter(issuer -> issuer.kind() == Issuer.Kind.INSTITUTION)
                .isEmpty()) {
            throw new IllegalArgumentException("No issuer of the institution: " + issuerId);
        }
        Optional<Issuer> before = issuers.granted(tenant, contextId);
        if (before.isPresent() && before.get().id() == issuerId) {
            return;
        }
        issuers.withdraw(tenant, contextId, byPerson, now());
        issuers.grant(tenant, issuerId, contextId, byPerson, now());
        if (before.isPresent()) {
            events.publishEvent(new IssuerGrantRevoked(tenant, contextId));
        }
    }

    /**
     * From now on the course speaks as itself again; badges that exist keep their issuer, and those of the institution are
     * paused in this course. Idempotent.
     */
    @Transactional
    public void withdrawGrant(TenantId tenant, long contextId, long byPerson) {
        if (issuers.withdraw(tenant, contextId, byPerson, now())) {
            events.publishEvent(new IssuerGrantRevoked(tenant, contextId));
        }
    }

    /** The uploaded picture, the one drawn before where it still fits, or a new drawing. */
    private long image(TenantId tenant, AchievementDraft draft, @Nullable AchievementVersion before, boolean sample) {
        String altText = altText(draft);
        Long uploaded = draft.imageId();
        if (uploaded != null) {
            boolean drawn = images.isDrawn(tenant, uploaded)
                    .orElseThrow(() -> new IllegalArgumentException("No image " + uploaded));
            // A form may send back the picture that was drawn before; it follows the name and the colour all the same.
            if (!drawn && sample && (before == null || before.imageId() != uploaded)) {
                return samples.picture(tenant, uploaded, altText, draft.name(), draft.colour(), now());
            }
            if (!drawn) {
                images.describeIfSilent(tenant, uploaded, altText);
                return uploaded;
            }
        }
        if (before != null
                && before.name().equals(draft.name())
                && before.colour().equals(draft.colour())
                && before.description().equals(draft.description())
                && images.isDrawn(tenant, before.imageId()).orElse(false)) {
            return before.imageId();
        }
        String svg = sample
                ? samples.drawing(draft.name(), draft.colour(), altText)
                : BadgeDrawing.of(draft.name(), BadgeColour.of(draft.colour(), draft.name()))
                        .svg(altText);
        return images.insert(tenant, BadgeDrawing.png(svg), svg, altText, null, now());
    }

    private String altText(AchievementDraft draft) {
        String text = draft.description().isBlank()
                ? say("image.alt.name", draft.name())
                : say("image.alt.meaning", draft.name(), draft.description().strip());
        return cut(text, LONGEST_ALT);
    }

    private AchievementDraft tidy(AchievementDraft draft, boolean sample) {
        String typed = draft.name().strip();
        if (typed.isEmpty()) {
            throw new IllegalArgumentException("A badge needs a name");
        }
        String name = sample ? samples.name(typed) : typed;
        return new AchievementDraft(
                cut(name, 200),
                cut(draft.description().strip(), 2000),
                cut(draft.criteria().strip(), 4000),
                BadgeColour.of(draft.colour(), name).hex(),
                draft.imageId(),
                draft.worth());
    }

    private AchievementVersion require(TenantId tenant, long achievementId, int version) {
        return achievements
                .version(tenant, achievementId, version)
                .orElseThrow(() -> new AchievementNotFoundException(achievementId));
    }

    private String say(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }

    /** At most this many characters, never half of one. */
    private static String cut(String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
