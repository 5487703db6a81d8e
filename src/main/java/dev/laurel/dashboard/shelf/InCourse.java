package dev.laurel.dashboard.shelf;

import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.shelf.OnTheWay.State;
import java.util.List;
import java.util.Map;

/**
 * What one course has for somebody, besides what she has earned.
 *
 * @param badges what is begun first
 * @param nextTiers what the tier above the one that she has takes, in a sentence, by rule set
 */
public record InCourse(CourseContext course, List<OnTheWay> badges, Map<Long, String> nextTiers) {

    public List<OnTheWay> onTheWay() {
        return badges.stream().filter(OnTheWay::isOnTheWay).toList();
    }

    /** Not begun, and she still can. */
    public List<OnTheWay> possible() {
        return badges.stream()
                .filter(badge -> badge.state() == State.POSSIBLE || badge.state() == State.UNSEEN)
                .toList();
    }

    public List<OnTheWay> over() {
        return badges.stream().filter(badge -> badge.state() == State.OVER).toList();
    }
}
