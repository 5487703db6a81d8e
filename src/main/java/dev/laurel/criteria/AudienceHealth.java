package dev.laurel.criteria;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseSections;
import dev.laurel.criteria.rule.Audience;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Whether the sections and groups that rules are for are still there. */
@Component
class AudienceHealth {

    private final Contexts contexts;

    private final CourseSections sections;

    AudienceHealth(Contexts contexts, CourseSections sections) {
        this.contexts = contexts;
        this.sections = sections;
    }

    /** Whether a part of the rule is for sections in which nobody of the course can be. No statement where it is for everyone. */
    boolean isForeign(TenantId tenant, long contextId, Rule rule) {
        List<InGroup> audiences = audiences(rule).toList();
        return !audiences.isEmpty() && audiences.stream().anyMatch(sections(tenant, contextId)::isForeign);
    }

    /** The same few statements for any number of rule sets of a course, and none where all of them are for everyone. */
    List<RuleWarning> warnings(TenantId tenant, long contextId, Collection<RuleSet> ofCourse) {
        List<RuleWarning> warnings = new ArrayList<>();
        if (ofCourse.stream().allMatch(ruleSet -> Audience.of(ruleSet.rule()).isEmpty())) {
            return warnings;
        }
        Sections sections = sections(tenant, contextId);
        for (RuleSet ruleSet : ofCourse) {
            audiences(ruleSet.rule())
                    .filter(sections::isForeign)
                    .distinct()
                    .forEach(audience -> warnings.add(
                            warning(ruleSet, String.join(", ", audience.groups()), "rule.warning.no-such-group")));
            Audience.of(ruleSet.rule()).stream()
                    .filter(sections.gone()::contains)
                    .forEach(number -> warnings.add(warning(
                            ruleSet,
                            CourseSections.label(number, sections.names().get(number)),
                            "rule.warning.gone-section")));
        }
        return warnings;
    }

    private static RuleWarning warning(RuleSet ruleSet, String label, String messageKey) {
        return new RuleWarning(ruleSet.id(), new Rule.Warning(0, label, messageKey));
    }

    private static Stream<InGroup> audiences(Rule rule) {
        return rule.leaves().filter(InGroup.class::isInstance).map(InGroup.class::cast);
    }

    private Sections sections(TenantId tenant, long contextId) {
        Set<String> told = contexts.members(tenant, contextId).stream()
                .flatMap(member -> member.groups().stream())
                .collect(Collectors.toCollection(HashSet::new));
        CourseSections.Known known = sections.known(tenant, contextId);
        Set<String> gone = new HashSet<>(known.gone());
        gone.removeAll(told);
        if (!told.isEmpty()) {
            // A section that nobody has joined yet, or that is gone, is one of the course all the same.
            told.addAll(known.names().keySet());
        }
        return new Sections(told, known.names(), gone);
    }

    /**
     * Of a course.
     *
     * @param told those that anybody is in, and those that are or were there; empty where the platform does not tell who is in
     *     which
     */
    private record Sections(Set<String> told, Map<String, String> names, Set<String> gone) {

        boolean isForeign(InGroup audience) {
            return audience.isForeign(told);
        }
    }
}
