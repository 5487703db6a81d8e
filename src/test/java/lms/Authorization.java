package lms;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The OIDC authorization endpoint. It answers with a form that the browser posts to the tool, or, where it cannot know
 * that the address is the tool's, with an error page of its own.
 *
 * @see <a href="https://www.imsglobal.org/spec/security/v1p0/#step-2-authentication-request">1EdTech Security
 *     Framework 1.0, authentication request</a>
 */
final class Authorization {

    private final ReferenceLms lms;

    Authorization(ReferenceLms lms) {
        this.lms = lms;
    }

    Answer answer(Call call) {
        Map<String, String> request = call.parameters();
        Optional<Tool> tool = lms.tool(request.get("client_id"));
        String redirectUri = request.getOrDefault("redirect_uri", "");
        if (tool.isEmpty()) {
            return refuse(400, "The tool that you came from is not registered here (client_id).");
        }
        if (tool.get().redirectUris().stream().map(URI::toString).noneMatch(redirectUri::equals)) {
            int status = tool.get().mode() == Mode.MOODLE ? 404 : 400;
            return refuse(status, "The tool named an address that is not registered for it (redirect_uri).");
        }
        String state = request.getOrDefault("state", "");
        Optional<String> fault = fault(request);
        if (fault.isPresent()) {
            return error(redirectUri, state, "invalid_request", fault.get());
        }
        Optional<Launches.Pending> launch = lms.launches().pending(request.get("lti_message_hint"));
        if (launch.isEmpty()
                || !launch.get().tool().clientId().equals(tool.get().clientId())) {
            return error(redirectUri, state, "launch_no_longer_valid", "This launch was used already or is too old");
        }
        if (!launch.get().user().id().equals(request.get("login_hint"))) {
            return error(redirectUri, state, "login_required", "Somebody else is logged in");
        }
        if (!lms.launches().consume(request.get("lti_message_hint"), launch.get())) {
            return error(redirectUri, state, "launch_no_longer_valid", "This launch was used already");
        }
        String idToken = lms.tamper(lms.launches().idToken(launch.get(), request.get("nonce")))
                .serialize();
        return post(redirectUri, Map.of("id_token", idToken, "state", state));
    }

    private static Optional<String> fault(Map<String, String> request) {
        var expected = new LinkedHashMap<String, String>();
        expected.put("scope", "openid");
        expected.put("response_type", "id_token");
        expected.put("response_mode", "form_post");
        for (var entry : expected.entrySet()) {
            if (!entry.getValue().equals(request.get(entry.getKey()))) {
                return Optional.of("Invalid " + entry.getKey());
            }
        }
        if (!request.getOrDefault("prompt", "none").equals("none")) {
            return Optional.of("Invalid prompt");
        }
        if (request.getOrDefault("nonce", "").isEmpty()) {
            return Optional.of("Missing nonce");
        }
        return Optional.empty();
    }

    private Answer error(String redirectUri, String state, String error, String description) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("error", error);
        fields.put("error_description", description);
        fields.put("state", state);
        return post(redirectUri, fields);
    }

    private static Answer post(String redirectUri, Map<String, String> fields) {
        return Answer.html(200, Html.autoPost("Opening the tool", redirectUri, fields))
                .with("Cache-Control", "no-store");
    }

    private static Answer refuse(int status, String reason) {
        return Answer.html(status, Html.message("Invalid request", reason));
    }
}
