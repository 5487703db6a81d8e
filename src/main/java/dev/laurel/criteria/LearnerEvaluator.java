package dev.laurel.criteria;

import dev.laurel.achievement.Achievements;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.context.Member;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.criteria.rule.Attempts;
import dev.laurel.criteria.rule.BroughtBadge;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.criteria.rule.Facts;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what rules need for many learners at once: a handful of statements, however many they are, and only for what the
 * rules ask for.
 */
@Component
class LearnerEvaluator {

    private final Gradebook gradebook;

    private final Achievements achievements;

    private final Contexts contexts;

    private final CourseSections sections;

    private final PersonLinks links;

    private final HeldAchievementRepository held;

    private final BroughtAchievements brought;

    LearnerEvaluator(
            Gradebook gradebook,
            Achievements achievements,
            Contexts contexts,
            CourseSections sections,
            PersonLinks links,
            HeldAchievementRepository held,
            BroughtAchievements brought) {
        this.gradebook = gradebook;
        this.achievements = achievements;
        this.contexts = contexts;
        this.sections = sections;
        this.links = links;
        this.held = held;
        this.brought = brought;
    }

    /**
     * What these rules look at.
     *
     * @param people {@code null}: everybody in the course
     * @param now at which badges must be held
     */
    Course course(TenantId tenant, long contextId, List<Rule> rules, @Nullable Collection<Long> people, Instant now) {
        return course(tenant, contextId, facts(tenant, contextId, rules), rules, people, List.of(), now);
    }

    /**
     * @param facts of these rules, and of others maybe
     * @param changes some of the log without a gap, which need not be read again
     */
    Course course(
            TenantId tenant,
            long contextId,
            CourseFacts facts,
            List<Rule> rules,
            @Nullable Collection<Long> people,
            List<Observation> changes,
            Instant now) {
        Set<Long> items = new HashSet<>();
        Set<Long> withHistory = new HashSet<>();
        rules.forEach(rule -> {
            items.addAll(rule.looksAt(facts));
            rule.leaves().filter(Rule.Leaf::needsHistory).forEach(leaf -> withHistory.addAll(leaf.lineItemIds()));
        });
        Map<Long, Map<Long, Observation>> latest = new HashMap<>();
        gradebook
                .latest(tenant, contextId, items, people, changes)
                .forEach(seen -> latest.computeIfAbsent(seen.personId(), person -> new HashMap<>())
                        .put(seen.lineItemId(), seen));
        return new Course(
                facts,
                latest,
                history(tenant, contextId, withHistory, people),
                heldBy(tenant, badges(rules), people, now),
                asks(rules, BroughtBadge.class) ? brought.of(tenant, people, now) : Map.of(),
                asks(rules, InGroup.class) ? groups(tenant, contextId, people) : Map.of());
    }

    /** The same with all that was ever seen of what the rule looks at: from it follows when graded work was handed in. */
    Course courseWithHistory(TenantId tenant, long contextId, Rule rule, Collection<Long> people, Instant now) {
        Course course = course(tenant, contextId, List.of(rule), people, now);
        Set<Long> items = Set.copyOf(rule.looksAt(course.facts()));
        return new Course(
                course.facts(),
                course.latest(),
                history(tenant, contextId, items, people),
                course.held(),
                course.brought(),
                course.groups());
    }

    private Map<Long, Map<Long, List<Observation>>> history(
            TenantId tenant, long contextId, Set<Long> items, @Nullable Collection<Long> people) {
        Map<Long, Map<Long, List<Observation>>> history = new HashMap<>();
        gradebook
                .history(tenant, contextId, items, people)
                .forEach(seen -> history.computeIfAbsent(seen.personId(), person -> new HashMap<>())
                        .computeIfAbsent(seen.lineItemId(), item -> new ArrayList<>())
                        .add(seen));
        return history;
    }

