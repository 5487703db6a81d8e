package dev.laurel.dashboard.integrity;

import dev.laurel.award.Award;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.dashboard.Names;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.ResultTrail;
import dev.laurel.gradebook.SelfDealing;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at what awards rest on for what their instructors should look at, and tells how a result came about. */
@Component
public class Integrity {

    /** Of more awards of one badge the newest are looked at. */
    private static final int MOST = 1000;

    private final RuleSets ruleSets;

    private final Gradebook gradebook;

    private final Contexts contexts;

    private final Names names;

    Integrity(RuleSets ruleSets, Gradebook gradebook, Contexts contexts, Names names) {
        this.ruleSets = ruleSets;
        this.gradebook = gradebook;
        this.contexts = contexts;
        this.names = names;
    }

    /** One award to look at. */
    public record Flag(long personId, long awardId, String name, Set<SelfDealing.Hint> hints) {}

    /** What was said of one learner in one column, oldest first. */
    public record Trail(LineItem column, List<Said> entries) {}

    /** @param by who typed it into Laurel, as pages call her; {@code null} where nobody did */
    public record Said(ResultTrail.Entry entry, @Nullable String by) {}

    /** Those of these awards of one badge that somebody should look at, by name. A few statements, however many they are. */
    public List<Flag> flags(CourseContext course, RuleSet ruleSet, Collection<Award> awards) {
        Map<Long, Award> byPerson = awards.stream()
                .filter(award -> award.revokedAt() == null)
                .sorted(Comparator.comparing(Award::decidedAt).reversed())
                .limit(MOST)
                .collect(Collectors.toMap(Award::personId, Function.identity(), (newer, older) -> newer));
        Map<Long, List<ResultTrail>> trails = gradebook.trailsOf(
                course.tenant(), course.id(), byPerson.keySet(), ruleSets.looksAt(course.tenant(), ruleSet));
        Map<Long, Set<SelfDealing.Hint>> hints = new TreeMap<>();
        trails.forEach((person, of) -> {
            Set<SelfDealing.Hint> found = SelfDealing.hints(
                    of, Objects.requireNonNull(byPerson.get(person)).decidedAt(), course.endsAt());
            if (!found.isEmpty()) {
                hints.put(person, found);
            }
        });
        if (hints.isEmpty()) {
            return List.of();
        }
        Map<Long, Profile> profiles = contexts.profiles(course.tenant(), hints.keySet());
        return hints.entrySet().stream()
                .map(each -> new Flag(
                        each.getKey(),
                        Objects.requireNonNull(byPerson.get(each.getKey())).id(),
                        names.of(profiles.get(each.getKey())),
                        each.getValue()))
                .sorted(Comparator.comparing(Flag::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    /** Those of these people of whom this one entered a result that the badge looks at. */
    public Set<Long> enteredFor(CourseContext course, RuleSet ruleSet, Collection<Long> personIds, long byPerson) {
        return gradebook
                .trailsOf(course.tenant(), course.id(), personIds, ruleSets.looksAt(course.tenant(), ruleSet))
                .entrySet()
                .stream()
                .filter(trails -> trails.getValue().stream()
                        .flatMap(trail -> trail.entries().stream())
                        .anyMatch(entry -> Objects.equals(entry.byPerson(), byPerson)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How the results of one learner that a badge looks at came about; columns without any are left out. */
    public List<Trail> trails(CourseContext course, RuleSet ruleSet, long personId) {
        Map<Long, LineItem> columns = gradebook.lineItems(course.tenant(), course.id()).stream()
                .collect(Collectors.toMap(LineItem::id, Function.identity()));
        List<ResultTrail> trails = gradebook
                .trailsOf(course.tenant(), course.id(), List.of(personId), ruleSets.looksAt(course.tenant(), ruleSet))
                .getOrDefault(personId, List.of());
        Set<Long> authors = trails.stream()
                .flatMap(trail -> trail.entries().stream())
                .map(ResultTrail.Entry::byPerson)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<Long, Profile> profiles = contexts.profiles(course.tenant(), authors);
        return trails.stream()
                .filter(trail -> columns.containsKey(trail.lineItemId()))
                .map(trail -> new Trail(
                        Objects.requireNonNull(columns.get(trail.lineItemId())),
                        trail.entries().stream()
                                .map(entry -> new Said(
                                        entry,
                                        entry.byPerson() == null ? null : names.of(profiles.get(entry.byPerson()))))
                                .toList()))
                .toList();
    }
}
