package dev.laurel.dashboard.badge;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Details;
import dev.laurel.achievement.framework.Frameworks;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.dashboard.Typed;
import dev.laurel.dashboard.course.CourseOverview;
import dev.laurel.dashboard.course.Suggestions;
import dev.laurel.dashboard.explain.Rules;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindingResult;

/** Fills the form of a badge and reads it back. */
@Component
class BadgeForms {

    private final RuleSets ruleSets;

    private final RuleTexts texts;

    private final Achievements achievements;

    private final Frameworks frameworks;

    private final Gradebook gradebook;

    private final MessageSource messages;

    private final Clock clock;

    BadgeForms(
            RuleSets ruleSets,
            RuleTexts texts,
            Achievements achievements,
            Frameworks frameworks,
            Gradebook gradebook,
            MessageSource messages,
            Clock clock) {
        this.ruleSets = ruleSets;
        this.texts = texts;
        this.achievements = achievements;
        this.frameworks = frameworks;
        this.gradebook = gradebook;
        this.messages = messages;
        this.clock = clock;
    }

    /** A badge for one column, everything filled in. */
    BadgeForm suggestion(CourseContext course, LineItem item) {
        Rule rule = Score.atLeast(item.id(), new BigDecimal(Suggestions.PERCENT_ASKED), Rule.Unit.PERCENT);
        BadgeForm.Part part = new BadgeForm.Part(Long.toString(item.id()), "on", Suggestions.PERCENT_ASKED, "PERCENT");
        return filled(course, null, List.of(part), item.label(), rule);
    }

    /** A badge by a rule that is no threshold of a column, everything filled in. */
    BadgeForm given(CourseContext course, String name, Rule rule) {
        return filled(course, null, List.of(), name, rule, true);
    }

    /** A badge for several columns: all of them to choose from, none chosen yet. */
    BadgeForm combination(CourseContext course, List<CourseOverview.Column> columns) {
        List<BadgeForm.Part> parts = columns.stream()
                .map(column -> new BadgeForm.Part(
                        Long.toString(column.item().id()), null, Suggestions.PERCENT_ASKED, "PERCENT"))
                .toList();
        return filled(course, "on", parts, course.title(), null);
    }

    /** A badge for all columns of a group, everything filled in. */
    BadgeForm group(CourseContext course, String group, List<CourseOverview.Column> columns) {
        List<BadgeForm.Part> parts = columns.stream()
                .map(column -> new BadgeForm.Part(
                        Long.toString(column.item().id()), "on", Suggestions.PERCENT_ASKED, "PERCENT"))
                .toList();
        List<Rule> leaves = columns.stream()
                .<Rule>map(column ->
                        Score.atLeast(column.item().id(), new BigDecimal(Suggestions.PERCENT_ASKED), Rule.Unit.PERCENT))
                .toList();
        return filled(course, "on", parts, group, Rules.joined(Rules.Join.ALL, 0, leaves));
    }

    /** A badge as it is, to be changed. */
    BadgeForm of(
            RuleSet ruleSet,
            AchievementVersion version,
            String sentence,
            List<CourseOverview.Column> columns,
            boolean drawn,
            boolean passback) {
        Rule rule = ruleSet.rule();
        boolean keep = !Rules.isOneLevel(rule);
        Rules.@Nullable Join join = Rules.join(rule);
        String count = rule instanceof Rule.AtLeast some ? Integer.toString(some.count()) : "";
        return new BadgeForm(
                join == null ? null : "on",
                join == null ? Rules.Join.ALL.name() : join.name(),
                count,
                keep ? List.of() : parts(rule, columns),
                version.name(),
                version.description(),
                version.criteria(),
                sentence,
                version.colour(),
                drawn ? null : version.imageId(),
                null,
                null,
                passback ? "on" : null,
                WorthForm.of(version),
                AlignmentForm.of(version.alignments()),
                DetailsForm.of(version.details()),
                keep ? "on" : null,
                null);
    }

