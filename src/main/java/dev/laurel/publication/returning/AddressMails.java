package dev.laurel.publication.returning;

import dev.laurel.context.Contexts;
import dev.laurel.context.PersonErased;
import dev.laurel.context.Profile;
import dev.laurel.context.address.AddressWish;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tenant.Tenants;
import dev.laurel.publication.mail.MailNotTakenException;
import dev.laurel.publication.mail.MailServer;
import dev.laurel.publication.returning.AddressMailRepository.Kind;
import dev.laurel.publication.returning.AddressMailRepository.Mail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages to addresses of people's own. Whoever asks only has it noted down, with the hash of the address: whether anybody
 * confirmed it is looked up later, in a job, so that neither the answer nor the time that it takes tells.
 */
@Component
class AddressMails {

    static final String KIND = "address-mail";

    /** Of one kind, to one address. */
    static final int TO_ADDRESS_IN_AN_HOUR = 3;

    static final int TO_ADDRESS_IN_A_DAY = 10;

    /** Of codes, whatever address she types. */
    static final int BY_PERSON_IN_A_DAY = 5;

    private static final Logger LOG = LoggerFactory.getLogger(AddressMails.class);

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration DAY = Duration.ofDays(1);

    /** Nobody waits for it any more, and what a later try would send might surprise. */
    private static final Duration WAITED_FOR = Duration.ofMinutes(30);

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    private final AddressMailRepository repository;

    private final OwnAddresses addresses;

    private final ShelfLinks links;

    private final ShelfDoor door;

    private final MailServer server;

    private final Contexts contexts;

    private final Tenants tenants;

    private final PublicUrl publicUrl;

    private final Jobs jobs;

    private final MessageSource messages;

    private final Clock clock;

    AddressMails(
            AddressMailRepository repository,
            OwnAddresses addresses,
            ShelfLinks links,
            ShelfDoor door,
            MailServer server,
            Contexts contexts,
            Tenants tenants,
            PublicUrl publicUrl,
            Jobs jobs,
            MessageSource messages,
            Clock clock) {
        this.repository = repository;
        this.addresses = addresses;
        this.links = links;
        this.door = door;
        this.server = server;
        this.contexts = contexts;
        this.tenants = tenants;
        this.publicUrl = publicUrl;
        this.jobs = jobs;
        this.messages = messages;
        this.clock = clock;
    }

    /** Notes down the address that she wishes for, and asks for a code; {@code false} where that was asked too often. */
    @Transactional
    boolean askCode(TenantId tenant, long personId, MailAddress address) {
        byte[] hash = addresses.hash(tenant, address);
        Instant now = now();
        if (repository.byPersonSince(tenant, Kind.CODE, personId, now.minus(DAY)) >= BY_PERSON_IN_A_DAY
                || isOften(tenant, Kind.CODE, hash, now)) {
            return false;
        }
        addresses.wish(tenant, personId, address);
        add(tenant, new Mail(Kind.CODE, hash, personId, now));
        return true;
    }

    /** Asks for a link to an address that anybody may have typed. What comes of it is told to that address alone. */
    @Transactional
    void askLink(TenantId tenant, MailAddress address) {
        byte[] hash = addresses.hash(tenant, address);
        Instant now = now();
        if (!isOften(tenant, Kind.LINK, hash, now)) {
            add(tenant, new Mail(Kind.LINK, hash, null, now));
        }
    }

    /** Once it counts, she is told so where her LMS would write to, in case it was not she who added it. */
    @Transactional
    OwnAddresses.Answer confirm(TenantId tenant, long personId, String code) {
        OwnAddresses.Answer answer = addresses.confirm(tenant, personId, code);
        if (answer == OwnAddresses.Answer.CONFIRMED) {
            addresses
                    .of(tenant, personId)
                    .ifPresent(own ->
                            add(tenant, new Mail(Kind.NOTICE, addresses.hash(tenant, own.address()), personId, now())));
        }
        return answer;
    }

