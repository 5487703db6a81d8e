package dev.laurel.dashboard.selftest;

import dev.laurel.context.CourseContext;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Outcome;
import dev.laurel.platform.selftest.Run;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.Permissions;
import dev.laurel.platform.tool.ProductFamily;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can work with the permissions that a platform grants, and what one more would unlock. Computed from what was
 * granted and from whose product the platform is, and from nothing else.
 *
 * @param unknown permissions that could not be asked for: what needs them is neither promised nor denied
 * @param tried how reading went: a permission alone is no proof that something works
 */
public record Capabilities(
        ProductFamily family, Set<LtiScope> granted, Set<LtiScope> unknown, Map<Check, Outcome> tried) {

    /** The permissions that capabilities rest on. */
    private static final Set<LtiScope> SCOPES = Arrays.stream(Check.values())
            .map(Check::scope)
            .flatMap(Optional::stream)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(LtiScope.class)));

    /** The products whose own interface Laurel can read. */
    private static final Set<ProductFamily> READABLE = EnumSet.of(ProductFamily.CANVAS, ProductFamily.MOODLE);

    private static final Set<LtiScope> GRADES =
            EnumSet.of(LtiScope.LINE_ITEM, LtiScope.LINE_ITEM_READ, LtiScope.RESULT_READ, LtiScope.SCORE);

    /** How it stands with one of them. */
    enum State {
        WORKS,
        /** It is permitted, and nothing was there to try it on. */
        UNTRIED,
        /** It is permitted, and trying it went wrong. */
        FAILS,
        /** A permission is missing. */
        MISSING,
        UNKNOWN,
        /** It takes a key to the platform's own interface, which a self-test does not try. */
        WITH_A_KEY,
        /** It takes events, which nobody can ask a platform for. */
        WITH_EVENTS,
        /** Laurel itself cannot do it yet, whatever is granted. */
        LATER
    }

    public Capabilities {
        granted = Set.copyOf(granted);
        unknown = Set.copyOf(unknown);
        tried = Map.copyOf(tried);
    }

    /** By what a run found: a token for it was given, and courses offer the service. */
    static Capabilities of(Run run, ProductFamily family) {
        Set<LtiScope> granted = EnumSet.noneOf(LtiScope.class);
        Set<LtiScope> unknown = EnumSet.noneOf(LtiScope.class);
        for (Run.Line line : run.lines()) {
            LtiScope scope = line.check().scope().orElse(null);
            if (scope != null && line.outcome() == Outcome.OK) {
                granted.add(scope);
            } else if (scope != null && !line.finding().code().equals("not-granted")) {
                unknown.add(scope);
            }
        }
        if (isNotOffered(run, Check.LINE_ITEMS)) {
            granted.removeAll(GRADES);
            unknown.removeAll(GRADES);
        }
        if (isNotOffered(run, Check.ROSTER)) {
            granted.remove(LtiScope.MEMBERSHIP_READ);
            unknown.remove(LtiScope.MEMBERSHIP_READ);
        }
        Map<Check, Outcome> tried = new EnumMap<>(Check.class);
        run.lines().forEach(line -> tried.put(line.check(), line.outcome()));
        return new Capabilities(family, granted, unknown, tried);
    }

    /** By what the latest launch of a course offered. */
    public static Capabilities of(CourseContext course, ProductFamily family) {
        Set<LtiScope> granted = EnumSet.noneOf(LtiScope.class);
        if (course.lineitemsUrl() != null) {
            GRADES.stream()
                    .filter(scope -> course.agsScopes().contains(scope.uri()))
                    .forEach(granted::add);
        }
        if (course.membershipsUrl() != null) {
            granted.add(LtiScope.MEMBERSHIP_READ);
        }
        return new Capabilities(family, granted, Set.of(), Map.of());
    }

    public boolean works(Capability capability) {
        return capability.works(new Permissions(granted, family));
    }

    State state(Capability capability) {
        if (capability.means() == Capability.Means.READING_KEY) {
            return READABLE.contains(family) ? State.WITH_A_KEY : State.LATER;
        }
        if (capability.means() == Capability.Means.EVENTS) {
            return State.WITH_EVENTS;
        }
        if (works(capability)) {
            Outcome outcome = tried.get(capability.proof());
            return outcome == Outcome.OK ? State.WORKS : outcome == Outcome.PROBLEM ? State.FAILS : State.UNTRIED;
        }
        Set<LtiScope> perhaps = EnumSet.noneOf(LtiScope.class);
        perhaps.addAll(granted);
        perhaps.addAll(unknown);
        return capability.works(new Permissions(perhaps, family)) ? State.UNKNOWN : State.MISSING;
    }

    /**
     * What one more permission, by itself, would unlock. Where no single one would and something is missing, all of them
     * together.
     */
    Map<Set<LtiScope>, List<Capability>> unlocks() {
        Map<Set<LtiScope>, List<Capability>> unlocks = new LinkedHashMap<>();
        Set<LtiScope> missing = EnumSet.copyOf(SCOPES);
        missing.removeAll(granted);
        missing.removeAll(unknown);
        missing.forEach(scope -> put(unlocks, Set.of(scope)));
        Set<LtiScope> grades = EnumSet.copyOf(GRADES);
        grades.retainAll(missing);
        if (grades.size() > 1 && unlocks.keySet().stream().noneMatch(each -> GRADES.containsAll(each))) {
            put(unlocks, grades);
        }
        return unlocks;
    }

    private void put(Map<Set<LtiScope>, List<Capability>> unlocks, Set<LtiScope> more) {
        Set<LtiScope> then = EnumSet.noneOf(LtiScope.class);
        then.addAll(granted);
        then.addAll(more);
        List<Capability> gained = Arrays.stream(Capability.values())
                .filter(each -> !works(each) && each.works(new Permissions(then, family)))
                .toList();
        if (!gained.isEmpty()) {
            unlocks.put(more, gained);
        }
    }

    private static boolean isNotOffered(Run run, Check check) {
        return run.lines().stream()
                .anyMatch(line -> line.check() == check && line.finding().code().equals("not-offered"));
    }
}
