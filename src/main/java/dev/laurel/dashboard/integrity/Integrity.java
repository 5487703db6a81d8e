package dev.laurel.dashboard.integrity;

import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.explain.DecisionFacts;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.ResultTrail;
import dev.laurel.gradebook.SelfDealing;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at what awards rest on for what their instructors and issuers should look at, and tells how a result came about. */
@Component
public class Integrity {

    /** Of more awards of one badge the newest are looked at. */
    private static final int MOST = 1000;

    /** So many awards of an institution are looked at for one page. */
    private static final int AT_ONCE = 250;

    private final RuleSets ruleSets;

    private final Gradebook gradebook;

    private final Contexts contexts;

    private final Awards awards;

    private final Issuers issuers;

    private final Achievements achievements;

    private final DecisionFacts facts;

    private final Names names;

    Integrity(
            RuleSets ruleSets,
            Gradebook gradebook,
            Contexts contexts,
            Awards awards,
            Issuers issuers,
            Achievements achievements,
            DecisionFacts facts,
            Names names) {
        this.ruleSets = ruleSets;
        this.gradebook = gradebook;
        this.contexts = contexts;
        this.awards = awards;
        this.issuers = issuers;
        this.achievements = achievements;
        this.facts = facts;
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

    /**
     * What an institution should look at among badges that it signs, in whatever course.
     *
     * @param flags newest award first
     * @param looked how many awards were looked at
     * @param since when the oldest of them was decided, UTC; {@code null} where there is none
     * @param older to be asked for to look at those before; {@code null} where there are none
     */
    public record InstitutionsLook(
            List<InstitutionsFlag> flags,
            int looked,
            @Nullable Instant since,
            @Nullable Long older) {}

    /** One award of the institution to look at. */
    public record InstitutionsFlag(
            Award award, String badge, CourseContext course, String name, Set<SelfDealing.Hint> hints) {}

    /**
     * Looks at what the newest awards that the institution signs rest on, or at the newest before one of them. The same few
     * statements for however many courses.
     */
    public InstitutionsLook ofInstitution(TenantId tenant, @Nullable Long before) {
        List<Award> newest = awards.newest(
                tenant,
                issuers.ofInstitution(tenant).stream().map(Issuer::id).toList(),
                before == null ? Long.MAX_VALUE : before,
                AT_ONCE + 1);
        List<Award> looked = newest.stream().limit(AT_ONCE).toList();
        if (looked.isEmpty()) {
            return new InstitutionsLook(List.of(), 0, null, null);
        }
        Award oldest = looked.get(looked.size() - 1);
        return new InstitutionsLook(
                flags(tenant, looked), looked.size(), oldest.decidedAt(), newest.size() > AT_ONCE ? oldest.id() : null);
    }

    private List<InstitutionsFlag> flags(TenantId tenant, List<Award> looked) {
        Map<Long, CourseContext> courses =
                contexts.find(tenant, looked.stream().map(Award::contextId).collect(Collectors.toSet())).stream()
                        .collect(Collectors.toMap(CourseContext::id, Function.identity()));
        Map<Long, List<ResultTrail>> trails = gradebook.trailsOf(
                tenant,
                looked.stream()
                        .collect(Collectors.groupingBy(
                                Award::contextId, Collectors.mapping(Award::personId, Collectors.toSet()))));
        Map<UUID, List<Line>> lines = facts.lines(tenant, looked);
        Map<Award, Set<SelfDealing.Hint>> hints = new LinkedHashMap<>();
        for (Award award : looked) {
            Set<Long> restsOn = columns(lines.getOrDefault(award.publicId(), List.of()));
            Set<SelfDealing.Hint> found = SelfDealing.hints(
                    trails.getOrDefault(award.personId(), List.of()).stream()
                            .filter(trail -> restsOn.contains(trail.lineItemId()))
                            .toList(),
                    award.decidedAt(),
                    Objects.requireNonNull(courses.get(award.contextId())).endsAt());
            if (!found.isEmpty()) {
                hints.put(award, found);
            }
        }
        if (hints.isEmpty()) {
            return List.of();
        }
        Map<Long, Profile> profiles = contexts.profiles(
                tenant, hints.keySet().stream().map(Award::personId).collect(Collectors.toSet()));
        Map<Long, String> badges = achievements.names(
                tenant, hints.keySet().stream().map(Award::achievementId).collect(Collectors.toSet()));
        return hints.entrySet().stream()
                .map(each -> new InstitutionsFlag(
                        each.getKey(),
                        badges.getOrDefault(each.getKey().achievementId(), ""),
                        Objects.requireNonNull(courses.get(each.getKey().contextId())),
                        names.of(profiles.get(each.getKey().personId())),
                        each.getValue()))
                .toList();
    }

    private static Set<Long> columns(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> Stream.concat(
                        Stream.of(line.lineItemId()), line.parts().stream().map(Part::lineItemId)))
                .collect(Collectors.toSet());
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
