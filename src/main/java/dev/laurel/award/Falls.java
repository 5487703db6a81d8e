package dev.laurel.award;

import dev.laurel.criteria.CriteriaNoLongerMet;
import dev.laurel.criteria.PersonEvaluation;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What follows where a result falls below the rule. */
@Component
class Falls {

    private final ReleaseRepository releases;

    Falls(ReleaseRepository releases) {
        this.releases = releases;
    }

    @EventListener
    @Transactional
    void on(CriteriaNoLongerMet fallen) {
        List<Long> people =
                fallen.learners().stream().map(PersonEvaluation::personId).toList();
        releases.withdraw(fallen.tenant(), fallen.ruleSet().id(), people);
    }
}
