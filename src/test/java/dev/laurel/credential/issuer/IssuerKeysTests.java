package dev.laurel.credential.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.achievement.Issuer;
import dev.laurel.credential.issuer.GivenKeysSettings.Key;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.platform.tenant.TenantId;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which key an issuer signs with when its operator gives one, gives another, and gives none any more. */
class IssuerKeysTests {

    private static final TenantId TENANT = new TenantId(3);

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);

    private final Issuer issuer = new Issuer(5, UUID.randomUUID(), Issuer.Kind.INSTITUTION, null, "School of Writing");

    private final CredentialAddresses addresses = TestKeys.addresses("https://badges.example");

    private final List<IssuerKey> stored = new ArrayList<>();

    private final Map<String, String> environment = new HashMap<>();

    private IssuerKeys keys(Key... given) {
        return TestKeys.in(
                stored, addresses, new GivenKeys(new GivenKeysSettings(List.of(given)), environment::get), CLOCK);
    }

    private static String pem() throws Exception {
        return "-----BEGIN PRIVATE KEY-----"
                + Base64.getEncoder()
                        .encodeToString(KeyPairGenerator.getInstance("Ed25519")
                                .generateKeyPair()
                                .getPrivate()
                                .getEncoded())
                + "-----END PRIVATE KEY-----";
    }

    @Test
    void aKeyThatIsGivenSignsInPlaceOfTheOneBeforeAndNothingOfItIsStored() throws Exception {
        IssuerKey own = keys().active(TENANT, issuer, KeyAlgorithm.ED25519);
        environment.put("BADGE_KEY", pem());
        Key given = new Key(issuer.publicId(), "Ed25519", null, "BADGE_KEY");

        IssuerKey first = keys(given).active(TENANT, issuer, KeyAlgorithm.ED25519);
        IssuerKey again = keys(given).active(TENANT, issuer, KeyAlgorithm.ED25519);

        assertThat(first.fragment()).isEqualTo("ed25519-2").isEqualTo(again.fragment());
        assertThat(first.privateSealed()).isEmpty();
        assertThat(first.source()).isEqualTo("env:BADGE_KEY");
        byte[] signature = keys(given).signer(issuer, first).sign(new byte[] {7});
        assertThat(Ed25519.verify(Multikey.toEd25519(first.publicKey()), new byte[] {7}, signature))
                .isTrue();
        assertThat(stored).extracting(IssuerKey::isActive).containsExactly(false, true);
        assertThat(stored.get(0).publicKey()).as("still published").isEqualTo(own.publicKey());

        environment.put("MOVED_KEY", environment.get("BADGE_KEY"));
        Key moved = new Key(issuer.publicId(), "Ed25519", null, "MOVED_KEY");
        assertThat(keys(moved).active(TENANT, issuer, KeyAlgorithm.ED25519))
                .as("the same key at another place is the same key")
                .isEqualTo(first.at("env:MOVED_KEY"));

        environment.put("BADGE_KEY", pem());
        IssuerKey second = keys(given).active(TENANT, issuer, KeyAlgorithm.ED25519);
        assertThat(second.fragment())
                .as("another key in the same place is another key")
                .isEqualTo("ed25519-3");
        assertThat(second.publicKey()).isNotEqualTo(first.publicKey());

        IssuerKey ours = keys().rotate(TENANT, issuer, KeyAlgorithm.ED25519, 1L);
        assertThat(ours.source()).isEmpty();
        assertThat(stored).extracting(IssuerKey::isActive).containsExactly(false, false, false, true);
    }

    @Test
    void aNodeThatStillReadsTheKeyBeforeDoesNotTakeTurnsWithThoseThatReadTheNext() throws Exception {
        environment.put("OLD_KEY", pem());
        environment.put("NEW_KEY", pem());
        IssuerKeys behind = keys(new Key(issuer.publicId(), "Ed25519", null, "OLD_KEY"));
        IssuerKeys ahead = keys(new Key(issuer.publicId(), "Ed25519", null, "NEW_KEY"));
        behind.active(TENANT, issuer, KeyAlgorithm.ED25519);
        IssuerKey next = ahead.active(TENANT, issuer, KeyAlgorithm.ED25519);

        assertThatThrownBy(() -> behind.active(TENANT, issuer, KeyAlgorithm.ED25519))
                .isInstanceOf(StaleKeyException.class)
                .hasMessageContaining("env:OLD_KEY was replaced");
        assertThat(ahead.active(TENANT, issuer, KeyAlgorithm.ED25519)).isEqualTo(next);
        assertThat(stored).extracting(IssuerKey::isActive).containsExactly(false, true);
    }

    @Test
    void whatWasBeingSignedWhileItsKeyWasReplacedStaysValid() {
        keys().active(TENANT, issuer, KeyAlgorithm.ED25519);

        keys().rotate(TENANT, issuer, KeyAlgorithm.ED25519, 1L);

        IssuerKey before = stored.get(0);
        assertThat(before.isActive()).isFalse();
        assertThat(before.wasActiveAt(CLOCK.instant().plusSeconds(60))).isTrue();
        assertThat(before.wasActiveAt(CLOCK.instant().plus(IssuerKeys.IN_FLIGHT)))
                .isFalse();
    }
}
