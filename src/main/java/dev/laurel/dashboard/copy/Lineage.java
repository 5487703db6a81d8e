package dev.laurel.dashboard.copy;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSetCopies;
import dev.laurel.criteria.RuleSets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which badges of other courses a course does not have yet. A badge and the copies of it are one: a copy of a copy is not
 * offered what it has, nor the same twice from the first course and the second.
 */
@Component
class Lineage {

    private final RuleSets ruleSets;

    private final RuleSetCopies copies;

    Lineage(RuleSets ruleSets, RuleSetCopies copies) {
        this.ruleSets = ruleSets;
        this.copies = copies;
    }

    /** The badges that are not in {@code course}, by the first of {@code sources} that has them; in that order. */
    Map<Long, List<RuleSet>> open(CourseContext course, List<CourseContext> sources) {
        List<Long> contexts = new ArrayList<>(List.of(course.id()));
        sources.forEach(source -> contexts.add(source.id()));
        Map<Long, List<RuleSet>> byContext = ruleSets.ofContexts(course.tenant(), contexts).stream()
                .collect(Collectors.groupingBy(RuleSet::contextId));
        Map<Long, Long> madeAfter = new HashMap<>();
        Set<Long> roots = new HashSet<>();
        copies.into(course.tenant(), contexts).forEach(copy -> {
            madeAfter.put(copy.ruleSetId(), copy.sourceId());
            if (copy.contextId() == course.id()) {
                roots.add(copy.sourceId());
            }
        });
        Set<Long> badges = new HashSet<>();
        byContext.getOrDefault(course.id(), List.of()).forEach(ruleSet -> {
            roots.add(root(ruleSet.id(), madeAfter));
            badges.add(ruleSet.achievementId());
        });
        Map<Long, List<RuleSet>> open = new LinkedHashMap<>();
        for (Long source : contexts.subList(1, contexts.size())) {
            List<RuleSet> offered = byContext.getOrDefault(source, List.of()).stream()
                    .filter(ruleSet -> !roots.contains(ruleSet.id()))
                    .filter(ruleSet -> {
                        boolean isNew = roots.add(root(ruleSet.id(), madeAfter));
                        return badges.add(ruleSet.achievementId()) && isNew;
                    })
                    .toList();
            if (!offered.isEmpty()) {
                open.put(source, offered);
            }
        }
        return open;
    }

    private static long root(long ruleSetId, Map<Long, Long> madeAfter) {
        long root = ruleSetId;
        // A circle cannot come about, since what is copied is older; the bound is for rows that somebody else wrote.
        for (int i = 0; i <= madeAfter.size() && madeAfter.containsKey(root); i++) {
            root = madeAfter.get(root);
        }
        return root;
    }
}
