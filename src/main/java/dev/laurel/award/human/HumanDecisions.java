package dev.laurel.award.human;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
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

/**
 * The decisions in force: of each person one at most, and beside it what was noted as earlier. Who changes one does so
 * through {@code award}'s commands, which also see to the awards.
 */
@Component
public class HumanDecisions {

    private static final Set<HumanDecision.Kind> EARLIER = EnumSet.of(HumanDecision.Kind.EARLIER);

    private static final Set<HumanDecision.Kind> BUT_EARLIER =
            EnumSet.complementOf(EnumSet.of(HumanDecision.Kind.EARLIER));

    private final HumanDecisionRepository decisions;

    private final UndonePassRepository undone;

    HumanDecisions(HumanDecisionRepository decisions, UndonePassRepository undone) {
        this.decisions = decisions;
        this.undone = undone;
    }

    /** What was noted as earlier is the answer only where nothing else is decided. */
    public Optional<HumanDecision> find(TenantId tenant, long ruleSetId, long personId) {
        return decisions.live(tenant, ruleSetId, List.of(personId)).stream().findFirst();
    }

    /** Rule sets whose badge, or more of it than she was given by hand, a person withheld from her. */
    public Set<Long> withheldFrom(TenantId tenant, long personId) {
        return decisions.withheld(tenant, personId);
    }

    /** Rule sets that she met before they were activated for what comes from then on. */
    public Set<Long> metEarlier(TenantId tenant, long personId) {
        return decisions.metEarlier(tenant, personId);
    }

    /** Oldest first, what was noted as earlier last. */
    public List<HumanDecision> ofRuleSet(TenantId tenant, long ruleSetId) {
        return decisions.live(tenant, ruleSetId, null);
    }

    /** Those of these people for whom this is decided, by two people where it takes two. */
    public Set<Long> among(TenantId tenant, long ruleSetId, HumanDecision.Kind kind, Collection<Long> people) {
        return people.isEmpty() ? Set.of() : decisions.among(tenant, ruleSetId, kind, people);
    }

    /** What was given by hand to those of these people who have it so, by two people where it takes two. One statement. */
    public Granted granted(TenantId tenant, long ruleSetId, Collection<Long> people) {
        return new Granted(
                people.isEmpty()
                        ? Map.of()
                        : decisions.live(tenant, ruleSetId, people).stream()
                                .filter(decision -> decision.kind() == HumanDecision.Kind.GRANTED && decision.counts())
                                .collect(Collectors.toMap(HumanDecision::personId, Function.identity())));
    }

    /**
     * They keep what was granted to them, and no check gives them more until a person lets the rule decide again.
     *
     * @param passId that is undone as a whole; {@code null}: decided about them alone
     */
    @Transactional
    public void noMore(TenantId tenant, long ruleSetId, Collection<Long> people, @Nullable Long passId, long byPerson) {
        if (!people.isEmpty()) {
            decisions.noMore(tenant, ruleSetId, people, passId, byPerson);
            undone.decided(tenant, ruleSetId, people, passId);
        }
    }

    /**
     * No check gives them the badge, in place of whatever was decided about them before. From whom it was withheld alone, it
     * stays so when a pass is undone.
     *
     * @param passId as for {@link #noMore}
     */
    @Transactional
    public void withhold(
            TenantId tenant,
            long ruleSetId,
            Collection<Long> whom,
            String reason,
            @Nullable Long passId,
            long byPerson,
            Instant now) {
        Set<Long> people = new HashSet<>(whom);
        if (passId != null) {
            people.removeAll(withheldAlone(tenant, ruleSetId, people));
        }
        if (people.isEmpty()) {
            return;
        }
        decisions.end(tenant, ruleSetId, people, BUT_EARLIER, "", byPerson, now);
        decisions.add(
                tenant,
                ruleSetId,
                people,
                HumanDecision.Kind.WITHHELD,
                reason,
                null,
                null,
                null,
                List.of(),
                false,
                null,
                passId,
                byPerson,
                now);
        undone.decided(tenant, ruleSetId, people, passId);
    }

    private Set<Long> withheldAlone(TenantId tenant, long ruleSetId, Collection<Long> people) {
        return against(tenant, ruleSetId, people).values().stream()
                .filter(decision -> decision.kind() == HumanDecision.Kind.WITHHELD && decision.passId() == null)
                .map(HumanDecision::personId)
                .collect(Collectors.toSet());
    }

