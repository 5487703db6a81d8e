package dev.laurel.dashboard.course;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.criteria.RuleSet;
import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Badges of the institution in courses that may not speak in its name any more. They stay with their course and are paused
 * there: nobody earns them before the institution lets the course speak again. What was earned stays as it is.
 */
@Component
public class LostAuthority {

    private final Issuers issuers;

    LostAuthority(Issuers issuers) {
        this.issuers = issuers;
    }

    /** Those of these that were activated once and may not be awarded any more; two statements, however many there are. */
    public List<RuleSet> among(TenantId tenant, Collection<RuleSet> ruleSets) {
        List<RuleSet> inUse = ruleSets.stream()
                .filter(ruleSet -> ruleSet.status() != RuleSet.Status.DRAFT && !ruleSet.isRetired())
                .toList();
        Map<Long, Long> speaking = issuers.ofInstitution(
                tenant, inUse.stream().map(RuleSet::achievementId).toList());
        if (speaking.isEmpty()) {
            return List.of();
        }
        Map<Long, Issuer> granted = issuers.grants(tenant);
        return inUse.stream()
                .filter(ruleSet -> {
                    Long issuer = speaking.get(ruleSet.achievementId());
                    Issuer now = granted.get(ruleSet.contextId());
                    return issuer != null && (now == null || now.id() != issuer);
                })
                .toList();
    }
}
