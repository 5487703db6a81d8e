package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.issuer.GivenKeys;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.credential.issuer.TestKeys;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IssuerKeyringTests {

    private static final TenantId TENANT = new TenantId(3);

    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");

    @Test
    void aNodeThatStillReadsTheOutsideKeyOfBeforeWithdrawsItAllTheSame() {
        Issuer issuer = new Issuer(5, UUID.randomUUID(), Issuer.Kind.INSTITUTION, null, "College");
        Issuers issuers = mock();
        IssuerKeys keys = mock();
        GivenKeys given = mock();
        StolenKeys stolen = mock();
        when(issuers.find(TENANT, 5)).thenReturn(Optional.of(issuer));
        when(given.source(issuer.publicId(), KeyAlgorithm.ED25519)).thenReturn(Optional.of("env:OLD_KEY"));
        when(keys.upToDate(TENANT, issuer)).thenThrow(mock(StaleKeyException.class));
        when(keys.all(TENANT, issuer))
                .thenReturn(List.of(
                        TestKeys.ed25519(5, new byte[32], MAY, JUNE), TestKeys.ed25519(5, new byte[32], JUNE, null)));
        IssuerKeyring keyring = new IssuerKeyring(issuers, keys, given, stolen);

        assertThat(keyring.canBeWithdrawn(TENANT, 5)).isTrue();
        keyring.wereStolen(TENANT, 5, 7);

        verify(stolen).withdraw(TENANT, issuer, 7);
        verify(keys, never()).rotate(any(), any(), any(), any());
    }
}
