package dev.laurel.achievement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instructor wrote about a badge.
 *
 * @param imageId an uploaded image; {@code null}: draw one from name and colour
 * @param worth {@code null}: as before, at first nothing and for ever
 */
public record AchievementDraft(
        String name,
        String description,
        String criteria,
        String colour,
        @Nullable Long imageId,
        @Nullable Worth worth) {

    /**
     * What the badge is worth, for how long, and what it stands for.
     *
     * @param credits more than 0; {@code null}: none
     * @param validity {@code null}: for ever
     * @param alignments skills of named frameworks, in the order of the page
     * @param details what else it says of itself
     */
    public record Worth(
            @Nullable BigDecimal credits, @Nullable Validity validity, List<Alignment> alignments, Details details) {

        public static final Worth NOTHING = new Worth(null, null);

        public Worth(@Nullable BigDecimal credits, @Nullable Validity validity) {
            this(credits, validity, List.of());
        }

        public Worth(@Nullable BigDecimal credits, @Nullable Validity validity, List<Alignment> alignments) {
            this(credits, validity, alignments, Details.NOTHING);
        }

        /** The same for another course: until a day that is over nothing new can be valid there. */
        public Worth inAnotherCourse(Instant now, ZoneId zone) {
            return validity != null && validity.isOver(now, zone)
                    ? new Worth(credits, null, alignments, details)
                    : this;
        }

        /** @throws IllegalArgumentException where the credits are none */
        public Worth {
            if (credits != null && credits.signum() <= 0) {
                throw new IllegalArgumentException("A badge is worth more than no credits, or nothing is said");
            }
            alignments = List.copyOf(alignments);
        }
    }

    /** Worth what it says, else this. */
    AchievementDraft orElse(Worth before) {
        return worth != null ? this : new AchievementDraft(name, description, criteria, colour, imageId, before);
    }

    /** Without a word about its worth. */
    public AchievementDraft(String name, String description, String criteria, String colour, @Nullable Long imageId) {
        this(name, description, criteria, colour, imageId, (Worth) null);
    }

    /** Worth these credits, for ever. */
    public AchievementDraft(
            String name,
            String description,
            String criteria,
            String colour,
            @Nullable Long imageId,
            @Nullable BigDecimal credits) {
        this(name, description, criteria, colour, imageId, credits == null ? null : new Worth(credits, null));
    }
}
