package dev.laurel.publication.wallet;

import dev.laurel.achievement.Issuer;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.holder.HolderKey;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What a wallet has to know of an issuer and of an offer before it asks for a badge.
 *
 * @see <a href="https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-12.2">OpenID4VCI 1.0, 12.2</a>
 */
@Component
class WalletMetadata {

    static final String GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    /** With an embedded proof. */
    static final String EMBEDDED = "open-badge";

    static final String JWT = "open-badge-jwt";

    private static final List<String> TYPES = List.of("VerifiableCredential", "OpenBadgeCredential");

    /** All that an embedded badge has, in its order: it always names where it is refreshed. */
    private static final List<String> CONTEXTS = List.of(
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json");

    private final CredentialFormats formats;

    private final WalletSecrets secrets;

    private final PublicUrl publicUrl;

    WalletMetadata(CredentialFormats formats, WalletSecrets secrets, PublicUrl publicUrl) {
        this.formats = formats;
        this.secrets = secrets;
        this.publicUrl = publicUrl;
    }

    /** The identifier of the credential issuer; its own authorization server has the same. */
    String credentialIssuer(UUID issuer) {
        return publicUrl.at("/wallet/" + issuer);
    }

    /** An offer by reference, as wallets on this device open it. */
    String offerLink(UUID issuer, String secret) {
        return "openid-credential-offer://?credential_offer_uri="
                + URLEncoder.encode(credentialIssuer(issuer) + "/offers/" + secret, StandardCharsets.UTF_8);
    }

    /** Where a wallet that speaks VC-API asks how to go on. */
    String interaction(UUID issuer, String secret) {
        return credentialIssuer(issuer) + "/interactions/" + secret + "?iuv=1";
    }

    Map<String, Object> ofIssuer(TenantId tenant, Issuer issuer) {
        String base = credentialIssuer(issuer.publicId());
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("credential_issuer", base);
        metadata.put("credential_endpoint", base + "/credential");
        metadata.put("nonce_endpoint", base + "/nonce");
        metadata.put("display", List.of(Map.of("name", issuer.name())));
        metadata.put(
                "credential_configurations_supported",
                Map.of(
                        EMBEDDED,
                        configuration(
                                EMBEDDED, "ldp_vc", "eddsa-rdfc-2022", Map.of("@context", CONTEXTS, "type", TYPES)),
                        JWT,
                        configuration(
                                JWT, "jwt_vc_json", formats.of(tenant).jwt().name(), Map.of("type", TYPES))));
        return metadata;
    }

    private static Map<String, Object> configuration(
            String id, String format, String algorithm, Map<String, Object> definition) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("format", format);
        // Without one the authorization server would have to know authorization_details (12.2.4).
        configuration.put("scope", id);
        configuration.put("credential_definition", definition);
        configuration.put("credential_signing_alg_values_supported", List.of(algorithm));
        configuration.put(
                "cryptographic_binding_methods_supported",
                HolderKey.METHODS.stream().sorted().toList());
        configuration.put(
                "proof_types_supported",
                Map.of(
                        "jwt",
                        Map.of(
                                "proof_signing_alg_values_supported",
                                HolderKey.ALGORITHMS.stream().sorted().toList())));
        // With it clients know that this is version 1.0, and no draft.
        configuration.put(
                "credential_metadata",
                Map.of(
                        "display",
                        List.of(Map.of("name", "Open Badge", "locale", "en")),
                        "claims",
                        List.of(Map.of(
                                "path",
                                List.of("credentialSubject", "achievement", "name"),
                                "display",
                                List.of(Map.of("name", "Badge", "locale", "en"))))));
        return configuration;
    }

    Map<String, Object> ofAuthorizationServer(UUID issuer) {
        String base = credentialIssuer(issuer);
        return Map.of(
                "issuer",
                base,
                "token_endpoint",
                base + "/token",
                "grant_types_supported",
                List.of(GRANT),
                "response_types_supported",
                List.of(),
                "token_endpoint_auth_methods_supported",
                List.of("none"),
                "pre-authorized_grant_anonymous_access_supported",
                true);
    }

    Map<String, Object> offer(WalletOffer offer) {
        String secret = secrets.open(offer.sealedSecret());
        Map<String, Object> grant = new LinkedHashMap<>();
        grant.put("pre-authorized_code", secrets.preAuthorizedCode(secret));
        if (offer.asksCode()) {
            grant.put(
                    "tx_code",
                    Map.of(
                            "input_mode",
                            "numeric",
                            "length",
                            WalletSecrets.CODE_DIGITS,
                            "description",
                            "The six digits beside the QR code in Laurel"));
        }
        return Map.of(
                "credential_issuer",
                credentialIssuer(offer.issuer()),
                "credential_configuration_ids",
                List.of(EMBEDDED, JWT),
                "grants",
                Map.of(GRANT, grant));
    }
}
