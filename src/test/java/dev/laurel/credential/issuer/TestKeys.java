package dev.laurel.credential.issuer;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of an issuer, without a database. */
public final class TestKeys {

    private TestKeys() {}

    /** The addresses of an installation that is found there. */
    public static CredentialAddresses addresses(String publicUrl) {
        return new CredentialAddresses(new PublicUrl(URI.create(publicUrl)), List::of);
    }

    public static DidDocuments documents(CredentialAddresses addresses) {
        return new DidDocuments(addresses);
    }

    /** Those in this list, to which new ones are added. */
    public static IssuerKeys in(List<IssuerKey> stored, CredentialAddresses addresses, Clock clock) {
        return in(stored, addresses, new GivenKeys(new GivenKeysSettings(List.of()), name -> null), clock);
    }

    static IssuerKeys in(List<IssuerKey> stored, CredentialAddresses addresses, GivenKeys given, Clock clock) {
        IssuerKeyRepository repository = mock();
        when(repository.ofIssuer(any(), anyLong())).thenAnswer(call -> List.copyOf(stored));
        doAnswer(call -> stored.add(call.getArgument(1))).when(repository).addIfAbsent(any(), any());
        doAnswer(call -> {
                    stored.replaceAll(key -> key.fragment().equals(call.getArgument(2))
                            ? retired(key, call.getArgument(3), call.getArgument(4))
                            : key);
                    return null;
                })
                .when(repository)
                .retire(any(), anyLong(), any(), any(), any());
        return new IssuerKeys(repository, addresses, new MasterKey(new byte[32]), given, clock);
    }

    private static IssuerKey retired(IssuerKey key, @Nullable Long byPerson, Instant at) {
        return new IssuerKey(
                key.issuerId(),
                key.algorithm(),
                key.fragment(),
                key.publicKey(),
                key.privateSealed(),
                key.createdAt(),
                at,
                key.source(),
                byPerson,
                null);
    }

    /** The first key of an issuer, of which only the public part is known. */
    public static IssuerKey ed25519(long issuer, byte[] seed, Instant created, @Nullable Instant retired) {
        return new IssuerKey(
                issuer,
                KeyAlgorithm.ED25519,
                KeyAlgorithm.ED25519.fragment(1),
                Multikey.ofEd25519(Ed25519.publicKey(seed)),
                new byte[0],
                created,
                retired,
                "",
                null,
                null);
    }
}
