package dev.laurel.credential.holder;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.JwsKeys;
import dev.laurel.credential.proof.Multikey;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/**
 * The key of a wallet and the DID that stands for it, of a method that needs no network: {@code did:key} or {@code did:jwk},
 * Ed25519 or P-256.
 *
 * @see <a href="https://w3c-ccg.github.io/did-key-spec/">The did:key Method</a>
 * @see <a href="https://github.com/quartzjer/did-jwk/blob/main/spec.md">did:jwk Method Specification</a>
 */
public final class HolderKey {

    /** The methods, as metadata name them. */
    public static final Set<String> METHODS = Set.of("did:key", "did:jwk");

    /** The algorithms of JWTs that such keys sign. */
    public static final Set<String> ALGORITHMS = Set.of("EdDSA", "ES256");

    /** Longer than any DID of a key that we take. */
    private static final int LONGEST = 1_000;

    private static final String DID_KEY = "did:key:";

    private static final String DID_JWK = "did:jwk:";

    private static final int ED25519_LENGTH = 32;

    private final String did;

    private final byte @Nullable [] ed25519;

    private final @Nullable PublicKey p256;

    private HolderKey(String did, byte @Nullable [] ed25519, @Nullable PublicKey p256) {
        this.did = did;
        this.ed25519 = ed25519;
        this.p256 = p256;
    }

    /**
     * @param didUrl a DID, or the URL of its one key
     * @throws BadProofException where it is no DID of a method and key that we know
     */
    public static HolderKey of(String didUrl) {
        if (didUrl.length() > LONGEST) {
            throw new BadProofException("the DID is too long");
        }
        int hash = didUrl.indexOf('#');
        String did = hash < 0 ? didUrl : didUrl.substring(0, hash);
        String fragment = hash < 0 ? null : didUrl.substring(hash + 1);
        if (did.startsWith(DID_KEY)) {
            String multibase = did.substring(DID_KEY.length());
            requireFragment(fragment, multibase);
            return ofMultibase(did, multibase);
        }
        if (did.startsWith(DID_JWK)) {
            requireFragment(fragment, "0");
            return ofJwk(did, decoded(did.substring(DID_JWK.length())));
        }
        throw new BadProofException("the key is of no did:key and no did:jwk");
    }

    /**
     * A key without a DID: the {@code did:jwk} of it stands for it.
     *
     * @param jwk as JSON
     * @throws BadProofException where it is no public key that we know
     */
    static HolderKey ofJwk(String jwk) {
        String bare = bare(parse(jwk));
        return of(DID_JWK
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bare.getBytes(StandardCharsets.UTF_8)));
    }

    /** The DID without any fragment. */
    public String did() {
        return did;
    }

    /** Whether these bytes were signed with the key, by this algorithm of JWTs. */
    boolean verify(String alg, byte[] data, byte[] signature) {
        if (ed25519 != null) {
            return "EdDSA".equals(alg) && verifyEd25519(ed25519, data, signature);
        }
        return p256 != null && "ES256".equals(alg) && JwsKeys.ES256.verify(p256, data, signature);
    }

    /** The key itself, where it is an Ed25519 one. */
    Optional<byte[]> ed25519() {
        return Optional.ofNullable(ed25519).map(byte[]::clone);
    }

    private static boolean verifyEd25519(byte[] key, byte[] data, byte[] signature) {
        try {
            return Ed25519.verify(key, data, signature);
        } catch (IllegalArgumentException e) {
            // Not a point of the curve.
            return false;
        }
    }

    private static HolderKey ofMultibase(String did, String multibase) {
        Optional<byte[]> key;
        Optional<byte[]> point;
        try {
            key = Multikey.ed25519(multibase);
            point = Multikey.p256(multibase);
        } catch (BadCredentialException e) {
            throw new BadProofException("the did:key is not base58btc", e);
        }
        if (key.isPresent()) {
            return new HolderKey(did, key.get(), null);
        }
        return point.map(HolderKey::p256)
                .map(known -> new HolderKey(did, null, known))
                .orElseThrow(() -> new BadProofException("the did:key is of neither Ed25519 nor P-256"));
    }

    private static PublicKey p256(byte[] compressed) {
        try {
            ECPoint point = CustomNamedCurves.getByName("secp256r1")
                    .getCurve()
                    .decodePoint(compressed)
                    .normalize();
            int bits = Curve.P_256.toECParameterSpec().getCurve().getField().getFieldSize();
            return new ECKey.Builder(
                            Curve.P_256,
                            ECKey.encodeCoordinate(bits, point.getAffineXCoord().toBigInteger()),
                            ECKey.encodeCoordinate(bits, point.getAffineYCoord().toBigInteger()))
                    .build()
                    .toPublicKey();
        } catch (IllegalArgumentException | JOSEException e) {
            throw new BadProofException("the did:key is no point of P-256", e);
        }
    }

    private static HolderKey ofJwk(String did, String json) {
        JWK jwk = parse(json);
        try {
            return jwk instanceof OctetKeyPair pair
                    ? new HolderKey(did, pair.getDecodedX(), null)
                    : new HolderKey(did, null, jwk.toECKey().toPublicKey());
        } catch (JOSEException e) {
            throw new BadProofException("the key cannot be read", e);
        }
    }

    private static JWK parse(String json) {
        if (!json.startsWith("{")) {
            throw new BadProofException("the key is no JWK");
        }
        try {
            JWK jwk = JWK.parse(json);
            if (jwk.isPrivate()) {
                throw new BadProofException("the key is a private one");
            }
            boolean ed25519 = jwk instanceof OctetKeyPair pair
                    && Curve.Ed25519.equals(pair.getCurve())
                    && pair.getDecodedX().length == ED25519_LENGTH;
            boolean p256 = jwk instanceof ECKey key && Curve.P_256.equals(key.getCurve());
            if (!ed25519 && !p256) {
                throw new BadProofException("the key is of neither Ed25519 nor P-256");
            }
            return jwk;
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            throw new BadProofException("the key is no JWK", e);
        }
    }

    /** The members that make the key, in the order of RFC 7638. */
    private static String bare(JWK jwk) {
        return jwk instanceof OctetKeyPair pair
                ? "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + pair.getX() + "\"}"
                : "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + jwk.toECKey().getX() + "\",\"y\":\""
                        + jwk.toECKey().getY() + "\"}";
    }

    private static String decoded(String base64url) {
        try {
            return new String(Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadProofException("the did:jwk is not base64url", e);
        }
    }

    private static void requireFragment(@Nullable String fragment, String expected) {
        if (fragment != null && !fragment.equals(expected)) {
            throw new BadProofException("the DID has no such key");
        }
    }
}
