package dev.laurel.dashboard.shelf;

import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.shelf.OnTheWay.State;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one course has for somebody, besides what she has earned.
 *
 * @param badges what is begun first
 * @param nextTiers what the tier above the one that she has takes, in a sentence, by rule set
 */
public record InCourse(CourseContext course, List<OnTheWay> badges, Map<Long, String> nextTiers) {

    private static final Set<State> POSSIBLE = EnumSet.of(State.POSSIBLE, State.UNSEEN, State.PAUSED);

    public List<OnTheWay> onTheWay() {
        return badges.stream().filter(OnTheWay::isOnTheWay).toList();
    }

    /** Not begun, and she still can, now or when it goes on. */
    public List<OnTheWay> possible() {
        return badges.stream().filter(badge -> POSSIBLE.contains(badge.state())).toList();
    }

    public List<OnTheWay> over() {
        return badges.stream().filter(badge -> badge.state() == State.OVER).toList();
    }
}
