package dev.laurel.award;

import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Awards of a tenant. Methods that change one are idempotent. */
@Component
public class Awards {

    public Optional<Award> find(TenantId tenant, long awardId) {
        throw new UnsupportedOperationException();
    }

    public List<Award> find(TenantId tenant, Collection<Long> awardIds) {
        throw new UnsupportedOperationException();
    }

    /** Released awards of a person, newest first. */
    public List<Award> ofPerson(TenantId tenant, long personId) {
        throw new UnsupportedOperationException();
    }

    public List<Award> ofRuleSet(TenantId tenant, long ruleSetId) {
        throw new UnsupportedOperationException();
    }

    /** How many were awarded, by rule set of this course. */
    public Map<Long, Integer> counts(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    /**
     * The holder accepts her badge.
     *
     * @throws AwardNotFoundException where it is not hers or not released
     */
    public Award claim(TenantId tenant, long awardId, long personId, boolean showDisplayName) {
        throw new UnsupportedOperationException();
    }

    /** The facts the decision rests on, as JSON. */
    public Optional<String> decisionRecord(TenantId tenant, long awardId) {
        throw new UnsupportedOperationException();
    }
}
