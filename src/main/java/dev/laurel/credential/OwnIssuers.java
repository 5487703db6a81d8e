package dev.laurel.credential;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.document.IssuerProfile;
import dev.laurel.credential.document.SigningMaterial;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.DidDocuments;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.leaving.CheckedBadge;
import dev.laurel.credential.leaving.IssuerPapers;
import dev.laurel.credential.leaving.LeavingIssuers;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.SignedStatusList;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The issuers of this installation, for the archive of an institution that leaves. */
@Component
class OwnIssuers implements LeavingIssuers {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Issuers issuers;

    private final BadgeImages images;

    private final IssuerKeys keys;

    private final DidDocuments documents;

    private final SigningMaterial material;

    private final StatusListSigning lists;

    private final CheckingPage page;

    private final CredentialAddresses addresses;

    OwnIssuers(
            Issuers issuers,
            BadgeImages images,
            IssuerKeys keys,
            DidDocuments documents,
            SigningMaterial material,
            StatusListSigning lists,
            CheckingPage page,
            CredentialAddresses addresses) {
        this.issuers = issuers;
        this.images = images;
        this.keys = keys;
        this.documents = documents;
        this.material = material;
        this.lists = lists;
        this.page = page;
        this.addresses = addresses;
    }

    @Override
    public List<Long> all(TenantId tenant) {
        return issuers.real(tenant).stream().map(Issuer::id).toList();
    }

    @Override
    public IssuerPapers papers(TenantId tenant, long issuerId) {
        Issuer issuer = issuers.find(tenant, issuerId).orElseThrow();
        List<IssuerKey> all = keys.upToDate(tenant, issuer);
        return new IssuerPapers(
                issuer.publicId(),
                issuer.name(),
                addresses.allHosts().stream()
                        .map(names -> named(issuer, all, names))
                        .toList(),
                logos(tenant, issuer),
                all.stream().map(this::paper).toList());
    }

    private IssuerPapers.Named named(Issuer issuer, List<IssuerKey> keys, CredentialAddresses names) {
        return new IssuerPapers.Named(
                names.did(issuer.publicId()),
                names.issuerPage(issuer.publicId()),
                JsonBytes.write(IssuerProfile.of(issuer, names).document()),
                JSON.writeValueAsBytes(documents.under(names).document(issuer.publicId(), keys)));
    }

    private Map<String, byte[]> logos(TenantId tenant, Issuer issuer) {
        Map<String, byte[]> logos = new LinkedHashMap<>();
        issuers.logos(tenant, issuer.id())
                .forEach(logo -> images.find(tenant, logo).ifPresent(image -> logos.put(logo + ".png", image.png())));
        return logos;
    }

    /** Where the private half of a retired one lay outside, there is another key now, or none; that of a stolen one is of no use. */
    private IssuerPapers.Key paper(IssuerKey key) {
        boolean kept = key.stolenAt() == null && (key.source().isEmpty() || key.isActive());
        return new IssuerPapers.Key(
                key.fragment(),
                key.algorithm().stored(),
                key.publicKey(),
                kept ? keys.privatePart(key) : new byte[0],
                key.createdAt(),
                key.retiredAt());
    }

    @Override
    public byte[] badge(TenantId tenant, AchievementVersion version) {
        return material.achievement(tenant, version);
    }

    @Override
    public String address(AchievementVersion version) {
        return addresses.achievement(version.achievementPublicId(), version.version());
    }

    @Override
    public void publishStatusLists(TenantId tenant) {
        lists.publish(tenant);
    }

    @Override
    public byte[] checkingPage(
            TenantId tenant,
            Collection<Long> leaving,
            Map<UUID, SignedStatusList> withdrawn,
            List<CheckedBadge> badges,
            boolean more,
            Instant made) {
        Map<String, SignedStatusList> byAddress = new LinkedHashMap<>();
        // A list stands in the page under every address: which of them it was signed under is told by the badges that
        // name it.
        withdrawn.forEach((id, list) -> addresses.all().forEach(names -> byAddress.put(names.statusList(id), list)));
        return page.write(
                made.truncatedTo(ChronoUnit.SECONDS),
                leaving.stream()
                        .map(id -> issuers.find(tenant, id).orElseThrow())
                        .flatMap(issuer -> addresses.all().stream()
                                .map(names -> page.speaker(issuer, keys.all(tenant, issuer), names)))
                        .toList(),
                byAddress,
                badges.stream()
                        .map(badge -> new CheckingPage.Badge(
                                badge.file(), badge.name(), badge.jwt(), List.of(), badge.beside()))
                        .toList(),
                more,
                Locale.ENGLISH);
    }

    @Override
    public boolean isAtHome(TenantId tenant, String did) {
        return addresses
                .issuerOf(did)
                .flatMap(issuers::findByPublicId)
                .filter(owned -> owned.tenant().equals(tenant))
                .isPresent();
    }
}
