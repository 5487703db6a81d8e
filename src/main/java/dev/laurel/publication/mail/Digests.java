package dev.laurel.publication.mail;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.Falls;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.mail.MessageRepository.Addressee;
import dev.laurel.publication.mail.MessageRepository.Kind;
import dev.laurel.publication.mail.MessageRepository.Quiet;
import dev.laurel.publication.mail.MessageRepository.Waiting;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what waits, one message a day to a person at most. It counts as sent before it is: a crash in between loses a
 * message, which the next launch says anyway, and never sends one twice.
 */
@Component
class Digests {

    private static final Logger LOG = LoggerFactory.getLogger(Digests.class);

    private static final int AT_ONCE = 200;

    private static final Duration NEXT_TRY = Duration.ofMinutes(15);

    /** Courses in which anything happened within half a year are looked at each hour at least. */
    private static final Duration CATCHING_UP = Duration.ofHours(2);

    private final MessageRepository repository;

    private final MailSettings settings;

    private final MailServer server;

    private final Silence silence;

    private final Awards awards;

    private final Falls falls;

    private final DigestTexts texts;

    private final Mailboxes mailboxes;

    private final PublicUrl publicUrl;

    private final TransactionTemplate transaction;

    private final Clock clock;

    Digests(
            MessageRepository repository,
            MailSettings settings,
            MailServer server,
            Silence silence,
            Awards awards,
            Falls falls,
            DigestTexts texts,
            Mailboxes mailboxes,
            PublicUrl publicUrl,
            TransactionTemplate transaction,
            Clock clock) {
        this.repository = repository;
        this.settings = settings;
        this.server = server;
        this.silence = silence;
        this.awards = awards;
        this.falls = falls;
        this.texts = texts;
        this.mailboxes = mailboxes;
        this.publicUrl = publicUrl;
        this.transaction = transaction;
        this.clock = clock;
    }

    void run() {
        JavaMailSender mail = server.sender().orElse(null);
        if (mail == null) {
            return;
        }
        Instant now = clock.instant();
        Optional<Instant> before = repository.run(now);
        if (before.isPresent() && before.get().plus(settings.gap()).isBefore(now)) {
            repository.beQuiet(before.get(), now.plus(CATCHING_UP));
        }
        Quiet quiet = repository.quiet().orElse(null);
        if (quiet != null && quiet.contains(now)) {
            dropAll(quiet, now);
            return;
        }
        for (Addressee addressee : repository.due(now.minus(settings.every()), AT_ONCE)) {
            send(mail, addressee, quiet, now);
        }
    }

    /** What is decided anew on a restored backup may have been told before. */
    private void dropAll(Quiet quiet, Instant now) {
        int dropped = repository.dropAll(now);
        if (dropped > 0) {
            LOG.info(
                    "{} messages not sent: the installation was stopped, and what is decided again until {} may have been"
                            + " told before",
                    dropped,
                    quiet.until());
        }
    }

    private void send(JavaMailSender mail, Addressee addressee, @Nullable Quiet quiet, Instant now) {
        List<Waiting> told = transaction.execute(status -> {
            if (!repository.claim(addressee, now.minus(settings.every()), now)) {
                return List.<Waiting>of();
            }
            List<Waiting> waiting = repository.waiting(addressee);
            if (!waiting.isEmpty()) {
                repository.end(addressee, waiting, "SENT", now);
            }
            return waiting;
        });
        if (told == null || told.isEmpty()) {
            return;
        }
        DigestTexts.News news = news(addressee, told, quiet, now);
        String address = mailboxes.of(addressee.tenant(), addressee.personId());
        if (news.isNone() || address == null) {
            repository.end(addressee, told, "DROPPED", now);
            // Nothing was sent, so the next news need not wait for a day.
            repository.lastDigestAt(addressee, now.minus(settings.every()));
            return;
        }
        try {
            mail.send(message(mail, addressee, address, news));
            falls.told(
                    addressee.tenant(),
                    news.of(Kind.FELL).stream().map(Award::id).toList());
        } catch (MailException | MessagingException e) {
            // Neither the address nor what the server said of it belongs into a log.
            LOG.warn(
                    "Message not taken by the mail server ({}), tried again later",
                    e.getClass().getSimpleName());
            repository.again(addressee, told, now.minus(settings.every()).plus(NEXT_TRY));
        }
    }

    /** What of it still stands and cannot have been told before, by kind, in the order of {@code told}. */
    private DigestTexts.News news(Addressee addressee, List<Waiting> told, @Nullable Quiet quiet, Instant now) {
        TenantId tenant = addressee.tenant();
        Set<Long> ids = told.stream().map(Waiting::awardId).collect(Collectors.toSet());
        Map<Long, Award> held = awards.find(tenant, ids).stream()
                .filter(award -> award.isValid() && !award.isOver(now))
                .collect(Collectors.toMap(Award::id, Function.identity()));
        Map<Long, Fall> threatened = falls.threatening(tenant, ids);
        Map<Kind, List<Award>> news = new EnumMap<>(Kind.class);
        for (Waiting each : told) {
            Award award = held.get(each.awardId());
            boolean toldBefore =
                    award != null && each.kind() == Kind.EARNED && quiet != null && quiet.contains(award.decidedAt());
            if (award != null && !toldBefore && (each.kind() != Kind.FELL || threatened.containsKey(award.id()))) {
                news.computeIfAbsent(each.kind(), kind -> new ArrayList<>()).add(award);
            }
        }
        return new DigestTexts.News(tenant, news, threatened, now);
    }

    private MimeMessage message(JavaMailSender mail, Addressee addressee, String address, DigestTexts.News news)
            throws MessagingException {
        String link = publicUrl.at(Silence.PATH + silence.token(addressee));
        DigestTexts.Text text = texts.of(news, link);
        MimeMessage message = mail.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        helper.setFrom(settings.from());
        helper.setTo(address);
        helper.setSubject(text.subject());
        helper.setText(text.body());
        message.setHeader("List-Unsubscribe", "<" + link + ">");
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }
}
