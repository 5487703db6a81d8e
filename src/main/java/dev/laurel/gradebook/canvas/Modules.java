package dev.laurel.gradebook.canvas;

import static dev.laurel.gradebook.LineItem.StillThere.UNPUBLISHED;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceProblem;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which modules, and which of their requirements, students completed. Canvas tells it for one student at a time, so each
 * look asks for those of whom something is new and then for some of the others, in rounds. A module that requires nothing
 * is complete for everybody and is no column; one that a student is not given is nothing that she lacks. What rests on a
 * column that Laurel writes is none either: a badge would wait for itself.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/modules.html">Canvas, modules</a>
 */
final class Modules {

    static final int STUDENTS_AT_A_LOOK = 10;

    static final int STUDENTS_AT_FIRST = 60;

    /** Whoever is not asked for by then has her turn at the next look. */
    private static final Duration LONGEST = Duration.ofSeconds(270);

    /**
     * Where it refuses so many and answers of nobody, it is not for them. It refuses whoever left in the same words, and until
     * the roster is read again several may have, one after the other.
     */
    private static final int REFUSED_AT_MOST = 15;

    private static final int REFUSED_AT_LEAST = 5;

    private static final int FORBIDDEN = 403;

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

    private final Predicate<JsonNode> isOwn;

    private final ByName named;

    private int refused;

    /** How many refusals are for want of the right, where there is no answer: fewer only in a course that has no more. */
    private int inVain = REFUSED_AT_MOST;

    /** Those refusals that may be for want of a right. */
    private final List<ServiceProblem> forbidden = new ArrayList<>();

    /** @param isOwn whether an item of a module is a column that Laurel writes */
    Modules(
            String canvasCourse,
            CanvasClient.Trip trip,
            CoursePeople people,
            Gathered gathered,
            Predicate<JsonNode> isOwn) {
        this.named = new ByName(trip, people, problem -> false, false);
        this.canvasCourse = canvasCourse;
        this.trip = trip;
        this.gathered = gathered;
        this.isOwn = isOwn;
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
            List<String> inputs = items.getOrDefault(id, List.of()).stream()
                    .filter(isOwn.negate())
                    .map(item -> String.valueOf(CanvasIds.of(item.get("id"))))
                    .toList();
            if (!inputs.isEmpty()) {
                required.put(id, inputs);
            }
        });
        modules.forEach((id, module) -> {
            String name = Said.label(module.get("name"));
            items.getOrDefault(id, List.of()).stream()
                    .filter(isOwn.negate())
                    .forEach(item ->
                            add(REQUIREMENT + CanvasIds.of(item.get("id")), Said.label(item.get("title")), name));
        });
        modules.forEach((id, module) -> {
            if (required.containsKey(id)
                    && items.getOrDefault(id, List.of()).stream().noneMatch(isOwn)) {
                add(MODULE + id, "Module: " + Said.label(module.get("name")), "Completion");
            }
        });
        if (!required.isEmpty() && items.values().stream().flatMap(List::stream).noneMatch(isOwn)) {
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
     * @param most how many are asked for; a few more where Canvas refuses them all
     * @return where this look ended
     */
    String read(Set<String> first, Set<String> everybody, String after, int most) {
        if (required.isEmpty()) {
            return "";
        }
        inVain = Math.max(REFUSED_AT_LEAST, Math.min(everybody.size(), REFUSED_AT_MOST));
        // Half of the look stays for the others, or they never had their turn in a busy course.
        first.stream().filter(everybody::contains).limit(most / 2).forEach(this::ask);
        TreeSet<String> round = new TreeSet<>(everybody);
        List<String> inOrder = new ArrayList<>(round.tailSet(after, false));
        inOrder.addAll(round.headSet(after, true));
        String last = after;
        for (String user : inOrder) {
            if ((asked.size() >= most && !mayBeInVain()) || !ask(user)) {
                break;
            }
            last = user;
        }
        if (!named.leftOut().isEmpty()) {
            gathered.warn(CanvasProblems.leftOut(WHAT, named.leftOut().size()));
        }
        if (refused > 0 && !isForbidden()) {
            gathered.warn("Canvas does not say of " + (refused == 1 ? "one student" : refused + " students")
                    + " which modules were completed. Mostly they have left the course there; otherwise whoever let Laurel"
                    + " read the course lacks the right to see all grades.");
        }
        return last;
    }

    /** Asks for a student, once; Canvas refuses it of who left. @return whether there was time to, and a chance */
    private boolean ask(String user) {
        boolean isInTime = asked.contains(user) || (!trip.hasTaken(LONGEST) && !isInVain());
        if (isInTime && asked.add(user)) {
            try {
                named.read(List.of(user), 1, some -> student(some.get(0)));
            } catch (ServiceProblem problem) {
                if (trip.isOver() || !CanvasProblems.mayBeOfOnePerson(problem)) {
                    throw problem;
                }
                refused++;
                if (problem.status() == FORBIDDEN) {
                    forbidden.add(problem);
                }
            }
        }
        return isInTime;
    }

    /** Where all were refused so far, some more are asked for, to know whether it is for want of the right. */
    private boolean mayBeInVain() {
        return refused == asked.size() && refused == forbidden.size() && refused < inVain;
    }

    private boolean isInVain() {
        return refused >= inVain && refused == asked.size();
    }

    private boolean isForbidden() {
        return isInVain() && forbidden.size() == refused;
    }

    /** @throws ServiceProblem where Canvas refuses to say it of everybody, or of so many that they have not all left */
    void requireRight() {
        if (isForbidden()) {
            throw forbidden.get(0);
        }
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
        boolean isClear = true;
        Instant last = null;
        for (Map.Entry<String, List<String>> one : required.entrySet()) {
            JsonNode module = modules.get(one.getKey());
            if (module != null && Said.text(module.get("state")) == null) {
                gathered.sayUnreadable(MODULE + one.getKey(), user);
                one.getValue().forEach(item -> gathered.sayUnreadable(REQUIREMENT + item, user));
                isClear = false;
                continue;
            }
            boolean done = module != null && isCompleted(module);
            Instant at = module == null ? null : Said.time(module.get("completed_at"));
            say(MODULE + one.getKey(), user, done, at);
            all &= done || module == null;
            last = at == null || (last != null && last.isAfter(at)) ? last : at;
            Set<String> items = module == null ? Set.of() : completed(one.getKey(), one.getValue(), module, user);
            // Of a requirement Canvas tells no day: it was done by the day on which all were.
            Instant by = module != null && done && asksForAll(module) ? at : null;
            one.getValue().forEach(item -> say(REQUIREMENT + item, user, items.contains(item), by));
        }
        if (isClear) {
            say(WHOLE, user, all, last);
        } else {
            gathered.sayUnreadable(WHOLE, user);
        }
    }

    private static boolean isCompleted(JsonNode module) {
        return "completed".equals(Said.text(module.get("state")));
    }

    private static boolean asksForAll(JsonNode module) {
        return !"one".equals(Said.text(module.get("requirement_type")));
    }

    /** Which of the items that a module requires she completed. */
    private Set<String> completed(String id, List<String> required, JsonNode module, String user) {
        if (isCompleted(module) && asksForAll(module) && !module.path("items").isArray()) {
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
