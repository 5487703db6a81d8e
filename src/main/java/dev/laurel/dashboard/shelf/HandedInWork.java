package dev.laurel.dashboard.shelf;

import dev.laurel.award.Award;
import dev.laurel.credential.HandedInLinks;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.dashboard.explain.DecisionFacts;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.manual.EvidenceVersion;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import dev.laurel.gradebook.manual.RubricRow;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a holder handed in for her badge, as it was when the badge was decided. */
@Component
class HandedInWork implements HandedInLinks {

    private final DecisionFacts facts;

    private final ManualGradebook manual;

    HandedInWork(DecisionFacts facts, ManualGradebook manual) {
        this.facts = facts;
        this.manual = manual;
    }

    record Work(ManualItem task, EvidenceVersion version) {}

    /** One for each task that the decision looked at and that she handed something in to; not what came after it. */
    List<Work> of(TenantId tenant, Award award) {
        Set<Long> lookedAt = facts.lines(tenant, award.id()).stream()
                .flatMap(line -> Stream.concat(
                        Stream.of(line.lineItemId()), line.parts().stream().map(Part::lineItemId)))
                .collect(Collectors.toSet());
        if (lookedAt.isEmpty()) {
            return List.of();
        }
        List<Work> work = new ArrayList<>();
        for (ManualItem task : manual.items(tenant, award.contextId())) {
            if (task.kind() == LineItem.Kind.EVIDENCE && isAmong(lookedAt, task)) {
                manual.evidence(tenant, award.contextId(), task.id(), award.personId()).stream()
                        .filter(version -> !version.handedInAt().isAfter(award.decidedAt()))
                        .reduce((earlier, later) -> later)
                        .ifPresent(version -> work.add(new Work(task, version)));
            }
        }
        return work;
    }

    @Override
    public List<URI> links(TenantId tenant, Award award) {
        return of(tenant, award).stream()
                .flatMap(each -> each.version().links().stream())
                .distinct()
                .toList();
    }

    private static boolean isAmong(Set<Long> lookedAt, ManualItem task) {
        return lookedAt.contains(task.id())
                || task.rubric().stream().map(RubricRow::id).anyMatch(lookedAt::contains);
    }
}
