package dev.laurel.criteria;

import dev.laurel.context.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Of whoever was erased no evaluation is kept, and no badge counts for another one. */
@Component
class ErasedPeople {

    private final EvaluationRepository evaluations;

    private final HeldAchievementRepository held;

    private final BroughtAchievements brought;

    ErasedPeople(EvaluationRepository evaluations, HeldAchievementRepository held, BroughtAchievements brought) {
        this.evaluations = evaluations;
        this.held = held;
        this.brought = brought;
    }

    @EventListener
    void on(PersonErased erased) {
        evaluations.forget(erased.tenant(), erased.personId());
        held.forget(erased.tenant(), erased.personId());
        brought.forget(erased.tenant(), erased.personId());
    }
}
