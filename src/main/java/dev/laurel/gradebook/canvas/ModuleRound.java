package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whose modules a look asks for: of whom something is new, and then some of the others by turns. */
final class ModuleRound {

    private final OneLook look;

    private String last;

    private @Nullable Long newsRead;

    ModuleRound(OneLook look) {
        this.look = look;
        Bookmark before = look.before();
        this.last = before == null ? "" : before.modules();
        this.newsRead = before == null ? null : before.newsRead();
    }

    private Modules begin() {
        Modules modules = new Modules(look.canvasCourse(), look.trip(), look.people(), look.gathered(), ownItems());
        modules.columns();
        return modules;
    }

    /** Which items of modules are columns of Laurel's, by number, or by name where assignments are not read. */
    private Predicate<JsonNode> ownItems() {
        Set<String> ids = look.tools()
                .courses()
                .ownAssignments(look.course().tenant(), look.course().id());
        Set<String> labels = look.columns().stream()
                .map(KnownColumns.Known::item)
                .filter(item -> item.output() && !look.wantsGrades())
                .map(LineItem::label)
                .collect(Collectors.toSet());
        return item -> "Assignment".equals(Said.text(item.get("type")))
                && (ids.contains(String.valueOf(CanvasIds.of(item.get("content_id"))))
                        || labels.contains(Said.label(item.get("title"))));
    }

    /** Of these users only. Of the others what changed is in the log, so that they have their turn at everybody's. */
    void readOf(Set<String> users) {
        Modules modules = begin();
        modules.read(users, users, "", Math.min(users.size(), Modules.STUDENTS_AT_A_LOOK));
        modules.requireRight();
    }

    /**
     * Of newcomers, and of whom something is new, and then the next of the others.
     *
     * @param isBack whether it did not work the last time
     */
    void readNext(Set<String> newcomers, boolean isBack) {
        Modules modules = begin();
        Bookmark from = look.from();
        Set<String> everybody = look.people().everybody();
        NewOfPeople news = new NewOfPeople(
                look.course(), look.tools().known(), look.tools().contexts(), newsRead);
        Set<String> first = new LinkedHashSet<>(newcomers);
        first.addAll(news.users());
        last = modules.read(
                first,
                everybody,
                last,
                from == null || isBack ? Modules.STUDENTS_AT_FIRST : Modules.STUDENTS_AT_A_LOOK);
        modules.requireRight();
        // What the first look at everybody says is new of all of them, and they have their turn in the round.
        boolean isFirst =
                from == null || from.owesEverybody() || !from.wholePage().isEmpty();
        newsRead = newsRead == null && isFirst
                ? null
                : news.place(user -> everybody.contains(user) && modules.isOwed(user));
    }

    /** After whom the next look goes on. */
    String last() {
        return last;
    }

    /** See {@link Bookmark#newsRead}. */
    @Nullable
    Long newsRead() {
        return newsRead;
    }
}
