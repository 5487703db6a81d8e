package dev.laurel.credential.document;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Issuers.OwnedIssuer;
import dev.laurel.credential.Verification;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.issuer.TestKeys;
import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.credential.status.CredentialStatus;
import dev.laurel.credential.status.ListKind;
import dev.laurel.credential.status.SignedStatusList;
import dev.laurel.credential.status.StatusBits;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.credential.status.TestStatusLists;
import dev.laurel.credential.status.Withdrawal;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An issuer with keys of every kind and a verifier that knows it, without a database. */
final class TestIssuer {

    /** Keys are made, and retired, at this time. */
    private static final Instant ROTATED = Instant.parse("2026-03-02T12:00:00Z");

    static final Instant NOW = Instant.parse("2026-03-03T10:00:00Z");

    static final UUID ID = UUID.fromString("0d8f8a52-3a3b-4f3e-a3c5-5f3a8f7b9c11");

    private static final TenantId TENANT = new TenantId(3);

    final EddsaRdfc2022 suite = new EddsaRdfc2022(new Canonicalizer(PinnedContexts.shipped()));

    final CredentialAddresses addresses = TestKeys.addresses("https://badges.example:8443/laurel");

    private final Issuer issuer = new Issuer(5, ID, Issuer.Kind.COURSE, 7L, "Badges 101");

    private final List<IssuerKey> stored = new ArrayList<>();

    private final Issuers issuers = mock();

    private final StatusLists statusLists = mock();

    private final Map<String, byte[]> lists = new LinkedHashMap<>();

    private final IssuerKeys keys;

    TestIssuer() {
        when(issuers.findByPublicId(ID)).thenReturn(Optional.of(new OwnedIssuer(TENANT, issuer)));
        keys = TestKeys.in(stored, addresses, Clock.fixed(ROTATED, ZoneOffset.UTC));
    }

    /** From now on another key of this kind signs. */
    void rotate(KeyAlgorithm algorithm) {
        keys.rotate(TENANT, issuer, algorithm, null);
    }

    /** What the world finds at the addresses of this issuer: its DID document and its keys. */
    Map<String, Object> published() {
        IssuerController controller =
                new IssuerController(issuers, mock(), keys, TestKeys.documents(addresses), addresses, mock());
        Map<String, Object> documents = new LinkedHashMap<>();
        documents.put(
                addresses.issuerPage(ID) + "/did.json",
                controller.didDocument(ID, mock()).getBody());
        stored.forEach(key -> documents.put(
                addresses.key(ID, key.fragment()),
                controller.key(ID, key.fragment(), mock()).getBody()));
        lists.forEach((url, bytes) -> documents.put(url, JsonBytes.parse(bytes)));
        return documents;
    }

    CredentialSamples samples(long seed) {
        return new CredentialSamples(addresses, ID, seed);
    }

    Signer signer(KeyAlgorithm algorithm) {
        return keys.signer(issuer, keys.active(TENANT, issuer, algorithm));
    }

    JsonObject embedded(AchievementCredential credential) {
        return embedded(credential, NOW);
    }

    JsonObject embedded(AchievementCredential credential, Instant created) {
        return embedded(credential.toJson(), created);
    }

    JsonObject embedded(JsonObject credential, Instant created) {
        return suite.sign(credential, signer(KeyAlgorithm.ED25519), created);
    }

    byte[] jwt(JsonObject credential, KeyAlgorithm algorithm) {
        return VcJwt.sign(credential, signer(algorithm), kid(algorithm));
    }

    String kid(KeyAlgorithm algorithm) {
        return addresses.key(ID, keys.active(TENANT, issuer, algorithm).fragment());
    }

    IssuerKey key(KeyAlgorithm algorithm) {
        return keys.active(TENANT, issuer, algorithm);
    }

    /** From now on the list of this credential says so of these places. */
    void publish(CredentialStatus status, Collection<Integer> withdrawn) {
        publish(status, withdrawn, List.of());
    }

    /** The same; these of them are suspended only. */
    void publish(CredentialStatus status, Collection<Integer> withdrawn, Collection<Integer> suspended) {
        UUID id = addresses.statusListOf(status.list()).orElseThrow();
        String url = addresses.suspensions(id);
        byte[] list = list(
                status.list(),
                TestStatusLists.revocations(status.list(), url, addresses.did(ID), StatusBits.of(withdrawn), NOW));
        byte[] suspensions = list(
                url, TestStatusLists.suspensions(url, status.list(), addresses.did(ID), StatusBits.of(suspended), NOW));
        when(statusLists.published(id))
                .thenReturn(Optional.of(new SignedStatusList(ListKind.BITS, list, suspensions, 1, NOW)));
    }

    /** From now on the list of ids says so of the credentials with these ids. */
    void publish(CredentialStatus status, Map<UUID, Withdrawal> withdrawn) {
        byte[] bytes = TestStatusLists.ofIds(status.list(), addresses.did(ID), withdrawn);
        lists.put(status.list(), bytes);
        when(statusLists.published(addresses.statusListOf(status.list()).orElseThrow()))
                .thenReturn(Optional.of(new SignedStatusList(ListKind.IDS, bytes, null, 1, NOW)));
    }

    private byte[] list(String url, JsonObject list) {
        byte[] bytes = JsonBytes.write(suite.sign(list, signer(KeyAlgorithm.ED25519), NOW));
        lists.put(url, bytes);
        return bytes;
    }

    Verification verify(byte[] bytes) {
        return new Verifier(suite, issuers, keys, addresses, statusLists, mock(), Clock.fixed(NOW, ZoneOffset.UTC))
                .verify(bytes);
    }
}
