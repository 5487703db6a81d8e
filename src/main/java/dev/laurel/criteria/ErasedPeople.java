package dev.laurel.criteria;

import dev.laurel.context.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
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

    /** Before her awards, as whoever evaluates has them: the other way round two would wait for each other. */
    @EventListener
    @Order(0)
    void evaluationsOf(PersonErased erased) {
        evaluations.forget(erased.tenant(), erased.personId());
    }

    @EventListener
    void on(PersonErased erased) {
        held.forget(erased.tenant(), erased.personId());
        brought.forget(erased.tenant(), erased.personId());
    }
}
