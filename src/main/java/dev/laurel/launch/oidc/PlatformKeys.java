package dev.laurel.launch.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The key set of each platform, by its address: a registration that gets another address has another key set at once,
 * and one that nobody launches from any more is forgotten.
 */
@Component
class PlatformKeys implements DisposableBean {

    private static final int MOST = 5_000;

    private static final int RENEWING_AT_ONCE = 4;

    private final Cache<URI, KeySet> sets;

    private final ExecutorService renewing = Executors.newFixedThreadPool(RENEWING_AT_ONCE, task -> {
        Thread thread = new Thread(task, "key-sets");
        thread.setDaemon(true);
        return thread;
    });

    private final KeySet.Reader reader;

    private final KeySet.Keeping keeping;

    @Autowired
    PlatformKeys(OutboundHttp http) {
        this(address -> read(http, address), KeySet.Keeping.USUAL);
    }

    PlatformKeys(KeySet.Reader reader, KeySet.Keeping keeping) {
        this.reader = reader;
        this.keeping = keeping;
        this.sets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(keeping.outage().plus(Duration.ofHours(1)))
                .build();
    }

    /**
     * The keys that may have signed what has this header; empty where the platform has none.
     *
     * @throws LaunchRefusedException where the platform's keys cannot be had
     */
    List<JWK> candidates(URI jwksUri, JWSHeader header) {
        return sets.get(jwksUri, address -> new KeySet(address, reader, keeping, renewing))
                .candidates(header);
    }

    /** How many key sets are held. */
    long held() {
        sets.cleanUp();
        return sets.estimatedSize();
    }

    @Override
    public void destroy() {
        renewing.shutdownNow();
    }

    private static String read(OutboundHttp http, URI address) throws IOException {
        try {
            OutboundResponse response = http.send(OutboundRequest.get(address, "application/json"));
            if (response.status() != 200) {
                throw new IOException("it answers HTTP " + response.status());
            }
            return response.text();
        } catch (OutboundException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
