package dev.laurel.criteria;

import dev.laurel.criteria.KnownColumnRepository.Known;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Sources;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What became of the columns that rules ask for since somebody last looked at them: another name or maximum may mean another
 * task, and a column in which nobody is ever graded lets nobody earn anything. The rule is never changed for that.
 */
@Component
class ColumnHealth {

    /** After that long without any grade something is probably wrong. */
    static final Duration LONG = Duration.ofDays(14);

    private final KnownColumnRepository known;

    private final Gradebook gradebook;

    private final Sources sources;

    private final Clock clock;

    ColumnHealth(KnownColumnRepository known, Gradebook gradebook, Sources sources, Clock clock) {
        this.known = known;
        this.gradebook = gradebook;
        this.sources = sources;
        this.clock = clock;
    }

    /** Somebody looks at the rule now, or says that all is right: from here on changes count. */
    void remember(TenantId tenant, RuleSet ruleSet, Map<Long, LineItem> columns) {
        List<LineItem> asked = ruleSet.rule().lineItemIds().stream()
                .map(columns::get)
                .filter(Objects::nonNull)
                .toList();
        if (!asked.isEmpty()) {
            known.put(tenant, ruleSet.id(), asked);
        }
    }

    /** Of rule sets of one course that were activated. Two statements, however many they are. */
    List<RuleWarning> warnings(
            TenantId tenant, long contextId, Collection<RuleSet> ofCourse, Map<Long, LineItem> columns) {
        Map<Long, RuleSet> activated = ofCourse.stream()
                .filter(ruleSet -> ruleSet.status() != RuleSet.Status.DRAFT)
                .collect(Collectors.toMap(RuleSet::id, Function.identity()));
        if (activated.isEmpty()) {
            return List.of();
        }
        List<RuleWarning> warnings = new ArrayList<>();
        for (Known before : known.of(tenant, activated.keySet())) {
            RuleSet ruleSet = Objects.requireNonNull(activated.get(before.ruleSetId()));
            LineItem now = columns.get(before.lineItemId());
            if (now != null && !now.deleted() && ruleSet.rule().lineItemIds().contains(now.id())) {
                if (!now.label().equals(before.label())) {
                    warnings.add(warning(ruleSet, now, "rule.warning.renamed"));
                }
                if (!isSame(now.scoreMaximum(), before.maximum())) {
                    warnings.add(warning(ruleSet, now, "rule.warning.rescaled"));
                }
            }
        }
        Sources.Silent silent = sources.silent(tenant, contextId);
        for (RuleSet ruleSet : activated.values()) {
            of(ruleSet, columns, silent.withoutKey())
                    .forEach(column -> warnings.add(warning(ruleSet, column, "rule.warning.unreadable-column")));
            of(ruleSet, columns, silent.ended())
                    .forEach(column -> warnings.add(warning(ruleSet, column, "rule.warning.ended-course")));
        }
        warnings.addAll(neverGraded(tenant, contextId, activated.values(), columns));
        return warnings;
    }

    /** @throws BadRuleException where a column that the rule names cannot be read for want of a key */
    void requireSources(TenantId tenant, RuleSet ruleSet, Map<Long, LineItem> columns) {
        Set<String> unread = sources.silent(tenant, ruleSet.contextId()).withoutKey();
        if (!unread.isEmpty() && of(ruleSet, columns, unread).findFirst().isPresent()) {
            throw new BadRuleException("", "rule.bad.unreadable-column");
        }
    }

    /** The columns of these sources that the rule names. */
    private static Stream<LineItem> of(RuleSet ruleSet, Map<Long, LineItem> columns, Set<String> sources) {
        return ruleSet.rule().lineItemIds().stream()
                .map(columns::get)
                .filter(Objects::nonNull)
                .filter(column -> !column.deleted() && sources.contains(column.source()));
    }

    private List<RuleWarning> neverGraded(
            TenantId tenant, long contextId, Collection<RuleSet> activated, Map<Long, LineItem> columns) {
        Instant longAgo = clock.instant().minus(LONG);
        List<RuleSet> waiting = activated.stream()
                .filter(ruleSet -> ruleSet.status() == RuleSet.Status.ACTIVE)
                .filter(ruleSet ->
                        ruleSet.activatedAt() != null && ruleSet.activatedAt().isBefore(longAgo))
                .toList();
        if (waiting.isEmpty()) {
            return List.of();
        }
        Map<Long, Integer> graded = gradebook.gradedCounts(tenant, contextId);
        return waiting.stream()
                .flatMap(ruleSet -> ruleSet.rule().lineItemIds().stream()
                        .map(columns::get)
                        .filter(Objects::nonNull)
                        .filter(column -> !column.deleted() && graded.getOrDefault(column.id(), 0) == 0)
                        .map(column -> warning(ruleSet, column, "rule.warning.never-graded")))
                .toList();
    }

    private static boolean isSame(@Nullable BigDecimal now, @Nullable BigDecimal before) {
        return now == null || before == null ? now == before : now.compareTo(before) == 0;
    }

    private static RuleWarning warning(RuleSet ruleSet, LineItem column, String key) {
        return new RuleWarning(ruleSet.id(), new Rule.Warning(column.id(), column.label(), key));
    }
}
