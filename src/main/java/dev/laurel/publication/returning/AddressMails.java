package dev.laurel.publication.returning;

import dev.laurel.context.PersonErased;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.launch.limits.ClientNetwork;
import dev.laurel.platform.road.Fleeting;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.mail.MailNotTakenException;
import dev.laurel.publication.returning.AddressMailRepository.Mail;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages to addresses of people's own. Whoever asks only has it noted down, with the hash of the address: whether anybody
 * confirmed it is looked up later, in a job, so that neither the answer nor the time that it takes tells. The job also counts once
 * more, as many may ask at the same moment.
 */
@Component
class AddressMails implements Fleeting {

    static final String KIND = "address-mail";

    /** Codes to one address; links to one address that one network asks for. */
    static final int IN_AN_HOUR = 3;

    static final int IN_A_DAY = 10;

    /** Of links to one address, whoever asks: more than one network can use up. */
    static final int LINKS_IN_A_DAY = 30;

    /** Of codes, whatever address she types. */
    static final int BY_PERSON_IN_A_DAY = 5;

    private static final Logger LOG = LoggerFactory.getLogger(AddressMails.class);

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration DAY = Duration.ofDays(1);

    /** Nobody waits for it any more, and what a later try would send might surprise. */
    private static final Duration WAITED_FOR = Duration.ofMinutes(30);

    /** Comes after every message that is there. */
    private static final long NEXT = Long.MAX_VALUE;

    private final AddressMailRepository repository;

    private final OwnAddresses addresses;

    private final ShelfLinks links;

    private final AddressLetters letters;

    private final MasterKey masterKey;

    private final Jobs jobs;

    private final Clock clock;

    AddressMails(
            AddressMailRepository repository,
            OwnAddresses addresses,
            ShelfLinks links,
            AddressLetters letters,
            MasterKey masterKey,
            Jobs jobs,
            Clock clock) {
        this.repository = repository;
        this.addresses = addresses;
        this.links = links;
        this.letters = letters;
        this.masterKey = masterKey;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** What came of asking for a code. */
    enum Asked {
        SENT,
        OFTEN,
        /** It is the address that the LMS tells, and she has not said that it is hers beyond that. */
        OF_THE_PLATFORM
    }

    /**
     * Notes down the address that she wishes for, and asks for a code.
     *
     * @param keeps she says that the address stays hers: the one that the LMS tells may go when the account does, and be given
     *     to somebody else then
     */
    @Transactional
    Asked askCode(TenantId tenant, long personId, MailAddress address, boolean keeps) {
        if (!keeps
                && letters.ofPlatform(tenant, personId).filter(address::isSame).isPresent()) {
            return Asked.OF_THE_PLATFORM;
        }
        Mail code = Mail.code(addresses.hash(tenant, address), personId, clock.instant());
        if (isTooMany(tenant, code, NEXT)) {
            return Asked.OFTEN;
        }
        addresses.wish(tenant, personId, address);
        add(tenant, code);
        return Asked.SENT;
    }

    /**
     * Asks for a link to an address that anybody may have typed. What comes of it is told to that address alone.
     *
     * @param client the address of the connection that asks
     */
    @Transactional
    void askLink(TenantId tenant, MailAddress address, String client) {
        Mail link = Mail.link(addresses.hash(tenant, address), network(tenant, client), clock.instant());
        if (!isTooMany(tenant, link, NEXT)) {
            add(tenant, link);
        }
    }

    /**
     * Once it counts, she is told so where her LMS would write to, in case it was not she who added it; and so is the address
     * whose place it took.
     */
    @Transactional
    OwnAddresses.Answer confirm(TenantId tenant, long personId, String code) {
        Optional<OwnAddress> before = addresses.of(tenant, personId);
        OwnAddresses.Answer answer = addresses.confirm(tenant, personId, code);
        if (answer == OwnAddresses.Answer.CONFIRMED) {
            addresses.of(tenant, personId).ifPresent(own -> {
                add(tenant, Mail.notice(addresses.hash(tenant, own.address()), personId, clock.instant()));
                before.filter(old -> !old.address().isSame(own.address())).ifPresent(old -> farewell(tenant, old));
            });
        }
        return answer;
    }

    /** Ends every link and session that rests on her address, and tells it so there: perhaps it was not she. */
    @Transactional
    void remove(TenantId tenant, long personId) {
        Optional<OwnAddress> before = addresses.of(tenant, personId);
        if (addresses.remove(tenant, personId)) {
            before.ifPresent(old -> farewell(tenant, old));
        }
    }

    private void farewell(TenantId tenant, OwnAddress old) {
        add(
                tenant,
                Mail.farewell(
                        addresses.hash(tenant, old.address()),
                        old.personId(),
                        addresses.seal(tenant, old.personId(), old.address()),
                        clock.instant()));
    }

    private void add(TenantId tenant, Mail mail) {
        long id = repository.add(tenant, mail);
        jobs.schedule(KIND, tenant, Long.toString(id), 0);
    }

    /** Whether so many of its kind come before it that it is not sent. */
    private boolean isTooMany(TenantId tenant, Mail mail, long before) {
        Instant hourAgo = mail.askedAt().minus(HOUR);
        Instant dayAgo = mail.askedAt().minus(DAY);
        return switch (mail.kind()) {
            case CODE ->
                repository.byPerson(tenant, mail, dayAgo, before) >= BY_PERSON_IN_A_DAY
                        || repository.toAddress(tenant, mail, hourAgo, before) >= IN_AN_HOUR
                        || repository.toAddress(tenant, mail, dayAgo, before) >= IN_A_DAY;
            case LINK ->
                repository.fromNetwork(tenant, mail, hourAgo, before) >= IN_AN_HOUR
                        || repository.fromNetwork(tenant, mail, dayAgo, before) >= IN_A_DAY
                        || repository.toAddress(tenant, mail, dayAgo, before) >= LINKS_IN_A_DAY;
            case NOTICE, FAREWELL -> false;
        };
    }

    /** The job: sends what was asked for, where there is somebody to send it to. */
    void run(TenantId tenant, String subject) {
        long id = Long.parseLong(subject);
        Instant now = clock.instant();
        Mail mail = repository.find(tenant, id).orElse(null);
        if (mail == null
                || !letters.areSent()
                || mail.askedAt().plus(WAITED_FOR).isBefore(now)) {
            return;
        }
        if (isTooMany(tenant, mail, id)) {
            // Those who asked at the same moment did not see each other.
            repository.drop(tenant, id);
            return;
        }
        if (!repository.claim(tenant, id, now)) {
            return;
        }
        try {
            letters.send(tenant, mail);
        } catch (MailNotTakenException e) {
            if (e.isForGood()) {
                LOG.warn("Message {} of kind {} refused by the mail server", id, mail.kind());
                return;
            }
            repository.release(tenant, id);
            LOG.warn("Message {} of kind {} not taken by the mail server, tried again", id, mail.kind());
            throw e;
        }
    }

    /** What no limit looks back at any more. */
    @Override
    public void forgetOld() {
        Instant dayAgo = clock.instant().minus(DAY);
        repository.forgetBefore(dayAgo);
        links.forgetOld(dayAgo);
        addresses.forgetOldWishes(DAY);
    }

    @EventListener
    void on(PersonErased erased) {
        repository.forget(erased.tenant(), erased.personId());
    }

    private byte[] network(TenantId tenant, String client) {
        return masterKey.keyedHash(
                "address-mail-network",
                (tenant.value() + " " + ClientNetwork.of(client).widest()).getBytes(StandardCharsets.UTF_8));
    }
}