    private boolean isOften(TenantId tenant, Kind kind, byte[] hash, Instant now) {
        return repository.toAddressSince(tenant, kind, hash, now.minus(HOUR)) >= TO_ADDRESS_IN_AN_HOUR
                || repository.toAddressSince(tenant, kind, hash, now.minus(DAY)) >= TO_ADDRESS_IN_A_DAY;
    }

    private void add(TenantId tenant, Mail mail) {
        long id = repository.add(tenant, mail);
        jobs.schedule(KIND, tenant, Long.toString(id), 0);
    }

    /** The job: sends what was asked for, where there is somebody to send it to. */
    void run(TenantId tenant, String subject) {
        long id = Long.parseLong(subject);
        Instant now = now();
        Mail mail = repository.find(tenant, id).orElse(null);
        if (mail == null
                || !server.isThere()
                || mail.askedAt().plus(WAITED_FOR).isBefore(now)
                || !repository.claim(tenant, id, now)) {
            return;
        }
        try {
            send(tenant, mail);
        } catch (MailNotTakenException e) {
            repository.release(tenant, id);
            LOG.warn("Message {} of kind {} not taken by the mail server, tried again", id, mail.kind());
            throw e;
        }
    }

    private void send(TenantId tenant, Mail mail) {
        Long personId = mail.personId();
        if (mail.kind() == Kind.LINK) {
            sendLinks(tenant, addresses.confirmed(tenant, mail.hash()));
        } else if (personId != null && mail.kind() == Kind.CODE) {
            sendCode(tenant, personId, mail.hash());
        } else if (personId != null) {
            sendNotice(tenant, personId);
        }
    }

    /** Each person has a link of her own: what several accounts have is never put together. */
    private void sendLinks(TenantId tenant, List<OwnAddress> confirmed) {
        if (confirmed.isEmpty()) {
            return;
        }
        String lines = confirmed.size() == 1
                ? publicUrl.at(links.make(tenant, confirmed.get(0)))
                : say("returning.mail.links") + "\n\n"
                        + confirmed.stream()
                                .map(own -> say(
                                        "returning.mail.links.each",
                                        DATE.format(own.confirmedAt().atOffset(ZoneOffset.UTC)),
                                        publicUrl.at(links.make(tenant, own))))
                                .collect(Collectors.joining("\n"));
        String institution = tenants.name(tenant);
        server.send(
                confirmed.get(0).address().value(),
                say("returning.mail.link.subject", institution),
                say("returning.mail.link.text", institution, lines, ShelfLinks.WORKS.toMinutes()));
    }

    private void sendCode(TenantId tenant, long personId, byte[] hash) {
        AddressWish wish = addresses.wish(tenant, personId).orElse(null);
        String code =
                wish == null ? null : addresses.newCode(tenant, personId, hash).orElse(null);
        String back = door.path(tenant).orElse(null);
        if (wish == null || code == null || back == null) {
            return;
        }
        String institution = tenants.name(tenant);
        server.send(
                wish.address().value(),
                say("returning.mail.code.subject", institution),
                say(
                        "returning.mail.code.text",
                        institution,
                        code.substring(0, 3) + " " + code.substring(3),
                        OwnAddresses.CODE_COUNTS.toMinutes(),
                        publicUrl.at(back)));
    }

    private void sendNotice(TenantId tenant, long personId) {
        Profile profile = contexts.profiles(tenant, List.of(personId)).get(personId);
        MailAddress told = profile == null || profile.email() == null
                ? null
                : MailAddress.of(profile.email()).orElse(null);
        OwnAddress own = addresses.of(tenant, personId).orElse(null);
        if (told == null
                || own == null
                || told.value().equalsIgnoreCase(own.address().value())) {
            return;
        }
        String institution = tenants.name(tenant);
        server.send(
                told.value(),
                say("returning.mail.notice.subject", institution),
                say("returning.mail.notice.text", institution));
    }

    /** What no limit looks back at any more. */
    void forgetOld() {
        Instant dayAgo = now().minus(DAY);
        repository.forgetBefore(dayAgo);
        links.forgetOld(dayAgo);
        addresses.forgetOldWishes(DAY);
    }

    @EventListener
    void on(PersonErased erased) {
        repository.forget(erased.tenant(), erased.personId());
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, Locale.ENGLISH);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
