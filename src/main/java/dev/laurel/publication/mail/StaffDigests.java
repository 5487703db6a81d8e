package dev.laurel.publication.mail;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.PersonErased;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.mail.MessageRepository.Addressee;
import dev.laurel.publication.mail.StaffDigestRepository.Reader;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Tells instructors who asked for it, once a week at most and only where there is something, what waits in a course and what
 * should be mended. Names no student: mail is read in many places.
 */
@Component
class StaffDigests {

    private static final Logger LOG = LoggerFactory.getLogger(StaffDigests.class);

    private static final int AT_ONCE = 50;

    private static final Duration WEEK = Duration.ofDays(7);

    /** Where there was nothing to say. */
    private static final Duration NEXT_LOOK = Duration.ofDays(1);

    private static final Duration NEXT_TRY = Duration.ofHours(1);

    private final StaffDigestRepository repository;

    private final StaffNews news;

    private final MailSettings settings;

    private final MailServer server;

    private final Silence silence;

    private final Contexts contexts;

    private final Mailboxes mailboxes;

    private final PublicUrl publicUrl;

    private final MessageSource messages;

    private final Clock clock;

    StaffDigests(
            StaffDigestRepository repository,
            StaffNews news,
            MailSettings settings,
            MailServer server,
            Silence silence,
            Contexts contexts,
            Mailboxes mailboxes,
            PublicUrl publicUrl,
            MessageSource messages,
            Clock clock) {
        this.repository = repository;
        this.news = news;
        this.settings = settings;
        this.server = server;
        this.silence = silence;
        this.contexts = contexts;
        this.mailboxes = mailboxes;
        this.publicUrl = publicUrl;
        this.messages = messages;
        this.clock = clock;
    }

    boolean isWanted(Reader reader) {
        return repository.choice(reader).orElse(false);
    }

    void choose(Reader reader, boolean wanted) {
        repository.choose(reader, wanted, clock.instant());
    }

    /** No more of any course. */
    void silence(TenantId tenant, long personId) {
        repository.silence(tenant, personId, clock.instant());
    }

    @EventListener
    void on(PersonErased erased) {
        repository.forget(erased.tenant(), erased.personId());
    }

    void run() {
        JavaMailSender mail = server.sender().orElse(null);
        if (mail == null) {
            return;
        }
        Instant now = clock.instant();
        Optional<Instant> before = repository.run(now);
        if (before.isPresent() && before.get().plus(settings.gap()).isBefore(now)) {
            int postponed = repository.postpone(now, now.plus(WEEK));
            LOG.info("Weekly messages postponed: {} were due when the installation stopped", postponed);
        }
        for (Reader reader : repository.due(now, AT_ONCE)) {
            if (repository.claim(reader, now, now.plus(NEXT_LOOK))) {
                tell(mail, reader, now);
            }
        }
    }

    private void tell(JavaMailSender mail, Reader reader, Instant now) {
        CourseContext course =
                contexts.find(reader.tenant(), reader.contextId()).orElse(null);
        if (course == null || !isInstructor(reader)) {
            repository.choose(reader, false, now);
            return;
        }
        String address = mailboxes.of(reader.tenant(), reader.personId());
        List<String> lines = address == null ? List.of() : news.of(reader.tenant(), reader.contextId());
        if (address == null || lines.isEmpty()) {
            return;
        }
        repository.sent(reader, now, now.plus(WEEK));
        try {
            mail.send(message(mail, reader, course, address, lines));
        } catch (MailException | MessagingException e) {
            // Neither the address nor what the server said of it belongs into a log.
            LOG.warn(
                    "Weekly message not taken by the mail server ({}), tried again later",
                    e.getClass().getSimpleName());
            repository.sent(reader, now, now.plus(NEXT_TRY));
        }
    }

    /** Whoever no longer teaches there is told nothing of it. */
    private boolean isInstructor(Reader reader) {
        return contexts.member(reader.tenant(), reader.contextId(), reader.personId())
                .filter(member -> member.active() && member.roles().contains(Role.INSTRUCTOR))
                .isPresent();
    }

    private MimeMessage message(
            JavaMailSender mail, Reader reader, CourseContext course, String address, List<String> lines)
            throws MessagingException {
        String link = publicUrl.at(Silence.PATH + silence.token(new Addressee(reader.tenant(), reader.personId())));
        MimeMessage message = mail.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        helper.setFrom(settings.from());
        helper.setTo(address);
        helper.setSubject(say("staff-mail.subject", course.title()));
        helper.setText(say("staff-mail.text", course.title(), String.join("\n", lines), link));
        message.setHeader("List-Unsubscribe", "<" + link + ">");
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, Locale.ENGLISH);
    }
}
