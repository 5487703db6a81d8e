package lms;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Canvas's OAuth 2: a page that asks a person, and the token endpoint. Nobody logs in here; whoever is asked says who she is.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/file.oauth.html">Canvas, OAuth2</a>
 */
final class CanvasOAuth {

    private final ReferenceLms lms;

    CanvasOAuth(ReferenceLms lms) {
        this.lms = lms;
    }

    void addTo(LmsServer server) {
        server.route("GET", "/login/oauth2/auth", null, this::ask);
        server.route("POST", "/login/oauth2/accept", null, this::accept);
        server.route("POST", "/login/oauth2/token", Service.CANVAS_OAUTH, this::token);
        server.route("DELETE", "/login/oauth2/token", Service.CANVAS_OAUTH, this::revoke);
    }

    private Answer ask(Call call) {
        Map<String, String> query = call.query();
        Optional<CanvasKeys.Key> key = lms.canvas().key(query.get("client_id"));
        String redirectUri = query.getOrDefault("redirect_uri", "");
        if (key.isEmpty() || !key.get().redirectUri().equals(redirectUri)) {
            return Answer.html(400, Html.message("Invalid request", "The key or the redirect_uri is not known."));
        }
        Set<String> scopes = scopes(query.getOrDefault("scope", ""));
        if (scopes.isEmpty() || !key.get().scopes().containsAll(scopes)) {
            return back(redirectUri, query, "error", "invalid_scope");
        }
        String fields = List.of("client_id", "redirect_uri", "state", "scope").stream()
                .map(name -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                        .formatted(name, Html.escape(query.getOrDefault(name, ""))))
                .collect(Collectors.joining());
        String people = lms.courses().stream()
                .flatMap(course -> course.people().stream())
                .filter(person -> !person.role().isGraded())
                .map(person -> option(person, person.name()))
                .collect(Collectors.joining());
        return Answer.html(200, Html.page("Authorize", """
                        <h1>Laurel asks to read in your name</h1>
                        <form method="post" action="/login/oauth2/accept">%s
                        <p><label for="user">You are</label> <select id="user" name="user">%s%s</select></p>
                        <p><button name="answer" value="yes">Authorize</button></p></form>
                        <form method="post" action="/login/oauth2/accept">%s<input type="hidden" name="answer" value="no">
                        <p><button>Cancel</button></p></form>
                        """.formatted(
                                fields,
                                people,
                                option(lms.administrator(), lms.administrator().name() + ", administrator"),
                                fields)))
                .with("X-Frame-Options", "DENY");
    }

    private String option(LmsUser person, String name) {
        return "<option value=\"%s\">%s</option>".formatted(lms.numberOf(person.id()), Html.escape(name));
    }

    private Answer accept(Call call) {
        Map<String, String> form = call.form();
        Optional<CanvasKeys.Key> key = lms.canvas().key(form.get("client_id"));
        String redirectUri = form.getOrDefault("redirect_uri", "");
        if (key.isEmpty() || !key.get().redirectUri().equals(redirectUri)) {
            return Answer.html(400, Html.message("Invalid request", "The key is not known."));
        }
        Optional<LmsUser> user = lms.personNumbered(form.getOrDefault("user", ""));
        if (form.getOrDefault("answer", "yes").equals("no") || user.isEmpty()) {
            return back(redirectUri, form, "error", "access_denied");
        }
        String code = lms.canvas().code(key.get(), user.get(), scopes(form.getOrDefault("scope", "")));
        return back(redirectUri, form, "code", code);
    }

    private static Answer back(String redirectUri, Map<String, String> asked, String name, String value) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put(name, value);
        parameters.put("state", asked.getOrDefault("state", ""));
        return Answer.redirect(redirectUri + "?" + LaunchStart.encode(parameters));
    }

    private static Set<String> scopes(String text) {
        return text.isBlank()
                ? Set.of()
                : new LinkedHashSet<>(List.of(text.strip().split(" +")));
    }

    private Answer token(Call call) {
        Map<String, String> form = call.form();
        Optional<CanvasKeys.Key> key = lms.canvas()
                .key(form.get("client_id"))
                .filter(found -> found.secret().equals(form.get("client_secret")));
        if (key.isEmpty()) {
            return Answer.json(401, "{\"error\":\"invalid_client\",\"error_description\":\"unknown client\"}");
        }
        boolean refreshing = "refresh_token".equals(form.get("grant_type"));
        Optional<CanvasKeys.Permission> permission = refreshing
                ? lms.canvas().byRefreshToken(form.get("refresh_token"))
                : lms.canvas().redeem(form.get("code"), key.get());
        if (permission.isEmpty()) {
            return Answer.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"code not found\"}");
        }
        lms.canvas().renew(permission.get());
        return Answer.json(200, Json.write(issued(permission.get(), refreshing)));
    }

    private Map<String, Object> issued(CanvasKeys.Permission permission, boolean refreshed) {
        long number = Long.parseLong(lms.numberOf(permission.user.id()));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", permission.accessToken);
        answer.put("token_type", "Bearer");
        answer.put(
                "user",
                Map.of(
                        "id",
                        number,
                        "name",
                        permission.user.name(),
                        "global_id",
                        Long.toString(10_000_000_000_000L + number),
                        "effective_locale",
                        "en"));
        answer.put("canvas_region", "us-east-1");
        if (!refreshed) {
            answer.put("refresh_token", permission.refreshToken);
        }
        answer.put("expires_in", lms.canvas().tokenLife().toSeconds());
        return answer;
    }

    private Answer revoke(Call call) {
        Optional<CanvasKeys.Permission> permission = call.bearerToken().flatMap(lms.canvas()::byAccessToken);
        permission.ifPresent(lms.canvas()::end);
        return permission.isPresent()
                ? Answer.json(200, "{}")
                : Answer.json(401, "{}").with("WWW-Authenticate", "Bearer realm=\"canvas-lms\"");
    }
}