    /** What somebody holds under one account counts under her others too, each badge once. */
    private Map<Long, Map<Long, Facts.Held>> heldBy(
            TenantId tenant, Set<Long> badges, @Nullable Collection<Long> people, Instant now) {
        Map<Long, Set<Long>> others = badges.isEmpty() ? Map.of() : links.others(tenant, people);
        if (others.isEmpty()) {
            return held.standing(tenant, badges, people, now);
        }
        Set<Long> all = people == null ? null : new HashSet<>(people);
        if (all != null) {
            others.values().forEach(all::addAll);
        }
        Map<Long, Map<Long, Facts.Held>> byPerson = held.standing(tenant, badges, all, now);
        Map<Long, Map<Long, Facts.Held>> byHuman = new HashMap<>(byPerson);
        others.forEach((person, rest) -> {
            Map<Long, Facts.Held> together = new HashMap<>(byPerson.getOrDefault(person, Map.of()));
            rest.forEach(other -> byPerson.getOrDefault(other, Map.of())
                    .forEach((badge, one) -> together.merge(badge, one, Facts.Held::better)));
            byHuman.put(person, together);
        });
        return byHuman;
    }

    /** What can be said and checked of these rules in a course, without looking at anybody. */
    CourseFacts facts(TenantId tenant, long contextId, Collection<Rule> rules) {
        Map<Long, LineItem> items = gradebook.lineItems(tenant, contextId).stream()
                .collect(Collectors.toMap(LineItem::id, Function.identity()));
        Set<Long> badges = badges(rules);
        boolean totals = asks(rules, CourseTotal.class);
        @Nullable
        GradingScheme scheme =
                totals ? gradebook.gradingScheme(tenant, contextId).orElse(null) : null;
        // Whatever Laurel writes may count in the total, and then a badge would feed itself.
        boolean ownColumn = items.values().stream().anyMatch(item -> item.output() && !item.deleted());
        return new CourseFacts(
                items,
                badges.isEmpty() ? Map.of() : achievements.names(tenant, badges),
                asks(rules, InGroup.class) ? sections.names(tenant, contextId) : Map.of(),
                scheme,
                zone(tenant, contextId, rules),
                ownColumn);
    }

    private ZoneId zone(TenantId tenant, long contextId, Collection<Rule> rules) {
        boolean dates = rules.stream().anyMatch(rule -> rule.leaves().anyMatch(Rule.Leaf::needsHistory));
        return dates
                ? contexts.find(tenant, contextId).map(CourseContext::zone).orElse(ZoneOffset.UTC)
                : ZoneOffset.UTC;
    }

    private Map<Long, Set<String>> groups(TenantId tenant, long contextId, @Nullable Collection<Long> people) {
        List<Member> members =
                people == null ? contexts.members(tenant, contextId) : contexts.members(tenant, contextId, people);
        return members.stream().collect(Collectors.toMap(Member::personId, Member::groups, (one, other) -> one));
    }

    private static Set<Long> badges(Collection<Rule> rules) {
        return rules.stream().flatMap(rule -> rule.badgeIds().stream()).collect(Collectors.toSet());
    }

    private static boolean asks(Collection<Rule> rules, Class<? extends Rule.Leaf> kind) {
        return rules.stream().anyMatch(rule -> rule.leaves().anyMatch(kind::isInstance));
    }

