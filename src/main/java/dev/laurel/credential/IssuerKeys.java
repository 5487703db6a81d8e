package dev.laurel.credential;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.laurel.achievement.Issuer;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.credential.proof.Rs256;
import dev.laurel.credential.proof.Signer;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The keys of issuers. The first of each kind comes into being when it is first needed, once however many nodes ask;
 * fragments are counted up, so the unique key of the table decides.
 */
@Component
class IssuerKeys {

    private static final String PURPOSE = "issuer-key";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final IssuerKeyRepository keys;

    private final CredentialAddresses addresses;

    private final MasterKey masterKey;

    private final Clock clock;

    IssuerKeys(IssuerKeyRepository keys, CredentialAddresses addresses, MasterKey masterKey, Clock clock) {
        this.keys = keys;
        this.addresses = addresses;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** Every key, oldest first: retired ones too, or old badges would stop verifying. */
    List<IssuerKey> all(TenantId tenant, Issuer issuer) {
        return keys.ofIssuer(tenant, issuer.id());
    }

    Optional<IssuerKey> find(TenantId tenant, Issuer issuer, String fragment) {
        return all(tenant, issuer).stream()
                .filter(key -> key.fragment().equals(fragment))
                .findFirst();
    }

    /** The key that signs now. */
    IssuerKey active(TenantId tenant, Issuer issuer, KeyAlgorithm algorithm) {
        List<IssuerKey> existing = ofAlgorithm(tenant, issuer, algorithm);
        Optional<IssuerKey> active = newestActive(existing);
        if (active.isPresent()) {
            return active.get();
        }
        keys.addIfAbsent(tenant, create(issuer, algorithm, existing.size() + 1));
        return newestActive(ofAlgorithm(tenant, issuer, algorithm))
                .orElseThrow(() -> new IllegalStateException("No key of issuer " + issuer.id()));
    }

    Signer signer(Issuer issuer, IssuerKey key) {
        byte[] plain = masterKey.open(PURPOSE, key.privateSealed());
        String method = addresses.verificationMethod(issuer.publicId(), key.fragment());
        return key.algorithm() == KeyAlgorithm.ED25519 ? Ed25519.signer(method, plain) : Rs256.signer(method, plain);
    }

    /** A new key signs from now on; the old one stays published, for what it signed. */
    @Transactional
    public IssuerKey rotate(TenantId tenant, Issuer issuer, KeyAlgorithm algorithm) {
        List<IssuerKey> existing = ofAlgorithm(tenant, issuer, algorithm);
        IssuerKey next = create(issuer, algorithm, existing.size() + 1);
        keys.addIfAbsent(tenant, next);
        existing.forEach(key -> keys.retire(tenant, issuer.id(), key.fragment(), next.createdAt()));
        return active(tenant, issuer, algorithm);
    }

    static RSAPublicKey rsaKey(IssuerKey key) {
        try {
            return RSAKey.parse(key.publicKey()).toRSAPublicKey();
        } catch (ParseException | JOSEException e) {
            throw new BadCredentialException("Not an RSA key", e);
        }
    }

    private List<IssuerKey> ofAlgorithm(TenantId tenant, Issuer issuer, KeyAlgorithm algorithm) {
        return all(tenant, issuer).stream()
                .filter(key -> key.algorithm() == algorithm)
                .toList();
    }

    private static Optional<IssuerKey> newestActive(List<IssuerKey> keys) {
        return keys.stream().filter(IssuerKey::isActive).reduce((first, second) -> second);
    }

    private IssuerKey create(Issuer issuer, KeyAlgorithm algorithm, int number) {
        String fragment = algorithm.fragment(number);
        if (algorithm == KeyAlgorithm.ED25519) {
            byte[] seed = Ed25519.newSeed(RANDOM);
            return key(issuer, algorithm, fragment, Multikey.ofEd25519(Ed25519.publicKey(seed)), seed);
        }
        KeyPair pair = Rs256.newKey();
        RSAKey jwk = new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .keyID(addresses.key(issuer.publicId(), fragment))
                .algorithm(JWSAlgorithm.RS256)
                .keyUse(KeyUse.SIGNATURE)
                .build();
        return key(
                issuer,
                algorithm,
                fragment,
                jwk.toJSONString(),
                pair.getPrivate().getEncoded());
    }

    private IssuerKey key(Issuer issuer, KeyAlgorithm algorithm, String fragment, String publicKey, byte[] plain) {
        return new IssuerKey(
                issuer.id(),
                algorithm,
                fragment,
                publicKey,
                masterKey.seal(PURPOSE, plain),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null);
    }
}
