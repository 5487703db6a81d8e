package dev.laurel.publication.mail;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.LostBadges;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.mail.MessageRepository.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The words of a message about somebody's badges. No result of hers stands in it: a mailbox is not a gradebook. */
@Component
class DigestTexts {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    private final Achievements achievements;

    private final Contexts contexts;

    private final LostBadges lostBadges;

    private final PublicUrl publicUrl;

    private final MessageSource messages;

    DigestTexts(
            Achievements achievements,
            Contexts contexts,
            LostBadges lostBadges,
            PublicUrl publicUrl,
            MessageSource messages) {
        this.achievements = achievements;
        this.contexts = contexts;
        this.lostBadges = lostBadges;
        this.publicUrl = publicUrl;
        this.messages = messages;
    }

    /**
     * What there is to tell.
     *
     * @param awards by what is told of them
     * @param falls by award, of each that fell
     * @param now when it is told
     */
    record News(TenantId tenant, Map<Kind, List<Award>> awards, Map<Long, Fall> falls, Instant now) {

        List<Award> of(Kind kind) {
            return awards.getOrDefault(kind, List.of());
        }

        boolean isNone() {
            return awards.isEmpty();
        }
    }

    record Text(String subject, String body) {}

    /** @param silence the address that ends messages */
    Text of(News news, String silence) {
        List<Award> about =
                news.awards().values().stream().flatMap(List::stream).toList();
        Map<AchievementVersion.Key, AchievementVersion> badges = achievements.versions(
                news.tenant(), about.stream().map(Award::badge).toList());
        Map<Long, CourseContext> courses =
                contexts
                        .find(
                                news.tenant(),
                                about.stream().map(Award::contextId).collect(Collectors.toSet()))
                        .stream()
                        .collect(Collectors.toMap(CourseContext::id, Function.identity()));
        Known known = new Known(badges, courses);
        List<String> parts = new ArrayList<>();
        if (!news.of(Kind.EARNED).isEmpty()) {
            parts.add(say("mail.text.earned", lines(news.of(Kind.EARNED), award -> earned(award, known))));
        }
        if (!news.of(Kind.ENDS).isEmpty()) {
            parts.add(say("mail.text.ends", lines(news.of(Kind.ENDS), award -> ends(award, known))));
        }
        if (!news.of(Kind.FELL).isEmpty()) {
            parts.add(say("mail.text.fell", lines(news.of(Kind.FELL), award -> fell(news, award, known))));
        }
        parts.add(say("mail.text.silence", silence));
        return new Text(subject(news, known), String.join("\n\n", parts));
    }

    private record Known(Map<AchievementVersion.Key, AchievementVersion> badges, Map<Long, CourseContext> courses) {

        String name(Award award) {
            AchievementVersion badge = badges.get(award.badge());
            return badge == null ? "" : badge.name();
        }

        String course(Award award) {
            CourseContext course = courses.get(award.contextId());
            return course == null ? "" : course.title();
        }

        String day(Award award, @Nullable Instant at) {
            CourseContext course = courses.get(award.contextId());
            return at == null ? "" : DAY.format(at.atZone(course == null ? ZoneOffset.UTC : course.zone()));
        }
    }

    private String subject(News news, Known known) {
        Kind first = List.of(Kind.EARNED, Kind.ENDS, Kind.FELL).stream()
                .filter(kind -> !news.of(kind).isEmpty())
                .findFirst()
                .orElseThrow();
        List<Award> about = news.of(first);
        String key = "mail.subject." + first.name().toLowerCase(Locale.ROOT);
        return about.size() == 1 ? say(key + ".one", known.name(about.get(0))) : say(key + ".some", about.size());
    }

    private static String lines(List<Award> about, Function<Award, String> line) {
        return about.stream().map(line).collect(Collectors.joining("\n"));
    }

    private String earned(Award award, Known known) {
        return say("mail.badge", known.name(award), known.course(award));
    }

    private String ends(Award award, Known known) {
        return say("mail.badge.ends", known.name(award), known.course(award), known.day(award, award.validUntil()));
    }

    private String fell(News news, Award award, Known known) {
        Fall fall = news.falls().get(award.id());
        if (fall == null) {
            throw new IllegalArgumentException("Award " + award.id() + " did not fall");
        }
        List<String> lost = lostBadges.of(news.tenant(), award);
        return say(
                "mail.badge.fell." + (lost.isEmpty() ? "" : "badges.")
                        + fall.follows().name().toLowerCase(Locale.ROOT),
                known.name(award),
                known.course(award),
                known.day(award, fall.actAtOnceTold(news.now())),
                publicUrl.at("/my/badges/" + award.id()),
                String.join(", ", lost));
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, Locale.ENGLISH);
    }
}
