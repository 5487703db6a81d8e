package dev.laurel.publication.returning;

import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tenant.Tenants;
import dev.laurel.publication.mail.MailNotTakenException;
import dev.laurel.publication.mail.MailServer;
import dev.laurel.publication.returning.AddressMailRepository.Mail;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes the messages, and to whom. Where nobody is there to write to, nothing is sent. */
@Component
class AddressLetters {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    private final OwnAddresses addresses;

    private final ShelfLinks links;

    private final ShelfDoor door;

    private final MailServer server;

    private final Contexts contexts;

    private final Tenants tenants;

    private final PublicUrl publicUrl;

    private final MessageSource messages;

    AddressLetters(
            OwnAddresses addresses,
            ShelfLinks links,
            ShelfDoor door,
            MailServer server,
            Contexts contexts,
            Tenants tenants,
            PublicUrl publicUrl,
            MessageSource messages) {
        this.addresses = addresses;
        this.links = links;
        this.door = door;
        this.server = server;
        this.contexts = contexts;
        this.tenants = tenants;
        this.publicUrl = publicUrl;
        this.messages = messages;
    }

    /** Whether there is a mail server. */
    boolean areSent() {
        return server.isThere();
    }

    /** @throws MailNotTakenException where the mail server does not take it */
    void send(TenantId tenant, Mail mail) {
        Long personId = mail.personId();
        byte[] sealed = mail.sealed();
        switch (mail.kind()) {
            case LINK -> links(tenant, addresses.confirmed(tenant, mail.hash()));
            case CODE -> {
                if (personId != null) {
                    code(tenant, personId, mail.hash());
                }
            }
            case NOTICE -> {
                if (personId != null) {
                    notice(tenant, personId);
                }
            }
            case FAREWELL -> {
                if (personId != null && sealed != null) {
                    addresses.open(tenant, personId, sealed).ifPresent(old -> farewell(tenant, old));
                }
            }
        }
    }

    /** Each person has a link of her own: what several accounts have is never put together. */
    private void links(TenantId tenant, List<OwnAddress> confirmed) {
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

    private void code(TenantId tenant, long personId, byte[] hash) {
        MailAddress wish = addresses.wish(tenant, personId).orElse(null);
        String code =
                wish == null ? null : addresses.newCode(tenant, personId, hash).orElse(null);
        String back = door.path(tenant).orElse(null);
        if (wish == null || code == null || back == null) {
            return;
        }
        String institution = tenants.name(tenant);
        server.send(
                wish.value(),
                say("returning.mail.code.subject", institution),
                say(
                        "returning.mail.code.text",
                        institution,
                        code.substring(0, 3) + " " + code.substring(3),
                        OwnAddresses.CODE_COUNTS.toMinutes(),
                        publicUrl.at(back)));
    }

    private void notice(TenantId tenant, long personId) {
        MailAddress told = ofPlatform(tenant, personId).orElse(null);
        OwnAddress own = addresses.of(tenant, personId).orElse(null);
        if (told == null || own == null || told.isSame(own.address())) {
            return;
        }
        String institution = tenants.name(tenant);
        server.send(
                told.value(),
                say("returning.mail.notice.subject", institution),
                say("returning.mail.notice.text", institution));
    }

    /** The address that her LMS tells. */
    Optional<MailAddress> ofPlatform(TenantId tenant, long personId) {
        return Optional.ofNullable(contexts.profiles(tenant, List.of(personId)).get(personId))
                .map(Profile::email)
                .flatMap(MailAddress::of);
    }

    private void farewell(TenantId tenant, MailAddress old) {
        String institution = tenants.name(tenant);
        server.send(
                old.value(),
                say("returning.mail.farewell.subject", institution),
                say("returning.mail.farewell.text", institution));
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, Locale.ENGLISH);
    }
}
