package dev.laurel.achievement;

import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Badges of a tenant: issuers, versions, images. */
@Component
public class Achievements {

    /**
     * The issuer under which this course may speak: one that the institution granted, else the course's own issuer
     * (created on first use) whose name says that a course speaks, not the institution.
     */
    public Issuer issuerFor(TenantId tenant, long contextId, String courseTitle) {
        throw new UnsupportedOperationException();
    }

    public Optional<Issuer> issuer(TenantId tenant, long issuerId) {
        throw new UnsupportedOperationException();
    }

    /** For the DID document and the profile page of an issuer, which are public. */
    public Optional<OwnedIssuer> issuerByPublicId(UUID publicId) {
        throw new UnsupportedOperationException();
    }

    /** An issuer with the tenant it belongs to. */
    public record OwnedIssuer(TenantId tenant, Issuer issuer) {}

    /** A new badge with version 1 as a draft. */
    public AchievementVersion create(TenantId tenant, long issuerId, AchievementDraft draft, long byPerson) {
        throw new UnsupportedOperationException();
    }

    /** Changes the draft, or starts the next version where the latest is activated. */
    public AchievementVersion edit(TenantId tenant, long achievementId, AchievementDraft draft, long byPerson) {
        throw new UnsupportedOperationException();
    }

    /** From now on this version never changes. Activating twice does nothing. */
    public void activate(TenantId tenant, long achievementId, int version, long byPerson) {
        throw new UnsupportedOperationException();
    }

    public Optional<AchievementVersion> version(TenantId tenant, long achievementId, int version) {
        throw new UnsupportedOperationException();
    }

    /** For the page and picture of an activated version, which are public: credentials name them. Never a draft. */
    public Optional<OwnedVersion> activatedVersion(UUID achievementPublicId, int version) {
        throw new UnsupportedOperationException();
    }

    /** A version with the tenant it belongs to. */
    public record OwnedVersion(TenantId tenant, AchievementVersion version) {}

    /** The latest version of each of these badges. */
    public List<AchievementVersion> latest(TenantId tenant, Collection<Long> achievementIds) {
        throw new UnsupportedOperationException();
    }

    public Optional<BadgeImage> image(TenantId tenant, long imageId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks and crops an uploaded picture to a square PNG.
     *
     * @throws BadImageException with plain words for the instructor: too large, not a picture, too many pixels
     */
    public long upload(TenantId tenant, byte[] bytes, String altText) {
        throw new UnsupportedOperationException();
    }

    /** The SVG that a badge of this name and colour would get, for a preview while it is being written. */
    public String draw(String name, String colour) {
        throw new UnsupportedOperationException();
    }

    /** The issuers that speak for the institution itself, by name. */
    public List<Issuer> institutionIssuers(TenantId tenant) {
        throw new UnsupportedOperationException();
    }

    /** A new issuer that speaks for the institution; courses may use it once they have a grant. */
    public Issuer createInstitutionIssuer(TenantId tenant, String name, long byPerson) {
        throw new UnsupportedOperationException();
    }

    /** The institution's issuer that each course may use now, by context; courses without a grant are missing. */
    public Map<Long, Issuer> grants(TenantId tenant) {
        throw new UnsupportedOperationException();
    }

    /** From now on the course may speak as this issuer of the institution, instead of any other. Idempotent. */
    public void grant(TenantId tenant, long issuerId, long contextId, long byPerson) {
        throw new UnsupportedOperationException();
    }

    /** From now on the course speaks as itself again; badges that exist keep their issuer. Idempotent. */
    public void withdrawGrant(TenantId tenant, long contextId, long byPerson) {
        throw new UnsupportedOperationException();
    }
}
