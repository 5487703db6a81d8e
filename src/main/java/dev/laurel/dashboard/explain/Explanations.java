package dev.laurel.dashboard.explain;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Rule;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** What rules say of learners, on the day that it is in their course. */
@Component
public class Explanations {

    private final Clock clock;

    Explanations(Clock clock) {
        this.clock = clock;
    }

    public Explanation of(CourseContext course, Rule rule, Evaluation evaluation) {
        return Explanation.of(rule, evaluation, today(course));
    }

    public Tiers tiers(CourseContext course, Rule rule, Evaluation evaluation) {
        return Tiers.of(rule, evaluation, today(course));
    }

    private LocalDate today(CourseContext course) {
        return clock.instant().atZone(course.zone()).toLocalDate();
    }
}