    /**
     * By undone pass those whom a check gives nothing, or no more, because of it; of whom a person decided alone since are
     * not among them. One statement.
     */
    public Map<Long, Set<Long>> undoneWith(TenantId tenant, long ruleSetId) {
        return undone.people(tenant, ruleSetId);
    }

    /**
     * What undoing a pass decided holds no longer; what was granted stays. What was decided about one of them alone since, or
     * with another pass, does, too.
     *
     * @return about whom a check decides again
     */
    @Transactional
    public Set<Long> endPass(TenantId tenant, long ruleSetId, long passId, String reason, long byPerson, Instant now) {
        Set<Long> people = new HashSet<>(undoneWith(tenant, ruleSetId).getOrDefault(passId, Set.of()));
        undone.end(tenant, ruleSetId, passId);
        decisions.endPass(tenant, ruleSetId, passId, reason, byPerson, now);
        undoneWith(tenant, ruleSetId).values().forEach(people::removeAll);
        return people;
    }

    /** What keeps a check from giving these people the badge, or what they had reached of it. One statement. */
    public Map<Long, HumanDecision> against(TenantId tenant, long ruleSetId, Collection<Long> people) {
        return people.isEmpty()
                ? Map.of()
                : decisions.live(tenant, ruleSetId, people).stream()
                        .filter(decision -> decision.kind() != HumanDecision.Kind.GRANTED || decision.noMore())
                        .collect(Collectors.toMap(
                                HumanDecision::personId, Function.identity(), (first, earlier) -> first));
    }

    /**
     * Somebody is to have the badge, in place of whatever was decided about her before. What was noted as earlier stays so: it
     * holds where this is refused or ends. Where no check gave her more, none does.
     *
     * @param level 1 is the lowest, and that of a badge without levels
     * @param tiers that the badge has, the lowest first
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
            List<String> tiers,
            boolean needsSecond,
            long byPerson,
            Instant now) {
        List<Long> her = List.of(personId);
        HumanDecision limited = decisions.live(tenant, ruleSetId, her).stream()
                .filter(HumanDecision::noMore)
                .findFirst()
                .orElse(null);
        decisions.end(tenant, ruleSetId, her, BUT_EARLIER, "", byPerson, now);
        decisions.add(
                tenant,
                ruleSetId,
                her,
                HumanDecision.Kind.GRANTED,
                reason,
                evidenceText,
                evidenceUrl,
                level,
                tiers,
                needsSecond,
                limited,
                limited == null ? null : limited.passId(),
                byPerson,
                now);
        undone.decided(tenant, ruleSetId, her, null);
    }

    /**
     * These people met the rule before it counted; in place of what was noted so before.
     *
     * @param reached by person the level, 1 also of a badge without levels
     * @param tiers that the badge has, the lowest first
     */
    @Transactional
    public void metEarlier(
            TenantId tenant,
            long ruleSetId,
            Map<Long, Integer> reached,
            List<String> tiers,
            long byPerson,
            Instant now) {
        if (reached.isEmpty()) {
            return;
        }
        decisions.end(tenant, ruleSetId, reached.keySet(), EARLIER, "", byPerson, now);
        Map<Integer, List<Long>> byLevel = new TreeMap<>();
        reached.forEach((person, level) ->
                byLevel.computeIfAbsent(level, any -> new ArrayList<>()).add(person));
        byLevel.forEach((level, people) -> decisions.add(
                tenant,
                ruleSetId,
                people,
                HumanDecision.Kind.EARLIER,
                "",
                null,
                null,
                level,
                tiers,
                false,
                null,
                null,
                byPerson,
                now));
    }

    /** Somebody else confirms it; false where it is not in force any more, or confirmed before. */
    @Transactional
    public boolean second(TenantId tenant, HumanDecision decision, long byPerson, Instant now) {
        return decisions.second(tenant, decision.id(), byPerson, now);
    }

    /** It holds no longer; false where it is not what is in force any more, or somebody confirmed it meanwhile. */
    @Transactional
    public boolean end(TenantId tenant, HumanDecision read, String reason, long byPerson, Instant now) {
        boolean ended = decisions.end(tenant, read, reason, byPerson, now);
        undone.decided(tenant, read.ruleSetId(), List.of(read.personId()), null);
        return ended;
    }

    /** Nobody is noted as earlier any more. One statement. */
    @Transactional
    public void endEarlier(TenantId tenant, long ruleSetId, Collection<Long> people, long byPerson, Instant now) {
        if (!people.isEmpty()) {
            decisions.end(tenant, ruleSetId, people, EARLIER, "", byPerson, now);
        }
    }
}
