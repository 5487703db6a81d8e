package dev.laurel.credential.issuer;

import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What the DID of an issuer leads to: every key it ever had. One that was stolen says so and is none that may sign.
 *
 * @see <a href="https://www.w3.org/TR/cid-1.0/#verification-methods">Controlled Identifiers, 2.2</a>
 * @see <a href="https://www.w3.org/TR/did-core/">Decentralized Identifiers 1.0</a>
 */
@Component
public class DidDocuments {

    private static final String[] CONTEXTS = {
        "https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1", "https://w3id.org/security/jwk/v1"
    };

    private final CredentialAddresses addresses;

    DidDocuments(CredentialAddresses addresses) {
        this.addresses = addresses;
    }

    /** The documents as they stand at another address of this installation. */
    public DidDocuments under(CredentialAddresses other) {
        return new DidDocuments(other);
    }

    public Map<String, Object> document(UUID issuer, List<IssuerKey> keys) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@context", CONTEXTS);
        document.put("id", addresses.did(issuer));
        document.put("alsoKnownAs", List.of(addresses.issuerPage(issuer)));
        document.put(
                "verificationMethod",
                keys.stream().map(key -> verificationMethod(issuer, key)).toList());
        document.put(
                "assertionMethod",
                keys.stream()
                        .filter(key -> key.stolenAt() == null)
                        .map(key -> addresses.verificationMethod(issuer, key.fragment()))
                        .toList());
        return document;
    }

    /** One key by itself: a bare JWK where it signs JWTs. */
    public Map<String, Object> key(UUID issuer, IssuerKey key) {
        return key.algorithm().signsJwts() ? jwk(issuer, key) : verificationMethod(issuer, key);
    }

    private Map<String, Object> verificationMethod(UUID issuer, IssuerKey key) {
        Map<String, Object> method = new LinkedHashMap<>();
        method.put("id", addresses.verificationMethod(issuer, key.fragment()));
        method.put("type", key.algorithm() == KeyAlgorithm.ED25519 ? "Multikey" : "JsonWebKey");
        method.put("controller", addresses.did(issuer));
        if (key.algorithm() == KeyAlgorithm.ED25519) {
            method.put("publicKeyMultibase", key.publicKey());
        } else {
            method.put("publicKeyJwk", jwk(issuer, key));
        }
        Instant stolen = key.stolenAt();
        if (stolen != null) {
            method.put("revoked", stolen.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return method;
    }

    /** Its id is where it stands, and not where it stood when it was made. */
    private Map<String, Object> jwk(UUID issuer, IssuerKey key) {
        try {
            Map<String, Object> jwk =
                    new LinkedHashMap<>(JWK.parse(key.publicKey()).toPublicJWK().toJSONObject());
            jwk.put("kid", addresses.key(issuer, key.fragment()));
            return jwk;
        } catch (ParseException e) {
            throw new IllegalStateException("The stored key cannot be read", e);
        }
    }
}
