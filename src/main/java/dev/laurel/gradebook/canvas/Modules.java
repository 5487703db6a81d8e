package dev.laurel.gradebook.canvas;

import static dev.laurel.gradebook.LineItem.StillThere.UNPUBLISHED;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which modules, and which of their requirements, students completed. Canvas tells it for one student at a time, so each
 * look asks for those of whom something is new and then for some of the others, in rounds. A module that requires nothing
 * is complete for everybody and is no column.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/modules.html">Canvas, modules</a>
 */
final class Modules {

    static final int STUDENTS_AT_A_LOOK = 10;

    static final int STUDENTS_AT_FIRST = 60;

    static final String MODULE = "module-";

    static final String REQUIREMENT = "requirement-";

    private static final String WHOLE = "completion-course";

    private static final String WHAT = "modules";

    private final String canvasCourse;

    private final CanvasClient.Trip trip;

    private final Gathered gathered;

    /** The ids of modules that require something. */
    private final Set<String> required = new LinkedHashSet<>();

    Modules(String canvasCourse, CanvasClient.Trip trip, Gathered gathered) {
        this.canvasCourse = canvasCourse;
        this.trip = trip;
        this.gathered = gathered;
    }

    static void addKnown(Gathered gathered) {
        List.of(REQUIREMENT, MODULE, WHOLE).forEach(gathered::addKnown);
    }

    void columns() {
        Map<String, JsonNode> modules = new LinkedHashMap<>();
        trip.entries(list(""), WHAT, module -> {
            String id = CanvasIds.of(module.get("id"));
            if (id != null && module.path("published").asBoolean(true)) {
                modules.put(id, module);
            } else if (id != null) {
                gathered.stillThere(MODULE + id, UNPUBLISHED);
                module.path("items")
                        .forEach(item -> gathered.stillThere(REQUIREMENT + CanvasIds.of(item.get("id")), UNPUBLISHED));
            }
        });
        Map<String, List<JsonNode>> items = new HashMap<>();
        modules.forEach((id, module) -> items.put(id, items(id, module)));
        items.forEach((id, all) -> {
            if (!all.isEmpty()) {
                required.add(id);
            }
        });
        modules.forEach((id, module) -> {
            String name = Said.label(module.get("name"));
            items.getOrDefault(id, List.of())
                    .forEach(item ->
                            add(REQUIREMENT + CanvasIds.of(item.get("id")), Said.label(item.get("title")), name));
        });
        modules.forEach((id, module) -> {
            if (required.contains(id)) {
                add(MODULE + id, "Module: " + Said.label(module.get("name")), "Completion");
            }
        });
        if (!required.isEmpty()) {
            add(WHOLE, "The whole course", "Completion");
        }
    }

    private String list(String more) {
        return "/api/v1/courses/" + canvasCourse + "/modules?include[]=items&per_page=100" + more;
    }

    /** Those items of a module that it requires; Canvas leaves items out where they are many, or the key does not allow it. */
    private List<JsonNode> items(String id, JsonNode module) {
        List<JsonNode> items = new ArrayList<>();
        if (module.path("items").isArray()) {
            module.path("items").forEach(items::add);
        } else if (module.path("items_count").asInt(1) > 0) {
            trip.entries(
                    "/api/v1/courses/" + canvasCourse + "/modules/" + id + "/items?per_page=100", WHAT, items::add);
        }
        items.stream()
                .filter(item -> !item.path("published").asBoolean(true))
                .forEach(item -> gathered.stillThere(REQUIREMENT + CanvasIds.of(item.get("id")), UNPUBLISHED));
        return items.stream()
                .filter(item -> item.path("completion_requirement").isObject()
                        && item.path("published").asBoolean(true)
                        && CanvasIds.of(item.get("id")) != null)
                .toList();
    }

    private void add(String id, String label, String group) {
        gathered.add(new Column(id, label, LineItem.Kind.COMPLETION, group, null, BigDecimal.ONE, null, null, null));
    }

    /**
     * Asks for students.
     *
     * @param first those of whom something is new
     * @param everybody who is in the course, by Canvas's numbers
     * @param after where the last look ended; empty: from the first
     * @param most how many are asked for
     * @return where this look ended
     */
    String read(Set<String> first, Set<String> everybody, String after, int most) {
        if (required.isEmpty()) {
            return "";
        }
        Set<String> asked = new LinkedHashSet<>();
        // Half of the look stays for the others, or they never had their turn in a busy course.
        first.stream().filter(everybody::contains).limit(most / 2).forEach(asked::add);
        TreeSet<String> round = new TreeSet<>(everybody);
        List<String> inOrder = new ArrayList<>(round.tailSet(after, false));
        inOrder.addAll(round.headSet(after, true));
        String last = after;
        for (String user : inOrder) {
            if (asked.size() >= most) {
                break;
            }
            asked.add(user);
            last = user;
        }
        asked.forEach(this::student);
        return last;
    }

    private void student(String user) {
        Map<String, JsonNode> modules = new LinkedHashMap<>();
        trip.entries(
                list("&student_id=" + user),
                WHAT,
                module -> modules.put(String.valueOf(CanvasIds.of(module.get("id"))), module));
        boolean all = true;
        Instant last = null;
        for (String id : required) {
            JsonNode module = modules.get(id);
            boolean done = module != null && "completed".equals(Said.text(module.get("state")));
            Instant at = module == null ? null : Said.time(module.get("completed_at"));
            say(MODULE + id, user, done, at);
            all &= done;
            last = at == null || (last != null && last.isAfter(at)) ? last : at;
            if (module != null) {
                module.path("items")
                        .forEach(item -> say(
                                REQUIREMENT + CanvasIds.of(item.get("id")),
                                user,
                                item.path("completion_requirement")
                                        .path("completed")
                                        .asBoolean(false),
                                null));
            }
        }
        say(WHOLE, user, all, last);
    }

    private void say(String column, String user, boolean done, @Nullable Instant at) {
        gathered.say(
                column,
                done
                        ? new Result(
                                user,
                                Observation.Status.GRADED,
                                BigDecimal.ONE,
                                BigDecimal.ONE,
                                null,
                                Observation.Visibility.POSTED,
                                null,
                                at,
                                null)
                        : Result.none(user));
    }
}
