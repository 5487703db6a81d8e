package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveReader.Entry;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.leaving.ArrivedRepository.Published;
import dev.laurel.credential.leaving.ArrivedRepository.StatusList;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** One archive while it comes in, entry after entry, in one transaction. */
final class Arriving {

    static final String PURPOSE = "arrived-issuer-key";

    private final TenantId tenant;

    private final LeavingIssuers own;

    private final ArrivedRepository arrived;

    private final EddsaRdfc2022 suite;

    private final MasterKey masterKey;

    private final Instant now;

    /** By the id in the names of entries; those whose private keys came. */
    private final Map<UUID, Speaker> speakers = new LinkedHashMap<>();

    private final ArrivingCredentials credentials;

    private Instant madeAt = Instant.EPOCH;

    private @Nullable Described described;

    Arriving(
            TenantId tenant,
            LeavingIssuers own,
            ArrivedRepository arrived,
            EddsaRdfc2022 suite,
            MasterKey masterKey,
            Instant now) {
        this.tenant = tenant;
        this.own = own;
        this.arrived = arrived;
        this.suite = suite;
        this.masterKey = masterKey;
        this.now = now;
        this.credentials = new ArrivingCredentials(tenant, arrived, suite);
    }

    /**
     * An issuer that is here now.
     *
     * @param newest whether no newer archive of it came before
     */
    record Speaker(long id, String did, ArrivedKeys keys, boolean newest) {}

    /** What {@code issuer.json} says, until the private keys follow. */
    private record Described(UUID id, JsonObject json) {}

    int issuers() {
        return speakers.size();
    }

    void readAll(ArchiveReader reader, String passphrase) throws IOException {
        Entry about = expect(reader, ArchiveNames.ABOUT);
        readAbout(about);
        Entry readMe = expect(reader, ArchiveNames.READ_ME);
        Entry wrapped = expect(reader, ArchiveNames.KEY);
        ArchiveKey key = ArchiveKey.open(wrapped.content(), passphrase);
        Mac seal = key.seal();
        int entries = 0;
        for (Entry entry : List.of(about, readMe, wrapped)) {
            Sealed.update(seal, entry.name(), entry.content());
            entries++;
        }
        Optional<Entry> next = reader.next();
        while (next.isPresent() && !next.get().name().equals(ArchiveNames.END)) {
            Entry entry = next.get();
            Sealed.update(seal, entry.name(), entry.content());
            entries++;
            take(entry, key);
            next = reader.next();
        }
        requireEnd(next, entries, seal);
        if (reader.next().isPresent() || described != null) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
        credentials.flush();
        followTheLists();
    }

    private void readAbout(Entry entry) {
        JsonObject about = JsonBytes.parse(entry.content());
        if (!ArchiveContents.FORMAT.equals(about.getString("format", ""))
                || about.getInt("version", 0) != ArchiveContents.VERSION) {
            throw new ArchiveRefusedException(Reason.NOT_AN_ARCHIVE);
        }
        madeAt = Instant.parse(about.getString("madeAt"));
    }

    private static Entry expect(ArchiveReader reader, String name) throws IOException {
        return reader.next()
                .filter(entry -> entry.name().equals(name))
                .orElseThrow(() -> new ArchiveRefusedException(Reason.NOT_AN_ARCHIVE));
    }

    private static void requireEnd(Optional<Entry> last, int entries, Mac seal) {
        JsonObject end = last.map(entry -> JsonBytes.parse(entry.content()))
                .orElseThrow(() -> new ArchiveRefusedException(Reason.DAMAGED));
        if (end.getInt("entries", -1) != entries
                || !HexFormat.of().formatHex(seal.doFinal()).equals(end.getString("seal", ""))) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
    }

    private void take(Entry entry, ArchiveKey key) {
        String name = entry.name();
        Optional<ArchiveNames.Part> issuer = ArchiveNames.asIssuer(name);
        Optional<ArchiveNames.Part> published = ArchiveNames.asPublicIssuer(name);
        Optional<ArchiveNames.Part> credential = ArchiveNames.asCredential(name);
        Optional<ArchiveNames.Part> list = ArchiveNames.asStatusList(name);
        if (issuer.isPresent()) {
            takeIssuer(issuer.get(), entry.content(), key);
        } else if (published.isPresent()) {
            takePublished(published.get(), entry.content());
        } else if (credential.isPresent()) {
            credentials.take(credential.get(), entry.content(), byDid());
        } else if (list.isPresent()) {
            takeList(list.get(), entry.content());
        } else if (!ArchiveNames.isOnlyForReaders(name)) {
            throw new ArchiveRefusedException(Reason.FOREIGN, ArchiveReader.shown(name));
        }
    }

    private Map<String, Speaker> byDid() {
        return speakers.values().stream().collect(Collectors.toMap(Speaker::did, Function.identity()));
    }

    private void takeIssuer(ArchiveNames.Part part, byte[] content, ArchiveKey key) {
        if (part.what().equals("issuer.json")) {
            if (described != null) {
                throw new ArchiveRefusedException(Reason.DAMAGED);
            }
            described = new Described(part.of(), JsonBytes.parse(content));
            return;
        }
        Described before = described;
        if (before == null || !before.id().equals(part.of())) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
        described = null;
        JsonObject json = before.json();
        String did = json.getString("did");
        if (!did.startsWith("did:web:") || !did.endsWith(":" + part.of()) || did.length() > 500) {
            throw new ArchiveRefusedException(Reason.KEYS, ArchiveReader.shown(did));
        }
        if (own.isAtHome(tenant, did)) {
            throw new ArchiveRefusedException(Reason.AT_HOME, json.getString("name"));
        }
        List<IssuerPapers.Key> keys = keys(json, JsonBytes.parse(key.decrypt(content)));
        ArrivedKeys theirs = new ArrivedKeys(did, keys);
        theirs.requirePairs();
        speakers.put(part.of(), settle(did, Varchar.fit(json.getString("name"), 300), keys, theirs));
    }

