package lms;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser for tests and for the load driver: it keeps cookies per host (Secure ones also on http://localhost, as
 * browsers do), follows redirects and pages that post themselves, and submits forms. One instance is one person; many may
 * run at once.
 */
public final class Browser {

    private static final int MOST_STEPS = 20;

    private static final int LONGEST_WAIT = 60_000;

    static {
        // The blocking client of the JDK spends far less on a request than the asynchronous one, and here the driver of
        // a
        // load shares its machine with what it loads. These let it name an Origin and keep its connections.
        System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
        System.setProperty("http.maxConnections", "200");
    }

    private static final Pattern ORIGIN = Pattern.compile("^[a-z]+://[^/?#]+");

    private static final Pattern STATE_PARAMETER = Pattern.compile("[?&]state=");

    private final Cookies cookies = new Cookies();

    private final String destination;

    private final String network;

    /** A browser that opens everything in a tab of its own. */
    public Browser() {
        this("document", null);
    }

    private Browser(String destination, String network) {
        this.destination = destination;
        this.network = network;
    }

    /** A browser of a network of its own, as a proxy on this machine tells it: what others send does not count against it. */
    public static Browser from(String address) {
        return new Browser("document", address);
    }

    /** A browser that shows everything inside a frame of the LMS. */
    public static Browser framed() {
        return new Browser("iframe", null);
    }

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

    /** Submits a form of a page with a file in one of its fields, and follows. */
    public Page submit(Page page, Page.Form form, String field, String fileName, byte[] content) {
        String boundary = "----------------------------7d9f0c1e5b";
        var body = new ByteArrayOutputStream();
        form.fields()
                .forEach((name, value) ->
                        part(body, boundary, "name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8)));
        part(body, boundary, "name=\"" + field + "\"; filename=\"" + fileName + "\"", content);
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        Map<String, String> headers = headers();
        headers.put("Content-Type", "multipart/form-data; boundary=" + boundary);
        headers.put("Origin", origin(page.uri()));
        return follow(send("POST", page.uri().resolve(form.action()), headers, body.toByteArray()));
    }

    private static void part(ByteArrayOutputStream body, String boundary, String disposition, byte[] content) {
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** One GET, not followed. */
    public Page get(URI uri) {
        return send("GET", uri, headers(), null);
    }

    /** One GET with headers of one's own in place of the usual ones, not followed. */
    public Page get(URI uri, String... namesAndValues) {
        Map<String, String> headers = headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return send("GET", uri, headers, null);
    }

    /** One POST of a form, not followed. */
    public Page post(URI uri, Map<String, String> fields, String origin) {
        Map<String, String> headers = headers();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Origin", origin);
        return send("POST", uri, headers, LaunchStart.encode(fields).getBytes(StandardCharsets.UTF_8));
    }

    /** One POST of a form that is written out, for fields that come several times; not followed. */
    public Page post(URI uri, String form, String origin) {
        Map<String, String> headers = headers();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Origin", origin);
        return send("POST", uri, headers, form.getBytes(StandardCharsets.UTF_8));
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

    private Map<String, String> headers() {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        headers.put("Accept-Language", "en");
        headers.put("Sec-Fetch-Dest", destination);
        if (network != null) {
            headers.put("X-Forwarded-For", network);
        }
        return headers;
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? uri : URI.create(text.substring(0, fragment));
    }

    private Page send(String method, URI target, Map<String, String> headers, byte[] body) {
        URI uri = withoutFragment(target);
        try {
            var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout(LONGEST_WAIT);
            connection.setReadTimeout(LONGEST_WAIT);
            connection.setRequestMethod(method);
            headers.forEach(connection::setRequestProperty);
            String cookie = cookies.header(uri);
            if (!cookie.isEmpty()) {
                connection.setRequestProperty("Cookie", cookie);
            }
            if (body != null) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            return page(uri, connection);
        } catch (IOException e) {
            throw new UncheckedIOException(uri.getPath(), e);
        }
    }

    private Page page(URI uri, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        var received = new LinkedHashMap<String, List<String>>(connection.getHeaderFields());
        received.remove(null);
        HttpHeaders headers = HttpHeaders.of(received, (name, value) -> true);
        cookies.take(uri, headers.allValues("Set-Cookie"));
        InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (in == null) {
            return new Page(uri, status, headers, new byte[0]);
        }
        try (in) {
            return new Page(uri, status, headers, in.readAllBytes());
        }
    }

    private static String issuer(LaunchStart start) {
        return start.parameters().get("iss");
    }

    private static String origin(URI uri) {
        Matcher origin = ORIGIN.matcher(uri.toString());
        return origin.find() ? origin.group() : "null";
    }
}
