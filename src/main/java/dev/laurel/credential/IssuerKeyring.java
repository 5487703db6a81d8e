package dev.laurel.credential;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.issuer.GivenKeys;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The keys of an issuer as its institution sees them: since when they sign, and replacing them. */
@Component
public class IssuerKeyring {

    private final Issuers issuers;

    private final IssuerKeys keys;

    private final GivenKeys given;

    private final StolenKeys stolen;

    IssuerKeyring(Issuers issuers, IssuerKeys keys, GivenKeys given, StolenKeys stolen) {
        this.issuers = issuers;
        this.keys = keys;
        this.given = given;
        this.stolen = stolen;
    }

    /**
     * A key.
     *
     * @param name the last part of its address
     * @param until {@code null}: it still signs
     * @param replacedBy who had it replaced; {@code null} where nobody had, or it was long ago
     * @param stolen since when nothing that it signed is believed; {@code null}: nobody else has it
     * @param outside it signs, and those who run Laurel keep it outside its database
     */
    public record Key(
            String name,
            Instant since,
            @Nullable Instant until,
            @Nullable Long replacedBy,
            @Nullable Instant stolen,
            boolean outside) {}

    /** Those that sign first, then by when they came, newest first. */
    public List<Key> of(TenantId tenant, long issuerId) {
        return known(tenant, issuer(tenant, issuerId)).stream()
                .map(key -> new Key(
                        key.fragment(),
                        key.createdAt(),
                        key.retiredAt(),
                        key.retiredBy(),
                        key.stolenAt(),
                        key.isActive() && !key.source().isEmpty()))
                .sorted(Comparator.comparing((Key key) -> key.until() != null)
                        .thenComparing(Key::since, Comparator.reverseOrder()))
                .toList();
    }

    /** With what the operator put in place meanwhile, where this node can read it. */
    private List<IssuerKey> known(TenantId tenant, Issuer issuer) {
        try {
            return keys.upToDate(tenant, issuer);
        } catch (IllegalStateException | StaleKeyException e) {
            return keys.all(tenant, issuer);
        }
    }

    /** Not where those who run Laurel keep its keys elsewhere: then only they can replace one. */
    public boolean canBeReplaced(TenantId tenant, long issuerId) {
        return !given.any(issuer(tenant, issuerId).publicId());
    }

    /**
     * New keys of every kind that the issuer has sign from now on. The old ones stay published, so that what they signed goes
     * on being valid.
     *
     * @throws IllegalStateException where its keys are kept outside
     */
    @Transactional
    public void replace(TenantId tenant, long issuerId, long byPerson) {
        Issuer issuer = issuer(tenant, issuerId);
        if (!canBeReplaced(tenant, issuerId)) {
            throw new IllegalStateException("The keys of this issuer are kept outside");
        }
        rotate(tenant, issuer, byPerson);
    }

    /**
     * Whether all of its keys can be withdrawn: of each that is kept outside, those who run Laurel have put another one in its place
     * since the last time.
     */
    @Transactional
    public boolean canBeWithdrawn(TenantId tenant, long issuerId) {
        Issuer issuer = issuer(tenant, issuerId);
        List<IssuerKey> all = known(tenant, issuer);
        return all.stream()
                .filter(IssuerKey::isActive)
                .map(IssuerKey::algorithm)
                .filter(kind -> given.source(issuer.publicId(), kind).isPresent())
                .allMatch(kind -> all.stream()
                        .anyMatch(key -> key.algorithm() == kind && !key.isActive() && key.stolenAt() == null));
    }

    /**
     * Somebody else has the keys: they are replaced, but for those kept outside, which were replaced there, and nothing that any of the
     * old ones signed is believed any more. What the issuer itself signed is signed anew by a job, each badge under a new id in place of
     * the old one.
     *
     * @throws IllegalStateException where a key that is kept outside was not replaced there
     */
    @Transactional
    public void wereStolen(TenantId tenant, long issuerId, long byPerson) {
        if (!canBeWithdrawn(tenant, issuerId)) {
            throw new IllegalStateException("A key of this issuer is kept outside and was not replaced there");
        }
        Issuer issuer = issuer(tenant, issuerId);
        rotate(tenant, issuer, byPerson);
        stolen.withdraw(tenant, issuer, byPerson);
    }

    private void rotate(TenantId tenant, Issuer issuer, long byPerson) {
        Set<KeyAlgorithm> kinds = keys.all(tenant, issuer).stream()
                .filter(IssuerKey::isActive)
                .map(IssuerKey::algorithm)
                .collect(Collectors.toSet());
        kinds.add(KeyAlgorithm.ED25519);
        kinds.stream()
                .filter(kind -> given.source(issuer.publicId(), kind).isEmpty())
                .forEach(kind -> keys.rotate(tenant, issuer, kind, byPerson));
    }

    private Issuer issuer(TenantId tenant, long issuerId) {
        Optional<Issuer> issuer = issuers.find(tenant, issuerId);
        return issuer.orElseThrow(() -> new IllegalArgumentException("No issuer " + issuerId));
    }
}
