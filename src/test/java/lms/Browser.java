package lms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser for tests and for the load driver: it keeps cookies per host (Secure ones also on http://localhost, as
 * browsers do), follows redirects and pages that post themselves, and submits forms. One instance is one person; many may
 * run at once.
 */
public final class Browser {

    private static final int MOST_STEPS = 20;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private static final Pattern STATE_PARAMETER = Pattern.compile("[?&]state=");

    private final Cookies cookies = new Cookies();

    /** What the tool asked the LMS for: the end of the first half of a login. */
    public record AuthenticationRequest(URI uri, Map<String, String> parameters) {

        public String state() {
            return parameters.get("state");
        }

        public String nonce() {
            return parameters.get("nonce");
        }
    }

    public Cookies cookies() {
        return cookies;
    }

    /** A complete launch: login, authentication at the LMS, the posted id_token, and on to the page that it ends at. */
    public Page launch(LaunchStart start) {
        return follow(post(start.loginUrl(), start.parameters(), origin(URI.create(issuer(start)))));
    }

    /** The first half of a launch: the tool's authentication request, which is not sent on. */
    public AuthenticationRequest beginLogin(LaunchStart start) {
        return authenticationRequest(post(start.loginUrl(), start.parameters(), origin(URI.create(issuer(start)))));
    }

    /** The same by GET. */
    public AuthenticationRequest beginLoginByGet(LaunchStart start) {
        return authenticationRequest(get(start.asUri()));
    }

    /** The second half, with any id_token: posts it to the tool and follows to the page that it ends at. */
    public Page finishLogin(AuthenticationRequest request, String idToken) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("id_token", idToken);
        fields.put("state", request.state());
        return finishLogin(request, fields);
    }

    /** The second half with these form fields, such as an error answer or none at all. */
    public Page finishLogin(AuthenticationRequest request, Map<String, String> fields) {
        URI redirectUri = URI.create(request.parameters().get("redirect_uri"));
        return follow(post(redirectUri, fields, origin(request.uri())));
    }

    /** Opens an address and follows it. */
    public Page open(URI uri) {
        return follow(get(uri));
    }

    /** Submits a form of a page, with some of its fields filled in, and follows. */
    public Page submit(Page page, Page.Form form, Map<String, String> filledIn) {
        var fields = new LinkedHashMap<>(form.fields());
        fields.putAll(filledIn);
        URI target = page.uri().resolve(form.action());
        if (form.method().equals("get")) {
            return open(URI.create(target.toString().split("\\?")[0] + "?" + LaunchStart.encode(fields)));
        }
        return follow(post(target, fields, origin(page.uri())));
    }

    /** One GET, not followed. */
    public Page get(URI uri) {
        return send(request(uri).GET());
    }

    /** One GET with headers of one's own in place of the usual ones, not followed. */
    public Page get(URI uri, String... namesAndValues) {
        HttpRequest.Builder request = request(uri);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            request.setHeader(namesAndValues[i], namesAndValues[i + 1]);
        }
        return send(request.GET());
    }

    /** One POST of a form, not followed. */
    public Page post(URI uri, Map<String, String> fields, String origin) {
        return send(request(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(LaunchStart.encode(fields))));
    }

    /** Follows redirects and self-posting pages until a page stays. */
    public Page follow(Page first) {
        Page page = first;
        for (int step = 0; step < MOST_STEPS; step++) {
            if (page.isRedirect()) {
                page = get(page.uri().resolve(page.header("Location").orElseThrow()));
            } else if (page.autoPost().isPresent()) {
                Page.Form form = page.autoPost().get();
                page = post(page.uri().resolve(form.action()), form.fields(), origin(page.uri()));
            } else {
                return page;
            }
        }
        throw new IllegalStateException("More than " + MOST_STEPS + " steps, last " + page.uri());
    }

    private AuthenticationRequest authenticationRequest(Page answer) {
        URI location = URI.create(answer.header("Location")
                .filter(url -> STATE_PARAMETER.matcher(url).find())
                .orElseThrow(() -> new IllegalStateException(
                        "No authentication request but " + answer.status() + ": " + answer.text())));
        return new AuthenticationRequest(location, Call.parameters(location.getRawQuery()));
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(withoutFragment(uri))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Accept-Language", "en");
        String cookie = cookies.header(uri);
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? uri : URI.create(text.substring(0, fragment));
    }

    private Page send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            List<String> setCookies = response.headers().allValues("Set-Cookie");
            cookies.take(request.uri(), setCookies);
            return new Page(request.uri(), response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri().getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String issuer(LaunchStart start) {
        return start.parameters().get("iss");
    }

    private static String origin(URI uri) {
        Matcher origin = Pattern.compile("^[a-z]+://[^/?#]+").matcher(uri.toString());
        return origin.find() ? origin.group() : "null";
    }
}
