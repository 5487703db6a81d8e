package dev.laurel.criteria;

import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which people to evaluate under which active rule set. */
final class Touched {

    private final CourseFacts course;

    private final Map<Long, RuleSet> active = new LinkedHashMap<>();

    private final Map<Long, List<RuleSet>> byItem = new HashMap<>();

    private final Map<Long, Set<Long>> people = new HashMap<>();

    private final Set<Long> graded = new HashSet<>();

    Touched(Collection<RuleSet> active, CourseFacts course) {
        this.course = course;
        for (RuleSet ruleSet : active) {
            this.active.put(ruleSet.id(), ruleSet);
            ruleSet.rule()
                    .looksAt(course)
                    .forEach(item -> byItem.computeIfAbsent(item, key -> new ArrayList<>())
                            .add(ruleSet));
        }
    }

    /** The same rules in the same course, while nothing has happened. */
    Touched untouched() {
        return new Touched(active.values(), course);
    }

    CourseFacts course() {
        return course;
    }

    void by(Observation change) {
        graded.add(change.personId());
        byItem.getOrDefault(change.lineItemId(), List.of()).forEach(ruleSet -> add(ruleSet.id(), change.personId()));
    }

    /** Those for whom something came in that the log had not yet. */
    Set<Long> graded() {
        return graded;
    }

    void byPerson(long person) {
        active.keySet().forEach(ruleSet -> add(ruleSet, person));
    }

    void add(long ruleSetId, long person) {
        people.computeIfAbsent(ruleSetId, key -> new TreeSet<>()).add(person);
    }

    boolean knows(long ruleSetId) {
        return active.containsKey(ruleSetId);
    }

    Set<Long> people() {
        Set<Long> all = new TreeSet<>();
        people.values().forEach(all::addAll);
        return all;
    }

    Set<Long> ruleSetIds() {
        return people.keySet();
    }

    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        forEach((ruleSet, persons) -> rules.add(ruleSet.rule()));
        return rules;
    }

    void forEach(BiConsumer<RuleSet, Set<Long>> action) {
        active.forEach((id, ruleSet) -> {
            Set<Long> those = people.get(id);
            if (those != null) {
                action.accept(ruleSet, those);
            }
        });
    }

    /** The same people, under rules and in a course that say the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Touched those
                && active.equals(those.active)
                && course.equals(those.course)
                && people.equals(those.people);
    }

    @Override
    public int hashCode() {
        return people.hashCode();
    }
}
