package dev.laurel.criteria.rule;

import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one learner. */
public interface Facts {

    CourseFacts course();

    /** The latest observation of a column. */
    @Nullable
    Observation latest(long lineItemId);

    /** Every observation of a column, oldest first; only for columns of leaves that need it. */
    List<Observation> history(long lineItemId);

    /** The attempts at a column of which anything is known, even of such as do not count; only for columns with a history. */
    default Set<Integer> attempts(long lineItemId) {
        return Attempts.numbers(history(lineItemId));
    }

    /** A badge that the learner holds now, in good standing; {@code null} where not. */
    @Nullable
    Held badge(long achievementId);

    /** A badge of another organisation that the learner brought and that counts now; {@code null} where there is none. */
    default @Nullable Held brought(BroughtBadge asked) {
        return null;
    }

    /** Sections and groups of the course that the learner is in, by the platform's numbers. */
    Set<String> groups();

    /**
     * @param credits what it is worth; {@code null} where nothing was said
     * @param since UTC
     */
    record Held(@Nullable BigDecimal credits, Instant since) {

        /** The same badge under two accounts of one human counts once: what is worth more, else what is older. */
        public Held better(Held other) {
            int worth = worth(credits).compareTo(worth(other.credits));
            return worth > 0 || (worth == 0 && !since.isAfter(other.since)) ? this : other;
        }

        private static BigDecimal worth(@Nullable BigDecimal credits) {
            return credits == null ? BigDecimal.ZERO : credits;
        }
    }
}
