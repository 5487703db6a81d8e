package dev.laurel.criteria;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A badge of another organisation that somebody proved to be hers, as an input of rules. Whoever verified it writes it.
 *
 * @param id where it comes from: the number under which whoever wrote it knows it
 * @param achievement {@code null} where its issuer does not have that address, and so nobody vouches for it
 * @param alignments URLs of what it stands for
 * @param since UTC
 * @param until UTC; {@code null}: for ever
 */
public record BroughtAchievement(
        long id,
        long personId,
        @Nullable String achievement,
        String issuer,
        List<String> alignments,
        Instant since,
        @Nullable Instant until) {

    public BroughtAchievement {
        alignments = List.copyOf(alignments);
    }
}
