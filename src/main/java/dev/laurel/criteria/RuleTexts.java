package dev.laurel.criteria;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.ExplanationJson;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.RuleJson;
import dev.laurel.criteria.rule.Sentences;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.tenant.TenantId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A rule in words for people, and as JSON for machines (docs/rules.md). */
@Component
public class RuleTexts {

    private final LearnerEvaluator evaluator;

    private final Sentences sentences;

    RuleTexts(LearnerEvaluator evaluator, Sentences sentences) {
        this.evaluator = evaluator;
        this.sentences = sentences;
    }

    /** The rule in one plain English sentence, with the labels of its columns, without a full stop. */
    public String sentence(TenantId tenant, long contextId, Rule rule) {
        return sentences.of(rule, evaluator.facts(tenant, contextId, List.of(rule)));
    }

    /** Whether a text only says the rule: as it is said now, or was before anybody told what sections are called. */
    public boolean says(TenantId tenant, long contextId, Rule rule, String text) {
        return says(rule, evaluator.facts(tenant, contextId, List.of(rule)), text);
    }

    /**
     * Of these rule sets of one course those whose badge only says the rule in its criteria, by number.
     *
     * @param badges that are theirs; one that is missing says something else
     */
    public Set<Long> followed(
            TenantId tenant,
            long contextId,
            Collection<RuleSet> ofCourse,
            Map<AchievementVersion.Key, AchievementVersion> badges) {
        CourseFacts facts = facts(tenant, contextId, ofCourse);
        return ofCourse.stream()
                .filter(each -> Optional.ofNullable(badges.get(each.badge()))
                        .filter(badge -> says(each.rule(), facts, badge.criteria()))
                        .isPresent())
                .map(RuleSet::id)
                .collect(Collectors.toSet());
    }

    boolean says(Rule rule, CourseFacts facts, String text) {
        return text.equals(sentences.of(rule, facts))
                || !facts.sections().isEmpty() && text.equals(sentences.of(rule, facts.withoutNamesOfSections()));
    }

    String sentence(Rule rule, CourseFacts facts) {
        return sentences.of(rule, facts);
    }

    /** The same of a rule over columns and badges that are of no course. */
    public String sentence(Rule rule, Collection<LineItem> items, Map<Long, String> badges) {
        Map<Long, LineItem> byId = items.stream().collect(Collectors.toMap(LineItem::id, Function.identity()));
        return sentences.of(rule, new CourseFacts(byId, badges, Map.of(), null, ZoneOffset.UTC, false));
    }

    /**
     * What the rule makes of each state of a result, for those who make it and those who must meet it. Parts that make the
     * same of everything stand together, each as its sentence.
     */
    public WhatCounts whatCounts(TenantId tenant, long contextId, Rule rule) {
        CourseFacts facts = evaluator.facts(tenant, contextId, List.of(rule));
        return WhatCounts.of(rule, facts, leaf -> sentences.of(leaf, facts));
    }

    /** A rule in its {@link #sentence}, with what it makes of each state of a result. */
    public record Said(String sentence, WhatCounts whatCounts) {}

    /** {@link #sentence} and {@link #whatCounts} at once. */
    public Said said(TenantId tenant, long contextId, Rule rule) {
        CourseFacts facts = evaluator.facts(tenant, contextId, List.of(rule));
        return new Said(sentences.of(rule, facts), WhatCounts.of(rule, facts, leaf -> sentences.of(leaf, facts)));
    }

    /** A sentence for each of these rule sets of one course, by its number. */
    public Map<Long, String> sentences(TenantId tenant, long contextId, Collection<RuleSet> ofCourse) {
        CourseFacts facts = facts(tenant, contextId, ofCourse);
        return ofCourse.stream().collect(Collectors.toMap(RuleSet::id, each -> sentences.of(each.rule(), facts)));
    }

    private CourseFacts facts(TenantId tenant, long contextId, Collection<RuleSet> ofCourse) {
        return evaluator.facts(
                tenant, contextId, ofCourse.stream().map(RuleSet::rule).toList());
    }

    /** The rule as versioned JSON (docs/rules.md). */
    public String json(Rule rule) {
        return RuleJson.write(rule);
    }

    /**
     * A rule from versioned JSON. Whether a course can use it is checked when it is saved.
     *
     * @throws BadRuleException with the place that cannot be understood
     */
    public Rule parse(String json) {
        return RuleJson.read(json);
    }

    /** The lines of an evaluation as JSON, as decision records keep them. */
    public String json(Evaluation evaluation) {
        return ExplanationJson.write(evaluation);
    }
}
