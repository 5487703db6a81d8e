package lms;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A browser's cookies, by host. Ports share them, and localhost counts as secure, as in a real one. */
public final class Cookies {

    /** One cookie with its attributes, whose names are in lower case. */
    public record Cookie(String host, String name, String value, Map<String, String> attributes) {

        public boolean has(String attribute) {
            return attributes.containsKey(attribute.toLowerCase(Locale.ROOT));
        }
    }

    private final List<Cookie> all = new ArrayList<>();

    public synchronized List<Cookie> all() {
        return List.copyOf(all);
    }

    public synchronized Optional<Cookie> named(String name) {
        return all.stream().filter(cookie -> cookie.name().equals(name)).findFirst();
    }

    public synchronized void clear() {
        all.clear();
    }

    synchronized void take(URI from, List<String> setCookies) {
        for (String setCookie : setCookies) {
            Cookie cookie = parse(from.getHost(), setCookie);
            all.removeIf(old -> old.host().equals(cookie.host()) && old.name().equals(cookie.name()));
            boolean deleted = "0".equals(cookie.attributes().get("max-age"));
            if (!deleted) {
                all.add(cookie);
            }
        }
    }

    synchronized String header(URI to) {
        var header = new StringBuilder();
        for (Cookie cookie : all) {
            if (isFor(cookie, to)) {
                header.append(header.length() == 0 ? "" : "; ")
                        .append(cookie.name())
                        .append('=')
                        .append(cookie.value());
            }
        }
        return header.toString();
    }

    private static boolean isFor(Cookie cookie, URI to) {
        String path = cookie.attributes().getOrDefault("path", "/");
        String asked = to.getPath().isEmpty() ? "/" : to.getPath();
        boolean trustworthy =
                "https".equals(to.getScheme()) || "localhost".equals(to.getHost()) || "127.0.0.1".equals(to.getHost());
        return cookie.host().equals(to.getHost())
                && (asked.equals(path) || asked.startsWith(path.endsWith("/") ? path : path + "/"))
                && (trustworthy || !cookie.has("secure"));
    }

    private static Cookie parse(String host, String setCookie) {
        String[] parts = setCookie.split(";");
        String[] pair = parts[0].split("=", 2);
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            String[] attribute = parts[i].strip().split("=", 2);
            attributes.put(attribute[0].toLowerCase(Locale.ROOT), attribute.length > 1 ? attribute[1] : "");
        }
        return new Cookie(host, pair[0].strip(), pair.length > 1 ? pair[1].strip() : "", attributes);
    }
}
