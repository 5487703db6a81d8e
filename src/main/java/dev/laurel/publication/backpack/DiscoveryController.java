package dev.laurel.publication.backpack;

import dev.laurel.platform.tenant.PublicUrl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What this installation does of the Open Badges API, and where.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#service-description-document">Open Badges 3.0, Service Description Document</a>
 */
@RestController
class DiscoveryController {

    private final PublicUrl publicUrl;

    DiscoveryController(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    @GetMapping(BackpackSecurity.API + "/discovery")
    Map<String, Object> discovery() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.0.1");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Laurel",
                        "version",
                        "1.0",
                        "termsOfService",
                        publicUrl.at(BackpackSecurity.ABOUT),
                        "x-imssf-privacyPolicyUrl",
                        publicUrl.at(BackpackSecurity.ABOUT),
                        "x-imssf-image",
                        publicUrl.at("/laurel.svg")));
        document.put("servers", List.of(Map.of("url", publicUrl.at(BackpackSecurity.API))));
        document.put(
                "components",
                Map.of(
                        "securitySchemes",
                        Map.of(
                                "OAuth2ACG",
                                Map.of(
                                        "type",
                                        "oauth2",
                                        "x-imssf-registrationUrl",
                                        publicUrl.at(BackpackSecurity.REGISTER),
                                        "flows",
                                        Map.of("authorizationCode", flow())))));
        document.put(
                "paths",
                Map.of(
                        "/credentials", path("getCredentials", Scopes.CREDENTIALS),
                        "/profile", path("getProfile", Scopes.PROFILE)));
        return document;
    }

    private Map<String, Object> flow() {
        return Map.of(
                "authorizationUrl",
                publicUrl.at(BackpackSecurity.AUTHORIZE),
                "tokenUrl",
                publicUrl.at(BackpackSecurity.TOKEN),
                "refreshUrl",
                publicUrl.at(BackpackSecurity.TOKEN),
                "scopes",
                Scopes.DESCRIPTIONS);
    }

    private static Map<String, Object> path(String operation, String scope) {
        return Map.of(
                "get",
                Map.of(
                        "operationId",
                        operation,
                        "security",
                        List.of(Map.of("OAuth2ACG", List.of(scope))),
                        "responses",
                        Map.of("200", Map.of("description", "OK"))));
    }
}
