package dev.laurel.publication.wallet;

import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Issuers.OwnedIssuer;
import dev.laurel.award.Award;
import dev.laurel.credential.HolderCredentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.holder.BadProofException;
import dev.laurel.credential.holder.HolderProofs;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

/**
 * Where wallets take badges: OpenID for Verifiable Credential Issuance 1.0 with a pre-authorised code. Each issuer of badges is
 * a credential issuer of its own, with an authorization server that does nothing else.
 *
 * @see <a href="https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html">OpenID4VCI 1.0</a>
 */
@RestController
class WalletController {

    private static final String BEARER = "Bearer ";

    private final Issuers issuers;

    private final WalletOffers offers;

    private final WalletNonces nonces;

    private final WalletMetadata metadata;

    private final HolderProofs proofs;

    private final HolderCredentials credentials;

    private final WalletBodies bodies;

    WalletController(
            Issuers issuers,
            WalletOffers offers,
            WalletNonces nonces,
            WalletMetadata metadata,
            HolderProofs proofs,
            HolderCredentials credentials,
            WalletBodies bodies) {
        this.issuers = issuers;
        this.offers = offers;
        this.nonces = nonces;
        this.metadata = metadata;
        this.proofs = proofs;
        this.credentials = credentials;
        this.bodies = bodies;
    }

    @GetMapping("/.well-known/openid-credential-issuer/wallet/{issuerId}")
    Map<String, Object> issuer(@PathVariable UUID issuerId) {
        OwnedIssuer owned = issuerOf(issuerId);
        return metadata.ofIssuer(owned.tenant(), owned.issuer());
    }

    @GetMapping("/.well-known/oauth-authorization-server/wallet/{issuerId}")
    Map<String, Object> authorizationServer(@PathVariable UUID issuerId) {
        return metadata.ofAuthorizationServer(issuerOf(issuerId).issuer().publicId());
    }

    /** An offer by reference. Used, ended and never made look the same. */
    @GetMapping("/wallet/{issuerId}/offers/{secret}")
    ResponseEntity<Map<String, Object>> offer(@PathVariable UUID issuerId, @PathVariable String secret) {
        return offers.open(issuerId, secret)
                .map(offer -> answer(metadata.offer(offer)))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @PostMapping("/wallet/{issuerId}/token")
    ResponseEntity<Map<String, Object>> token(
            @PathVariable UUID issuerId,
            @RequestParam(name = "grant_type", required = false) @Nullable String grantType,
            @RequestParam(name = "pre-authorized_code", required = false) @Nullable String code,
            @RequestParam(name = "tx_code", required = false) @Nullable String transactionCode) {
        if (grantType == null) {
            throw WalletException.badRequest("invalid_request", "no grant_type");
        }
        if (!WalletMetadata.GRANT.equals(grantType)) {
            throw WalletException.badRequest("unsupported_grant_type", "only " + WalletMetadata.GRANT);
        }
        if (code == null) {
            throw WalletException.badRequest("invalid_request", "no pre-authorized_code");
        }
        return answer(Map.of(
                "access_token",
                offers.redeem(issuerId, code, transactionCode),
                "token_type",
                "Bearer",
                "expires_in",
                WalletOffers.TOKEN_GOOD_FOR.toSeconds()));
    }

    @PostMapping("/wallet/{issuerId}/nonce")
    ResponseEntity<Map<String, Object>> nonce(@PathVariable UUID issuerId) {
        return answer(Map.of("c_nonce", nonces.next(issuerOf(issuerId).issuer().publicId())));
    }

    @PostMapping("/wallet/{issuerId}/credential")
    ResponseEntity<Map<String, Object>> credential(
            @PathVariable UUID issuerId,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            HttpServletRequest request)
            throws IOException {
        WalletOffer offer = offers.authorized(issuerId, bearer(authorization));
        JsonNode wanted = bodies.read(request, "invalid_credential_request");
        boolean jwt = WalletMetadata.JWT.equals(configuration(wanted));
        HolderProofs.Proof proof = proof(wanted, issuerId);
        if (proof.nonce() == null) {
            throw WalletException.badRequest("invalid_proof", "the proof has no nonce");
        }
        if (!nonces.spend(offer.tenant(), issuerId, proof.nonce())) {
            throw WalletException.badRequest("invalid_nonce", "the nonce is not one of ours, or not any more");
        }
        Award award = offers.standing(offer)
                .orElseThrow(() -> WalletException.badRequest("credential_request_denied", "the badge does not stand"));
        if (!offers.bind(offer, proof.holder().did())) {
            throw WalletException.badRequest("invalid_proof", "this token is for the key that was proved first");
        }
        Object credential = credentials
                .issue(offer.tenant(), award, proof.holder())
                .flatMap(stored -> written(stored, jwt))
                .orElseThrow(() -> WalletException.badRequest("credential_request_denied", "it cannot be signed now"));
        offers.taken(offer);
        return answer(Map.of("credentials", List.of(Map.of("credential", credential))));
    }

    /** The stored bytes exactly. */
    private static Optional<Object> written(StoredCredential stored, boolean jwt) {
        if (jwt) {
            return Optional.ofNullable(stored.jwt()).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        }
        return Optional.of(new RawValue(new String(stored.embedded(), StandardCharsets.UTF_8)));
    }

    private static String configuration(JsonNode wanted) {
        if (wanted.has("credential_response_encryption")) {
            throw WalletException.badRequest("invalid_encryption_parameters", "answers are not encrypted");
        }
        if (wanted.has("credential_identifier")) {
            throw WalletException.badRequest("unknown_credential_identifier", "the token named none");
        }
        String id = wanted.path("credential_configuration_id").asString("");
        if (id.isEmpty()) {
            throw WalletException.badRequest("invalid_credential_request", "no credential_configuration_id");
        }
        if (!id.equals(WalletMetadata.EMBEDDED) && !id.equals(WalletMetadata.JWT)) {
            throw WalletException.badRequest("unknown_credential_configuration", "see the metadata for what there is");
        }
        return id;
    }

    private HolderProofs.Proof proof(JsonNode wanted, UUID issuerId) {
        JsonNode jwts = wanted.path("proofs").path("jwt");
        if (wanted.path("proofs").size() != 1
                || jwts.size() != 1
                || !jwts.path(0).isString()) {
            throw WalletException.badRequest("invalid_proof", "not exactly one proof of the type jwt");
        }
        try {
            return proofs.jwt(jwts.path(0).asString(), metadata.credentialIssuer(issuerId));
        } catch (BadProofException e) {
            throw WalletException.badRequest("invalid_proof", String.valueOf(e.getMessage()));
        }
    }

    private static String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new WalletException(HttpStatus.UNAUTHORIZED, "invalid_token", "no access token");
        }
        return authorization.substring(BEARER.length()).trim();
    }

    private OwnedIssuer issuerOf(UUID issuerId) {
        return issuers.findByPublicId(issuerId).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static ResponseEntity<Map<String, Object>> answer(Map<String, Object> body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
