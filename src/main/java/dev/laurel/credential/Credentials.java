package dev.laurel.credential;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.baking.BakedSvg;
import dev.laurel.credential.document.SigningMaterial;
import dev.laurel.credential.document.Verifier;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.signing.CredentialRepository;
import dev.laurel.credential.signing.SupersedingRepository;
import dev.laurel.credential.signing.Variants;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Signed credentials: reading them never signs. */
@Component
public class Credentials {

    private final CredentialRepository credentials;

    private final SupersedingRepository superseding;

    private final Variants variants;

    private final SigningMaterial material;

    private final Verifier verifier;

    private final CredentialAddresses addresses;

    Credentials(
            CredentialRepository credentials,
            SupersedingRepository superseding,
            Variants variants,
            SigningMaterial material,
            Verifier verifier,
            CredentialAddresses addresses) {
        this.credentials = credentials;
        this.superseding = superseding;
        this.variants = variants;
        this.material = material;
        this.verifier = verifier;
        this.addresses = addresses;
    }

    /** The award of a credential, and whose it is. */
    public record OwnedAward(TenantId tenant, long awardId) {}

    /** The award of which somebody has a credential, the newest or an old one. */
    public Optional<OwnedAward> awardOf(String refreshToken) {
        return superseding.award(refreshToken);
    }

    /**
     * Where whoever has a credential of one of these awards, the newest or an old one, asks for the newest one, by award.
     *
     * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#refreshservice">Open Badges 3.0, RefreshService</a>
     */
    public Map<Long, String> refreshes(TenantId tenant, Collection<Long> awardIds) {
        Map<Long, String> refreshes = new HashMap<>();
        superseding
                .refreshTokens(tenant, awardIds)
                .forEach((award, token) -> refreshes.put(award, addresses.refresh(token)));
        return refreshes;
    }

    /** The credential of an award; empty until it is signed. */
    public Optional<StoredCredential> find(TenantId tenant, long awardId) {
        return variants.find(tenant, awardId, Variant.AS_ISSUED);
    }

    /** The credentials of these awards, by award; those that are not signed are not among them. */
    public Map<Long, StoredCredential> find(TenantId tenant, Collection<Long> awardIds) {
        return find(tenant, awardIds, Variant.AS_ISSUED);
    }

    /** The same in one of their variants. */
    public Map<Long, StoredCredential> find(TenantId tenant, Collection<Long> awardIds, Variant variant) {
        return variants.find(tenant, awardIds, variant).stream()
                .collect(Collectors.toMap(StoredCredential::awardId, Function.identity()));
    }

    /** When the credentials of these awards that are in force now were signed, in whichever form last, by award. */
    public Map<Long, Instant> signedAt(TenantId tenant, Collection<Long> awardIds) {
        return credentials.signedAt(tenant, awardIds);
    }

    /** One of its variants; empty until {@link #sign} was asked for it. */
    public Optional<StoredCredential> find(TenantId tenant, long awardId, Variant variant) {
        return variants.find(tenant, awardId, variant);
    }

    /**
     * Signs another variant of a credential. Twice does nothing.
     *
     * @return {@code false} where it cannot be signed now, as where the issuer's key cannot be opened, or where it would say
     *     nothing else: a badge that lets no results into the credential has no variant with results
     */
    @Transactional
    public boolean sign(TenantId tenant, long awardId, Variant variant) {
        return variants.sign(tenant, awardId, variant);
    }

    /** What a badge says of itself, as credentials of this version say it: JSON-LD of Open Badges 3.0. */
    public byte[] achievement(TenantId tenant, AchievementVersion version) {
        return material.achievement(tenant, version);
    }

    /**
     * Verifies credential bytes (JSON with an embedded proof, or a VC-JWT) like a stranger would: shape, contexts, key of
     * the issuer, signature, dates, status. Nothing more is asked after a check that fails,
     * but for dates and status: both are told.
     */
    public Verification verify(byte[] bytes) {
        return verifier.verify(bytes);
    }

    /** What a credential says for pages, in the words it was signed with. */
    public SignedWords signedWords(byte[] embedded) {
        return SignedWords.by(embedded);
    }

    /** The image with the credential inside, as a PNG with one {@code openbadgecredential} iTXt chunk. */
    public byte[] bake(byte[] png, byte[] embedded) {
        return BakedPng.bake(png, BakedPng.Keyword.OPEN_BADGES_3, embedded);
    }

    /** The drawing with the credential inside, as an SVG of shapes only; nothing in it can run or call another host. */
    public byte[] bake(String svg, byte[] embedded) {
        return BakedSvg.bake(svg, embedded);
    }

    /** What credentials name a version of a badge with: its public URL. */
    public String achievementId(AchievementVersion version) {
        return addresses.achievement(version.achievementPublicId(), version.version());
    }

    /** That, and what those of before Laurel moved name it with. */
    public List<String> achievementIds(AchievementVersion version) {
        return addresses.all().stream()
                .map(each -> each.achievement(version.achievementPublicId(), version.version()))
                .toList();
    }

    /** The DIDs of an issuer, that of today first, e.g. {@code did:web:badges.example:issuers:…}. */
    public List<String> dids(UUID issuerPublicId) {
        return addresses.all().stream().map(each -> each.did(issuerPublicId)).toList();
    }
}
