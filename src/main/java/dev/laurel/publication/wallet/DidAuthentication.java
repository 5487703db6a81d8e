package dev.laurel.publication.wallet;

import dev.laurel.credential.holder.BadProofException;
import dev.laurel.credential.holder.HolderProofs;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Half of an exchange over VC-API: a wallet is asked who it is, and answers with a presentation that its DID signed.
 *
 * @see <a href="https://w3c-ccg.github.io/vp-request-spec/#did-authentication">Verifiable Presentation Request, DID Authentication</a>
 */
@Component
public class DidAuthentication {

    private static final String BAD = "invalid_request";

    private final WalletNonces nonces;

    private final WalletBodies bodies;

    private final HolderProofs proofs;

    private final PublicUrl publicUrl;

    DidAuthentication(WalletNonces nonces, WalletBodies bodies, HolderProofs proofs, PublicUrl publicUrl) {
        this.nonces = nonces;
        this.bodies = bodies;
        this.proofs = proofs;
        this.publicUrl = publicUrl;
    }

    /** What a wallet sent: nothing yet, or its presentation. */
    public record Message(@Nullable JsonNode presentation) {

        public boolean isEmpty() {
            return presentation == null;
        }
    }

    /** @throws WalletException where it is no message of an exchange */
    public Message read(HttpServletRequest request) throws IOException {
        return new Message(bodies.read(request, BAD).get("verifiablePresentation"));
    }

    /**
     * What the wallet is asked for.
     *
     * @param scope what the answer is good for, and for nothing else
     */
    public Map<String, Object> request(UUID scope) {
        return Map.of(
                "verifiablePresentationRequest",
                Map.of(
                        "query",
                        List.of(Map.of(
                                "type",
                                "DIDAuthentication",
                                "acceptedMethods",
                                List.of(Map.of("method", "key"), Map.of("method", "jwk")),
                                "acceptedCryptosuites",
                                List.of(Map.of("cryptosuite", "eddsa-rdfc-2022")))),
                        "challenge",
                        nonces.next(scope),
                        "domain",
                        domain()));
    }

    /**
     * Who signed the answer, once.
     *
     * @throws WalletException where it proves nothing
     */
    public HolderProofs.Proof verify(Message message, TenantId tenant, UUID scope) {
        HolderProofs.Proof proof = proof(message);
        if (proof.nonce() == null || !nonces.spend(tenant, scope, proof.nonce())) {
            throw WalletException.badRequest(BAD, "the challenge is not one of ours, or not any more");
        }
        return proof;
    }

    private HolderProofs.Proof proof(Message message) {
        byte[] presentation = String.valueOf(message.presentation()).getBytes(StandardCharsets.UTF_8);
        try {
            return proofs.presentation(presentation, domain());
        } catch (BadProofException e) {
            throw WalletException.badRequest(BAD, String.valueOf(e.getMessage()));
        }
    }

    /** Whom the wallet signs for. */
    private String domain() {
        return publicUrl.value().getRawAuthority();
    }
}
