package dev.laurel.publication.wallet;

import dev.laurel.award.Award;
import dev.laurel.credential.HolderCredentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.holder.HolderKey;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.util.RawValue;

/**
 * Where wallets take badges that speak VC-API, such as the Learner Credential Wallet: an address that says how to interact, and
 * an exchange in which the wallet first proves its DID.
 *
 * @see <a href="https://w3c-ccg.github.io/vc-api/#interaction-url-format">Verifiable Credential API, interactions</a>
 * @see <a href="https://w3c-ccg.github.io/vp-request-spec/#did-authentication">Verifiable Presentation Request, DID Authentication</a>
 */
@Controller
@RequestMapping("/wallet/{issuerId}")
class ExchangeController {

    private static final String BAD = "invalid_request";

    private final WalletOffers offers;

    private final WalletMetadata metadata;

    private final DidAuthentication authentication;

    private final HolderCredentials credentials;

    ExchangeController(
            WalletOffers offers,
            WalletMetadata metadata,
            DidAuthentication authentication,
            HolderCredentials credentials) {
        this.offers = offers;
        this.metadata = metadata;
        this.authentication = authentication;
        this.credentials = credentials;
    }

    /** For who opens the address with a camera instead of a wallet. */
    @GetMapping(path = "/interactions/{secret}", produces = MediaType.TEXT_HTML_VALUE)
    String page(@PathVariable UUID issuerId, @PathVariable String secret, Model model) {
        if (!offers.isOpen(begun(issuerId, secret))) {
            throw notFound();
        }
        model.addAttribute("link", metadata.offerLink(issuerId, secret));
        return "publication/interaction";
    }

    @GetMapping(path = "/interactions/{secret}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> protocols(@PathVariable UUID issuerId, @PathVariable String secret) {
        WalletOffer offer = begun(issuerId, secret);
        String vcApi = metadata.credentialIssuer(issuerId) + "/exchanges/" + secret;
        return answer(Map.of(
                "protocols",
                offers.isOpen(offer)
                        ? Map.of("vcapi", vcApi, "OID4VCI", metadata.offerLink(issuerId, secret))
                        : Map.of("vcapi", vcApi)));
    }

    /**
     * With nothing in the body the exchange begins; with a presentation it ends. A wallet that lost the answer begins anew within
     * minutes, with the key that it proved first.
     */
    @PostMapping("/exchanges/{secret}")
    ResponseEntity<Map<String, Object>> exchange(
            @PathVariable UUID issuerId, @PathVariable String secret, HttpServletRequest request) throws IOException {
        DidAuthentication.Message message = authentication.read(request);
        WalletOffer offer = begun(issuerId, secret);
        if (message.isEmpty()) {
            return answer(authentication.request(issuerId));
        }
        HolderKey holder =
                authentication.verify(message, offer.tenant(), issuerId).holder();
        Award award =
                offers.standing(offer).orElseThrow(() -> WalletException.badRequest(BAD, "the badge does not stand"));
        if (!offers.useFor(offer, holder.did())) {
            throw WalletException.badRequest(BAD, "the exchange is for the key that was proved first");
        }
        StoredCredential stored = credentials
                .issue(offer.tenant(), award, holder)
                .orElseThrow(() -> WalletException.badRequest(BAD, "it cannot be signed now"));
        offers.taken(offer);
        return answer(Map.of("verifiablePresentation", presentation(stored)));
    }

    private static Map<String, Object> presentation(StoredCredential stored) {
        return Map.of(
                "@context",
                List.of("https://www.w3.org/ns/credentials/v2"),
                "type",
                List.of("VerifiablePresentation"),
                "verifiableCredential",
                // The stored bytes exactly.
                List.of(new RawValue(new String(stored.embedded(), StandardCharsets.UTF_8))));
    }

    private WalletOffer begun(UUID issuerId, String secret) {
        return offers.begun(issuerId, secret).orElseThrow(ExchangeController::notFound);
    }

    private static ResponseEntity<Map<String, Object>> answer(Map<String, Object> body) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
