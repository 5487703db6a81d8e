package dev.laurel.credential.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.credential.issuer.TestKeys;
import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.status.StatusLists.Signed;
import dev.laurel.credential.status.StatusLists.Unsigned;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class StatusListSigningTests {

    private static final TenantId TENANT = new TenantId(3);

    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

    private final Issuers issuers = mock();

    private final IssuerKeys keys = mock();

    @Test
    void aKeyThatThisNodeReadsTooLateStopsTheListsOfItsIssuerOnly() {
        Issuer behind = issuer(5);
        Issuer other = issuer(6);
        byte[] seed = new byte[32];
        when(keys.active(TENANT, behind, KeyAlgorithm.ED25519)).thenThrow(mock(StaleKeyException.class));
        when(keys.active(TENANT, other, KeyAlgorithm.ED25519)).thenReturn(TestKeys.ed25519(6, seed, MAY, null));
        when(keys.signer(any(), any(), any())).thenReturn(Ed25519.signer("did:web:badges.example#ed25519-1", seed));
        List<Optional<Signed>> signed = new ArrayList<>();

        new StatusListSigning(
                        waiting(signed, behind, other),
                        issuers,
                        keys,
                        TestKeys.addresses("https://badges.example"),
                        new EddsaRdfc2022(new Canonicalizer(PinnedContexts.shipped())))
                .publish(TENANT);

        assertThat(signed).extracting(Optional::isPresent).containsExactly(false, true);
    }

    private Issuer issuer(long id) {
        Issuer issuer = new Issuer(id, UUID.randomUUID(), Issuer.Kind.INSTITUTION, null, "College");
        when(issuers.find(TENANT, id)).thenReturn(Optional.of(issuer));
        return issuer;
    }

    /** A list of each of them is to be signed. */
    private static StatusLists waiting(List<Optional<Signed>> signed, Issuer... of) {
        StatusLists lists = mock();
        doAnswer(call -> {
                    BiFunction<Unsigned, Instant, Optional<Signed>> sign = call.getArgument(1);
                    for (Issuer issuer : of) {
                        Unsigned list = new Unsigned(
                                issuer.id(),
                                UUID.randomUUID(),
                                ListKind.BITS,
                                List.of(),
                                new PublicUrl(URI.create("https://badges.example")));
                        signed.add(sign.apply(list, MAY));
                    }
                    return null;
                })
                .when(lists)
                .publish(any(), any());
        return lists;
    }
}
