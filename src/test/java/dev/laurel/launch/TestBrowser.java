package dev.laurel.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A browser's memory for cookies and nothing more; follows no redirect. Like Chromium it keeps Secure cookies of
 * http://localhost, which the JDK's cookie manager would not.
 */
public final class TestBrowser {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private final String origin;

    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    private final Map<String, String> headers = new ConcurrentHashMap<>();

    public TestBrowser(String origin) {
        this.origin = origin;
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Accept", "text/html")
                .GET());
    }

    public HttpResponse<String> post(String path, Map<String, String> form) {
        return post(path, form(form));
    }

    /** A form as it stands, for what a map cannot say. */
    public HttpResponse<String> post(String path, String form) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Sends this header with every request from now on. */
    public TestBrowser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** The same with headers that a browser would add: names and values in turn. */
    public HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(form(form))));
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    public static String form(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The parameters of the query of the address that a response redirects to. */
    public static Map<String, String> redirectQuery(HttpResponse<?> response) {
        return query(response.headers().firstValue("Location").orElseThrow());
    }

    /** The parameters of the query of an address. */
    public static Map<String, String> query(String address) {
        return Arrays.stream(URI.create(address).getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (a, b) -> a + "," + b,
                        LinkedHashMap::new));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining("; ")));
        }
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::remember);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void remember(String setCookie) {
        List<HttpCookie> parsed = HttpCookie.parse("Set-Cookie: " + setCookie);
        for (HttpCookie cookie : parsed) {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie.getValue());
            }
        }
    }
}
