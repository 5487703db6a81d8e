package dev.laurel.context;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.sql.Varchar;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seals what is personal under a random key per person, which the master key wraps: destroy the wrapped key and the rest
 * says nothing. Digests and look-ups are keyed hashes, so that they cannot be guessed from a copy of the database.
 */
@Component
class PersonSeal {

    private static final String KEY_PURPOSE = "person-key";

    private static final int LONGEST_TEXT = 255;

    private final MasterKey masterKey;

    private final JsonMapper json;

    private final SecureRandom random = new SecureRandom();

    PersonSeal(MasterKey masterKey, JsonMapper json) {
        this.masterKey = masterKey;
        this.json = json;
    }

    /** A new person: an opaque number that follows from nothing, and a key. */
    private NewPerson newPerson() {
        byte[] key = new byte[MasterKey.LENGTH];
        random.nextBytes(key);
        return new NewPerson((random.nextLong() >>> 4) + 1, new MasterKey(key), masterKey.seal(KEY_PURPOSE, key));
    }

    private record NewPerson(long id, MasterKey key, byte[] wrappedKey) {}

    /** A new person with a first profile and the account under which a platform knows them, all sealed. */
    PeopleRepository.NewRow newRow(byte[] subHash, String sub, Profile profile) {
        NewPerson person = newPerson();
        return new PeopleRepository.NewRow(
                person.id(),
                person.wrappedKey(),
                sealProfile(person.key(), profile),
                digest(profile),
                subHash,
                sealSub(person.key(), sub));
    }

    /** What to write where a platform says something new of a person; empty where it does not, and for the erased. */
    Optional<PeopleRepository.Update> change(PeopleRepository.Row stored, Profile said) {
        byte[] wrappedKey = stored.wrappedKey();
        if (wrappedKey == null || Arrays.equals(stored.digest(), digest(said))) {
            return Optional.empty();
        }
        MasterKey key = unwrap(wrappedKey);
        byte[] sealed = stored.sealed();
        Profile known = sealed == null ? null : openProfile(key, sealed);
        Profile merged = merge(known, said);
        return merged.equals(known)
                ? Optional.empty()
                : Optional.of(new PeopleRepository.Update(stored.id(), sealProfile(key, merged), digest(merged)));
    }

    /** The key of one person: it seals and opens as the master key does. */
    MasterKey unwrap(byte[] wrappedKey) {
        return new MasterKey(masterKey.open(KEY_PURPOSE, wrappedKey));
    }

    /** Finds an account by the bytes of {@code sub}, whatever a collation would make of it. */
    byte[] subHash(long registrationId, String sub) {
        byte[] bytes = exactBytes(sub);
        return masterKey.keyedHash(
                "sub",
                ByteBuffer.allocate(Long.BYTES + bytes.length)
                        .putLong(registrationId)
                        .put(bytes)
                        .array());
    }

    byte[] sealSub(MasterKey key, String sub) {
        return key.seal("sub", exactBytes(sub));
    }

    String openSub(MasterKey key, byte[] sealed) {
        byte[] plain = key.open("sub", sealed);
        return plain.length > 0 && plain[0] == NOT_UTF8
                ? ByteBuffer.wrap(plain, 1, plain.length - 1)
                        .slice()
                        .asCharBuffer()
                        .toString()
                : new String(plain, StandardCharsets.UTF_8);
    }

    /** Finds people by the platform's own user id, together with the host that gave it. */
    byte[] platformUserHash(long registrationId, String id) {
        return accountHash("platform-user", registrationId, id);
    }

    String openPlatformUser(MasterKey key, byte[] sealed) {
        return new String(key.open("platform-user", sealed), StandardCharsets.UTF_8);
    }

    /** Finds accounts by the id that the institution's student system has for them. */
    byte[] sisHash(long registrationId, String id) {
        return accountHash("sis-id", registrationId, id);
    }

    private byte[] accountHash(String purpose, long registrationId, String id) {
        byte[] bytes = exactBytes(id);
        return masterKey.keyedHash(
                purpose,
                ByteBuffer.allocate(Long.BYTES + bytes.length)
                        .putLong(registrationId)
                        .put(bytes)
                        .array());
    }

    /** What to write where a platform tells its own id of somebody, and it is not the one that is stored. */
    Optional<PlatformUserRepository.Told> platformUser(
            long registrationId, PeopleRepository.Row stored, @Nullable String id) {
        byte[] wrappedKey = stored.wrappedKey();
        if (id == null || wrappedKey == null) {
            return Optional.empty();
        }
        byte[] hash = platformUserHash(registrationId, id);
        return Arrays.equals(hash, stored.platformUserHash())
                ? Optional.empty()
                : Optional.of(new PlatformUserRepository.Told(
                        stored.id(),
                        hash,
                        unwrap(wrappedKey).seal("platform-user", id.getBytes(StandardCharsets.UTF_8))));
    }

    byte[] sealProfile(MasterKey key, Profile profile) {
        return key.seal("profile", write(profile));
    }

    Profile openProfile(MasterKey key, byte[] sealed) {
        return json.readValue(key.open("profile", sealed), Profile.class);
    }

    /** Tells without opening anything whether a profile is the one that is stored. */
    byte[] digest(Profile profile) {
        return masterKey.keyedHash("profile", write(profile));
    }

    /** What was known, overlaid by what a platform says now: a message that leaves a name out does not take it away. */
    static Profile merge(@Nullable Profile known, Profile said) {
        if (known == null) {
            return said;
        }
        return new Profile(
                said.name() == null ? known.name() : said.name(),
                said.givenName() == null ? known.givenName() : said.givenName(),
                said.familyName() == null ? known.familyName() : said.familyName(),
                said.email() == null ? known.email() : said.email(),
                said.sisId() == null ? known.sisId() : said.sisId());
    }

    /** A profile of what a platform sent: no blanks, no control characters, nothing endless. */
    static Profile profile(
            @Nullable String name,
            @Nullable String given,
            @Nullable String family,
            @Nullable String email,
            @Nullable String sisId) {
        return new Profile(clean(name), clean(given), clean(family), clean(email), clean(sisId));
    }

    private static @Nullable String clean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        // Half of a character, where an LMS cut a name off, cannot be written as JSON.
        String plain = text.replaceAll("\\p{Cntrl}+", " ")
                .replaceAll("\\p{Cs}", "\ufffd")
                .strip();
        if (plain.isEmpty() || plain.startsWith("$")) {
            return null; // an unresolved variable such as $Person.name.full is no name
        }
        return Varchar.fit(plain, LONGEST_TEXT);
    }

    private byte[] write(Profile profile) {
        return json.writeValueAsBytes(profile);
    }

    /** Never occurs in UTF-8: marks a text with a lone surrogate, which UTF-8 would turn into a question mark. */
    private static final byte NOT_UTF8 = (byte) 0xFF;

    static byte[] exactBytes(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(utf8.array(), utf8.limit());
        } catch (CharacterCodingException e) {
            ByteBuffer utf16 = ByteBuffer.allocate(1 + Character.BYTES * text.length());
            utf16.put(NOT_UTF8);
            text.chars().forEach(unit -> utf16.putChar((char) unit));
            return utf16.array();
        }
    }
}
