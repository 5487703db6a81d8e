package dev.laurel.credential.issuer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.laurel.achievement.Issuer;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.Jwk;
import dev.laurel.credential.proof.JwsKeys;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.credential.proof.Signer;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The keys of issuers. The first of each kind comes into being when it is first needed, once however many nodes ask;
 * fragments are counted up, so the unique key of the table decides.
 */
@Component
public class IssuerKeys {

    private static final String PURPOSE = "issuer-key";

    /**
     * What is being signed while its key is replaced, on this node or on one whose clock is behind, is finished within it and stays
     * valid.
     */
    public static final Duration IN_FLIGHT = Duration.ofMinutes(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final IssuerKeyRepository keys;

    private final CredentialAddresses addresses;

    private final MasterKey masterKey;

    private final GivenKeys given;

    private final Clock clock;

    IssuerKeys(
            IssuerKeyRepository keys,
            CredentialAddresses addresses,
            MasterKey masterKey,
            GivenKeys given,
            Clock clock) {
        this.keys = keys;
        this.addresses = addresses;
        this.masterKey = masterKey;
        this.given = given;
        this.clock = clock;
    }

    /** Every key, oldest first: retired ones too, or old badges would stop verifying. */
    public List<IssuerKey> all(TenantId tenant, Issuer issuer) {
        return keys.ofIssuer(tenant, issuer.id());
    }

    /** The same, after another key that the operator gave meanwhile took the place of the one before. */
    public List<IssuerKey> upToDate(TenantId tenant, Issuer issuer) {
        List<IssuerKey> known = all(tenant, issuer);
        if (!given.any(issuer.publicId())) {
            return known;
        }
        known.stream()
                .filter(IssuerKey::isActive)
                .map(IssuerKey::algorithm)
                .distinct()
                .filter(algorithm -> given.source(issuer.publicId(), algorithm).isPresent())
                .forEach(algorithm -> active(tenant, issuer, algorithm));
        return all(tenant, issuer);
    }

    public Optional<IssuerKey> find(TenantId tenant, Issuer issuer, String fragment) {
        return all(tenant, issuer).stream()
                .filter(key -> key.fragment().equals(fragment))
                .findFirst();
    }

    /**
     * The key that signs now: the one that the operator gives, where there is one.
     *
     * @throws IllegalStateException where that one cannot be used
     * @throws StaleKeyException where it was replaced already, and this node does not know yet
     */
    public IssuerKey active(TenantId tenant, Issuer issuer, KeyAlgorithm algorithm) {
        List<IssuerKey> existing = ofAlgorithm(tenant, issuer, algorithm);
        Optional<String> source = given.source(issuer.publicId(), algorithm);
        if (source.isPresent()) {
            return adopt(tenant, issuer, algorithm, existing, source.get());
        }
        Optional<IssuerKey> active = newestActive(existing);
        if (active.isPresent()) {
            return active.get();
        }
        keys.addIfAbsent(tenant, create(issuer, algorithm, existing.size() + 1));
        return newestActive(ofAlgorithm(tenant, issuer, algorithm))
                .orElseThrow(() -> new IllegalStateException("No key of issuer " + issuer.id()));
    }

    private IssuerKey adopt(
            TenantId tenant, Issuer issuer, KeyAlgorithm algorithm, List<IssuerKey> existing, String source) {
        PemKey pem = given.read(source, algorithm);
        String fragment = algorithm.fragment(existing.size() + 1);
        String publicKey = algorithm == KeyAlgorithm.ED25519
                ? Multikey.ofEd25519(pem.ed25519Public())
                : jwk(pem.publicKey(), algorithm, addresses.key(issuer.publicId(), fragment))
                        .toJSONString();
        Optional<IssuerKey> known = newestActive(existing).filter(key -> isSame(key, publicKey));
        if (known.isPresent()) {
            return known.get().at(source);
        }
        if (existing.stream().anyMatch(key -> !key.isActive() && isSame(key, publicKey))) {
            // A node that still reads the one before would otherwise take turns with those that read the next.
            throw new StaleKeyException(source);
        }
        IssuerKey next = key(issuer, algorithm, fragment, publicKey, new byte[0], source);
        keys.addIfAbsent(tenant, next);
        existing.stream().filter(IssuerKey::isActive).forEach(key -> retire(tenant, key, null, next.createdAt()));
        return newestActive(ofAlgorithm(tenant, issuer, algorithm)).orElseThrow();
    }

    /** Whatever its name is. */
    private static boolean isSame(IssuerKey key, String publicKey) {
        return key.algorithm() == KeyAlgorithm.ED25519
                ? key.publicKey().equals(publicKey)
                : Jwk.publicKey(key.publicKey()).equals(Jwk.publicKey(publicKey));
    }

    /** A seed of Ed25519, PKCS #8 of the others; not encrypted. */
    public byte[] privatePart(IssuerKey key) {
        return key.source().isEmpty()
                ? masterKey.open(PURPOSE, key.privateSealed())
                : given.read(key.source(), key.algorithm()).plain();
    }

    /** One that names the key by the address of today. */
    public Signer signer(Issuer issuer, IssuerKey key) {
        return signer(issuer, key, addresses);
    }

    /** @param addresses by which it names the key */
    public Signer signer(Issuer issuer, IssuerKey key, CredentialAddresses addresses) {
        byte[] plain = privatePart(key);
        String method = addresses.verificationMethod(issuer.publicId(), key.fragment());
        return key.algorithm().signer(method, plain);
    }

    /** A new key signs from now on; the old one stays published, for what it signed. */
    @Transactional
    public IssuerKey rotate(TenantId tenant, Issuer issuer, KeyAlgorithm algorithm, @Nullable Long byPerson) {
        List<IssuerKey> existing = ofAlgorithm(tenant, issuer, algorithm);
        IssuerKey next = create(issuer, algorithm, existing.size() + 1);
        keys.addIfAbsent(tenant, next);
        existing.forEach(key -> retire(tenant, key, byPerson, next.createdAt()));
        return active(tenant, issuer, algorithm);
    }

    private void retire(TenantId tenant, IssuerKey key, @Nullable Long byPerson, Instant now) {
        keys.retire(tenant, key.issuerId(), key.fragment(), byPerson, now.plus(IN_FLIGHT));
    }

    /** The public key of one that signs JWTs. */
    public static PublicKey publicKey(IssuerKey key) {
        return Jwk.publicKey(key.publicKey());
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
        KeyPair pair = JwsKeys.of(algorithm.stored()).newKey();
        return key(
                issuer,
                algorithm,
                fragment,
                jwk(pair.getPublic(), algorithm, addresses.key(issuer.publicId(), fragment))
                        .toJSONString(),
                pair.getPrivate().getEncoded());
    }

    private static JWK jwk(PublicKey key, KeyAlgorithm algorithm, String kid) {
        JWSAlgorithm alg = JWSAlgorithm.parse(algorithm.stored());
        return key instanceof RSAPublicKey rsa
                ? new RSAKey.Builder(rsa)
                        .keyID(kid)
                        .algorithm(alg)
                        .keyUse(KeyUse.SIGNATURE)
                        .build()
                : new ECKey.Builder(Curve.P_256, (ECPublicKey) key)
                        .keyID(kid)
                        .algorithm(alg)
                        .keyUse(KeyUse.SIGNATURE)
                        .build();
    }

    private IssuerKey key(Issuer issuer, KeyAlgorithm algorithm, String fragment, String publicKey, byte[] plain) {
        return key(issuer, algorithm, fragment, publicKey, masterKey.seal(PURPOSE, plain), "");
    }

    private IssuerKey key(
            Issuer issuer,
            KeyAlgorithm algorithm,
            String fragment,
            String publicKey,
            byte[] privateSealed,
            String source) {
        return new IssuerKey(
                issuer.id(), algorithm, fragment, publicKey, privateSealed, clock.instant(), null, source, null, null);
    }
}
