package dev.laurel.launch.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.laurel.platform.Registration;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The key set of each platform: cached, renewed ahead of its end and at once for an unknown key (but no more often than
 * {@link #NOT_MORE_OFTEN}), and used on for {@link #OUTAGE} while the platform does not answer.
 */
@Component
class PlatformKeys {

    private static final Duration LIFE = Duration.ofMinutes(15);

    private static final Duration REFRESH_WAIT = Duration.ofSeconds(12);

    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final Duration NOT_MORE_OFTEN = Duration.ofSeconds(5);

    private static final Duration OUTAGE = Duration.ofHours(12);

    private final Map<URI, JWKSource<SecurityContext>> sources = new ConcurrentHashMap<>();

    private final ResourceRetriever retriever;

    PlatformKeys(OutboundHttp http) {
        this.retriever = url -> fetch(http, url);
    }

    JWKSource<SecurityContext> of(Registration registration) {
        return sources.computeIfAbsent(registration.jwksUri(), this::source);
    }

    private JWKSource<SecurityContext> source(URI uri) {
        try {
            return JWKSourceBuilder.create(uri.toURL(), retriever)
                    .cache(LIFE.toMillis(), REFRESH_WAIT.toMillis())
                    .refreshAheadCache(AHEAD.toMillis(), false)
                    .rateLimited(NOT_MORE_OFTEN.toMillis())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw Refusal.KEYS_UNREACHABLE.because("the key set address is no URL");
        }
    }

    private static Resource fetch(OutboundHttp http, URL url) throws IOException {
        try {
            OutboundResponse response = http.send(OutboundRequest.get(url.toURI(), "application/json"));
            if (response.status() != 200) {
                throw new IOException("The key set answers HTTP " + response.status());
            }
            return new Resource(response.text(), "application/json");
        } catch (OutboundException | URISyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
