package dev.laurel.dashboard.dryrun;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Outlooks;
import dev.laurel.award.decision.Outlooks.Coming;
import dev.laurel.award.decision.Outlooks.Outlook;
import dev.laurel.award.decision.Outlooks.What;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.policy.SecondLook;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Member;
import dev.laurel.context.Profile;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.explain.Closeness;
import dev.laurel.dashboard.explain.Explanation;
import dev.laurel.dashboard.explain.Explanations;
import dev.laurel.dashboard.explain.Lines;
import dev.laurel.dashboard.explain.NextStep;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.wording.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tries a rule on the gradebook as it is; nothing is stored. */
@Component
class DryRuns {

    /** What keeps a result from counting although there is one. */
    static final Set<String> NOT_COUNTED = Set.of(
            "hidden",
            "other-group",
            "excused",
            "provisional",
            "submitted",
            "late",
            "late-unknown",
            "unreadable",
            "earlier-attempt");

    static final List<Role> WHO = List.of(
            Role.INSTRUCTOR, Role.TEACHING_ASSISTANT, Role.DESIGNER, Role.OBSERVER, Role.TEST_STUDENT, Role.UNKNOWN);

    private final Verdicts verdicts;

    private final Outlooks outlooks;

    private final Awards awards;

    private final HumanDecisions humanDecisions;

    private final SecondLook secondLook;

    private final Contexts contexts;

    private final Explanations explanations;

    private final NextStep nextStep;

    private final Lines lines;

    private final Names names;

    private final Wording wording;

    DryRuns(
            Verdicts verdicts,
            Outlooks outlooks,
            Awards awards,
            HumanDecisions humanDecisions,
            SecondLook secondLook,
            Contexts contexts,
            Explanations explanations,
            NextStep nextStep,
            Lines lines,
            Names names,
            Wording wording) {
        this.verdicts = verdicts;
        this.outlooks = outlooks;
        this.awards = awards;
        this.humanDecisions = humanDecisions;
        this.secondLook = secondLook;
        this.contexts = contexts;
        this.explanations = explanations;
        this.nextStep = nextStep;
        this.lines = lines;
        this.names = names;
        this.wording = wording;
    }

    DryRun of(CourseContext course, RuleSet ruleSet) {
        List<PersonEvaluation> learners = verdicts.preview(course.tenant(), course.id(), ruleSet.rule());
        Outlook outlook = outlooks.of(course.tenant(), ruleSet, learners);
        // Who left has it too.
        Set<Long> holders = awards.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                .filter(award -> award.revokedAt() == null)
                .map(Award::personId)
                .collect(Collectors.toCollection(HashSet::new));
        holders.addAll(outlook.holders());
        Set<Long> withheld = humanDecisions.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                .filter(decision -> decision.kind() == HumanDecision.Kind.WITHHELD)
                .map(HumanDecision::personId)
                .collect(Collectors.toSet());
        List<Member> members = contexts.members(course.tenant(), course.id());
        Map<Long, Profile> profiles = contexts.profiles(
                course.tenant(), members.stream().map(Member::personId).toList());
        List<DryRun.Learner> earning = new ArrayList<>();
        List<DryRun.Learner> near = new ArrayList<>();
        List<DryRun.Excluded> excluded = new ArrayList<>();
        for (PersonEvaluation learner : learners) {
            String name = names.of(profiles.get(learner.personId()));
            Coming coming = outlook.coming().get(learner.personId());
            if (coming != null) {
                earning.add(new DryRun.Learner(name, more(coming)));
            } else if (holders.contains(learner.personId())) {
                continue;
            } else if (withheld.contains(learner.personId())) {
                excluded.add(new DryRun.Excluded(name, wording.say("dryrun.why.withheld")));
            } else if (learner.evaluation().verdict() == Verdict.MET) {
                excluded.add(new DryRun.Excluded(name, wording.say("dryrun.why.over")));
            } else {
                Explanation explanation = explanations.of(course, ruleSet.rule(), learner.evaluation());
                if (Closeness.of(ruleSet.rule(), learner.evaluation()) == Closeness.NEAR) {
                    near.add(new DryRun.Learner(name, nextStep.toStaff(explanation)));
                }
                notCounted(learner).ifPresent(why -> excluded.add(new DryRun.Excluded(name, why)));
            }
        }
        members.stream()
                .filter(member -> !member.earns())
                .forEach(member -> excluded.add(new DryRun.Excluded(
                        names.of(profiles.get(member.personId())), wording.say("dryrun.who." + kind(member)))));
        earning.sort(Comparator.comparing(DryRun.Learner::name, String.CASE_INSENSITIVE_ORDER));
        near.sort(Comparator.comparing(DryRun.Learner::name, String.CASE_INSENSITIVE_ORDER));
        excluded.sort(Comparator.comparing(DryRun.Excluded::name, String.CASE_INSENSITIVE_ORDER));
        return new DryRun(
                learners.size(),
                earning,
                outlook.count(What.HIGHER),
                outlook.count(What.RENEWAL),
                secondLook
                        .needed(
                                course.tenant(),
                                ruleSet,
                                learners.stream()
                                        .filter(learner -> outlook.coming().containsKey(learner.personId()))
                                        .toList(),
                                PersonEvaluation::personId,
                                PersonEvaluation::evaluation)
                        .size(),
                holders.size(),
                near,
                excluded,
                humanDecisions.undoneWith(course.tenant(), ruleSet.id()));
    }

    private String more(Coming coming) {
        if (coming.what() == What.FIRST) {
            return "";
        }
        return coming.what() == What.HIGHER && coming.level() != null
                ? wording.say("dryrun.higher", coming.level().name())
                : wording.say("dryrun.renewed");
    }

    private Optional<String> notCounted(PersonEvaluation learner) {
        return learner.evaluation().lines().stream()
                .filter(line -> line.verdict() != Verdict.MET && line.verdict() != Verdict.IGNORED)
                .filter(line -> NOT_COUNTED.contains(line.reason()))
                .findFirst()
                .map(this::why);
    }

    private String why(Line line) {
        return wording.say("dryrun.why." + line.reason(), lines.label(line));
    }

    private static String kind(Member member) {
        if (!member.active()) {
            return "left";
        }
        return WHO.stream()
                .filter(member.roles()::contains)
                .findFirst()
                .map(role -> role.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .orElse("other");
    }
}