    private static List<IssuerPapers.Key> keys(JsonObject published, JsonObject secret) {
        Map<String, String> privates = new HashMap<>();
        for (JsonObject each : secret.getJsonArray("keys").getValuesAs(JsonObject.class)) {
            privates.put(each.getString("fragment"), each.getString("private"));
        }
        List<IssuerPapers.Key> keys = new ArrayList<>();
        for (JsonObject each : published.getJsonArray("keys").getValuesAs(JsonObject.class)) {
            keys.add(new IssuerPapers.Key(
                    each.getString("fragment"),
                    each.getString("algorithm"),
                    each.getString("public"),
                    Base64.getUrlDecoder().decode(privates.get(each.getString("fragment"))),
                    Instant.parse(each.getString("createdAt")),
                    each.containsKey("retiredAt") ? Instant.parse(each.getString("retiredAt")) : null));
        }
        return keys;
    }

    private Speaker settle(String did, String name, List<IssuerPapers.Key> keys, ArrivedKeys theirs) {
        boolean isNew = arrived.lock(tenant, did).isEmpty();
        arrived.add(tenant, did, name, madeAt, now);
        ArrivedIssuer issuer = arrived.lock(tenant, did).orElseThrow();
        Map<String, ArrivedRepository.SealedKey> here = arrived.keys(tenant, issuer.id()).stream()
                .collect(Collectors.toMap(ArrivedRepository.SealedKey::fragment, Function.identity()));
        boolean newest = isNew || madeAt.isAfter(issuer.asOf());
        for (IssuerPapers.Key key : keys) {
            ArrivedRepository.SealedKey same = here.get(key.fragment());
            if (same != null && !same.publicKey().equals(key.publicKey())) {
                throw new ArchiveRefusedException(Reason.OTHER_KEYS, name);
            }
            if (newest || same == null) {
                arrived.put(
                        tenant,
                        issuer.id(),
                        new ArrivedRepository.SealedKey(
                                key.fragment(),
                                key.algorithm(),
                                key.publicKey(),
                                masterKey.seal(PURPOSE, key.privateKey()),
                                key.createdAt(),
                                key.retiredAt()));
            }
        }
        if (newest) {
            arrived.newer(tenant, issuer.id(), name, madeAt);
        }
        return new Speaker(issuer.id(), did, theirs, newest);
    }

    private void takePublished(ArchiveNames.Part part, byte[] content) {
        Speaker speaker = speakers.get(part.of());
        if (speaker == null) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
        if (!speaker.newest()) {
            return;
        }
        if (part.what().equals("image.png")) {
            arrived.publish(tenant, speaker.id(), Published.LOGO, content);
            return;
        }
        if (!JsonBytes.parse(content).getString("id", "").equals(speaker.did())) {
            throw new ArchiveRefusedException(Reason.KEYS, speaker.did());
        }
        arrived.publish(
                tenant,
                speaker.id(),
                part.what().equals("did.json") ? Published.DID_DOCUMENT : Published.PROFILE,
                content);
    }

    /** One that was changed here stays: nothing that was taken back here comes back. */
    private void takeList(ArchiveNames.Part part, byte[] content) {
        JsonObject list = JsonBytes.parse(content);
        Speaker speaker = byDid().get(list.getString("issuer", ""));
        if (speaker == null) {
            // Of samples, which stay behind.
            return;
        }
        boolean suspensions = part.what().equals("suspensions");
        String end = "/status-lists/" + part.of() + (suspensions ? "/suspensions" : "");
        ArrivedList arriving = new ArrivedList(list);
        // A list of ids has no signature in any case; the seal of the archive covers it.
        boolean isSigned = !arriving.isOfBits() || speaker.keys().signed(suite, list);
        if (!list.getString("id", "").endsWith(end) || !isSigned) {
            throw new ArchiveRefusedException(Reason.SIGNATURE, end);
        }
        arriving.requireReadable();
        Optional<StatusList> before = arrived.lockList(tenant, speaker.id(), part.of());
        if (suspensions && before.isEmpty()) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
        if (before.isEmpty() || speaker.newest() && before.get().revision() == 1) {
            arrived.putList(
                    tenant,
                    speaker.id(),
                    part.of(),
                    suspensions ? new StatusList(before.get().signed(), content, 1) : new StatusList(content, null, 1));
        }
    }

    /** What was taken back between a badge and the list of the archive. */
    private void followTheLists() {
        for (Speaker speaker : speakers.values()) {
            for (UUID id : arrived.lists(tenant, speaker.id())) {
                byte[] signed =
                        arrived.lockList(tenant, speaker.id(), id).orElseThrow().signed();
                ArrivedList list = ArrivedList.parse(signed);
                List<UUID> gone = arrived.inForce(tenant, speaker.id(), id).stream()
                        .filter(each -> list.withdraws(each.id(), each.place()))
                        .map(ArrivedCredential::id)
                        .toList();
                if (!gone.isEmpty()) {
                    arrived.notInForce(tenant, gone, madeAt, null);
                }
            }
        }
    }
}
