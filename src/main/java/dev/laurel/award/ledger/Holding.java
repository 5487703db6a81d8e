package dev.laurel.award.ledger;

import dev.laurel.award.Award;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has of a badge.
 *
 * @param last the number of the last occurrence
 * @param standing the last one that was not taken back, told or not
 * @param told the last of those that its holder was told of
 * @param since what happened before does not count for the standing one, as it was decided when renewal of one before it
 *     had begun; {@code null} where everything counts
 */
public record Holding(
        int last,
        @Nullable Award standing,
        @Nullable Award told,
        @Nullable Instant since) {

    /** @param all that somebody ever had of a badge, in their order */
    static Holding of(List<Award> all) {
        Award standing = null;
        Award told = null;
        Instant since = null;
        for (Award award : all) {
            if (award.revokedAt() == null) {
                standing = award;
                told = award.releasedAt() == null ? told : award;
            }
        }
        for (Award before : all) {
            Instant renewal = before.renewFrom();
            if (renewal != null
                    && standing != null
                    && isRenewal(standing, before, renewal)
                    && (since == null || since.isBefore(renewal))) {
                since = renewal;
            }
        }
        return new Holding(all.get(all.size() - 1).occurrence(), standing, told, since);
    }

    /** Whether an award extends the time of an earlier one, which was in force when its renewal began. */
    private static boolean isRenewal(Award award, Award before, Instant begun) {
        Instant ended = before.validUntil();
        return before.occurrence() < award.occurrence()
                && (award.validUntil() == null
                        || ended != null && award.validUntil().isAfter(ended))
                && !begun.isAfter(award.decidedAt())
                && (before.revokedAt() == null || !before.revokedAt().isBefore(begun));
    }

    /** Whether the standing one is on its way to take the place of one that is not less than it. */
    public boolean isRenewed() {
        return standing != null
                && told != null
                && standing.id() != told.id()
                && told.rankAmong(standing.tiers()) >= standing.rank();
    }
}
