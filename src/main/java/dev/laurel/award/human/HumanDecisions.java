package dev.laurel.award.human;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The decisions in force. Who changes one does so through {@code award}'s commands, which also see to the awards. */
@Component
public class HumanDecisions {

    private final HumanDecisionRepository decisions;

    HumanDecisions(HumanDecisionRepository decisions) {
        this.decisions = decisions;
    }

    public Optional<HumanDecision> find(TenantId tenant, long ruleSetId, long personId) {
        return decisions.live(tenant, ruleSetId, List.of(personId)).stream().findFirst();
    }

    /** Rule sets whose badge a person withheld from her. */
    public Set<Long> withheldFrom(TenantId tenant, long personId) {
        return decisions.ruleSets(tenant, personId, HumanDecision.Kind.WITHHELD);
    }

    /** Rule sets that she met before they were activated for what comes from then on. */
    public Set<Long> metEarlier(TenantId tenant, long personId) {
        return decisions.ruleSets(tenant, personId, HumanDecision.Kind.EARLIER);
    }

    /** Oldest first. */
    public List<HumanDecision> ofRuleSet(TenantId tenant, long ruleSetId) {
        return decisions.live(tenant, ruleSetId, null);
    }

    /** Those of these people for whom this is decided, by two people where it takes two. */
    public Set<Long> among(TenantId tenant, long ruleSetId, HumanDecision.Kind kind, Collection<Long> people) {
        return people.isEmpty() ? Set.of() : decisions.among(tenant, ruleSetId, kind, people);
    }

    /** What is decided about those of these people, by two people where it takes two. One statement. */
    public Map<Long, HumanDecision> about(TenantId tenant, long ruleSetId, Collection<Long> people) {
        return people.isEmpty()
                ? Map.of()
                : decisions.live(tenant, ruleSetId, people).stream()
                        .filter(HumanDecision::counts)
                        .collect(Collectors.toMap(HumanDecision::personId, Function.identity()));
    }

    /** In place of whatever was decided about these people before. */
    @Transactional
    public void decide(
            TenantId tenant,
            long ruleSetId,
            Collection<Long> people,
            HumanDecision.Kind kind,
            String reason,
            @Nullable String evidenceText,
            @Nullable String evidenceUrl,
            boolean needsSecond,
            long byPerson,
            Instant now) {
        if (people.isEmpty()) {
            return;
        }
        decisions.end(tenant, ruleSetId, people, "", byPerson, now);
        decisions.add(
                tenant, ruleSetId, people, kind, reason, evidenceText, evidenceUrl, null, needsSecond, byPerson, now);
    }

    /**
     * Somebody is to have the badge, in place of whatever was decided about her before.
     *
     * @param level 1 is the lowest, and that of a badge without levels
     */
    @Transactional
    public void give(
            TenantId tenant,
            long ruleSetId,
            long personId,
            String reason,
            @Nullable String evidenceText,
            @Nullable String evidenceUrl,
            int level,
            boolean needsSecond,
            long byPerson,
            Instant now) {
        List<Long> her = List.of(personId);
        decisions.end(tenant, ruleSetId, her, "", byPerson, now);
        decisions.add(
                tenant,
                ruleSetId,
                her,
                HumanDecision.Kind.GRANTED,
                reason,
                evidenceText,
                evidenceUrl,
                level,
                needsSecond,
                byPerson,
                now);
    }

    /**
     * These people met the rule before it counted; in place of whatever was noted about them before.
     *
     * @param reached by person the level, 1 also of a badge without levels
     */
    @Transactional
    public void metEarlier(TenantId tenant, long ruleSetId, Map<Long, Integer> reached, long byPerson, Instant now) {
        if (reached.isEmpty()) {
            return;
        }
        decisions.end(tenant, ruleSetId, reached.keySet(), "", byPerson, now);
        Map<Integer, List<Long>> byLevel = new TreeMap<>();
        reached.forEach((person, level) ->
                byLevel.computeIfAbsent(level, any -> new ArrayList<>()).add(person));
        byLevel.forEach((level, people) -> decisions.add(
                tenant, ruleSetId, people, HumanDecision.Kind.EARLIER, "", null, null, level, false, byPerson, now));
    }

    /** Somebody else confirms it; false where it is not in force any more, or confirmed before. */
    @Transactional
    public boolean second(TenantId tenant, HumanDecision decision, long byPerson, Instant now) {
        return decisions.second(tenant, decision.id(), byPerson, now);
    }

    /** From now on the rule decides again about these people. One statement. */
    @Transactional
    public void end(
            TenantId tenant, long ruleSetId, Collection<Long> people, String reason, long byPerson, Instant now) {
        if (!people.isEmpty()) {
            decisions.end(tenant, ruleSetId, people, reason, byPerson, now);
        }
    }
}
