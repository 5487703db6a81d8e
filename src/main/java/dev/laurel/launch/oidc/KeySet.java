package dev.laurel.launch.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The public keys at one address: cached, renewed ahead of their end and at once for an unknown key, read by one thread
 * for all that wait, and used on while the platform does not answer or answers with something that is no key set.
 *
 * @see <a href="https://www.imsglobal.org/spec/security/v1p0/#h_key-set-url">1EdTech Security Framework, 6.3</a>
 */
final class KeySet {

    /** Many times the longest that platforms publish. */
    private static final int LONGEST = 256 * 1024;

    private final JWKSource<SecurityContext> source;

    private final URI address;

    private final Reader reader;

    private volatile boolean everRead;

    /** Fetches the text at an address. */
    interface Reader {

        String read(URI address) throws IOException;
    }

    /**
     * @param life for how long what was read is used without asking again
     * @param ahead how long before its end it is renewed in the background, by the launches that come then
     * @param patience how long a launch waits for another one that reads
     * @param notMoreOften an unknown key makes us read at once, but twice at most in this time
     * @param outage for how long after its end a key set is used on where it cannot be renewed
     */
    record Keeping(Duration life, Duration ahead, Duration patience, Duration notMoreOften, Duration outage) {

        static final Keeping USUAL = new Keeping(
                Duration.ofMinutes(15),
                Duration.ofMinutes(1),
                Duration.ofSeconds(12),
                Duration.ofSeconds(5),
                Duration.ofHours(12));
    }

    /** @param renewing where key sets are renewed ahead of their end */
    KeySet(URI address, Reader reader, Keeping keeping, ExecutorService renewing) {
        this.address = address;
        this.reader = reader;
        this.source = new JWKSetBasedJWKSource<>(new RefreshAheadCachingJWKSetSource<>(
                new RateLimitedJWKSetSource<>(
                        new OutageTolerantJWKSetSource<>(
                                new Platform(), keeping.outage().toMillis(), null),
                        keeping.notMoreOften().toMillis(),
                        null),
                keeping.life().toMillis(),
                keeping.patience().toMillis(),
                keeping.ahead().toMillis(),
                false,
                renewing,
                false,
                null));
    }

    /** The keys that may have signed what has this header. */
    List<JWK> candidates(JWSHeader header) {
        try {
            return source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
        } catch (RateLimitReachedException e) {
            if (everRead) {
                // It was read a moment ago, and the key is not in it.
                return List.of();
            }
            throw Refusal.KEYS_UNREACHABLE.because("the platform's key set could not be read a moment ago");
        } catch (KeySourceException e) {
            throw Refusal.KEYS_UNREACHABLE.because("the platform's key set cannot be read: " + e.getMessage());
        }
    }

    private JWKSet read() throws IOException {
        String text = reader.read(address);
        if (text.length() > LONGEST) {
            throw new IOException("it has " + text.length() + " characters");
        }
        JWKSet set = parse(text);
        // An empty set must not take the place of good keys.
        if (set.getKeys().stream().noneMatch(key -> KeyType.RSA.equals(key.getKeyType()))) {
            throw new IOException("it holds no RSA key");
        }
        everRead = true;
        return set;
    }

    private static JWKSet parse(String text) throws IOException {
        try {
            return JWKSet.parse(text);
        } catch (ParseException | RuntimeException e) {
            // The parser stumbles over some texts, "null" for one, with whatever exception comes.
            throw new IOException("it is no key set", e);
        }
    }

    /** The innermost source: asks the platform each time. */
    private final class Platform implements JWKSetSource<SecurityContext> {

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
                throws JWKSetUnavailableException {
            try {
                return read();
            } catch (IOException e) {
                throw new JWKSetUnavailableException(String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public void close() {
            // Holds nothing open.
        }
    }
}
