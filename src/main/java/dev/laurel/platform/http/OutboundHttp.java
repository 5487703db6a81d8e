package dev.laurel.platform.http;

import dev.laurel.platform.tenant.PublicUrl;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * The one way out: refuses private addresses unless the operator allows the host, follows no redirect to another host,
 * and limits time and size.
 */
@Component
public class OutboundHttp {

    private static final int REDIRECTS = 3;

    private final HttpClient client;

    private final AddressGuard guard;

    private final OutboundHttpProperties limits;

    private final String userAgent;

    OutboundHttp(OutboundHttpProperties limits, PublicUrl publicUrl) {
        this.userAgent = userAgent(publicUrl);
        this.limits = limits;
        this.guard = new AddressGuard(limits.privateHosts(), InetAddress::getAllByName);
        this.client = HttpClient.newBuilder()
                .connectTimeout(limits.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Who calls and where to find them; the version is known where Laurel runs from its jar. */
    private static String userAgent(PublicUrl publicUrl) {
        String version = OutboundHttp.class.getPackage().getImplementationVersion();
        return "Laurel/" + (version == null ? "dev" : version) + " (+" + publicUrl.value() + ")";
    }

    /**
     * Whether this host may be called only because the operator allows it in {@code laurel.http.private-hosts}: that was
     * said for one platform, not for all.
     */
    public boolean isPrivateHost(URI uri) {
        return guard.isAllowedByName(uri);
    }

    /**
     * Answers of any status are returned. Logs nothing of headers or bodies.
     *
     * @throws TooLargeException where the answer is larger than Laurel takes in
     * @throws TimedOutException where no whole answer came in time
     * @throws OutboundException where the address is refused, or nothing usable came
     */
    public OutboundResponse send(OutboundRequest request) throws OutboundException {
        URI uri = request.uri();
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            guard.check(uri);
            OutboundResponse response = exchange(uri, request);
            Optional<URI> next = redirect(uri, request, response);
            if (next.isEmpty()) {
                return response;
            }
            uri = next.get();
        }
        throw new OutboundException(uri.getHost() + " redirects in a circle");
    }

    private OutboundResponse exchange(URI uri, OutboundRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(build(uri, request), info -> new LimitedBody(limits.maxBytes()));
        try {
            // The client's own timeout ends with the headers; a body that drips for ever must end too.
            HttpResponse<byte[]> response = answer.get(limits.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return new OutboundResponse(response.statusCode(), headers(response), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw tooSlow(uri, e);
        } catch (ExecutionException e) {
            throw noAnswer(uri, Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new OutboundException("Interrupted while waiting for " + uri.getHost(), e);
        }
    }

    private OutboundException noAnswer(URI uri, Throwable cause) {
        if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
            return tooSlow(uri, cause);
        }
        String words = "No answer from " + uri.getHost() + ": " + cause.getMessage();
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof LimitedBody.FullException) {
                return new TooLargeException(words, cause);
            }
        }
        return new OutboundException(words, cause);
    }

    private TimedOutException tooSlow(URI uri, Throwable cause) {
        return new TimedOutException(
                uri.getHost() + " did not answer within " + limits.readTimeout().toSeconds() + " s", cause);
    }

    private HttpRequest build(URI uri, OutboundRequest request) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(uri).timeout(limits.readTimeout()).header("User-Agent", userAgent);
        if ("http".equalsIgnoreCase(uri.getScheme())) {
            // No h2c upgrade offer: some servers answer it with an error.
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        request.headers().forEach(builder::setHeader);
        byte[] body = request.body();
        return builder.method(
                        request.method().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
    }

    private static Optional<URI> redirect(URI from, OutboundRequest request, OutboundResponse response) {
        String location = response.headers().getFirst(HttpHeaders.LOCATION);
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        if (response.status() < 300 || response.status() >= 400 || location == null || !reads) {
            return Optional.empty();
        }
        URI to = resolve(from, location);
        if (!sameOrigin(from, to)) {
            throw new OutboundException(from.getHost() + " redirects to another host, which is not followed");
        }
        return Optional.of(to);
    }

    private static URI resolve(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new OutboundException(from.getHost() + " redirects to something that is no address", e);
        }
    }

    private static boolean sameOrigin(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && Objects.equals(lower(a.getRawAuthority()), lower(b.getRawAuthority()));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static HttpHeaders headers(HttpResponse<byte[]> response) {
        HttpHeaders headers = new HttpHeaders();
        response.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":")) {
                values.forEach(value -> headers.add(name, utf8(value)));
            }
        });
        return headers;
    }

    /** Header bytes come as ISO 8859-1, but what platforms send beyond ASCII is UTF-8 (Moodle's {@code Link}). */
    private static String utf8(String value) {
        if (value.chars().allMatch(c -> c < 0x80)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
