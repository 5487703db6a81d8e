package dev.laurel.achievement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One version of a badge. Once activated it never changes; an edit makes the next version.
 *
 * @param criteria the narrative that a human reads
 * @param colour {@code #rrggbb} of the drawn image
 * @param credits what it is worth; {@code null} where nothing was said
 * @param alignments what it stands for in frameworks of others
 * @param details what else it says of itself; its {@code type} is the kind of the badge
 * @param validity how long an award of it is valid; {@code null}: for ever
 */
public record AchievementVersion(
        long achievementId,
        UUID achievementPublicId,
        int version,
        long issuerId,
        String name,
        String description,
        String criteria,
        long imageId,
        String colour,
        @Nullable BigDecimal credits,
        @Nullable Validity validity,
        List<Alignment> alignments,
        Details details,
        @Nullable Instant activatedAt) {

    /** Which version of which badge. */
    public record Key(long achievementId, int version) {}

    /** What an edit of it keeps where nothing else is said. */
    public AchievementDraft.Worth worth() {
        return new AchievementDraft.Worth(credits, validity, alignments, details);
    }

    /**
     * What it says of itself in credentials: its description, and below it what its holder may expect. Where neither is there,
     * its name, as Open Badges requires a description.
     */
    public String says() {
        String said = Stream.of(description, details.benefit())
                .filter(text -> text != null && !text.isBlank())
                .collect(Collectors.joining("\n\n"));
        return said.isEmpty() ? name : said;
    }

    /**
     * Whether nobody can get it any more, as it is valid until a day that is over.
     *
     * @param zone of the course: in it the day ends
     */
    public boolean isOver(Instant now, ZoneId zone) {
        return validity != null && validity.isOver(now, zone);
    }

    /** Open Badges 3.0, AchievementType. */
    public String achievementType() {
        return details.type();
    }

    /** Who made it together with this issuer; a course names no partner, only who speaks for the institution can. */
    public Details.@Nullable Partner partner(@Nullable Issuer issuer) {
        return issuer != null && issuer.kind() == Issuer.Kind.INSTITUTION ? details.partner() : null;
    }

    public Key key() {
        return new Key(achievementId, version);
    }
}
