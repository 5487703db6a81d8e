package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What was posted, once more: Canvas does not count it as graded when a grade is hidden again. One list of students at each
 * look, with all that they reached, and from the first again. Mostly a whole assignment is hidden at once; so where one result
 * turns out to be hidden, all of that assignment are read.
 */
final class PostedAgain {

    private static final Set<Status> GRADES = Set.of(Status.GRADED, Status.PROVISIONAL, Status.EXCUSED);

    private final OneLook look;

    private final Submissions submissions;

    PostedAgain(OneLook look, Submissions submissions) {
        this.look = look;
        this.submissions = submissions;
    }

    /**
     * Asks for a list of them.
     *
     * @param after Canvas's number of the user who was the last; empty: the first is next
     * @param place told, before Canvas is asked, who is the last; where it fails at them they do not hold up the others
     */
    void read(String after, Consumer<String> place) {
        TreeSet<String> everybody = new TreeSet<>(look.people().everybody());
        if (everybody.isEmpty() || submissions.assignments().isEmpty()) {
            return;
        }
        List<String> inOrder = new ArrayList<>(everybody.tailSet(after, false));
        List<String> users = (inOrder.isEmpty() ? everybody : inOrder)
                .stream().limit(submissions.studentsOfATurn()).toList();
        place.accept(users.get(users.size() - 1));
        List<String> unread = new ArrayList<>(users);
        unread.removeAll(submissions.listed());
        try {
            submissions.readOnceMore(unread);
        } catch (ServiceProblem problem) {
            if (problem.isFinal()
                    || problem.retryAfter() != null
                    || look.trip().isOver()
                    || look.trip().isLate()) {
                throw problem;
            }
            // What is new was read all the same, and they have their turn in the next round.
        }
        hiddenNow(users).forEach(submissions::readAssignment);
    }

    /** The assignments of which they saw a result that they do not see any more. */
    private Set<String> hiddenNow(List<String> users) {
        Map<Long, Assignments.Assignment> assignments = assignments();
        Map<String, Long> persons = look.tools().contexts().personsByPlatformUser(look.course(), users);
        Map<Long, String> userOf = persons.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (one, other) -> one));
        Set<String> hidden = new LinkedHashSet<>();
        for (Observation known : look.tools()
                .known()
                .latest(look.course().tenant(), look.course().id(), assignments.keySet(), userOf.keySet())) {
            Assignments.Assignment assignment = assignments.get(known.lineItemId());
            Result now = assignment == null
                    ? null
                    : look.gathered().said(assignment.columnId(), String.valueOf(userOf.get(known.personId())));
            if (assignment != null
                    && now != null
                    && known.visibility() == Visibility.POSTED
                    && GRADES.contains(known.status())
                    && now.visibility() == Visibility.HIDDEN) {
                hidden.add(assignment.id());
            }
        }
        return hidden;
    }

    /** By our numbers of their columns. */
    private Map<Long, Assignments.Assignment> assignments() {
        Map<String, Assignments.Assignment> byColumn = submissions.assignments().stream()
                .collect(Collectors.toMap(Assignments.Assignment::columnId, each -> each));
        return look.columns().stream()
                .map(KnownColumns.Known::item)
                .filter(item -> item.source().equals(CanvasSource.NAME) && byColumn.containsKey(item.externalId()))
                .collect(Collectors.toMap(LineItem::id, item -> byColumn.get(item.externalId())));
    }
}
