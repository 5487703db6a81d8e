package dev.laurel.dashboard.course;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.question.Questions;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.RuleWarning;
import dev.laurel.criteria.Verdicts;
import dev.laurel.dashboard.explain.HeadCount;
import dev.laurel.dashboard.selftest.Capabilities;
import dev.laurel.dashboard.selftest.Capability;
import dev.laurel.dashboard.selftest.Families;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.LongWork;
import dev.laurel.gradebook.Sources;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tool.ProductFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the page of a course lists. */
@Component
public class CourseOverview {

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    private final RuleTexts texts;

    private final Achievements achievements;

    private final Awards awards;

    private final Gradebook gradebook;

    private final Platforms platforms;

    private final StepMetrics metrics;

    private final LostAuthority authority;

    private final Questions questions;

    private final Falls falls;

    private final Sources sources;

    CourseOverview(
            RuleSets ruleSets,
            Verdicts verdicts,
            RuleTexts texts,
            Achievements achievements,
            Awards awards,
            Gradebook gradebook,
            Platforms platforms,
            StepMetrics metrics,
            LostAuthority authority,
            Questions questions,
            Falls falls,
            Sources sources) {
        this.ruleSets = ruleSets;
        this.verdicts = verdicts;
        this.texts = texts;
        this.achievements = achievements;
        this.awards = awards;
        this.gradebook = gradebook;
        this.platforms = platforms;
        this.metrics = metrics;
        this.authority = authority;
        this.questions = questions;
        this.falls = falls;
        this.sources = sources;
    }

    /**
     * One badge of a course, with what a teacher should mend about its rule.
     *
     * @param unreleased how many have it and cannot see it yet
     * @param waiting what needs somebody's decision
     * @param silenced it speaks for the institution, and this course may not do so any more
     */
    record Badge(
            RuleSet ruleSet,
            AchievementVersion shown,
            String sentence,
            HeadCount counts,
            long unreleased,
            Waiting waiting,
            List<RuleWarning> warnings,
            boolean silenced) {}

    /** How much waits for a person at one badge; who waits for a review is among those that have it. */
    record Waiting(long questions, long falls, long reviews) {

        public boolean isAny() {
            return questions + falls + reviews > 0;
        }

        Waiting with(long more) {
            return new Waiting(questions, falls, more);
        }
    }

    /**
     * One column and how many learners are graded in it.
     *
     * @param needsKey whether nobody lets Laurel read it, or not any more
     * @param usable whether a badge can ask for it
     */
    public record Column(LineItem item, int graded, boolean needsKey, boolean usable) {

        /** Whether a badge can ask for a threshold in it. */
        public boolean hasThreshold() {
            return usable && THRESHOLD.contains(item.kind()) && item.scoreMaximum() != null;
        }
    }

    private static final Set<LineItem.Kind> THRESHOLD = EnumSet.of(LineItem.Kind.SCORE, LineItem.Kind.SUBTOTAL);

