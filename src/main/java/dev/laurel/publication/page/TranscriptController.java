package dev.laurel.publication.page;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.pdf.PdfDocuments;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What somebody has of one institution and still holds, as a list that a registrar would print. Samples are not in it. */
@Controller
class TranscriptController {

    private final Awards awards;

    private final Achievements achievements;

    private final Issuers issuers;

    private final Contexts contexts;

    private final PdfDocuments documents;

    private final Drawings drawings;

    private final Credentials credentials;

    private final Clock clock;

    TranscriptController(
            Awards awards,
            Achievements achievements,
            Issuers issuers,
            Contexts contexts,
            PdfDocuments documents,
            Drawings drawings,
            Credentials credentials,
            Clock clock) {
        this.awards = awards;
        this.achievements = achievements;
        this.issuers = issuers;
        this.contexts = contexts;
        this.documents = documents;
        this.drawings = drawings;
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * A line of it.
     *
     * @param issuer as the signed badge has it
     * @param number of the signed badge that is in force; {@code null}: it is not signed yet
     */
    record Entry(
            String name,
            String issuer,
            String course,
            ZonedDateTime earned,
            @Nullable String level,
            @Nullable BigDecimal credits,
            @Nullable ZonedDateTime until,
            @Nullable UUID number) {}

    @GetMapping("/my/transcript.pdf")
    ResponseEntity<byte[]> transcript(@AuthenticationPrincipal @Nullable SignedIn me, Locale locale) {
        if (me == null) {
            throw CredentialFiles.notFound();
        }
        List<Entry> entries = entries(me.tenant(), me.personId());
        if (entries.isEmpty()) {
            throw CredentialFiles.notFound();
        }
        String name = Optional.ofNullable(
                        contexts.profiles(me.tenant(), List.of(me.personId())).get(me.personId()))
                .flatMap(Profile::fullName)
                .orElse(null);
        Map<String, Object> model = new HashMap<>();
        model.put("holder", name);
        model.put("entries", entries);
        model.put("credits", total(entries));
        model.put(
                "printed",
                ZonedDateTime.now(clock.withZone(entries.get(0).earned().getZone())));
        model.put("complete", isComplete(name, entries));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("transcript.pdf")
                                .build()
                                .toString())
                .body(drawings.draw(() -> documents.render("publication/transcript", model, locale)));
    }

    /** Oldest first. What was taken back, replaced, suspended or declined, or has ended, is not held. */
    private List<Entry> entries(TenantId tenant, long personId) {
        List<Award> held = awards.ofPerson(tenant, personId).stream()
                .filter(award -> award.releasedAt() != null
                        && award.declinedAt() == null
                        && award.isValid()
                        && !award.isOver(clock.instant()))
                .sorted(Comparator.comparing(Award::decidedAt))
                .toList();
        Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                tenant, held.stream().map(TranscriptController::key).toList());
        Map<Long, Issuer> speakers = versions.values().stream()
                .map(AchievementVersion::issuerId)
                .distinct()
                .flatMap(issuer -> issuers.find(tenant, issuer).stream())
                .collect(Collectors.toMap(Issuer::id, Function.identity()));
        Map<Long, CourseContext> courses =
                contexts
                        .find(
                                tenant,
                                held.stream().map(Award::contextId).distinct().toList())
                        .stream()
                        .collect(Collectors.toMap(CourseContext::id, Function.identity()));
        Map<Long, StoredCredential> signed =
                credentials.find(tenant, held.stream().map(Award::id).toList());
        return held.stream()
                .flatMap(award ->
                        entry(award, versions, speakers, courses.get(award.contextId()), signed.get(award.id()))
                                .stream())
                .toList();
    }

    private Optional<Entry> entry(
            Award award,
            Map<AchievementVersion.Key, AchievementVersion> versions,
            Map<Long, Issuer> speakers,
            @Nullable CourseContext course,
            @Nullable StoredCredential signed) {
        AchievementVersion version = versions.get(key(award));
        Issuer issuer = version == null ? null : speakers.get(version.issuerId());
        if (version == null || issuer == null || issuer.kind() == Issuer.Kind.SAMPLE) {
            return Optional.empty();
        }
        ZoneId zone = course == null ? ZoneOffset.UTC : course.zone();
        String speaker = signed == null
                ? null
                : credentials.signedWords(signed.embedded()).issuer();
        return Optional.of(new Entry(
                version.name(),
                speaker == null ? issuer.name() : speaker,
                course == null ? "" : course.title(),
                award.decidedAt().atZone(zone),
                award.level() == null ? null : award.level().name(),
                version.credits() == null ? null : version.credits().stripTrailingZeros(),
                award.validUntil() == null
                        ? null
                        : award.validUntil().minusSeconds(1).atZone(zone),
                signed == null ? null : signed.publicId()));
    }

    /** {@code null} where no badge says what it is worth. */
    private static @Nullable BigDecimal total(List<Entry> entries) {
        return entries.stream()
                .map(Entry::credits)
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null);
    }

    private boolean isComplete(@Nullable String name, List<Entry> entries) {
        return (name == null || documents.prints(name))
                && entries.stream()
                        .flatMap(entry -> Stream.of(entry.name(), entry.issuer(), entry.course()))
                        .allMatch(documents::prints);
    }

    private static AchievementVersion.Key key(Award award) {
        return new AchievementVersion.Key(award.achievementId(), award.achievementVersion());
    }
}
