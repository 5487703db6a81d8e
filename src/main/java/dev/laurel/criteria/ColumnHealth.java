package dev.laurel.criteria;

import dev.laurel.criteria.KnownColumnRepository.Known;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Sources;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What became of the columns that rules look at since somebody last looked at them: another name or maximum may mean another
 * task, a group may count less than it did, and a column in which nobody is ever graded lets nobody earn anything. The rule is
 * never changed for that.
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
    void remember(TenantId tenant, RuleSet ruleSet, CourseFacts facts) {
        known.replace(
                tenant,
                ruleSet.id(),
                known(ruleSet, facts, columns(ruleSet, facts).toList()));
    }

    /** Columns came, and some into groups that these rules count: changes of those count, too, from here on. */
    void added(TenantId tenant, Collection<RuleSet> active, CourseFacts facts, Set<Long> lineItemIds) {
        List<Known> added = active.stream()
                .flatMap(ruleSet -> known(
                        ruleSet,
                        facts,
                        columns(ruleSet, facts)
                                .filter(column -> lineItemIds.contains(column.id()) && !isNamed(ruleSet, column))
                                .toList())
                        .stream())
                .toList();
        if (!added.isEmpty()) {
            known.addNew(tenant, added);
        }
    }

    /** A total is out of what it sums up: that this changes is nothing to look at. */
    private static List<Known> known(RuleSet ruleSet, CourseFacts facts, List<LineItem> columns) {
        return columns.stream()
                .filter(column -> isNamed(ruleSet, column) || !column.isTotal())
                .map(column -> Known.of(ruleSet.id(), column, isNamed(ruleSet, column)))
                .toList();
    }

    /** Of rule sets of one course that were activated. Three statements at most, however many they are. */
    List<RuleWarning> warnings(TenantId tenant, long contextId, Collection<RuleSet> ofCourse, CourseFacts facts) {
        Map<Long, RuleSet> activated = ofCourse.stream()
                .filter(ruleSet -> ruleSet.status() != RuleSet.Status.DRAFT)
                .collect(Collectors.toMap(RuleSet::id, Function.identity()));
        if (activated.isEmpty()) {
            return List.of();
        }
        Set<RuleWarning> warnings = new LinkedHashSet<>();
        for (Known before : known.of(tenant, activated.keySet())) {
            changes(Objects.requireNonNull(activated.get(before.ruleSetId())), before, facts)
                    .forEach(warnings::add);
        }
        Sources.Silent silent = sources.silent(tenant, contextId);
        for (RuleSet ruleSet : activated.values()) {
            columns(ruleSet, facts)
                    .filter(silent::mayNotRead)
                    .forEach(column -> warnings.add(about(
                            ruleSet,
                            column,
                            isCounted(ruleSet, column)
                                    ? "rule.warning.unreadable-group"
                                    : "rule.warning.unreadable-column")));
            columns(ruleSet, facts)
                    .filter(column -> silent.ended().contains(column.source()))
                    .forEach(column -> warnings.add(about(ruleSet, column, "rule.warning.ended-course")));
        }
        warnings.addAll(neverGraded(tenant, contextId, activated.values(), facts));
        return List.copyOf(warnings);
    }

    private static List<RuleWarning> changes(RuleSet ruleSet, Known before, CourseFacts facts) {
        @Nullable LineItem now = facts.items().get(before.lineItemId());
        String group = before.group();
        List<RuleWarning> changes = new ArrayList<>();
        if (group == null) {
            if (now != null && !now.deleted() && isNamed(ruleSet, now)) {
                if (!now.label().equals(before.label())) {
                    changes.add(about(ruleSet, now, "rule.warning.renamed"));
                }
                if (!isSame(now.scoreMaximum(), before.maximum())) {
                    changes.addAll(rescaled(ruleSet, now, before.maximum()));
                }
            }
            return changes;
        }
        List<LineItem> counted = columns(ruleSet, facts)
                .filter(column -> group.equals(column.group()))
                .toList();
        // Of a group of which nothing is left the leaf itself tells; what the rule counts no more is not missed.
        if (counted.isEmpty()) {
            return changes;
        }
        if (now == null || !counted.contains(now)) {
            changes.add(warning(ruleSet, 0, before.label(), "rule.warning.left-group"));
        } else if (!isSame(now.scoreMaximum(), before.maximum())) {
            changes.addAll(rescaled(ruleSet, now, before.maximum()));
        }
        return changes;
    }

    private static List<RuleWarning> rescaled(RuleSet ruleSet, LineItem now, @Nullable BigDecimal before) {
        BigDecimal maximum = now.scoreMaximum();
        return before == null || maximum == null || before.signum() <= 0 || maximum.signum() <= 0
                ? List.of(warning(ruleSet, isNamed(ruleSet, now) ? now.id() : 0, now.label(), "rule.warning.rescaled"))
                : rescaledTo(ruleSet, now, maximum, before);
    }

    /** A percentage asks for the same share as before; points ask for another one, and it is said for which. */
    private static List<RuleWarning> rescaledTo(RuleSet ruleSet, LineItem now, BigDecimal maximum, BigDecimal before) {
        long named = isNamed(ruleSet, now) ? now.id() : 0;
        List<BigDecimal> points = ruleSet.rule()
                .leaves()
                .filter(leaf -> leaf instanceof Score score
                        && score.lineItemId() == now.id()
                        && score.unit() == Rule.Unit.POINTS)
                .map(leaf -> ((Score) leaf).threshold())
                .distinct()
                .toList();
        if (points.isEmpty()) {
            Rule.Warning warning = new Rule.Warning(named, now.label(), "rule.warning.rescaled-from");
            return List.of(new RuleWarning(ruleSet.id(), warning, List.of(before, maximum)));
        }
        Rule.Warning warning = new Rule.Warning(named, now.label(), "rule.warning.rescaled-points");
        return points.stream()
                .map(each -> new RuleWarning(
                        ruleSet.id(),
                        warning,
                        List.of(before, maximum, each, percent(each, before), percent(each, maximum))))
                .toList();
    }

    private static BigDecimal percent(BigDecimal points, BigDecimal maximum) {
        return points.movePointRight(2).divide(maximum, 1, RoundingMode.HALF_UP);
    }

    /** Those of these that look at a column that cannot be read for want of a key that allows it. */
    Set<Long> unreadable(TenantId tenant, long contextId, Collection<RuleSet> ofCourse, CourseFacts facts) {
        Sources.Silent silent = sources.silent(tenant, contextId);
        return ofCourse.stream()
                .filter(ruleSet -> columns(ruleSet, facts).anyMatch(silent::mayNotRead))
                .map(RuleSet::id)
                .collect(Collectors.toSet());
    }

    /** What the rule looks at and is there: columns that it names, and those of its groups and totals. */
    private static Stream<LineItem> columns(RuleSet ruleSet, CourseFacts facts) {
        return ruleSet.rule().looksAt(facts).stream()
                .map(facts.items()::get)
                .filter(column -> column != null && !column.deleted());
    }

    private static boolean isNamed(RuleSet ruleSet, LineItem column) {
        return ruleSet.rule().lineItemIds().contains(column.id());
    }

    private static boolean isCounted(RuleSet ruleSet, LineItem column) {
        return !isNamed(ruleSet, column) && !column.isTotal();
    }

    private List<RuleWarning> neverGraded(
            TenantId tenant, long contextId, Collection<RuleSet> activated, CourseFacts facts) {
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
        List<RuleWarning> warnings = new ArrayList<>();
        for (RuleSet ruleSet : waiting) {
            columns(ruleSet, facts)
                    .filter(column -> !isCounted(ruleSet, column) && graded.getOrDefault(column.id(), 0) == 0)
                    .forEach(column -> warnings.add(about(ruleSet, column, "rule.warning.never-graded")));
            ruleSet.rule()
                    .leaves()
                    .forEach(leaf -> ungraded(leaf, facts, graded)
                            .ifPresent(group ->
                                    warnings.add(warning(ruleSet, 0, group, "rule.warning.never-graded-group"))));
        }
        return warnings;
    }

    /** The group of which none has a grade; one that is graded week by week is not complete for long, and all is well. */
    private static Optional<String> ungraded(Rule.Leaf leaf, CourseFacts facts, Map<Long, Integer> graded) {
        Rule.@Nullable Group counted = leaf.counted();
        Set<Long> columns = leaf.looksAt(facts);
        boolean isNone = !columns.isEmpty() && columns.stream().allMatch(column -> graded.getOrDefault(column, 0) == 0);
        return Optional.ofNullable(counted).filter(group -> isNone).map(Rule.Group::name);
    }

    private static boolean isSame(@Nullable BigDecimal now, @Nullable BigDecimal before) {
        return now == null || before == null ? now == before : now.compareTo(before) == 0;
    }

    /** Of a column of a group it is said of the group; only another one of those that are named can be chosen. */
    private static RuleWarning about(RuleSet ruleSet, LineItem column, String key) {
        if (isNamed(ruleSet, column)) {
            return warning(ruleSet, column.id(), column.label(), key);
        }
        String group = column.group();
        return warning(ruleSet, 0, column.isTotal() || group == null ? column.label() : group, key);
    }

    private static RuleWarning warning(RuleSet ruleSet, long lineItemId, String label, String key) {
        return new RuleWarning(ruleSet.id(), new Rule.Warning(lineItemId, label, key));
    }
}
