package dev.laurel.credential.holder;

import com.nimbusds.jose.util.Base64URL;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks that a wallet has the key of a DID. */
@Component
public class HolderProofs {

    private static final String TYPE = "openid4vci-proof+jwt";

    /** How old a proof may be; how far a wallet's clock may be ahead. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final int LONGEST = 10_000;

    private static final String PRESENTATION = "VerifiablePresentation";

    private static final String PREDECESSOR = "Ed25519Signature2020";

    /** Wallets write with more contexts than we do. */
    private final EddsaRdfc2022 suite = new EddsaRdfc2022(new Canonicalizer(PinnedContexts.ofOthers()));

    private final Clock clock;

    HolderProofs(Clock clock) {
        this.clock = clock;
    }

    /**
     * What a proof says.
     *
     * @param nonce which the caller has to judge; {@code null} where there is none
     */
    public record Proof(HolderKey holder, @Nullable String nonce) {}

    /**
     * Verifies a key proof of the type {@code jwt}. Who made it may stand in {@code iss}; that is no proof and is not read.
     *
     * @param audience whom it must be made for: the identifier of the credential issuer
     * @throws BadProofException where it proves nothing
     * @see <a href="https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#appendix-F.1">OpenID4VCI 1.0, F.1</a>
     */
    public Proof jwt(String compact, String audience) {
        String[] parts = compact.split("\\.", -1);
        if (compact.length() > LONGEST || parts.length != 3) {
            throw new BadProofException("the proof is no compact JWS");
        }
        JsonObject header = json(parts[0]);
        if (!TYPE.equals(text(header, "typ"))) {
            throw new BadProofException("the typ of the proof is not " + TYPE);
        }
        if (header.containsKey("crit")) {
            throw new BadProofException("the proof has critical headers");
        }
        HolderKey key = key(header);
        String alg = text(header, "alg");
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        if (alg == null || !key.verify(alg, signed, new Base64URL(parts[2]).decode())) {
            throw new BadProofException("the signature of the proof is not of its key");
        }
        JsonObject claims = json(parts[1]);
        requireAudience(claims, audience);
        requireFresh(claims);
        return new Proof(key, text(claims, "nonce"));
    }

    /**
     * Verifies a presentation that a wallet signed with the key of its DID, {@code eddsa-rdfc-2022} or, as the Learner
     * Credential Wallet does, its predecessor {@code Ed25519Signature2020}.
     *
     * @param domain whom it must be signed for
     * @return with the challenge as its nonce
     * @throws BadProofException where it proves nothing
     * @see <a href="https://www.w3.org/TR/vc-data-integrity/#verify-proof">Data Integrity 1.0, 4.4 Verify Proof</a>
     */
    public Proof presentation(byte[] signed, String domain) {
        try {
            JsonObject presentation = JsonBytes.parse(signed);
            JsonObject proof = EddsaRdfc2022.onlyProof(presentation);
            requirePresentation(presentation, proof, domain);
            String method = text(proof, "verificationMethod");
            HolderKey key = HolderKey.of(method == null ? "" : method);
            requireHolder(presentation, key);
            byte[] publicKey = key.ed25519()
                    .orElseThrow(() -> new BadProofException("the key of the presentation is not an Ed25519 one"));
            if (!suite.verify(presentation, proof, publicKey)) {
                throw new BadProofException("the signature of the presentation is not of its key");
            }
            return new Proof(key, text(proof, "challenge"));
        } catch (BadCredentialException | IllegalArgumentException | ClassCastException e) {
            throw new BadProofException("the presentation cannot be read", e);
        }
    }

    private static void requirePresentation(JsonObject presentation, JsonObject proof, String domain) {
        if (!values(presentation.get("type")).contains(PRESENTATION)) {
            throw new BadProofException("this is no presentation");
        }
        String type = text(proof, "type");
        boolean current =
                "DataIntegrityProof".equals(type) && EddsaRdfc2022.CRYPTOSUITE.equals(text(proof, "cryptosuite"));
        if (!current && !PREDECESSOR.equals(type)) {
            throw new BadProofException("the proof is neither " + EddsaRdfc2022.CRYPTOSUITE + " nor " + PREDECESSOR);
        }
        if (!"authentication".equals(text(proof, "proofPurpose"))) {
            throw new BadProofException("the purpose of the proof is not authentication");
        }
        if (!values(proof.get("domain")).equals(List.of(domain))) {
            throw new BadProofException("the domain of the proof is not " + domain);
        }
    }

    private static void requireHolder(JsonObject presentation, HolderKey key) {
        JsonValue holder = presentation.get("holder");
        String id = holder instanceof JsonObject object ? text(object, "id") : text(presentation, "holder");
        if (holder != null && !key.did().equals(id)) {
            throw new BadProofException("the holder of the presentation is not whose key signed it");
        }
    }

    private static List<String> values(@Nullable JsonValue value) {
        List<? extends JsonValue> all = value == null
                ? List.of()
                : value.getValueType() == JsonValue.ValueType.ARRAY ? value.asJsonArray() : List.of(value);
        return all.stream()
                .map(each -> each instanceof JsonString text ? text.getString() : "")
                .toList();
    }

    private static HolderKey key(JsonObject header) {
        String kid = text(header, "kid");
        JsonValue jwk = header.get("jwk");
        if (header.containsKey("x5c") || (kid == null) == (jwk == null)) {
            throw new BadProofException("the proof must name its key as kid or as jwk");
        }
        return kid != null ? HolderKey.of(kid) : HolderKey.ofJwk(String.valueOf(jwk));
    }

    private static void requireAudience(JsonObject claims, String audience) {
        if (!values(claims.get("aud")).equals(List.of(audience))) {
            throw new BadProofException("the aud of the proof is not this credential issuer");
        }
    }

    private void requireFresh(JsonObject claims) {
        Instant now = clock.instant();
        if (!(claims.get("iat") instanceof JsonNumber iat)
                || iat.doubleValue() < now.minus(FRESH).getEpochSecond()
                || iat.doubleValue() > now.plus(AHEAD).getEpochSecond()) {
            throw new BadProofException("the iat of the proof is not of the last minutes");
        }
    }

    private static JsonObject json(String base64url) {
        try {
            return JsonBytes.parse(new Base64URL(base64url).decode());
        } catch (BadCredentialException e) {
            throw new BadProofException("the proof is not made of JSON", e);
        }
    }

    private static @Nullable String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.getString() : null;
    }
}
