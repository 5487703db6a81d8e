package dev.laurel.launch.oidc;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One launch under way: the login has been answered, and what comes next is valid until something is changed. Header and
 * claims are signed as they stand.
 */
final class Attempt {

    static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    private static final String MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#";

    final TestPlatform platform;

    final TestBrowser browser;

    final Map<String, String> login;

    final Map<String, Object> header;

    final Map<String, Object> claims;

    final Map<String, String> form = new HashMap<>();

    private final String origin;

    private Function<Map<String, Object>, String> signing;

    /** @param loginChanges parameters of the login request, beside or instead of the usual ones */
    Attempt(TestPlatform platform, String origin, Map<String, String> loginChanges) {
        this.platform = platform;
        this.origin = origin;
        this.browser = new TestBrowser(origin);
        this.login = newLogin(platform, loginChanges);
        this.header = new LinkedHashMap<>(
                Map.of("typ", "JWT", "alg", "RS256", "kid", platform.key().getKeyID()));
        this.claims = platform.claims(login.get("nonce"), origin).build().toJSONObject();
        this.signing = set -> TestPlatform.sign(header, set, platform.key());
        form.put("state", login.get("state"));
    }

    static Map<String, String> loginForm(TestPlatform from, String origin) {
        return new HashMap<>(Map.of(
                "iss",
                from.issuer(),
                "client_id",
                from.clientId(),
                "login_hint",
                "hint",
                "target_link_uri",
                origin + "/lti/launch"));
    }

    /** Another login of this browser. */
    Map<String, String> newLogin(TestPlatform from, Map<String, String> changes) {
        Map<String, String> parameters = loginForm(from, origin);
        parameters.putAll(changes);
        return TestBrowser.redirectQuery(browser.post("/lti/login", parameters));
    }

    String origin() {
        return origin;
    }

    /** {@code null} leaves the claim out. */
    Attempt claim(String name, @Nullable Object value) {
        claims.put(name, value);
        claims.values().removeIf(each -> each == null);
        return this;
    }

    Attempt lti(String name, @Nullable Object value) {
        return claim(LTI + name, value);
    }

    Attempt header(String name, @Nullable Object value) {
        header.put(name, value);
        header.values().removeIf(each -> each == null);
        return this;
    }

    /** Seconds from now. */
    Attempt time(String name, long secondsAhead) {
        return claim(name, System.currentTimeMillis() / 1000 + secondsAhead);
    }

    Attempt signedBy(RSAKey key) {
        signing = set -> TestPlatform.sign(header, set, key);
        return this;
    }

    Attempt signing(Function<Map<String, Object>, String> how) {
        signing = how;
        return this;
    }

    Attempt roles(String... names) {
        return lti(
                "roles",
                List.of(names).stream()
                        .map(name -> name.contains(":") ? name : MEMBERSHIP + name)
                        .toList());
    }

    Attempt student() {
        return claim("sub", "student-1").claim("name", "Sam Student").roles("Learner");
    }

    String token() {
        return signing.apply(claims);
    }

    /** {@code iat} and {@code exp} and the rest, for a signer of claims. */
    static JWTClaimsSet set(Map<String, Object> claims) {
        try {
            return JWTClaimsSet.parse(claims);
        } catch (java.text.ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    HttpResponse<String> send() {
        form.putIfAbsent("id_token", token());
        form.values().removeIf(String::isEmpty);
        return browser.post("/lti/launch", form);
    }
}
