package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveReader.Entry;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** One reading of an archive, from its beginning to the end that seals everything before it. */
final class ArchiveReading {

    private final ArchiveKey key;

    private final Visitor visitor;

    private @Nullable Described described;

    private Instant madeAt = Instant.EPOCH;

    private ArchiveReading(ArchiveKey key, Visitor visitor) {
        this.key = key;
        this.visitor = visitor;
    }

    /** What is done with an archive while it is read. An issuer comes before everything that it signed. */
    interface Visitor {

        default void madeAt(Instant time) {}

        default void issuer(ArrivingIssuer issuer) {}

        default void published(ArchiveNames.Part part, byte[] content) {}

        default void credential(ArchiveNames.Part part, byte[] content) {}

        default void list(ArchiveNames.Part part, byte[] content) {}

        /** How much is read, of entries and of the bytes of the archive. */
        default void isRead(long entries, long bytes) {}
    }

    /** What {@code issuer.json} says, until the private keys follow. */
    private record Described(UUID id, JsonObject json) {}

    /** The entries before any issuer. */
    private record Beginning(Instant madeAt, List<Entry> entries) {

        Entry wrappedKey() {
            return entries.get(entries.size() - 1);
        }
    }

    /** @throws ArchiveRefusedException where it is no archive, or the passphrase does not open it */
    static ArchiveKey key(InputStream archive, String passphrase) throws IOException {
        try (ArchiveReader reader = new ArchiveReader(archive)) {
            return ArchiveKey.open(begin(reader).wrappedKey().content(), passphrase);
        } catch (BadCredentialException | DateTimeException | ClassCastException | NullPointerException e) {
            throw new ArchiveRefusedException(Reason.NOT_AN_ARCHIVE);
        }
    }

    /** @throws ArchiveRefusedException where it does not end as it was sealed; its visitor may have seen anything until then */
    static void read(InputStream archive, ArchiveKey key, Visitor visitor) throws IOException {
        try (ArchiveReader reader = new ArchiveReader(archive)) {
            new ArchiveReading(key, visitor).readAll(reader);
        }
    }

    private void readAll(ArchiveReader reader) throws IOException {
        Beginning beginning = begin(reader);
        madeAt = beginning.madeAt();
        visitor.madeAt(madeAt);
        Mac seal = key.seal();
        beginning.entries().forEach(entry -> Sealed.update(seal, entry.name(), entry.content()));
        int entries = beginning.entries().size();
        Optional<Entry> next = reader.next();
        while (next.isPresent() && !next.get().name().equals(ArchiveNames.END)) {
            Entry entry = next.get();
            Sealed.update(seal, entry.name(), entry.content());
            entries++;
            take(entry);
            visitor.isRead(entries, reader.packed());
            next = reader.next();
        }
        requireEnd(next, entries, seal);
        if (reader.next().isPresent() || described != null) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
    }

    private static Beginning begin(ArchiveReader reader) throws IOException {
        Entry about = expect(reader, ArchiveNames.ABOUT);
        JsonObject json = JsonBytes.parse(about.content());
        if (!ArchiveContents.FORMAT.equals(json.getString("format", ""))
                || json.getInt("version", 0) != ArchiveContents.VERSION) {
            throw new ArchiveRefusedException(Reason.NOT_AN_ARCHIVE);
        }
        Entry readMe = expect(reader, ArchiveNames.READ_ME);
        Entry wrapped = expect(reader, ArchiveNames.KEY);
        return new Beginning(ArchiveTime.parse(json.getString("madeAt")), List.of(about, readMe, wrapped));
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

    private void take(Entry entry) {
        String name = entry.name();
        Optional<ArchiveNames.Part> issuer = ArchiveNames.asIssuer(name);
        Optional<ArchiveNames.Part> published = ArchiveNames.asPublicIssuer(name);
        Optional<ArchiveNames.Part> credential = ArchiveNames.asCredential(name);
        Optional<ArchiveNames.Part> list = ArchiveNames.asStatusList(name);
        if (issuer.isPresent()) {
            takeIssuer(issuer.get(), entry.content());
        } else if (published.isPresent()) {
            visitor.published(published.get(), entry.content());
        } else if (credential.isPresent()) {
            visitor.credential(credential.get(), entry.content());
        } else if (list.isPresent()) {
            visitor.list(list.get(), entry.content());
        } else if (!ArchiveNames.isOnlyForReaders(name)) {
            throw new ArchiveRefusedException(Reason.FOREIGN, ArchiveReader.shown(name));
        }
    }

    private void takeIssuer(ArchiveNames.Part part, byte[] content) {
        Described before = described;
        if (part.what().equals("issuer.json")) {
            if (before != null) {
                throw new ArchiveRefusedException(Reason.DAMAGED);
            }
            described = new Described(part.of(), JsonBytes.parse(content));
            return;
        }
        if (before == null || !before.id().equals(part.of())) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
        described = null;
        visitor.issuer(ArrivingIssuer.of(part.of(), before.json(), JsonBytes.parse(key.decrypt(content)), madeAt));
    }
}
