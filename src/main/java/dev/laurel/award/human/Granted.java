package dev.laurel.award.human;

import dev.laurel.award.Award;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people were given of one badge by hand, by person: it is kept when something else that they got of it is taken back. */
public record Granted(Map<Long, HumanDecision> byPerson) {

    public boolean has(long personId) {
        return byPerson.containsKey(personId);
    }

    /**
     * Whether an award is more than its holder was given by hand, so that she keeps that without it: nobody was told of it or
     * vouched for it as what she was given; or it is of a higher level, and took the place of what she was given.
     *
     * @param before what she has again without it, or still; {@code null}: nothing
     */
    public boolean isBeyond(Award award, @Nullable Award before) {
        HumanDecision decision = byPerson.get(award.personId());
        if (decision == null) {
            return false;
        }
        boolean higher = award.rank() > decision.rankAmong(award.tiers());
        if (award.releasedAt() == null) {
            return higher || award.acceptedBy() == null;
        }
        return higher && before != null && before.rankAmong(award.tiers()) >= decision.rankAmong(award.tiers());
    }
}
