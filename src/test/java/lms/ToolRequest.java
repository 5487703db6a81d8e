package lms;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a tool asks for when it registers itself, read as each product reads it. */
record ToolRequest(ObjectNode body) {

    static final String TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration";

    private static final List<String> REQUIRED =
            List.of("initiate_login_uri", "redirect_uris", "client_name", "jwks_uri", "token_endpoint_auth_method");

    private static final List<String> CANVAS_REQUIRED = List.of("application_type", "grant_types", "response_types");

    private JsonNode configuration() {
        return body.path(TOOL);
    }

    String text(String name) {
        return body.path(name).asString("");
    }

    /** Moodle's words for what is wrong; {@code null} where nothing is. */
    String moodleFault() {
        for (String name : REQUIRED) {
            if (body.path(name).isMissingNode()) {
                return "missing required attribute " + name;
            }
        }
        String domain = configuration().path("domain").asString("");
        if (domain.isEmpty()) {
            return "missing_domain";
        }
        URI target = URI.create(configuration().path("target_link_uri").asString(""));
        return domain.equals(target.getAuthority()) ? null : "domain_targetlinkuri_mismatch";
    }

    /** Canvas's list of what is wrong. */
    List<String> canvasFaults(Set<String> knownScopes) {
        var faults = new ArrayList<String>();
        var required = new ArrayList<>(REQUIRED);
        required.addAll(CANVAS_REQUIRED);
        required.stream()
                .filter(name -> body.path(name).isMissingNode())
                .forEach(name -> faults.add("The property '#/' did not contain a required property of '" + name + "'"));
        List.of("domain", "target_link_uri", "claims", "messages").stream()
                .filter(name -> configuration().path(name).isMissingNode())
                .forEach(name -> faults.add("lti-tool-configuration lacks '" + name + "'"));
        configuration()
                .path("custom_parameters")
                .valueStream()
                .filter(value -> !value.isString())
                .forEach(value -> faults.add("custom_parameters must be strings"));
        scopes().stream()
                .filter(scope -> !knownScopes.contains(scope))
                .forEach(scope -> faults.add("Invalid scope: " + scope));
        return faults;
    }

    Set<String> scopes() {
        var scopes = new TreeSet<String>();
        for (String scope : text("scope").split(" ")) {
            if (!scope.isEmpty()) {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    /** Where Canvas would show the tool. It knows a placement by its bare name too. */
    List<String> places() {
        return configuration()
                .path("messages")
                .valueStream()
                .flatMap(message -> message.path("placements").valueStream())
                .map(place -> place.asString("").replace("https://canvas.instructure.com/lti/", ""))
                .toList();
    }

    Tool tool(String clientId, List<String> deployments, Mode mode) {
        Map<String, String> custom = new LinkedHashMap<>();
        configuration()
                .path("custom_parameters")
                .propertyStream()
                .forEach(parameter ->
                        custom.put(parameter.getKey(), parameter.getValue().asString()));
        List<URI> redirects = body.path("redirect_uris")
                .valueStream()
                .map(uri -> URI.create(uri.asString()))
                .toList();
        Set<String> claims = new TreeSet<>(configuration()
                .path("claims")
                .valueStream()
                .map(JsonNode::asString)
                .toList());
        return new Tool(
                clientId,
                text("client_name"),
                URI.create(text("initiate_login_uri")),
                redirects,
                URI.create(configuration().path("target_link_uri").asString()),
                URI.create(text("jwks_uri")),
                deployments,
                scopes(),
                claims.contains("name"),
                mode,
                custom);
    }
}
