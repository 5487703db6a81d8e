package dev.laurel.publication.mail;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.mail.MessageRepository.Addressee;
import dev.laurel.publication.mail.MessageRepository.Kind;
import dev.laurel.publication.mail.MessageRepository.Waiting;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
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

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    private static final int AT_ONCE = 200;

    private static final Duration NEXT_TRY = Duration.ofMinutes(15);

    private final MessageRepository repository;

    private final MailSettings settings;

    private final MailServer server;

    private final Silence silence;

    private final Awards awards;

    private final Achievements achievements;

    private final Contexts contexts;

    private final PublicUrl publicUrl;

    private final MessageSource messages;

    private final TransactionTemplate transaction;

    private final Clock clock;

    Digests(
            MessageRepository repository,
            MailSettings settings,
            MailServer server,
            Silence silence,
            Awards awards,
            Achievements achievements,
            Contexts contexts,
            PublicUrl publicUrl,
            MessageSource messages,
            TransactionTemplate transaction,
            Clock clock) {
        this.repository = repository;
        this.settings = settings;
        this.server = server;
        this.silence = silence;
        this.awards = awards;
        this.achievements = achievements;
        this.contexts = contexts;
        this.publicUrl = publicUrl;
        this.messages = messages;
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
            int dropped = repository.dropUpTo(before.get(), now);
            LOG.info(
                    "Messages not sent: {} waited when the installation stopped, and may have been sent since",
                    dropped);
        }
        for (Addressee addressee : repository.due(now.minus(settings.every()), AT_ONCE)) {
            send(mail, addressee, now);
        }
    }

    private void send(JavaMailSender mail, Addressee addressee, Instant now) {
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
        Map<Long, Award> held =
                awards
                        .find(
                                addressee.tenant(),
                                told.stream().map(Waiting::awardId).collect(Collectors.toSet()))
                        .stream()
                        .filter(award -> award.isValid() && !award.isOver(now))
                        .collect(Collectors.toMap(Award::id, Function.identity()));
        String address = address(addressee);
        if (held.isEmpty() || address == null) {
            repository.end(addressee, told, "DROPPED", now);
            return;
        }
        try {
            mail.send(message(mail, addressee, address, news(told, held)));
        } catch (MailException | MessagingException e) {
            // Neither the address nor what the server said of it belongs into a log.
            LOG.warn(
                    "Message not taken by the mail server ({}), tried again later",
                    e.getClass().getSimpleName());
            repository.again(addressee, told, now.minus(settings.every()).plus(NEXT_TRY));
        }
    }

    /** What of it still stands, by kind, in the order of {@code told}. */
    private static Map<Kind, List<Award>> news(List<Waiting> told, Map<Long, Award> held) {
        Map<Kind, List<Award>> news = new EnumMap<>(Kind.class);
        for (Waiting each : told) {
            Award award = held.get(each.awardId());
            if (award != null) {
                news.computeIfAbsent(each.kind(), kind -> new ArrayList<>()).add(award);
            }
        }
        return news;
    }

    private @Nullable String address(Addressee addressee) {
        Profile profile = contexts.profiles(addressee.tenant(), List.of(addressee.personId()))
                .get(addressee.personId());
        return profile == null ? null : profile.email();
    }

    private MimeMessage message(JavaMailSender mail, Addressee addressee, String address, Map<Kind, List<Award>> news)
            throws MessagingException {
        String link = publicUrl.at(Silence.PATH + silence.token(addressee));
        MimeMessage message = mail.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        helper.setFrom(settings.from());
        helper.setTo(address);
        TenantId tenant = addressee.tenant();
        List<Award> about = news.values().stream().flatMap(List::stream).toList();
        Map<AchievementVersion.Key, AchievementVersion> badges =
                achievements.versions(tenant, about.stream().map(Award::badge).toList());
        Map<Long, CourseContext> courses =
                contexts.find(tenant, about.stream().map(Award::contextId).collect(Collectors.toSet())).stream()
                        .collect(Collectors.toMap(CourseContext::id, Function.identity()));
        List<Award> earned = news.getOrDefault(Kind.EARNED, List.of());
        List<Award> ending = news.getOrDefault(Kind.ENDS, List.of());
        helper.setSubject(subject(earned, ending, badges));
        List<String> parts = new ArrayList<>();
        if (!earned.isEmpty()) {
            parts.add(say("mail.text.earned", lines("mail.badge", earned, badges, courses)));
        }
        if (!ending.isEmpty()) {
            parts.add(say("mail.text.ends", lines("mail.badge.ends", ending, badges, courses)));
        }
        parts.add(say("mail.text.silence", link));
        helper.setText(String.join("\n\n", parts));
        message.setHeader("List-Unsubscribe", "<" + link + ">");
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private String subject(
            List<Award> earned, List<Award> ending, Map<AchievementVersion.Key, AchievementVersion> badges) {
        List<Award> first = earned.isEmpty() ? ending : earned;
        String key = earned.isEmpty() ? "mail.subject.ends." : "mail.subject.";
        return first.size() == 1 ? say(key + "one", name(badges, first.get(0))) : say(key + "some", first.size());
    }

    private static String name(Map<AchievementVersion.Key, AchievementVersion> badges, Award award) {
        AchievementVersion badge = badges.get(award.badge());
        return badge == null ? "" : badge.name();
    }

    private String lines(
            String key,
            List<Award> about,
            Map<AchievementVersion.Key, AchievementVersion> badges,
            Map<Long, CourseContext> courses) {
        return about.stream()
                .map(award -> {
                    CourseContext course = courses.get(award.contextId());
                    Instant until = award.validUntil();
                    return say(
                            key,
                            name(badges, award),
                            course == null ? "" : course.title(),
                            until == null
                                    ? ""
                                    : DAY.format(until.atZone(course == null ? ZoneOffset.UTC : course.zone())));
                })
                .collect(Collectors.joining("\n"));
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, Locale.ENGLISH);
    }
}
