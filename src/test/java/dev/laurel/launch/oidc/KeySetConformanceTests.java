package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Registration;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the platform's keys come from, and what happens when they do not. */
class KeySetConformanceTests extends LaunchConformance {

    private static final Duration LONG = Duration.ofMinutes(15);

    private static final Duration SHORT = Duration.ofMillis(50);

    private TestPlatform flaky;

    private Registration registration;

    @BeforeEach
    void startFlaky() {
        flaky = new TestPlatform();
        registration = platforms.register(flaky.registration(), false);
    }

    @AfterEach
    void stopFlaky() {
        flaky.close();
    }

    private Attempt fromFlaky() {
        return attempt(flaky, Map.of());
    }

    @Test
    @DisplayName("S09 key set answers 500: each launch is told that the platform is away")
    void serverError() {
        flaky.answerKeySetWith(exchange -> TestPlatform.answer(exchange, 500, "<h1>Error</h1>"));

        for (int i = 0; i < 4; i++) {
            refused(Refusal.KEYS_UNREACHABLE, fromFlaky());
        }
        assertThat(flaky.keySetReads()).isBetween(1, 2);
    }

    @Test
    @DisplayName("S09b key set does not answer in time")
    void timeout() {
        CountDownLatch over = new CountDownLatch(1);
        flaky.answerKeySetWith(exchange -> {
            try {
                over.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        try {
            refused(Refusal.KEYS_UNREACHABLE, fromFlaky());
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("S09c key set is HTML, empty or no key set")
    @ValueSource(strings = {"<!DOCTYPE html><p>Sign in</p>", "", "[]", "{}", "{\"keys\":[]}", "{\"keys\":{}}", "null"})
    void noKeySet(String body) {
        flaky.answerKeySetWith(exchange -> TestPlatform.answer(exchange, 200, body));

        refused(Refusal.KEYS_UNREACHABLE, fromFlaky());
    }

    @Test
    @DisplayName("S09d key set of 1 MB, then one without end")
    void endless() {
        String keys = new JWKSet(flaky.key().toPublicJWK()).toString();
        flaky.answerKeySetWith(exchange -> TestPlatform.answer(exchange, 200, keys + " ".repeat(1_000_000)));
        refused(Refusal.KEYS_UNREACHABLE, fromFlaky());

        flaky.answerKeySetWith(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[64 * 1024];
            try (exchange) {
                while (true) {
                    exchange.getResponseBody().write(chunk);
                }
            }
        });
        refused(Refusal.KEYS_UNREACHABLE, fromFlaky());
    }

    @ParameterizedTest(name = "to {0}")
    @DisplayName("S09e key set redirects elsewhere: not followed")
    @ValueSource(
            strings = {
                "OTHER/jwks",
                "http://169.254.169.254/latest/meta-data/",
                "https://127.0.0.1/jwks",
                "file:///etc/passwd",
                "//169.254.169.254/"
            })
    void redirect(String location) {
        int before = otherPlatform.keySetReads();
        flaky.answerKeySetWith(exchange -> {
            exchange.getResponseHeaders().add("Location", location.replace("OTHER", otherPlatform.address()));
            TestPlatform.answer(exchange, 302, "");
        });

        refused(Refusal.KEYS_UNREACHABLE, fromFlaky());
        assertThat(otherPlatform.keySetReads()).isEqualTo(before);
    }

    @Test
    @DisplayName("S09f nobody listens at the key set's address")
    void nobodyThere() {
        flaky.close();

        refused(Refusal.KEYS_UNREACHABLE, fromFlaky());
    }

    @Test
    @DisplayName("S09g keys that are known go on working while the platform is away")
    void outage() {
        letIn(fromFlaky());
        flaky.close();

        letIn(fromFlaky());
    }

    @Test
    @DisplayName("S09h keys past their end go on working for hours while they cannot be renewed")
    void outagePastTheEnd() {
        AtomicBoolean away = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        PlatformKeys keys = keys(reads, away, new KeySet.Keeping(SHORT, Duration.ZERO, SHORT, SHORT, LONG));
        assertThat(candidates(keys)).hasSize(1);

        away.set(true);

        await().until(() -> {
            assertThat(candidates(keys)).hasSize(1);
            return reads.get() >= 3;
        });
    }

    @Test
    @DisplayName("S09i an empty key set does not take the place of good keys")
    void emptySetDuringLife() {
        letIn(fromFlaky());
        flaky.answerKeySetWith(exchange -> TestPlatform.answer(exchange, 200, "{\"keys\":[]}"));

        refused(Refusal.KEY_UNKNOWN, fromFlaky().header("kid", "made-up").signedBy(TestPlatform.newKey("made-up")));
        assertThat(flaky.keySetReads()).isEqualTo(2);
        letIn(fromFlaky());
    }

    @Test
    @DisplayName("S09j 100 launches at once read the key set once")
    void singleFlight() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch everybodyWaits = new CountDownLatch(100);
        PlatformKeys keys = new PlatformKeys(
                address -> {
                    reads.incrementAndGet();
                    awaitQuietly(everybodyWaits);
                    return keySet();
                },
                KeySet.Keeping.USUAL);
        Callable<Integer> launch = () -> {
            everybodyWaits.countDown();
            return candidates(keys).size();
        };
        ExecutorService hundred = Executors.newFixedThreadPool(100);
        List<Integer> found = new ArrayList<>();
        try {
            for (Future<Integer> answer : hundred.invokeAll(Collections.nCopies(100, launch))) {
                found.add(answer.get());
            }
        } finally {
            hundred.shutdown();
        }

        assertThat(found).hasSize(100).containsOnly(1);
        assertThat(reads).hasValue(1);
    }

    @Test
    @DisplayName("S09k the key set is renewed ahead of its end, while launches go on with what is known")
    void renewedAhead() {
        AtomicInteger reads = new AtomicInteger();
        Duration ahead = LONG.minusMillis(2 * SHORT.toMillis());
        PlatformKeys keys = keys(
                reads, new AtomicBoolean(), new KeySet.Keeping(LONG, ahead, SHORT, Duration.ofNanos(1_000_000), LONG));

        await().until(() -> {
            assertThat(candidates(keys)).hasSize(1);
            return reads.get() >= 2;
        });
    }

    @Test
    @DisplayName("S09l a flood of unknown keys makes us read twice in five seconds at most")
    void unknownKeys() {
        AtomicInteger reads = new AtomicInteger();
        PlatformKeys keys = keys(reads, new AtomicBoolean(), KeySet.Keeping.USUAL);
        assertThat(candidates(keys)).hasSize(1);

        for (int i = 0; i < 50; i++) {
            assertThat(keys.candidates(registration.jwksUri(), header("made-up-" + i)))
                    .isEmpty();
        }

        assertThat(reads.get()).isBetween(2, 3);
        assertThat(candidates(keys)).hasSize(1);
    }

    @Test
    @DisplayName("S09m a registration's new key set address counts at once")
    void anotherAddress() {
        letIn(fromFlaky());
        try (TestPlatform moved =
                new TestPlatform(flaky.issuer(), flaky.clientId(), TestPlatform.DEPLOYMENT, TestPlatform.TENANT)) {
            platforms.register(moved.registration(), false);

            letIn(attempt(moved, Map.of()).signedBy(moved.key()));
            refused(Refusal.SIGNATURE, fromFlaky());
        }
    }

    @Test
    @DisplayName("S09n however many addresses come, so many key sets are held and no more")
    void bounded() {
        PlatformKeys keys = new PlatformKeys(address -> keySet(), KeySet.Keeping.USUAL);

        for (int i = 0; i < 6_000; i++) {
            keys.candidates(URI.create("https://lms-" + i + ".example/jwks"), header("key-1"));
        }

        assertThat(keys.held()).isLessThanOrEqualTo(5_000);
    }

    @Test
    @DisplayName("S10 key rotated between two launches: read at once")
    void rotated() {
        letIn(fromFlaky());
        RSAKey old = flaky.key();
        flaky.rotateTo(TestPlatform.newKey("key-2"));

        letIn(fromFlaky());
        refused(Refusal.KEY_UNKNOWN, fromFlaky().header("kid", old.getKeyID()).signedBy(old));
    }

    @Test
    @DisplayName("S10b key replaced under the same kid: refused until the key set is renewed")
    void replacedUnderTheSameName() {
        letIn(fromFlaky());
        flaky.rotateTo(TestPlatform.newKey(flaky.key().getKeyID()));

        refused(Refusal.SIGNATURE, fromFlaky());
    }

    private PlatformKeys keys(AtomicInteger reads, AtomicBoolean away, KeySet.Keeping keeping) {
        return new PlatformKeys(
                address -> {
                    reads.incrementAndGet();
                    if (away.get()) {
                        throw new IOException("nobody there");
                    }
                    return keySet();
                },
                keeping);
    }

    private String keySet() {
        return new JWKSet(List.<JWK>of(flaky.key().toPublicJWK())).toString();
    }

    private List<JWK> candidates(PlatformKeys keys) {
        return keys.candidates(registration.jwksUri(), header("key-1"));
    }

    private static JWSHeader header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
