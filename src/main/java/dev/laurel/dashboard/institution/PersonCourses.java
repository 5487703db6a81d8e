package dev.laurel.dashboard.institution;

import dev.laurel.achievement.Achievements;
import dev.laurel.award.release.Unreleased;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.dashboard.institution.PersonData.Course;
import dev.laurel.dashboard.institution.PersonData.Progress;
import dev.laurel.dashboard.institution.PersonData.Result;
import dev.laurel.dashboard.institution.PersonData.Work;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.manual.EvidenceVersion;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.platform.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What is stored about one person in each of her courses: her results, what she handed in, and how far she is. */
@Component
class PersonCourses {

    /** Something is decided that the person is told when it is released. */
    private static final String NOT_FINAL = "NOT_FINAL";

    private final Contexts contexts;

    private final Gradebook gradebook;

    private final ManualGradebook manual;

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    private final Unreleased unreleased;

    private final Achievements achievements;

    PersonCourses(
            Contexts contexts,
            Gradebook gradebook,
            ManualGradebook manual,
            RuleSets ruleSets,
            Verdicts verdicts,
            Unreleased unreleased,
            Achievements achievements) {
        this.contexts = contexts;
        this.gradebook = gradebook;
        this.manual = manual;
        this.ruleSets = ruleSets;
        this.verdicts = verdicts;
        this.unreleased = unreleased;
        this.achievements = achievements;
    }

    List<Course> of(TenantId tenant, long personId) {
        List<Course> courses = new ArrayList<>();
        contexts.memberships(tenant, personId)
                .forEach((course, member) -> courses.add(new Course(
                        course.title(),
                        member.roles().stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new)),
                        new TreeSet<>(member.groups()),
                        member.active(),
                        results(course, personId),
                        work(course, personId),
                        member.earns() ? progress(course, personId) : List.of(),
                        course.zone())));
        return courses;
    }

    private List<Progress> progress(CourseContext course, long personId) {
        List<Progress> progress = new ArrayList<>();
        List<PersonEvaluation> evaluations = verdicts.ofLearner(course.tenant(), course.id(), personId);
        Set<Long> notFinal = unreleased.notFinal(course.tenant(), personId, evaluations);
        for (PersonEvaluation evaluation : evaluations) {
            ruleSets.find(course.tenant(), evaluation.ruleSetId())
                    .flatMap(ruleSet -> achievements.version(
                            course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion()))
                    .ifPresent(badge -> progress.add(new Progress(
                            badge.name(),
                            notFinal.contains(evaluation.ruleSetId())
                                    ? NOT_FINAL
                                    : evaluation.evaluation().verdict().name(),
                            evaluation.evaluatedAt())));
        }
        return progress;
    }

    private List<Result> results(CourseContext course, long personId) {
        Map<Long, String> labels = gradebook.lineItems(course.tenant(), course.id()).stream()
                .collect(Collectors.toMap(LineItem::id, LineItem::label));
        return gradebook.latest(course.tenant(), course.id(), labels.keySet(), List.of(personId)).stream()
                .map(seen -> result(seen, labels.getOrDefault(seen.lineItemId(), "–")))
                .toList();
    }

    private List<Work> work(CourseContext course, long personId) {
        List<Work> work = new ArrayList<>();
        manual.evidenceOf(course.tenant(), course.id(), personId).forEach((item, versions) -> {
            for (EvidenceVersion version : versions) {
                work.add(new Work(
                        item.label(),
                        version.version(),
                        version.handedInAt(),
                        version.text(),
                        version.links(),
                        version.files().stream().map(EvidenceVersion.File::name).toList(),
                        version.assessments().stream()
                                .map(EvidenceVersion.Assessed::comment)
                                .filter(comment -> !comment.isEmpty())
                                .toList()));
            }
        });
        return work;
    }

    private static Result result(Observation seen, String column) {
        return new Result(column, seen.status().name(), seen.score(), seen.scoreMaximum(), seen.recordedAt());
    }
}
