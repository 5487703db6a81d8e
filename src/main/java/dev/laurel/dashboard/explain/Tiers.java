package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Rule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The tiers of a badge and where one learner stands between them; none for a badge without tiers. */
public record Tiers(List<Tier> tiers) {

    /** @param reached with those below it, as {@link dev.laurel.criteria.rule.Evaluator#level} has it */
    public record Tier(String name, Explanation way, boolean reached) {}

    /** @param today in the time zone of the course */
    public static Tiers of(Rule rule, Evaluation evaluation, LocalDate today) {
        if (!(rule instanceof Rule.Levels levels)) {
            return new Tiers(List.of());
        }
        Iterator<Line> lines = evaluation.lines().iterator();
        List<Tier> tiers = new ArrayList<>();
        boolean below = true;
        for (Rule.Levels.Level level : levels.levels()) {
            Explanation way = Explanation.of(level.rule(), lines, today);
            below = below && way.isMet();
            tiers.add(new Tier(level.name(), way, below));
        }
        return new Tiers(tiers);
    }

    /** The tier above one of this rank, where it is still to be reached. */
    public Optional<Tier> above(int rank) {
        return tiers.stream().skip(rank).findFirst().filter(tier -> !tier.way().isMet());
    }
}
