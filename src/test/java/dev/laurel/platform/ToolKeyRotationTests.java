package dev.laurel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.LaurelTest;
import dev.laurel.WoundClock;
import dev.laurel.platform.secrets.MasterKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Two nodes of one installation on one database, and a clock that is set by hand. */
@LaurelTest
@TestPropertySource(properties = "laurel.test.schema=tool-keys-alone")
class ToolKeyRotationTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Autowired
    ToolKeyRepository repository;

    @Autowired
    MasterKey masterKey;

    @Autowired
    JdbcClient jdbc;

    /** The real time: the application's own job may make the first key, and must not make it in this clock's future. */
    private final WoundClock clock = new WoundClock(Instant.now().truncatedTo(ChronoUnit.MICROS));

    private ToolKeys node;

    private ToolKeys otherNode;

    @BeforeEach
    void twoNodes() {
        jdbc.sql("DELETE FROM tool_key").update();
        node = new ToolKeys(repository, masterKey, clock);
        otherNode = new ToolKeys(repository, masterKey, clock);
        assertThat(otherNode.signing().getKeyID()).isEqualTo(node.signing().getKeyID());
        // The application itself may have made the first key, by the real clock, which goes on while this one stands.
        clock.advance(MINUTE);
    }

    @Test
    void aNewKeyIsPublishedADayBeforeItSigns() {
        String before = node.signing().getKeyID();

        assertThat(node.rotate()).isTrue();

        String next = newest();
        assertThat(next).isNotEqualTo(before);
        assertThat(kids(node.published())).containsExactly(next, before);
        assertThat(node.signing().getKeyID()).isEqualTo(before);
        clock.advance(ToolKeys.LEAD.minus(MINUTE));
        assertThat(node.signing().getKeyID()).isEqualTo(before);
        clock.advance(MINUTE);
        assertThat(node.signing().getKeyID()).isEqualTo(next);
    }

    @Test
    void whatTheOldKeySignedLastIsVerifiedForAWeek() throws Exception {
        node.rotate();
        clock.advance(ToolKeys.LEAD.minusMillis(1));
        SignedJWT last = signed(node.signing());
        clock.advance(Duration.ofMillis(1));
        assertThat(node.signing().getKeyID()).isNotEqualTo(last.getHeader().getKeyID());

        clock.advance(Duration.ofDays(7));
        node.care();

        assertThat(verifies(last, node.published())).isTrue();
        assertThat(verifies(last, otherNode.published())).isTrue();
    }

    @Test
    void thenItRetiresAndItsPrivatePartIsDestroyed() {
        String old = node.signing().getKeyID();
        node.rotate();
        clock.advance(ToolKeys.LEAD.plus(ToolKeys.OVERLAP).minus(MINUTE));
        node.care();
        assertThat(kids(node.published())).contains(old);

        clock.advance(MINUTE);
        node.care();

        assertThat(kids(node.published())).doesNotContain(old).hasSize(1);
        assertThat(kids(otherNode.published())).doesNotContain(old).hasSize(1);
        assertThat(jdbc.sql("SELECT COUNT(*) FROM tool_key WHERE kid = ? AND private_sealed IS NULL")
                        .param(old)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(node.all()).hasSize(2);
        assertThat(node.all().get(1).retiredAt()).isNotNull();
    }

    @Test
    void twoNodesSignWithTheSameKeyAtEveryMoment() {
        otherNode.published();
        node.rotate();
        Duration step = Duration.ofMinutes(13);
        for (Duration passed = Duration.ZERO; passed.compareTo(Duration.ofDays(2)) < 0; passed = passed.plus(step)) {
            assertThat(otherNode.signing().getKeyID()).isEqualTo(node.signing().getKeyID());
            clock.advance(step);
        }
        assertThat(node.signing().getKeyID()).isEqualTo(newest());
    }

    @Test
    void manyRotationsAtOnceMakeOneKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Boolean>> clicks = new ArrayList<>();
            clicks.addAll(Collections.nCopies(8, () -> node.rotate()));
            clicks.addAll(Collections.nCopies(8, () -> otherNode.rotate()));
            int made = 0;
            for (var click : threads.invokeAll(clicks)) {
                made += click.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
        assertThat(node.all()).hasSize(2);
    }

    @Test
    void theFirstKeyIsMadeOnceToo() throws Exception {
        jdbc.sql("DELETE FROM tool_key").update();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<String> first =
                    () -> new ToolKeys(repository, masterKey, clock).signing().getKeyID();
            List<String> kids = new ArrayList<>();
            for (var kid : threads.invokeAll(Collections.nCopies(8, first))) {
                kids.add(kid.get());
            }
            assertThat(kids).containsOnly(kids.get(0));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aKeyThatWaitsIsNotOvertaken() {
        assertThat(node.rotate()).isTrue();
        clock.advance(Duration.ofHours(23));
        assertThat(node.rotate()).isFalse();
        assertThat(otherNode.rotate()).isFalse();

        assertThat(node.all()).hasSize(2);
    }

    /** A platform that reads our keys once a day, over a year: it never meets a signature that it cannot verify. */
    @Test
    void overAYearKeysChangeByThemselvesAndNothingIsRefused() throws Exception {
        JWKSet copy = node.published();
        for (int hour = 0; hour < 365 * 24; hour += 6) {
            if (hour % 24 == 0) {
                copy = otherNode.published();
            }
            node.care();
            assertThat(copy.getKeyByKeyId(node.signing().getKeyID()))
                    .as("hour " + hour)
                    .isNotNull();
            clock.advance(Duration.ofHours(6));
        }
        assertThat(node.all()).hasSize(5);
        assertThat(node.published().getKeys()).hasSizeLessThanOrEqualTo(2);
        assertThat(verifies(signed(node.signing()), otherNode.published())).isTrue();
    }

    private String newest() {
        return node.all().get(0).kid();
    }

    private static List<String> kids(JWKSet keys) {
        return keys.getKeys().stream().map(JWK::getKeyID).toList();
    }

    private static SignedJWT signed(RSAKey key) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder().issuer("laurel").build());
        jwt.sign(new RSASSASigner(key));
        return jwt;
    }

    private static boolean verifies(SignedJWT jwt, JWKSet keys) throws JOSEException {
        JWK key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
        return key != null && jwt.verify(new RSASSAVerifier(key.toRSAKey()));
    }
}