    /** The rule that was typed; empty where it is not one, with the reasons in {@code errors}. */
    Optional<Rule> rule(BadgeForm form, Map<Long, LineItem> items, BindingResult errors) {
        List<Rule> parts = new ArrayList<>();
        boolean sound = true;
        for (int i = 0; i < form.parts().size(); i++) {
            BadgeForm.Part part = form.parts().get(i);
            if (form.isSeveral() && !part.isChosen()) {
                continue;
            }
            Optional<Rule> leaf = leaf(part, "parts[" + i + "].threshold", items, errors);
            sound &= leaf.isPresent();
            leaf.ifPresent(parts::add);
        }
        if (parts.isEmpty()) {
            if (sound) {
                reject(errors, "parts", "badge.parts.none");
            }
            return Optional.empty();
        }
        return sound ? joined(form, parts, errors) : Optional.empty();
    }

    /** What is wrong with the words. */
    void checkWords(BadgeForm form, BindingResult errors) {
        within(form.name(), 200, "name", "badge.name", errors);
        within(form.description(), 2000, "description", "badge.description", errors);
        within(form.criteria(), 4000, "criteria", "badge.criteria", errors);
        if (!form.colour().matches("#[0-9a-fA-F]{6}")) {
            reject(errors, "colour", "badge.colour.bad");
        }
    }

    /** What it is worth; empty where that is not one, with the reasons in {@code errors}. */
    Optional<AchievementDraft.Worth> worth(BadgeForm form, ZoneId zone, BindingResult errors) {
        Optional<List<Alignment>> alignments =
                AlignmentForm.read(form.alignments(), (field, key, words) -> reject(errors, field, key, words));
        Optional<Details> details =
                form.details().read((field, key, words) -> reject(errors, "details." + field, key, words));
        Optional<AchievementDraft.Worth> worth = form.worth()
                .read(
                        LocalDate.now(clock.withZone(zone)),
                        (field, key, words) -> reject(errors, "worth." + field, key, words));
        return alignments.isEmpty() || details.isEmpty()
                ? Optional.empty()
                : worth.map(each ->
                        new AchievementDraft.Worth(each.credits(), each.validity(), alignments.get(), details.get()));
    }

    private BadgeForm filled(
            CourseContext course,
            @Nullable String several,
            List<BadgeForm.Part> parts,
            String name,
            @Nullable Rule rule) {
        return filled(course, several, parts, name, rule, false);
    }

    /** @param given whether the rule is one that the form cannot show */
    private BadgeForm filled(
            CourseContext course,
            @Nullable String several,
            List<BadgeForm.Part> parts,
            String name,
            @Nullable Rule rule,
            boolean given) {
        String sentence = rule == null ? "" : texts.sentence(course.tenant(), course.id(), rule);
        String description = messages.getMessage(
                several == null ? "badge.description.one" : "badge.description.several",
                new Object[] {name, course.title()},
                LocaleContextHolder.getLocale());
        return new BadgeForm(
                several,
                Rules.Join.ALL.name(),
                "",
                parts,
                name,
                description,
                sentence,
                sentence,
                BadgeForm.COLOURS.get(Math.floorMod(name.hashCode(), BadgeForm.COLOURS.size())),
                null,
                null,
                null,
                null,
                WorthForm.NOTHING,
                AlignmentForm.of(alignments(course, rule)),
                DetailsForm.NOTHING,
                given ? "on" : null,
                given && rule != null ? texts.json(rule) : null);
    }

    /** Skills that are called like what the rule looks at, and what the others of the course stand for. */
    private List<Alignment> alignments(CourseContext course, @Nullable Rule rule) {
        Map<String, Alignment> byUrl = new LinkedHashMap<>();
        Stream.concat(measured(course, rule).stream(), usual(course).stream())
                .forEach(each -> byUrl.putIfAbsent(each.targetUrl(), each));
        return byUrl.values().stream().limit(Alignment.MOST).toList();
    }

    private List<Alignment> measured(CourseContext course, @Nullable Rule rule) {
        if (rule == null || !frameworks.any(course.tenant())) {
            return List.of();
        }
        Set<Long> asked = rule.lineItemIds();
        List<String> labels = gradebook.lineItems(course.tenant(), course.id()).stream()
                .filter(item -> asked.contains(item.id()))
                .map(LineItem::label)
                .toList();
        return frameworks.called(course.tenant(), labels);
    }

