package dev.laurel.context.address;

import dev.laurel.context.PersonErased;
import dev.laurel.context.PersonSafe;
import dev.laurel.launch.session.MailedVisitors;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The address that a person gave herself. One counts once she typed, in a launch of hers, the code that was mailed to it: so
 * both she and her mailbox have said so, and a slip of the pen gives her badges to nobody. Several persons may have confirmed
 * one address; each keeps what is hers.
 */
@Component
public class OwnAddresses implements MailedVisitors {

    /** How long a code counts, from when it was made. */
    public static final Duration CODE_COUNTS = Duration.ofMinutes(30);

    /** Wrong codes, one after the other; then another has to be mailed. */
    static final int MOST_TRIES = 5;

    /** Persons who are found by one address. */
    static final int MOST_PERSONS = 10;

    private static final int DIGITS = 1_000_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final OwnAddressRepository repository;

    private final PersonSafe safe;

    private final MasterKey masterKey;

    private final Clock clock;

    OwnAddresses(OwnAddressRepository repository, PersonSafe safe, MasterKey masterKey, Clock clock) {
        this.repository = repository;
        this.safe = safe;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** What came of a code that was typed. */
    public enum Answer {
        CONFIRMED,
        WRONG,
        /** Used, too old, tried too often, or there is none. */
        OVER
    }

    public Optional<OwnAddress> of(TenantId tenant, long personId) {
        return repository.ofPerson(tenant, personId).flatMap(row -> open(tenant, row));
    }

    @Override
    public Optional<Long> personOf(TenantId tenant, long addressId) {
        return repository.personOf(tenant, addressId);
    }

    /** Those who confirmed an address, the first to do so first. */
    public List<OwnAddress> confirmed(TenantId tenant, byte[] hash) {
        return repository.byHash(tenant, hash, MOST_PERSONS).stream()
                .flatMap(row -> open(tenant, row).stream())
                .toList();
    }

    /** Finds an address within an institution without saying it. */
    public byte[] hash(TenantId tenant, MailAddress address) {
        byte[] folded = address.folded().getBytes(StandardCharsets.UTF_8);
        return masterKey.keyedHash(
                "own-address",
                ByteBuffer.allocate(Long.BYTES + folded.length)
                        .putLong(tenant.value())
                        .put(folded)
                        .array());
    }

    /** The address that a person gave and has not confirmed. */
    public Optional<MailAddress> wish(TenantId tenant, long personId) {
        return repository.wish(tenant, personId).flatMap(wish -> open(tenant, personId, wish.sealed()));
    }

    /** Notes down what a person says is hers. What she confirmed before stays until she confirms this. */
    @Transactional
    public void wish(TenantId tenant, long personId, MailAddress address) {
        repository.wish(tenant, personId, hash(tenant, address), seal(tenant, personId, address), clock.instant());
    }

    /** A code for the address that she wishes for; empty where that is no longer the one with this hash. */
    @Transactional
    public Optional<String> newCode(TenantId tenant, long personId, byte[] hash) {
        String code = String.format(Locale.ROOT, "%06d", RANDOM.nextInt(DIGITS));
        return repository.code(
                        tenant,
                        personId,
                        hash,
                        codeHash(tenant, personId, code),
                        clock.instant().plus(CODE_COUNTS))
                ? Optional.of(code)
                : Optional.empty();
    }

    /** @param typed with blanks between the digits or without */
    @Transactional
    public Answer confirm(TenantId tenant, long personId, String typed) {
        Instant now = clock.instant();
        if (!repository.isTried(tenant, personId, MOST_TRIES, now)) {
            return Answer.OVER;
        }
        byte[] expected = codeHash(tenant, personId, typed.replaceAll("[^0-9]", ""));
        OwnAddressRepository.Wish wish = repository.wish(tenant, personId).orElse(null);
        if (wish == null || wish.codeHash() == null || !MessageDigest.isEqual(wish.codeHash(), expected)) {
            return Answer.WRONG;
        }
        if (!repository.endWish(tenant, personId, expected)) {
            return Answer.OVER;
        }
        repository.put(tenant, newId(), personId, wish.hash(), wish.sealed(), now);
        return Answer.CONFIRMED;
    }

    /** Ends every link and session that rests on it; whether there was one. */
    @Transactional
    public boolean remove(TenantId tenant, long personId) {
        repository.forgetWish(tenant, personId);
        return repository.remove(tenant, personId);
    }

    /** An address as it may be stored: under the key of the person. */
    public byte[] seal(TenantId tenant, long personId, MailAddress address) {
        return safe.seal(tenant, personId, address.value().getBytes(StandardCharsets.UTF_8));
    }

    /** What {@link #seal} closed; empty once the person is erased. */
    public Optional<MailAddress> open(TenantId tenant, long personId, byte[] sealed) {
        return safe.open(tenant, personId, sealed)
                .map(address -> new MailAddress(new String(address, StandardCharsets.UTF_8)));
    }

    /** What was not confirmed for long. */
    public void forgetOldWishes(Duration age) {
        repository.forgetWishesBefore(clock.instant().minus(age));
    }

    @EventListener
    void on(PersonErased erased) {
        remove(erased.tenant(), erased.personId());
    }

    private Optional<OwnAddress> open(TenantId tenant, OwnAddressRepository.Row row) {
        return open(tenant, row.personId(), row.sealed())
                .map(address -> new OwnAddress(row.id(), row.personId(), address, row.confirmedAt()));
    }

    /** Six digits could be tried out from a copy of the database, were the hash not keyed. */
    private byte[] codeHash(TenantId tenant, long personId, String code) {
        return masterKey.keyedHash(
                "own-address-code", (tenant.value() + " " + personId + " " + code).getBytes(StandardCharsets.UTF_8));
    }

    /** A number that was nobody's before. */
    private static long newId() {
        return (RANDOM.nextLong() >>> 1) | 1;
    }
}
