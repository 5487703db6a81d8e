package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Reissues.Answer;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class ReissuesTests {

    private static final TenantId TENANT = new TenantId(3);

    @Test
    void nothingIsChangedWhereThisNodeReadsTheKeyOfTheIssuerTooLate() {
        Awards awards = mock();
        TransactionTemplate transaction = mock();
        Award award = mock();
        when(award.id()).thenReturn(7L);
        when(award.personId()).thenReturn(9L);
        when(award.claimedAt()).thenReturn(Instant.EPOCH);
        when(awards.find(TENANT, 7L)).thenReturn(Optional.of(award));
        when(transaction.execute(any())).thenThrow(mock(StaleKeyException.class));
        Reissues reissues = new Reissues(
                awards,
                mock(),
                mock(),
                mock(),
                mock(),
                mock(),
                mock(),
                mock(),
                mock(),
                mock(),
                mock(),
                mock(),
                mock(),
                mock(),
                transaction,
                Clock.systemUTC());

        assertThat(reissues.reissue(TENANT, 7, 9, true, false)).isEqualTo(Answer.NOT_NOW);
        assertThat(reissues.underNewKey(TENANT, award)).isFalse();
    }
}
