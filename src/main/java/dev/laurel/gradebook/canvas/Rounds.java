package dev.laurel.gradebook.canvas;

import dev.laurel.platform.ServiceProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads what Canvas lists for every student but never by what changed: those of whom something else is new, and a page of
 * the others at each look, in rounds. A class that fits one page is read whole each time.
 */
final class Rounds {

    /** People on a page of a list of everybody. */
    private static final int PAGE = 100;

    /** Of a small class too, a few are asked for one by one. */
    private static final int ONE_BY_ONE = 30;

    private static final Duration TIME_FOR_ALL = Duration.ofMinutes(4);

    private static final int BAD_REQUEST = 400;

    private static final int NOT_FOUND = 404;

    /** No page is called so. */
    private static final String BY_NAME = "@";

    private Rounds() {}

    /** A part of the course that is read in rounds. */
    interface Part {

        /** For words. */
        String what();

        /** The address of the list of everybody. */
        String list();

        /** How many users one list can name. */
        int atOnce();

        /** The address that lists these users only, no more than one list can name. */
        String listOf(List<String> users);

        /**
         * Adds its columns, as far as no page is needed to know them.
         *
         * @param whole whether every page is read: what no page names is gone then
         */
        void columns(boolean whole);

        /** Whether what was read of everybody before means something else now. */
        default boolean isOutdated(Bookmark from) {
            return false;
        }

        /** Tells staff. */
        void warn(String words);

        /** Takes in a page and answers of whom it spoke. */
        List<String> take(JsonNode page);
    }

    /**
     * Everybody, or as many as there is time for.
     *
     * @return from where the next look goes on; empty: everybody was read
     */
    static String all(Part part, CanvasClient.Trip trip, CoursePeople people) {
        return all(part, trip, problem -> insteadOfPage(problem, part, trip, people, part::take));
    }

    /** @param instead where a page fails: what is read then, and from where the next look goes on */
    private static String all(Part part, CanvasClient.Trip trip, Function<ServiceProblem, String> instead) {
        part.columns(true);
        AtomicInteger leftOut = new AtomicInteger();
        String next;
        boolean whole;
        try {
            next = trip.pagesFrom(
                    part.list(), part.what(), TIME_FOR_ALL, part::take, place -> {}, page -> leftOut.incrementAndGet());
            whole = next.isEmpty() && leftOut.get() == 0;
        } catch (ServiceProblem problem) {
            next = instead.apply(problem);
            whole = false;
        }
        if (!whole) {
            part.columns(false);
        }
        if (leftOut.get() > 0) {
            part.warn(CanvasProblems.leftOut(part.what(), leftOut.get()));
        }
        return next;
    }

    /** These users only, or everybody where that takes fewer requests. */
    static void of(Part part, CanvasClient.Trip trip, List<String> users, CoursePeople people) {
        if (isDearerThanAll(part, users, people)) {
            allOr(part, trip, users, people, "");
        } else {
            part.columns(false);
            named(part, trip, users, people, false, part::take);
        }
    }

    /** Everybody, or where a page fails at least these users. */
    private static String allOr(
            Part part, CanvasClient.Trip trip, List<String> users, CoursePeople people, String next) {
        return all(part, trip, problem -> {
            if (!trip.isTooMuch(problem)) {
                throw problem;
            }
            named(part, trip, users, people, false, part::take);
            return next;
        });
    }

    private static boolean isDearerThanAll(Part part, List<String> users, CoursePeople people) {
        return ByName.parts(users, part.atOnce()).size() > Math.max(ONE_BY_ONE, people.count() / PAGE + 1);
    }

    /** @param answered whether Canvas told something of the part in this look */
    private static void named(
            Part part,
            CanvasClient.Trip trip,
            List<String> users,
            CoursePeople people,
            boolean answered,
            Consumer<JsonNode> take) {
        ByName named = new ByName(trip, people, Rounds::mayBeRefusal, answered);
        named.read(users, part.atOnce(), some -> trip.pages(part.listOf(some), part.what(), take));
        warnOfLeftOut(part, named);
    }

    private static void warnOfLeftOut(Part part, ByName named) {
        if (!named.leftOut().isEmpty()) {
            part.warn(CanvasProblems.leftOut(part.what(), named.leftOut().size()));
        }
    }

    private static boolean mayBeRefusal(ServiceProblem problem) {
        return problem.status() == BAD_REQUEST || problem.status() == NOT_FOUND;
    }

    /**
     * Those who changed, and the next page.
     *
     * @param cursor from the last look; empty: the first page
     * @param people where those who changed take more requests than everybody, everybody is read
     * @return from where the next look goes on; empty: from the first page
     */
    static String next(Part part, CanvasClient.Trip trip, Set<String> changed, String cursor, CoursePeople people) {
        part.columns(false);
        Set<String> covered = new HashSet<>();
        String next = turn(part, trip, cursor, people, page -> covered.addAll(part.take(page)));
        Set<String> left = new LinkedHashSet<>(changed);
        left.removeAll(covered);
        if (left.isEmpty() || (cursor.isEmpty() && next.isEmpty())) {
            return next;
        }
        List<String> users = new ArrayList<>(left);
        if (isDearerThanAll(part, users, people)) {
            return allOr(part, trip, users, people, next);
        }
        named(part, trip, users, people, true, part::take);
        return next;
    }

    private static String turn(
            Part part, CanvasClient.Trip trip, String cursor, CoursePeople people, Consumer<JsonNode> take) {
        if (isByName(cursor)) {
            return turnByName(part, trip, lastByName(cursor), people, take);
        }
        try {
            CanvasClient.Page page = trip.page(cursor.isEmpty() ? part.list() : cursor, part.what());
            take.accept(page.body());
            return page.next() == null ? "" : page.next();
        } catch (ServiceProblem problem) {
            return insteadOfPage(problem, part, trip, people, take);
        }
    }

    /** Where a page fails for good, whatever is behind it: everybody has their turn by name in this round. */
    private static String insteadOfPage(
            ServiceProblem problem, Part part, CanvasClient.Trip trip, CoursePeople people, Consumer<JsonNode> take) {
        if (!trip.isTooMuch(problem) || people.everybody().isEmpty()) {
            throw problem;
        }
        return turnByName(part, trip, "", people, take);
    }

    private static String turnByName(
            Part part, CanvasClient.Trip trip, String after, CoursePeople people, Consumer<JsonNode> take) {
        SortedSet<String> left = new TreeSet<>(people.everybody()).tailSet(after, false);
        List<String> turn =
                left.stream().limit(Math.min(PAGE, ONE_BY_ONE * part.atOnce())).toList();
        ByName named = new ByName(trip, people, Rounds::mayBeRefusal, false);
        String last = after;
        // List by list: where Canvas takes long to fail at each, what was read counts.
        for (List<String> some : ByName.parts(turn, part.atOnce())) {
            if (!last.equals(after) && trip.hasTaken(TIME_FOR_ALL)) {
                break;
            }
            named.read(some, part.atOnce(), list -> trip.pages(part.listOf(list), part.what(), take));
            last = some.get(some.size() - 1);
        }
        warnOfLeftOut(part, named);
        return left.isEmpty() || last.equals(left.last()) ? "" : byName(last);
    }

    /** A place from which a round goes on: by name, after this user. */
    static String byName(String user) {
        return BY_NAME + user;
    }

    static boolean isByName(String place) {
        return place.startsWith(BY_NAME);
    }

    /** The user after whom a round goes on by name. */
    static String lastByName(String place) {
        return place.substring(BY_NAME.length());
    }
}
