package dev.laurel.gradebook.canvas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Canvas that answers exactly what a test says, whatever is asked; the last answer that fits counts. */
final class ScriptedCanvas implements AutoCloseable {

    private record Rule(String method, String path, String query, Answer answer) {}

    /** @param headers such as Canvas sends; the content type is JSON unless it is among them */
    record Answer(int status, Map<String, String> headers, String body) {

        static Answer ok(String body) {
            return new Answer(200, Map.of(), body);
        }

        Answer with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Answer(status, more, body);
        }
    }

    /** A request that came. */
    record Asked(String method, String path, String query, String accept, String authorization, String body) {}

    private final HttpServer server;

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    ScriptedCanvas() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param path below the course, such as {@code /assignments}; or a whole one that begins with {@code /login} */
    void on(String path, String body) {
        on(path, "", Answer.ok(body));
    }

    /** @param query what the query must contain, decoded */
    void on(String path, String query, Answer answer) {
        rules.add(new Rule("", path, query, answer));
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<Asked> asked(String path) {
        return asked.stream().filter(each -> each.path().endsWith(path)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery() == null
                    ? ""
                    : URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    path,
                    query,
                    exchange.getRequestHeaders().getFirst("Accept"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Answer answer = find(path, query);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer find(String path, String query) {
        List<Rule> fitting = new ArrayList<>(rules);
        for (int i = fitting.size() - 1; i >= 0; i--) {
            Rule rule = fitting.get(i);
            boolean here = rule.path().startsWith("/login")
                    ? path.equals(rule.path())
                    : path.matches("/api/v1/courses/\\d+" + rule.path());
            if (here && query.contains(rule.query())) {
                return rule.answer();
            }
        }
        return new Answer(404, Map.of(), "{\"errors\":[{\"message\":\"The specified resource does not exist.\"}]}");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
