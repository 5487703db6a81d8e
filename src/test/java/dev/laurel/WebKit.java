package dev.laurel;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * WebKitGTK's MiniBrowser on a display of its own, driven by the W3C WebDriver protocol. Each instance is a new profile that,
 * like Safari, keeps no cookie of another site's frame.
 *
 * @see <a href="https://www.w3.org/TR/webdriver2/">WebDriver</a>
 */
final class WebKit implements AutoCloseable {

    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JsonMapper json = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process display;

    private final Process driver;

    private final URI session;

    WebKit(Needs.WebKitPrograms programs, Path log) {
        int port = LaurelTestInitializer.freePort();
        display = start(
                Map.of(),
                ProcessBuilder.Redirect.PIPE,
                log,
                programs.display(),
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1200x1000x24",
                "-nolisten",
                "tcp");
        Map<String, String> environment = Map.of(
                "DISPLAY", ":" + firstLine(display), "WEBKIT_DISABLE_COMPOSITING_MODE", "1", "NO_AT_BRIDGE", "1");
        driver = start(
                environment, ProcessBuilder.Redirect.appendTo(log.toFile()), log, programs.driver(), "--port=" + port);
        URI server = URI.create("http://127.0.0.1:" + port + "/");
        await("WebKitWebDriver")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> send(server.resolve("status"), "GET", null)
                        .path("ready")
                        .asBoolean());
        Map<String, Object> options =
                Map.of("binary", programs.browser(), "args", List.of("--automation", "--ignore-tls-errors"));
        Map<String, Object> wanted = Map.of("acceptInsecureCerts", true, "webkitgtk:browserOptions", options);
        JsonNode begun = send(server.resolve("session"), "POST", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
        session = server.resolve("session/" + begun.path("sessionId").asString() + "/");
    }

    private static Process start(
            Map<String, String> environment, ProcessBuilder.Redirect output, Path log, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Xvfb says which display it chose as soon as it is there. */
    private static String firstLine(Process process) {
        try {
            return process.inputReader().readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void open(URI address) {
        post("url", Map.of("url", address.toString()));
    }

    String url() {
        return get("url").asString();
    }

    /** Goes into the frame of this name. */
    void enterFrame(String name) {
        post("frame/parent", Map.of());
        post("frame", Map.of("id", element("iframe[name=" + name + "]")));
    }

    /** Waits until the only heading that shows says this. */
    void awaitHeading(String text) {
        await("the heading “" + text + "”")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(shownHeadings())
                        .containsExactly(text));
    }

    private List<String> shownHeadings() {
        return get("elements", Map.of("using", "css selector", "value", "h1"))
                .valueStream()
                .map(element -> get("element/" + element.path(ELEMENT).asString() + "/text")
                        .asString())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Clicks what opens a new tab or window, and goes there. */
    void clickIntoNewTab(String css) {
        Set<String> before = windows();
        post("element/" + element(css).get(ELEMENT) + "/click", Map.of());
        await("a new tab").atMost(PATIENCE).until(() -> windows().size() > before.size());
        Set<String> now = windows();
        now.removeAll(before);
        post("window", Map.of("handle", now.iterator().next()));
    }

    Object run(String script) {
        return post("execute/sync", Map.of("script", script, "args", List.of())).asString();
    }

    private Set<String> windows() {
        Set<String> handles = new LinkedHashSet<>();
        get("window/handles").forEach(handle -> handles.add(handle.asString()));
        return handles;
    }

    private Map<String, Object> element(String css) {
        JsonNode found = await("an element " + css)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get("element", Map.of("using", "css selector", "value", css)), node -> node.has(ELEMENT));
        return Map.of(ELEMENT, found.path(ELEMENT).asString());
    }

    private JsonNode get(String command) {
        return send(session.resolve(command), "GET", null);
    }

    private JsonNode get(String command, Map<String, Object> body) {
        return send(session.resolve(command), "POST", body);
    }

    private JsonNode post(String command, Map<String, ?> body) {
        return send(session.resolve(command), "POST", body);
    }

    private JsonNode send(URI address, String method, Map<String, ?> body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode value = json.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new IllegalStateException(method + " " + address.getPath() + ": " + value);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            send(URI.create(session.toString().replaceAll("/$", "")), "DELETE", null);
        } finally {
            for (Process process : List.of(driver, display)) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
            try {
                driver.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
