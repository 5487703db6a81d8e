package dev.laurel.dashboard.awarding;

import dev.laurel.award.Award;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.explain.DecisionFacts;
import dev.laurel.dashboard.integrity.Integrity;
import dev.laurel.gradebook.SelfDealing;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What waits for a person at one badge, each with its facts beside it. */
@Component
class Cases {

    private final Reviews reviews;

    private final Falls falls;

    private final Questions questions;

    private final HumanDecisions humanDecisions;

    private final Verdicts verdicts;

    private final Contexts contexts;

    private final DecisionFacts facts;

    private final Integrity integrity;

    private final Names names;

    private final Clock clock;

    Cases(
            Reviews reviews,
            Falls falls,
            Questions questions,
            HumanDecisions humanDecisions,
            Verdicts verdicts,
            Contexts contexts,
            DecisionFacts facts,
            Integrity integrity,
            Names names,
            Clock clock) {
        this.reviews = reviews;
        this.falls = falls;
        this.questions = questions;
        this.humanDecisions = humanDecisions;
        this.verdicts = verdicts;
        this.contexts = contexts;
        this.facts = facts;
        this.integrity = integrity;
        this.names = names;
        this.clock = clock;
    }

    record Review(Award award, String name, List<Line> lines, Set<SelfDealing.Hint> hints) {}

    /**
     * @param mayTakeBack the student had her time, or has spoken
     * @param asked what she asks about the badge; {@code null}: nothing that was not answered
     */
    record Fallen(
            Fall fall,
            String name,
            List<Line> lines,
            boolean mayTakeBack,
            @Nullable String asked) {

        /** The end of the message key {@code case.fell.*}. */
        public String words() {
            if (fall.suspended()) {
                return "suspended";
            }
            String follows = fall.follows().name().toLowerCase(Locale.ROOT);
            if (!fall.released()) {
                return "untold." + follows;
            }
            return fall.threatens() && fall.toldAt() == null ? "unseen." + follows : follows;
        }
    }

    /** @param fell the badge of who asks is to be suspended, which waits for the answer only */
    record Asked(Question question, String name, List<Line> lines, boolean fell) {}

    /** @param limitedBy who took back what goes beyond it; {@code null}: nobody, or it was not noted */
    record Decided(
            HumanDecision decision,
            String name,
            String by,
            @Nullable String limitedBy) {}

    record View(
            List<Review> reviews,
            List<Fallen> falls,
            List<Asked> questions,
            List<Decided> seconds,
            List<Decided> exceptions,
            List<Decided> withheld) {

        /** For an assistant who may review and nothing else. */
        View forReviewOnly() {
            return new View(
                    reviews.stream()
                            .map(each -> new Review(each.award(), each.name(), each.lines(), Set.of()))
                            .toList(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }
    }

    View of(CourseContext course, RuleSet ruleSet) {
        List<Award> waiting = reviews.waiting(course.tenant(), ruleSet.id());
        List<Fall> fallen = falls.open(course.tenant(), ruleSet.id());
        List<Question> asked = questions.open(course.tenant(), ruleSet.id());
        List<HumanDecision> decided = humanDecisions.ofRuleSet(course.tenant(), ruleSet.id());
        Set<Long> people = new TreeSet<>();
        waiting.forEach(award -> people.add(award.personId()));
        fallen.forEach(fall -> people.add(fall.personId()));
        asked.forEach(question -> people.add(question.personId()));
        decided.forEach(decision -> {
            people.add(decision.personId());
            people.add(decision.byPerson());
            Optional.ofNullable(decision.noMoreBy()).ifPresent(people::add);
        });
        Map<Long, Profile> profiles = contexts.profiles(course.tenant(), people);
        Map<Long, PersonEvaluation> now = fallen.isEmpty()
                ? Map.of()
                : verdicts.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                        .collect(Collectors.toMap(PersonEvaluation::personId, Function.identity()));
        Map<UUID, List<Line>> reasons = facts.lines(course.tenant(), waiting);
        Map<Long, Set<SelfDealing.Hint>> hints = integrity.flags(course, ruleSet, waiting).stream()
                .collect(Collectors.toMap(Integrity.Flag::awardId, Integrity.Flag::hints));
        Set<Long> toBeSuspended = fallen.stream()
                .filter(fall -> fall.threatens() && fall.follows() == AwardPolicy.OnFall.SUSPEND)
                .map(Fall::personId)
                .collect(Collectors.toSet());
        Map<Long, String> words =
                asked.stream().collect(Collectors.toMap(Question::personId, Question::words, (first, other) -> other));
        return new View(
                waiting.stream()
                        .map(award -> new Review(
                                award,
                                names.of(profiles.get(award.personId())),
                                reasons.getOrDefault(award.publicId(), List.of()),
                                hints.getOrDefault(award.id(), Set.of())))
                        .toList(),
                fallen.stream()
                        .map(fall -> new Fallen(
                                fall,
                                names.of(profiles.get(fall.personId())),
                                lines(now.get(fall.personId())),
                                fall.mayBeTakenBack(clock.instant()),
                                words.get(fall.personId())))
                        .toList(),
                asked.stream()
                        .map(question -> new Asked(
                                question,
                                names.of(profiles.get(question.personId())),
                                facts.linesOf(question.facts()),
                                toBeSuspended.contains(question.personId())))
                        .toList(),
                decided(decided, profiles, HumanDecision.Kind.GRANTED, false),
                decided(decided, profiles, HumanDecision.Kind.GRANTED, true),
                decided(decided, profiles, HumanDecision.Kind.WITHHELD, true));
    }

    private List<Decided> decided(
            List<HumanDecision> all, Map<Long, Profile> profiles, HumanDecision.Kind kind, boolean counting) {
        return all.stream()
                .filter(decision -> decision.kind() == kind && decision.counts() == counting)
                .map(decision -> new Decided(
                        decision,
                        names.of(profiles.get(decision.personId())),
                        names.of(profiles.get(decision.byPerson())),
                        decision.noMoreBy() == null ? null : names.of(profiles.get(decision.noMoreBy()))))
                .toList();
    }

    private static List<Line> lines(@Nullable PersonEvaluation evaluation) {
        return evaluation == null ? List.of() : evaluation.evaluation().lines();
    }
}
