package dev.laurel.award.policy;

import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.ResultTrail;
import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where the institution signs, what one person says alone is not enough: neither a grant by hand nor results from a file. */
@Component
public class SecondLook {

    private final Achievements achievements;

    private final Issuers issuers;

    private final Gradebook gradebook;

    private final RuleSets ruleSets;

    SecondLook(Achievements achievements, Issuers issuers, Gradebook gradebook, RuleSets ruleSets) {
        this.achievements = achievements;
        this.issuers = issuers;
        this.gradebook = gradebook;
        this.ruleSets = ruleSets;
    }

    /** Whether the institution signs this badge. */
    public boolean isInstitutions(TenantId tenant, RuleSet ruleSet) {
        return achievements
                .version(tenant, ruleSet.achievementId(), ruleSet.achievementVersion())
                .flatMap(version -> issuers.find(tenant, version.issuerId()))
                .map(issuer -> issuer.kind() == Issuer.Kind.INSTITUTION)
                .orElse(true);
    }

    /**
     * Those of these awards of one rule set, or of what is to become one, that somebody else has to look at: the badge is one of
     * the institution and looks at results from a file. A few statements, and none where no reason looked at any.
     *
     * @param holder whose it is
     * @param reason what it rests on; {@code null} where that is not at hand
     */
    public <A> List<A> needed(
            TenantId tenant,
            RuleSet ruleSet,
            Collection<A> awards,
            ToLongFunction<A> holder,
            Function<A, @Nullable Evaluation> reason) {
        List<A> asked = awards.stream()
                .filter(award -> mayRestOnFile(reason.apply(award)))
                .toList();
        if (asked.isEmpty() || !isInstitutions(tenant, ruleSet)) {
            return List.of();
        }
        Set<Long> people = gradebook
                .latest(
                        tenant,
                        ruleSet.contextId(),
                        ruleSets.looksAt(tenant, ruleSet),
                        asked.stream().map(holder::applyAsLong).toList())
                .stream()
                .filter(seen -> seen.isImported() && seen.status() != Observation.Status.NONE)
                .map(Observation::personId)
                .collect(Collectors.toSet());
        return asked.stream()
                .filter(award -> people.contains(holder.applyAsLong(award)))
                .toList();
    }

    /** It looked at a result from a file, or at several of which one may be. */
    private static boolean mayRestOnFile(@Nullable Evaluation reason) {
        return reason == null
                || reason.lines().stream()
                        .anyMatch(line -> line.source().equals(Observation.FROM_FILE)
                                || !line.parts().isEmpty());
    }

    /** Those of these people of whom this one brought a result that the badge looks at. */
    public Set<Long> broughtBy(TenantId tenant, RuleSet ruleSet, Collection<Long> people, long byPerson) {
        return gradebook
                .trailsOf(tenant, ruleSet.contextId(), people, ruleSets.looksAt(tenant, ruleSet))
                .entrySet()
                .stream()
                .filter(trails -> trails.getValue().stream()
                        .flatMap(trail -> trail.entries().stream())
                        .anyMatch(entry -> entry.origin() == ResultTrail.Origin.IMPORTED
                                && Objects.equals(entry.byPerson(), byPerson)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
