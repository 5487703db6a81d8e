package lms;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** One request to the LMS, with the parts of its path that the route named. */
final class Call {

    private final HttpExchange exchange;

    private final Matcher path;

    private final String body;

    Call(HttpExchange exchange, Matcher path) throws IOException {
        this.exchange = exchange;
        this.path = path;
        this.body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    String part(String name) {
        return path.group(name);
    }

    Map<String, String> query() {
        return parameters(exchange.getRequestURI().getRawQuery());
    }

    /** Every value of a parameter that may stand in the query several times. */
    List<String> all(String name) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                ? List.of()
                : Arrays.stream(query.split("&"))
                        .map(pair -> parameters(pair))
                        .filter(one -> one.containsKey(name))
                        .map(one -> one.get(name))
                        .toList();
    }

    Map<String, String> form() {
        return parameters(body);
    }

    /** Query of a GET, body of a POST. */
    Map<String, String> parameters() {
        return method().equals("POST") ? form() : query();
    }

    String body() {
        return body;
    }

    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    Optional<String> bearerToken() {
        return header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    static Map<String, String> parameters(String encoded) {
        var parameters = new LinkedHashMap<String, String>();
        if (encoded == null || encoded.isEmpty()) {
            return parameters;
        }
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.putIfAbsent(decode(name), decode(value));
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
