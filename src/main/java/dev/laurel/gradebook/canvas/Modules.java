package dev.laurel.gradebook.canvas;

import static dev.laurel.gradebook.LineItem.StillThere.UNPUBLISHED;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which modules, and which of their requirements, students completed. Canvas tells it for one student at a time, so each
 * look asks for those of whom something is new and then for some of the others, in rounds. A module that requires nothing
 * is complete for everybody and is no column; one that a student is not given is nothing that she lacks.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/modules.html">Canvas, modules</a>
 */
final class Modules {

    static final int STUDENTS_AT_A_LOOK = 10;

    static final int STUDENTS_AT_FIRST = 60;

    /** Whoever is not asked for by then has her turn at the next look. */
    private static final Duration LONGEST = Duration.ofSeconds(270);

    static final String MODULE = "module-";

    static final String REQUIREMENT = "requirement-";

    private static final String WHOLE = "completion-course";

    private static final String WHAT = "modules";

    private final String canvasCourse;

    private final CanvasClient.Trip trip;

    private final Gathered gathered;

    /** The ids of modules that require something, each with those of the items that it requires. */
    private final Map<String, List<String>> required = new LinkedHashMap<>();

    private final Set<String> asked = new LinkedHashSet<>();

    Modules(String canvasCourse, CanvasClient.Trip trip, Gathered gathered) {
        this.canvasCourse = canvasCourse;
        this.trip = trip;
        this.gathered = gathered;
    }

    /** What its columns begin with. */
    static final List<String> PREFIXES = List.of(REQUIREMENT, MODULE, WHOLE);

    static void addKnown(Gathered gathered) {
        PREFIXES.forEach(gathered::addKnown);
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
        modules.keySet().forEach(id -> {
            List<JsonNode> all = items.getOrDefault(id, List.of());
            if (!all.isEmpty()) {
                required.put(
                        id,
                        all.stream()
                                .map(item -> String.valueOf(CanvasIds.of(item.get("id"))))
                                .toList());
            }
        });
        modules.forEach((id, module) -> {
            String name = Said.label(module.get("name"));
            items.getOrDefault(id, List.of())
                    .forEach(item ->
                            add(REQUIREMENT + CanvasIds.of(item.get("id")), Said.label(item.get("title")), name));
        });
        modules.forEach((id, module) -> {
            if (required.containsKey(id)) {
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

    /**
     * The items of a module; Canvas leaves them out where they are many, or the key does not allow it.
     *
     * @param more for whom they are asked for apart then
     */
    private List<JsonNode> itemsOf(String id, JsonNode module, String more) {
        List<JsonNode> items = new ArrayList<>();
        if (module.path("items").isArray()) {
            module.path("items").forEach(items::add);
        } else if (module.path("items_count").asInt(1) > 0) {
            trip.entries(
                    "/api/v1/courses/" + canvasCourse + "/modules/" + id + "/items?per_page=100" + more,
                    WHAT,
                    items::add);
        }
        return items;
    }

    /** Those items of a module that it requires. */
    private List<JsonNode> items(String id, JsonNode module) {
        List<JsonNode> items = itemsOf(id, module, "");
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
        // Half of the look stays for the others, or they never had their turn in a busy course.
        first.stream().filter(everybody::contains).limit(most / 2).forEach(this::ask);
        TreeSet<String> round = new TreeSet<>(everybody);
        List<String> inOrder = new ArrayList<>(round.tailSet(after, false));
        inOrder.addAll(round.headSet(after, true));
        String last = after;
        for (String user : inOrder) {
            if (asked.size() >= most || !ask(user)) {
                break;
            }
            last = user;
        }
        return last;
    }

    /** Asks for a student, once. @return whether there was time to */
    private boolean ask(String user) {
        boolean isInTime = asked.contains(user) || !trip.hasTaken(LONGEST);
        if (isInTime && asked.add(user)) {
            student(user);
        }
        return isInTime;
    }

    /** Whether there was something to ask for of this student, and it was not. */
    boolean isOwed(String user) {
        return !required.isEmpty() && !asked.contains(user);
    }

    private void student(String user) {
        Map<String, JsonNode> modules = new LinkedHashMap<>();
        trip.entries(
                list("&student_id=" + user),
                WHAT,
                module -> modules.put(String.valueOf(CanvasIds.of(module.get("id"))), module));
        modules.keySet().retainAll(required.keySet());
        boolean all = !modules.isEmpty();
        Instant last = null;
        for (Map.Entry<String, List<String>> one : required.entrySet()) {
            JsonNode module = modules.get(one.getKey());
            boolean done = module != null && isCompleted(module);
            Instant at = module == null ? null : Said.time(module.get("completed_at"));
            say(MODULE + one.getKey(), user, done, at);
            all &= done || module == null;
            last = at == null || (last != null && last.isAfter(at)) ? last : at;
            Set<String> items = module == null ? Set.of() : completed(one.getKey(), one.getValue(), module, user);
            one.getValue().forEach(item -> say(REQUIREMENT + item, user, items.contains(item), null));
        }
        say(WHOLE, user, all, last);
    }

    private static boolean isCompleted(JsonNode module) {
        return "completed".equals(Said.text(module.get("state")));
    }

    /** Which of the items that a module requires she completed. */
    private Set<String> completed(String id, List<String> required, JsonNode module, String user) {
        boolean asksForAll = !"one".equals(Said.text(module.get("requirement_type")));
        if (isCompleted(module) && asksForAll && !module.path("items").isArray()) {
            return Set.copyOf(required);
        }
        return itemsOf(id, module, "&student_id=" + user).stream()
                .filter(item ->
                        item.path("completion_requirement").path("completed").asBoolean(false))
                .map(item -> String.valueOf(CanvasIds.of(item.get("id"))))
                .collect(Collectors.toSet());
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