    /** What every badge of the course stands for, a new one most likely does too. */
    private List<Alignment> usual(CourseContext course) {
        List<AchievementVersion> all = List.copyOf(achievements
                .versions(
                        course.tenant(),
                        ruleSets.ofContext(course.tenant(), course.id()).stream()
                                .map(RuleSet::badge)
                                .toList())
                .values());
        List<Alignment> usual =
                new ArrayList<>(all.isEmpty() ? List.of() : all.get(0).alignments());
        all.forEach(each -> usual.retainAll(each.alignments()));
        return usual;
    }

    private static List<BadgeForm.Part> parts(Rule rule, List<CourseOverview.Column> columns) {
        Map<Long, Score> chosen = new HashMap<>();
        List<Rule> leaves = rule instanceof Score ? List.of(rule) : Rules.parts(rule);
        leaves.forEach(part -> {
            if (part instanceof Score leaf) {
                chosen.put(leaf.lineItemId(), leaf);
            }
        });
        List<BadgeForm.Part> parts = new ArrayList<>();
        for (CourseOverview.Column column : columns) {
            Score leaf = chosen.remove(column.item().id());
            if (leaf != null) {
                parts.add(part(leaf));
            } else if (!(rule instanceof Score)) {
                parts.add(new BadgeForm.Part(
                        Long.toString(column.item().id()), null, Suggestions.PERCENT_ASKED, "PERCENT"));
            }
        }
        // A column that is gone stays in the form, or saving would silently drop it from the rule.
        chosen.values().forEach(leaf -> parts.add(part(leaf)));
        return parts;
    }

    private static BadgeForm.Part part(Score leaf) {
        String threshold = leaf.threshold().stripTrailingZeros().toPlainString();
        return new BadgeForm.Part(
                Long.toString(leaf.lineItemId()), "on", threshold, leaf.unit().name());
    }

    private Optional<Rule> leaf(BadgeForm.Part part, String field, Map<Long, LineItem> items, BindingResult errors) {
        @Nullable LineItem item = part.column().matches("\\d{1,18}") ? items.get(Long.valueOf(part.column())) : null;
        if (item == null) {
            reject(errors, "parts", "badge.column.unknown");
            return Optional.empty();
        }
        @Nullable BigDecimal threshold = Typed.number(part.threshold());
        @Nullable BigDecimal most = part.isPoints() ? item.scoreMaximum() : BigDecimal.valueOf(100);
        if (threshold == null || threshold.signum() <= 0) {
            reject(errors, field, "badge.threshold.bad", item.label());
            return Optional.empty();
        }
        if (most != null && threshold.compareTo(most) > 0) {
            String asPeopleSay = most.stripTrailingZeros().toPlainString() + (part.isPoints() ? " points" : " %");
            reject(errors, field, "badge.threshold.high", item.label(), asPeopleSay);
            return Optional.empty();
        }
        Rule.Unit unit = part.isPoints() ? Rule.Unit.POINTS : Rule.Unit.PERCENT;
        return Optional.of(Score.atLeast(item.id(), threshold, unit));
    }

    private Optional<Rule> joined(BadgeForm form, List<Rule> parts, BindingResult errors) {
        Rules.Join join = Rules.Join.of(form.join());
        if (join != Rules.Join.SOME) {
            return Optional.of(Rules.joined(join, 0, parts));
        }
        if (!form.count().strip().matches("[1-9]\\d{0,3}")
                || Integer.parseInt(form.count().strip()) > parts.size()) {
            reject(errors, "count", "badge.count.bad", parts.size());
            return Optional.empty();
        }
        return Optional.of(Rules.joined(join, Integer.parseInt(form.count().strip()), parts));
    }

    private void within(String text, int most, String field, String key, BindingResult errors) {
        if (Typed.text(text).isEmpty()) {
            reject(errors, field, key + ".missing");
        } else if (Typed.text(text).length() > most) {
            reject(errors, field, key + ".long", most);
        }
    }

    private void reject(BindingResult errors, String field, String key, Object... words) {
        errors.rejectValue(field, key, words, messages.getMessage(key, words, LocaleContextHolder.getLocale()));
    }
}
