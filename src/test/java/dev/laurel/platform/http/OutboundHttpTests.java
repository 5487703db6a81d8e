package dev.laurel.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class OutboundHttpTests {

    private final OutboundHttp http = waiting(Duration.ofSeconds(20));

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAnswerOfAnyStatusComesBackAndWeSayWhoWeAre() {
        on(
                "/",
                exchange -> answer(
                        exchange,
                        418,
                        String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"))));

        OutboundResponse response = http.send(OutboundRequest.get(at("/"), "application/json"));

        assertThat(response.status()).isEqualTo(418);
        assertThat(response.isSuccess()).isFalse();
        assertThat(response.text()).matches("Laurel/\\S+ \\(\\+https://badges\\.example\\.edu\\)");
    }

    @Test
    void exactlyTheGivenHeadersAndBodyAreSent() {
        on(
                "/",
                exchange -> answer(
                        exchange,
                        200,
                        exchange.getRequestMethod() + " "
                                + exchange.getRequestHeaders().get("Accept") + " "
                                + exchange.getRequestHeaders().get("Content-Type") + " "
                                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));

        OutboundResponse response = http.send(new OutboundRequest(
                HttpMethod.PUT,
                at("/"),
                Map.of("Accept", "application/x", "Content-Type", "application/y"),
                "body".getBytes(StandardCharsets.UTF_8)));

        assertThat(response.text()).isEqualTo("PUT [application/x] [application/y] body");
    }

    @Test
    void aRedirectIsFollowedOnTheSameHostOnly() {
        on("/here", exchange -> redirect(exchange, "/there"));
        on("/there", exchange -> answer(exchange, 200, "arrived"));
        on(
                "/away",
                exchange -> redirect(
                        exchange, "http://localhost:" + server.getAddress().getPort() + "/there"));
        on("/circle", exchange -> redirect(exchange, "/circle"));

        assertThat(http.send(OutboundRequest.get(at("/here"), "*/*")).text()).isEqualTo("arrived");
        assertRefused("/away");
        assertRefused("/circle");
    }

    @Test
    void aPostIsNeverSentAgainSomewhereElse() {
        on("/post", exchange -> redirect(exchange, "/there"));

        assertThat(http.send(new OutboundRequest(HttpMethod.POST, at("/post"), Map.of(), new byte[0]))
                        .status())
                .isEqualTo(302);
    }

    @Test
    void anAnswerThatIsTooLargeIsCutOff() {
        on("/", exchange -> answer(exchange, 200, "x".repeat(10_001)));

        assertThatExceptionOfType(TooLargeException.class)
                .isThrownBy(() -> http.send(OutboundRequest.get(at("/"), "*/*")));
    }

    @Test
    void anAnswerThatDripsForEverIsGivenUp() {
        on("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (int i = 0; i < 100; i++) {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    Thread.sleep(50);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });

        assertThatExceptionOfType(TimedOutException.class)
                .isThrownBy(() -> waiting(Duration.ofMillis(700)).send(OutboundRequest.get(at("/"), "*/*")));
    }

    @Test
    void headersInUtf8AreRead() {
        on("/", exchange -> {
            byte[] utf8 = "<x>; rel=“next”".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Link", new String(utf8, StandardCharsets.ISO_8859_1));
            answer(exchange, 200, "");
        });

        assertThat(http.send(OutboundRequest.get(at("/"), "*/*")).headers().getFirst("Link"))
                .isEqualTo("<x>; rel=“next”");
    }

    @Test
    void nobodyListening() {
        URI gone = at("/");
        server.stop(0);

        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> http.send(OutboundRequest.get(gone, "*/*")))
                .withMessageContaining("127.0.0.1");
    }

    private static OutboundHttp waiting(Duration longest) {
        return new OutboundHttp(
                new OutboundHttpProperties(Set.of("127.0.0.1:*"), Duration.ofSeconds(10), longest, 10_000),
                new PublicUrl(URI.create("https://badges.example.edu")));
    }

    private void assertRefused(String path) {
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> http.send(OutboundRequest.get(at(path), "*/*")));
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