    List<Badge> badges(CourseContext course) {
        List<RuleSet> all = ruleSets.ofContext(course.tenant(), course.id());
        Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                course.tenant(), all.stream().map(RuleSet::badge).toList());
        Map<Long, List<RuleWarning>> warnings = ruleSets.warnings(course.tenant(), course.id()).stream()
                .collect(Collectors.groupingBy(RuleWarning::ruleSetId));
        List<RuleSet> silenced = authority.among(course.tenant(), all);
        List<Long> ids = all.stream().map(RuleSet::id).toList();
        Map<Long, Long> asked = questions.counts(course.tenant(), ids);
        Map<Long, Long> fallen = falls.counts(course.tenant(), ids);
        List<Badge> badges = new ArrayList<>();
        // What is no longer given comes last.
        for (RuleSet ruleSet :
                all.stream().sorted(Comparator.comparing(RuleSet::isRetired)).toList()) {
            AchievementVersion shown = versions.get(ruleSet.badge());
            if (shown != null) {
                badges.add(badge(
                        course,
                        ruleSet,
                        shown,
                        new Waiting(asked.getOrDefault(ruleSet.id(), 0L), fallen.getOrDefault(ruleSet.id(), 0L), 0),
                        warnings.getOrDefault(ruleSet.id(), List.of()),
                        silenced.contains(ruleSet)));
            }
        }
        return badges;
    }

    public List<Column> columns(CourseContext course) {
        Map<Long, Integer> graded = gradebook.gradedCounts(course.tenant(), course.id());
        List<LineItem> items = gradebook.lineItems(course.tenant(), course.id()).stream()
                .filter(item -> !item.deleted())
                .toList();
        Sources.Silent silent = sources.silent(course.tenant(), course.id());
        boolean ownColumn = items.stream().anyMatch(LineItem::output);
        return items.stream()
                .map(item -> new Column(
                        item,
                        graded.getOrDefault(item.id(), 0),
                        needsKey(item, silent),
                        !item.output()
                                && !needsKey(item, silent)
                                && !(ownColumn && item.isTotal())
                                && Suggestions.isMeasured(item)))
                .toList();
    }

    /** Whether no source reads it that sees columns of others, too: over AGS the platform shows a tool only its own. */
    boolean readsOwnColumnsOnly(CourseContext course) {
        return sources.of(course).stream()
                .allMatch(source -> source.source().equals(LineItem.AGS) || source.obstacle() != null);
    }

    private static boolean needsKey(LineItem item, Sources.Silent silent) {
        return !item.output() && (!item.readable() || silent.mayNotRead(item));
    }

    /** In how many whole seconds a badge usually follows a grade that was seen; {@code null} where none did yet. */
    @Nullable
    Long usualSeconds() {
        return metrics.average(Step.CRITERIA, Step.AWARD)
                .map(took -> took.plusMillis(999).toSeconds())
                .orElse(null);
    }

    /** How far a long evaluation is; {@code null} while there is none. */
    @Nullable
    LongWork evaluating(CourseContext course) {
        return verdicts.progress(course.tenant(), course.id()).orElse(null);
    }

    /** What this course lacks a permission for, as far as its page does not say it anyway. */
    List<Capability> lacks(CourseContext course) {
        ProductFamily family = platforms
                .registration(course.registrationId())
                .map(Families::of)
                .orElse(ProductFamily.OTHER);
        Capabilities capabilities = Capabilities.of(course, family);
        return Stream.of(Capability.WHOLE_CLASS, Capability.ADDED_COLUMNS, Capability.WRITTEN_SCORES)
                .filter(each -> !capabilities.works(each))
                // That nothing can be read here at all stands above.
                .filter(each -> each == Capability.WHOLE_CLASS || capabilities.works(Capability.LINKED_COLUMNS))
                .toList();
    }

    private Badge badge(
            CourseContext course,
            RuleSet ruleSet,
            AchievementVersion shown,
            Waiting waiting,
            List<RuleWarning> warnings,
            boolean silenced) {
        List<Award> held = awards.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                .filter(award -> award.revokedAt() == null)
                .toList();
        Set<Long> holders = held.stream().map(Award::personId).collect(Collectors.toSet());
        long unreleased =
                held.stream().filter(award -> award.releasedAt() == null).count();
        HeadCount counts = ruleSet.status() == RuleSet.Status.DRAFT
                ? HeadCount.of(ruleSet.rule(), verdicts.preview(course.tenant(), course.id(), ruleSet.rule()), holders)
                : HeadCount.of(
                        ruleSet.rule(),
                        verdicts.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                                .filter(each -> each.ruleSetVersion() == ruleSet.version())
                                .toList(),
                        holders);
        String sentence = texts.sentence(course.tenant(), course.id(), ruleSet.rule());
        long reviews = held.stream().filter(Award::waitsForReview).count();
        return new Badge(ruleSet, shown, sentence, counts, unreleased, waiting.with(reviews), warnings, silenced);
    }
}
