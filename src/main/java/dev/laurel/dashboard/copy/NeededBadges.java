package dev.laurel.dashboard.copy;

import dev.laurel.achievement.Achievements;
import dev.laurel.context.Copies;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which badge counts here in place of one that a badge of another course asks for. New students cannot earn those of a
 * course that is over: its copy counts where the course has or takes one, and else whoever takes the badge over says what
 * does. The badge of a third course stays unless she says otherwise.
 */
@Component
class NeededBadges {

    private final Copies copies;

    private final Lineage lineage;

    private final RuleSets ruleSets;

    private final Achievements achievements;

    NeededBadges(Copies copies, Lineage lineage, RuleSets ruleSets, Achievements achievements) {
        this.copies = copies;
        this.lineage = lineage;
        this.ruleSets = ruleSets;
        this.achievements = achievements;
    }

    enum Standing {
        /** The course has it. */
        HERE,
        /** It can be taken over on the same page. */
        OFFERED,
        /** Nobody gives it there any more. */
        RETIRED,
        /** It is of a course that is not on the page. */
        ELSEWHERE
    }

    /**
     * A badge that another one asks for.
     *
     * @param chosen what was chosen before something was wrong, else what counts unless somebody chooses; 0: nothing yet
     * @param asked this is where the page asks for it; a badge that several ask for is chosen once
     */
    record Needed(long badge, String name, Standing standing, long chosen, boolean asked) {}

    /** A badge of the course. */
    record Choice(long badge, String name) {}

    List<Choice> choices(CourseContext course) {
        return achievements.names(course.tenant(), own(course)).entrySet().stream()
                .map(each -> new Choice(each.getKey(), each.getValue()))
                .toList();
    }

    /** For each badge that these ask for what counts here, as far as that is known without taking any over. */
    Map<Long, Long> known(CourseContext course, Collection<RuleSet> wanted, Map<Long, Long> typed) {
        Lineage.Kept kept = kept(course, wanted);
        Set<Long> own = own(course);
        Map<Long, Long> known = new HashMap<>();
        for (Long asked : asked(wanted)) {
            Long choice = typed.get(asked);
            if (kept.here().containsKey(asked)) {
                known.put(asked, kept.here().get(asked));
            } else if (choice != null && (choice.equals(asked) || own.contains(choice))) {
                known.put(asked, choice);
            } else if (!kept.all().contains(asked)) {
                known.put(asked, asked);
            }
        }
        return known;
    }

    /** What the page says of the badges that these ask for, by rule set. */
    Map<Long, List<Needed>> of(CourseContext course, Collection<RuleSet> offered, Map<Long, Long> typed) {
        Set<Long> asked = asked(offered);
        if (asked.isEmpty()) {
            return Map.of();
        }
        Lineage.Kept kept = kept(course, offered);
        Map<Long, String> names = achievements.names(course.tenant(), asked);
        Set<Long> shown = new HashSet<>();
        Map<Long, List<Needed>> needed = new LinkedHashMap<>();
        for (RuleSet ruleSet : offered) {
            needed.put(
                    ruleSet.id(),
                    ruleSet.rule().badgeIds().stream()
                            .map(badge -> {
                                Standing standing = standing(kept, badge);
                                long usual = standing == Standing.ELSEWHERE ? badge : 0;
                                return new Needed(
                                        badge,
                                        names.getOrDefault(badge, ""),
                                        standing,
                                        typed.getOrDefault(badge, usual),
                                        shown.add(badge));
                            })
                            .toList());
        }
        return needed;
    }

    private static Standing standing(Lineage.Kept kept, long badge) {
        if (kept.here().containsKey(badge)) {
            return Standing.HERE;
        }
        if (!kept.all().contains(badge)) {
            return Standing.ELSEWHERE;
        }
        return kept.given().contains(badge) ? Standing.OFFERED : Standing.RETIRED;
    }

    /** What the badge asks for and nothing counts for here yet, for the words of its refusal. */
    String missing(CourseContext course, RuleSet source, Map<Long, Long> known) {
        Set<Long> missing = new HashSet<>(source.rule().badgeIds());
        missing.removeAll(known.keySet());
        return String.join(", ", achievements.names(course.tenant(), missing).values());
    }

    private Lineage.Kept kept(CourseContext course, Collection<RuleSet> wanted) {
        Set<Long> sources = wanted.stream().map(RuleSet::contextId).collect(Collectors.toSet());
        copies.origins(course.tenant(), course.id()).forEach(origin -> sources.add(origin.id()));
        return lineage.kept(course, sources);
    }

    private Set<Long> own(CourseContext course) {
        return ruleSets.ofContext(course.tenant(), course.id()).stream()
                .map(RuleSet::achievementId)
                .collect(Collectors.toSet());
    }

    private static Set<Long> asked(Collection<RuleSet> ruleSets) {
        Set<Long> asked = new HashSet<>();
        ruleSets.forEach(ruleSet -> asked.addAll(ruleSet.rule().badgeIds()));
        return asked;
    }
}
