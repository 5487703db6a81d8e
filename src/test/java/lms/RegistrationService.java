package lms;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** What the LMS says of itself, and where tools register themselves: the errors are those of Moodle and Canvas. */
final class RegistrationService {

    private static final String CANVAS = "https://canvas.instructure.com/lti/";

    private final ReferenceLms lms;

    private final Registrations registrations;

    RegistrationService(ReferenceLms lms) {
        this.lms = lms;
        this.registrations = lms.registrations();
    }

    void addTo(LmsServer server) {
        for (Mode mode : Mode.values()) {
            server.route(
                    "GET", Registrations.configurationPath(mode), Service.REGISTRATION, c -> configuration(mode, c));
            server.route("POST", endpoint(mode), Service.REGISTRATION, call -> register(mode, call));
        }
    }

    private static String endpoint(Mode mode) {
        return switch (mode) {
            case MOODLE -> "/mod/lti/openid-registration.php";
            case CANVAS -> "/api/lti/registrations";
            case GENERIC -> "/lti/registrations";
        };
    }

    // ---- what the LMS says

    private Answer configuration(Mode mode, Call call) {
        if (mode == Mode.CANVAS && valid(call).isEmpty()) {
            return canvasUnauthorized("Invalid token");
        }
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("issuer", lms.issuer());
        all.put("authorization_endpoint", lms.authUrl());
        all.put("token_endpoint", lms.tokenUrl());
        all.put("jwks_uri", lms.jwksUrl());
        all.put("registration_endpoint", lms.issuer() + endpoint(mode));
        all.putPOJO("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        all.putPOJO("token_endpoint_auth_signing_alg_values_supported", List.of("RS256"));
        all.putPOJO("id_token_signing_alg_values_supported", List.of("RS256"));
        all.putPOJO("scopes_supported", scopes(mode));
        all.putPOJO("response_types_supported", List.of("id_token"));
        all.putPOJO("claims_supported", List.of("sub", "iss", "name", "given_name", "family_name", "email"));
        ObjectNode platform = all.putObject("https://purl.imsglobal.org/spec/lti-platform-configuration");
        platform.put("product_family_code", mode.productFamily());
        platform.put("version", mode.version());
        platform.putPOJO(
                "messages_supported",
                List.of(
                        Map.of("type", "LtiResourceLinkRequest"),
                        Map.of("type", "LtiDeepLinkingRequest", "placements", List.of("ContentArea"))));
        if (mode == Mode.CANVAS) {
            all.put("authorization_server", lms.baseUrl().getAuthority());
            platform.put(CANVAS + "account_name", "Northfield College");
            platform.put(CANVAS + "account_lti_guid", (String)
                    ReferenceLms.toolPlatform(mode).get("guid"));
        }
        return Answer.json(
                200,
                Json.write(
                        registrations.configuration(Json.object(Json.write(all)).orElseThrow())));
    }

    private static Set<String> scopes(Mode mode) {
        var scopes = new TreeSet<>(LtiNames.ALL_SCOPES);
        scopes.add("openid");
        if (mode != Mode.CANVAS) {
            scopes.remove(LtiNames.SCOPE_NOTICE_HANDLERS);
        }
        return scopes;
    }

    // ---- registering

    private Answer register(Mode mode, Call call) {
        Optional<ObjectNode> body = Json.object(call.body());
        body.ifPresent(request ->
                registrations.received(request, call.header("Authorization").orElse("")));
        Optional<Answer> refusal = registrations.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (mode == Mode.GENERIC) {
            return body.map(request -> accepted(201, null, new ToolRequest(request)))
                    .orElseGet(() -> Answer.json(400, "{\"error\":\"invalid_client_metadata\"}"));
        }
        return mode == Mode.MOODLE ? registerInMoodle(call, body) : registerInCanvas(call, body);
    }

    private Answer registerInMoodle(Call call, Optional<ObjectNode> body) {
        if (call.bearerToken().isEmpty()) {
            return moodleError(401, "missing_registration_token");
        }
        Optional<Registering> registering =
                registrations.byToken(call.bearerToken().get());
        if (registering.isEmpty() || registering.get().used().get()) {
            return moodleError(401, registering.isEmpty() ? "invalid_token" : "token_already_used");
        }
        String fault = body.isEmpty() ? "invalid_json" : new ToolRequest(body.get()).moodleFault();
        if (fault != null) {
            return moodleError(400, fault);
        }
        return registering.get().used().compareAndSet(false, true)
                ? accepted(200, registering.get(), new ToolRequest(body.get()))
                : moodleError(401, "token_already_used");
    }

    private Answer registerInCanvas(Call call, Optional<ObjectNode> body) {
        Optional<Registering> registering = valid(call);
        if (registering.isEmpty()) {
            return canvasUnauthorized("Invalid token");
        }
        List<String> faults = body.map(request -> new ToolRequest(request).canvasFaults(scopes(Mode.CANVAS)))
                .orElse(List.of("Invalid JSON"));
        if (!faults.isEmpty()) {
            return Answer.json(422, Json.write(Map.of("errors", faults)));
        }
        return registering.get().used().compareAndSet(false, true)
                ? accepted(200, registering.get(), new ToolRequest(body.orElseThrow()))
                : canvasUnauthorized("The registration token has already been used");
    }

    private Optional<Registering> valid(Call call) {
        Instant now = lms.clock().instant();
        return call.bearerToken()
                .flatMap(registrations::byToken)
                .filter(registering -> registering.expires().isAfter(now));
    }

    /** The request itself comes back with what the LMS adds. A deployment is named where there is one already. */
    private Answer accepted(int status, Registering registering, ToolRequest request) {
        Tool tool = registrations.accept(registering, request);
        ObjectNode answer = request.body().deepCopy();
        answer.put("client_id", tool.clientId());
        if (!tool.deployments().isEmpty()) {
            ((ObjectNode) answer.path(ToolRequest.TOOL))
                    .put("deployment_id", tool.deployments().get(0));
        }
        return Answer.json(status, Json.write(registrations.answer(answer)));
    }

    private static Answer moodleError(int status, String words) {
        return Answer.of(status, "text/html; charset=utf-8", words);
    }

    private static Answer canvasUnauthorized(String words) {
        return Answer.json(401, Json.write(Map.of("errorMessage", words)));
    }
}
