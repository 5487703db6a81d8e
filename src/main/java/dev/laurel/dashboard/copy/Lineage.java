package dev.laurel.dashboard.copy;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSetCopies;
import dev.laurel.criteria.RuleSets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

    /**
     * What is given in other courses, by course.
     *
     * @param offered what is not in {@code course}, by the first that has it
     * @param here how many are in {@code course}, as themselves or as copies
     * @param given how many there are
     */
    record Open(Map<Long, List<RuleSet>> offered, Map<Long, Integer> here, Map<Long, Integer> given) {}

    /** In the order of {@code sources}. What is no longer given is not among it. */
    Open open(CourseContext course, List<CourseContext> sources) {
        Family family = family(course, sources.stream().map(CourseContext::id).toList());
        Set<Long> roots = new HashSet<>();
        family.copies().stream()
                .filter(copy -> copy.contextId() == course.id())
                .forEach(copy -> roots.add(copy.sourceId()));
        Set<Long> badges = new HashSet<>();
        family.of(course.id()).forEach(ruleSet -> {
            roots.add(family.root(ruleSet.id()));
            badges.add(ruleSet.achievementId());
        });
        Set<Long> ours = Set.copyOf(roots);
        Set<Long> oursToo = Set.copyOf(badges);
        Open open = new Open(new LinkedHashMap<>(), new HashMap<>(), new HashMap<>());
        for (CourseContext source : sources) {
            List<RuleSet> offered = family.of(source.id()).stream()
                    .filter(ruleSet -> !roots.contains(ruleSet.id()))
                    .filter(ruleSet -> {
                        boolean isNew = roots.add(family.root(ruleSet.id()));
                        return badges.add(ruleSet.achievementId()) && isNew;
                    })
                    // Only here: what the first of them gives no longer is not offered by another one.
                    .filter(ruleSet -> !ruleSet.isRetired())
                    .toList();
            if (!offered.isEmpty()) {
                open.offered().put(source.id(), offered);
            }
            List<RuleSet> given = family.of(source.id()).stream()
                    .filter(ruleSet -> !ruleSet.isRetired())
                    .toList();
            open.given().put(source.id(), given.size());
            open.here().put(source.id(), (int) given.stream()
                    .filter(ruleSet -> ours.contains(ruleSet.id())
                            || ours.contains(family.root(ruleSet.id()))
                            || oursToo.contains(ruleSet.achievementId()))
                    .count());
        }
        return open;
    }

    /**
     * The badges of these courses and which of them {@code course} has, as themselves or as copies.
     *
     * @param all every badge of {@code sources}
     * @param given those of them that one of {@code sources} gives still
     * @param here ours, by theirs
     */
    record Kept(Set<Long> all, Set<Long> given, Map<Long, Long> here) {}

    Kept kept(CourseContext course, Collection<Long> sources) {
        Family family = family(course, sources);
        Map<Long, Long> byRoot = new HashMap<>();
        Map<Long, Long> here = new HashMap<>();
        family.of(course.id()).forEach(ruleSet -> {
            byRoot.putIfAbsent(family.root(ruleSet.id()), ruleSet.achievementId());
            here.put(ruleSet.achievementId(), ruleSet.achievementId());
        });
        Set<Long> all = new HashSet<>();
        Set<Long> given = new HashSet<>();
        for (Long source : sources) {
            family.of(source).forEach(ruleSet -> {
                all.add(ruleSet.achievementId());
                if (!ruleSet.isRetired()) {
                    given.add(ruleSet.achievementId());
                }
                Long ours = byRoot.get(family.root(ruleSet.id()));
                if (ours != null) {
                    here.putIfAbsent(ruleSet.achievementId(), ours);
                }
            });
        }
        return new Kept(all, given, here);
    }

    private Family family(CourseContext course, Collection<Long> sources) {
        Set<Long> contexts = new LinkedHashSet<>(sources);
        contexts.add(course.id());
        return new Family(
                ruleSets.ofContexts(course.tenant(), contexts).stream()
                        .collect(Collectors.groupingBy(RuleSet::contextId)),
                copies.into(course.tenant(), contexts));
    }

    private record Family(
            Map<Long, List<RuleSet>> byContext, List<RuleSetCopies.Copy> copies, Map<Long, Long> madeAfter) {

        Family(Map<Long, List<RuleSet>> byContext, List<RuleSetCopies.Copy> copies) {
            this(
                    byContext,
                    copies,
                    copies.stream()
                            .collect(Collectors.toMap(RuleSetCopies.Copy::ruleSetId, RuleSetCopies.Copy::sourceId)));
        }

        List<RuleSet> of(long contextId) {
            return byContext.getOrDefault(contextId, List.of());
        }

        long root(long ruleSetId) {
            long root = ruleSetId;
            // A circle cannot come about, since what is copied is older; the bound is for rows that somebody else
            // wrote.
            for (int i = 0; i <= madeAfter.size() && madeAfter.containsKey(root); i++) {
                root = madeAfter.get(root);
            }
            return root;
        }
    }
}
