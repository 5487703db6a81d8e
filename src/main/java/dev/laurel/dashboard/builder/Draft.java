package dev.laurel.dashboard.builder;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A rule that is being put together: its parts in the order in which they are read, each with its depth, so that a group is
 * followed by what is in it. Every act answers another draft; one that is not possible answers the same.
 */
record Draft(List<Part> parts) {

    static final Draft EMPTY = new Draft(List.of());

    Draft {
        parts = List.copyOf(parts);
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Behind the last part that is in this one. */
    int end(int at) {
        int end = at + 1;
        while (end < parts.size() && depth(end) > depth(at)) {
            end++;
        }
        return end;
    }

    OptionalInt parent(int at) {
        for (int i = at - 1; i >= 0; i--) {
            if (depth(i) < depth(at)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The parts of a group, without what is in them. */
    List<Integer> children(int at) {
        List<Integer> children = new ArrayList<>();
        for (int i = at + 1; i < end(at); i = end(i)) {
            children.add(i);
        }
        return children;
    }

    private OptionalInt before(int at) {
        for (int i = at - 1; i >= 0 && depth(i) >= depth(at); i--) {
            if (depth(i) == depth(at)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    public boolean canGoUp(int at) {
        return before(at).isPresent();
    }

    public boolean canGoDown(int at) {
        int next = end(at);
        return next < parts.size() && depth(next) == depth(at);
    }

    /** Into the group that stands just above it. */
    public boolean canGoIn(int at) {
        return before(at).stream().anyMatch(above -> parts.get(above).isJoin())
                && !parts.get(at).isLevel();
    }

    /** Out of its group, to stand just below that. */
    public boolean canGoOut(int at) {
        OptionalInt group = parent(at);
        return group.isPresent()
                && parts.get(group.getAsInt()).isJoin()
                && parent(group.getAsInt()).isPresent();
    }

    public boolean canBeWrapped(int at) {
        return !parts.get(at).isLevel() && !parts.get(at).isLevels();
    }

    public boolean canBeUnwrapped(int at) {
        Part part = parts.get(at);
        return (part.isJoin() && (at > 0 || children(at).size() == 1)) || part.isLevels();
    }

    public boolean canHaveLevels() {
        return !parts.isEmpty() && !parts.get(0).isLevels();
    }

    Draft up(int at) {
        return canGoUp(at) ? moved(at, before(at).orElse(at), 0) : this;
    }

    Draft down(int at) {
        return canGoDown(at) ? moved(end(at), at, 0) : this;
    }

    Draft in(int at) {
        return canGoIn(at) ? moved(at, at, 1) : this;
    }

    Draft out(int at) {
        return canGoOut(at) ? moved(at, end(parent(at).orElse(at)), -1) : this;
    }

    /** Moves a part with everything in it to where another one stands. */
    private Draft moved(int from, int to, int deeper) {
        List<Part> rest = new ArrayList<>(parts);
        List<Part> taken = rest.subList(from, end(from));
        List<Part> moving = deeper(taken, deeper);
        taken.clear();
        rest.addAll(to > from ? to - moving.size() : to, moving);
        return new Draft(rest);
    }

    Draft wrap(int at) {
        if (!canBeWrapped(at)) {
            return this;
        }
        List<Part> all = new ArrayList<>(parts.subList(0, at));
        all.add(Part.of(depth(at), "allOf"));
        all.addAll(deeper(parts.subList(at, end(at)), 1));
        all.addAll(parts.subList(end(at), parts.size()));
        return new Draft(all);
    }

    /** Takes a group away and leaves what was in it. Of levels the lowest stays. */
    Draft unwrap(int at) {
        if (!canBeUnwrapped(at)) {
            return this;
        }
        if (parts.get(at).isLevels()) {
            return lowestLevel();
        }
        List<Part> all = new ArrayList<>(parts.subList(0, at));
        all.addAll(deeper(parts.subList(at + 1, end(at)), -1));
        all.addAll(parts.subList(end(at), parts.size()));
        return new Draft(all);
    }

    private Draft lowestLevel() {
        if (parts.size() < 2) {
            return EMPTY;
        }
        List<Integer> children = children(1);
        List<Part> inside = parts.subList(2, end(1));
        if (children.size() == 1) {
            return new Draft(deeper(inside, -2));
        }
        List<Part> all = new ArrayList<>(List.of(Part.of(0, "allOf")));
        all.addAll(deeper(inside, -1));
        return children.isEmpty() ? EMPTY : new Draft(all);
    }

    Draft delete(int at) {
        List<Part> all = new ArrayList<>(parts);
        all.subList(at, end(at)).clear();
        return new Draft(all);
    }

    /** At the end of a group. A rule of one part becomes a group first. */
    Draft add(int group, String kind) {
        if (parts.isEmpty()) {
            return new Draft(List.of(Part.of(0, kind)));
        }
        if (!parts.get(group).isGroup()) {
            return wrap(group).add(group, kind);
        }
        List<Part> all = new ArrayList<>(parts);
        all.add(end(group), Part.of(depth(group) + 1, parts.get(group).isLevels() ? "level" : kind));
        return new Draft(all);
    }

    /** Two tiers of the same, to be made different. */
    Draft levels() {
        if (!canHaveLevels()) {
            return this;
        }
        List<Part> all = new ArrayList<>(List.of(Part.of(0, "levels")));
        for (int i = 0; i < 2; i++) {
            all.add(Part.of(1, "level"));
            all.addAll(deeper(parts, 2));
        }
        return new Draft(all);
    }

    /** The groups that end with this part, the innermost first. */
    public List<Integer> closing(int at) {
        return IntStream.iterate(at, group -> group - 1)
                .limit(at + 1L)
                .filter(group -> parts.get(group).isGroup() && end(group) == at + 1)
                .boxed()
                .toList();
    }

    /** {@code 2.1}: the first part of the second. The whole rule has none. */
    public String number(int at) {
        OptionalInt parent = parent(at);
        if (parent.isEmpty()) {
            return "";
        }
        String own = Integer.toString(children(parent.getAsInt()).indexOf(at) + 1);
        String above = number(parent.getAsInt());
        return above.isEmpty() ? own : above + "." + own;
    }

    private int depth(int at) {
        return parts.get(at).depth();
    }

    private static List<Part> deeper(List<Part> some, int by) {
        return some.stream().map(part -> part.at(part.depth() + by)).toList();
    }
}
