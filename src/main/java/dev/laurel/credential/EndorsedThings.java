package dev.laurel.credential;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.document.CredentialShape;
import dev.laurel.credential.document.IssuerProfile;
import dev.laurel.credential.endorsement.Speakers;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.Signer;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Badges and issuers of this installation, for endorsements. */
@Component
class EndorsedThings implements Speakers {

    private final Achievements achievements;

    private final Issuers issuers;

    private final IssuerKeys keys;

    private final CredentialAddresses addresses;

    EndorsedThings(Achievements achievements, Issuers issuers, IssuerKeys keys, CredentialAddresses addresses) {
        this.achievements = achievements;
        this.issuers = issuers;
        this.keys = keys;
        this.addresses = addresses;
    }

    @Override
    public Optional<String> nameOf(TenantId tenant, String subject) {
        Optional<String> issuer = addresses
                .issuerOf(subject)
                .flatMap(issuers::findByPublicId)
                .filter(owned -> owned.tenant().equals(tenant))
                .map(owned -> owned.issuer().name());
        return issuer.isPresent()
                ? issuer
                : addresses
                        .achievementOf(subject)
                        .flatMap(named -> achievements.activatedVersion(named.achievement(), named.version()))
                        .filter(owned -> owned.tenant().equals(tenant))
                        .map(owned -> owned.version())
                        .map(AchievementVersion::name);
    }

    @Override
    public boolean canCarry(JsonObject endorsement) {
        try {
            CredentialShape.requireInside(endorsement);
            return true;
        } catch (BadCredentialException e) {
            return false;
        }
    }

    @Override
    public Optional<JsonObject> profile(TenantId tenant, long issuerId) {
        return issuers.find(tenant, issuerId)
                .filter(issuer -> issuer.kind() == Issuer.Kind.INSTITUTION)
                .map(issuer -> IssuerProfile.of(issuer, addresses).toJson().build());
    }

    @Override
    public Signer signer(TenantId tenant, long issuerId, String did) {
        Issuer issuer = issuers.find(tenant, issuerId).orElseThrow();
        return keys.signer(
                issuer,
                keys.active(tenant, issuer, KeyAlgorithm.ED25519),
                addresses.naming(did).orElseThrow());
    }
}
