package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.laurel.LaurelTest;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JwsKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever makes an archive cannot have this node do much work, or hold much, before it is refused. */
@LaurelTest
class ArchiveCheckTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Autowired
    LeavingIssuers own;

    @Autowired
    ArrivedRepository arrived;

    @Autowired
    EddsaRdfc2022 suite;

    @Test
    void anRsaKeyMayBeLargerThanOursButNotAnyLarger() throws Exception {
        check().issuer(issuer(rsa(3072)));

        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> check().issuer(issuer(rsa(4224))))
                .extracting(ArchiveRefusedException::reason)
                .isEqualTo(Reason.KEYS);
    }

    @Test
    void aKeyThatSignsNoMoreMayComeWithoutItsPrivateHalf() throws Exception {
        IssuerPapers.Key whole = rsa(2048);

        check().issuer(issuer(withoutPrivateHalf(whole, NOW)));

        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> check().issuer(issuer(withoutPrivateHalf(whole, null))))
                .extracting(ArchiveRefusedException::reason)
                .isEqualTo(Reason.KEYS);
    }

    private static IssuerPapers.Key withoutPrivateHalf(IssuerPapers.Key key, @Nullable Instant retiredAt) {
        return new IssuerPapers.Key(
                key.fragment(), key.algorithm(), key.publicKey(), new byte[0], key.createdAt(), retiredAt);
    }

    @Test
    void keysOfAllIssuersTogetherHaveABound() {
        KeyPair pair = JwsKeys.ES256.newKey();
        String padding = "x".repeat(900_000);
        String json = new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .build()
                .toJSONString();
        IssuerPapers.Key key = new IssuerPapers.Key(
                "key-1",
                "ES256",
                json.substring(0, json.length() - 1) + ",\"padding\":\"" + padding + "\"}",
                pair.getPrivate().getEncoded(),
                NOW,
                null);
        ArchiveCheck check = check();
        int[] taken = {0};

        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> {
                    while (taken[0] < 100) {
                        check.issuer(issuer(key));
                        taken[0]++;
                    }
                })
                .extracting(ArchiveRefusedException::reason)
                .isEqualTo(Reason.TOO_LARGE);

        assertThat(taken[0]).isBetween(30, 40);
    }

    @Test
    void logosOfAllIssuersTogetherHaveABoundAndCountUnderEachName() throws Exception {
        IssuerPapers.Key key = rsa(2048);
        byte[] logo = new byte[3 << 20];
        ArchiveCheck check = check();
        int[] taken = {0};

        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> {
                    while (taken[0] < 100) {
                        UUID id = UUID.randomUUID();
                        String did = "did:web:old.example:issuers:" + id;
                        check.issuer(new ArrivingIssuer(
                                id, List.of(did, did + "-1", did + "-2"), "Faculty", NOW, List.of(key)));
                        check.published(new ArchiveNames.Part(id, "image.png"), logo);
                        taken[0]++;
                    }
                })
                .extracting(ArchiveRefusedException::reason)
                .isEqualTo(Reason.TOO_LARGE);

        assertThat(taken[0]).isEqualTo(256 / 9);
    }

    private ArchiveCheck check() {
        return new ArchiveCheck(TestArchives.tenant(), own, arrived, suite, 0);
    }

    private static IssuerPapers.Key rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        return new IssuerPapers.Key(
                "key-1",
                "RS256",
                new RSAKey.Builder((RSAPublicKey) pair.getPublic()).build().toJSONString(),
                pair.getPrivate().getEncoded(),
                NOW,
                null);
    }

    private static ArrivingIssuer issuer(IssuerPapers.Key key) {
        UUID id = UUID.randomUUID();
        return new ArrivingIssuer(id, List.of("did:web:old.example:issuers:" + id), "Faculty", NOW, List.of(key));
    }
}
