package dev.laurel.gradebook.manual;

import dev.laurel.gradebook.LineItem;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something in a course whose results are entered in Laurel: a confirmation, a session or evidence.
 *
 * @param heldOn the day of a session in the course's time zone; {@code null} for all others
 * @param instructions what learners hand in as evidence; {@code null} for all others
 * @param rubric by which evidence is assessed; empty where there is none
 */
public record ManualItem(
        LineItem item, @Nullable LocalDate heldOn, @Nullable String instructions, List<RubricRow> rubric) {

    public ManualItem {
        rubric = List.copyOf(rubric);
    }

    public long id() {
        return item.id();
    }

    public LineItem.Kind kind() {
        return item.kind();
    }
}