    /** A course and everybody's facts in it, ready to evaluate one learner after the other. */
    record Course(
            CourseFacts facts,
            Map<Long, Map<Long, Observation>> latest,
            Map<Long, Map<Long, List<Observation>>> history,
            Map<Long, Map<Long, Facts.Held>> held,
            Map<Long, List<BroughtAchievement>> brought,
            Map<Long, Set<String>> groups) {

        PersonEvaluation evaluate(RuleSet ruleSet, long person, Instant now) {
            return evaluate(ruleSet.id(), ruleSet.version(), ruleSet.rule(), person, now);
        }

        PersonEvaluation evaluate(long ruleSetId, int version, Rule rule, long person, Instant now) {
            Learner learner = new Learner(this, person, Instant.MIN);
            Evaluation evaluation = Evaluator.evaluate(rule, learner);
            return new PersonEvaluation(ruleSetId, version, person, evaluation, now, lastThatCounted(rule, learner));
        }

        /** Only by work of since then, with all its history; badges count that are held, whenever they were earned. */
        PersonEvaluation evaluateSince(RuleSet ruleSet, long person, Instant since, Instant now) {
            Learner learner = new Learner(this, person, since);
            Evaluation evaluation = Evaluator.evaluate(ruleSet.rule(), learner);
            return new PersonEvaluation(
                    ruleSet.id(), ruleSet.version(), person, evaluation, now, lastThatCounted(ruleSet.rule(), learner));
        }

        /** Whether anything that counts in it is from since then, and be it a badge. */
        boolean restsOnNew(Rule rule, PersonEvaluation evaluation, Instant since) {
            Iterator<Evaluation.Line> lines = evaluation.evaluation().lines().iterator();
            return rule.leaves()
                    .filter(leaf -> lines.next().verdict() == Evaluation.Verdict.MET)
                    .anyMatch(leaf -> !leaf.looksAt(facts).isEmpty()
                            || leaf.badgeIds().stream()
                                    .map(badge -> held.getOrDefault(evaluation.personId(), Map.of())
                                            .get(badge))
                                    .anyMatch(badge ->
                                            badge != null && !badge.since().isBefore(since)));
        }

        private @Nullable Reference lastThatCounted(Rule rule, Learner learner) {
            Observation last = null;
            for (long item : rule.looksAt(facts)) {
                Observation observation = learner.latest(item);
                if (observation != null && (last == null || observation.seq() > last.seq())) {
                    last = observation;
                }
            }
            return last == null ? null : last.reference();
        }
    }

    /** @param since work of before, or what was seen before, is not looked at */
    private record Learner(Course all, long person, Instant since) implements Facts {

        @Override
        public CourseFacts course() {
            return all.facts();
        }

        @Override
        public @Nullable Observation latest(long lineItemId) {
            Observation latest = all.latest().getOrDefault(person, Map.of()).get(lineItemId);
            return latest == null || isOld(latest) ? null : latest;
        }

        @Override
        public List<Observation> history(long lineItemId) {
            List<Observation> history = ever(lineItemId);
            return history.stream().anyMatch(this::isOld)
                    ? history.stream().filter(each -> !isOld(each)).toList()
                    : history;
        }

        private List<Observation> ever(long lineItemId) {
            return all.history().getOrDefault(person, Map.of()).getOrDefault(lineItemId, List.of());
        }

        @Override
        public Set<Integer> attempts(long lineItemId) {
            return Attempts.numbers(ever(lineItemId));
        }

        /** That old work is graded late, or once more, makes it no newer. */
        private boolean isOld(Observation seen) {
            if (since.equals(Instant.MIN)) {
                return false;
            }
            return seen.recordedAt().isBefore(since)
                    || seen.workedAt().isBefore(since)
                    || handedIn(seen).filter(since::isAfter).isPresent();
        }

        /** Where the source tells when work is handed in, and not of a grade which work it is of. */
        private Optional<Instant> handedIn(Observation grade) {
            boolean tells = grade.handedInAt() != null
                    || grade.status() == Observation.Status.SUBMITTED
                    || grade.status() == Observation.Status.NONE;
            return tells
                    ? Optional.empty()
                    : ever(grade.lineItemId()).stream()
                            .filter(each -> each.seq() < grade.seq() && isOf(grade.attempt(), each))
                            .reduce((before, after) -> after)
                            .map(Observation::workedAt);
        }

        private static boolean isOf(@Nullable Integer attempt, Observation seen) {
            return seen.status() == Observation.Status.SUBMITTED
                    && (attempt == null || seen.attempt() == null || attempt.equals(seen.attempt()));
        }

        @Override
        public @Nullable Held badge(long achievementId) {
            return all.held().getOrDefault(person, Map.of()).get(achievementId);
        }

        @Override
        public @Nullable Held brought(BroughtBadge asked) {
            return all.brought().getOrDefault(person, List.of()).stream()
                    .filter(each -> asked.accepts(each.achievement(), each.issuer(), each.alignments()))
                    .findFirst()
                    .map(each -> new Held(null, each.since()))
                    .orElse(null);
        }

        @Override
        public Set<String> groups() {
            return all.groups().getOrDefault(person, Set.of());
        }
    }
}
