package dev.laurel.dashboard.explain;

import dev.laurel.dashboard.explain.Steps.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * The open rest of a rule in words: rightly, so that every way that is left is among them, and shortly, because the page
 * lists the parts below. {@code 7.5 more points in Quiz 3, or any 2 of Quiz 4, Quiz 5, Quiz 6 and Quiz 7}.
 */
@Component
class Ways {

    private final MessageSource messages;

    private final Steps steps;

    Ways(MessageSource messages, Steps steps) {
        this.messages = messages;
        this.steps = steps;
    }

    enum Kind {
        /** Said in one breath; goes anywhere. */
        ONE,
        AND,
        OR
    }

    /**
     * @param items how many things are joined in it
     * @param step where it is a single one, so that it can be said otherwise; else {@code null}
     */
    record Way(String words, Kind kind, int items, @Nullable Step step) {

        static Way one(String words, @Nullable Step step) {
            return new Way(words, Kind.ONE, 1, step);
        }
    }

    Way of(Explanation open) {
        return of(open, 0);
    }

    private Way of(Explanation open, int depth) {
        if (open.line() != null) {
            Step step = steps.of(open);
            return Way.one(steps.words(step), step);
        }
        List<Explanation> parts = open.ways();
        int needed = open.stillNeeded();
        if (needed <= 0 || parts.isEmpty()) {
            return Way.one("", null);
        }
        if (parts.size() == 1) {
            return of(parts.get(0), depth);
        }
        Kind kind = needed >= parts.size() ? Kind.AND : Kind.OR;
        List<Explanation> flat = flat(parts, kind, needed);
        boolean some = kind == Kind.OR && needed > 1;
        if (some) {
            return Way.one(some(needed, flat), null);
        }
        if (depth > 1) {
            // Deeper than that nobody follows a sentence; the list below shows it.
            return Way.one(text(kind == Kind.AND ? "next.all-of" : "next.any-of", flat.size()), null);
        }
        List<Way> ways = together(flat, kind, depth);
        return ways.size() == 1 ? ways.get(0) : new Way(joined(ways, kind, depth), kind, ways.size(), null);
    }

    /** What an "and" has in it that is an "and" again is said in one list; and so with "or". */
    private static List<Explanation> flat(List<Explanation> parts, Kind kind, int needed) {
        if (kind == Kind.OR && needed > 1) {
            return parts;
        }
        List<Explanation> flat = new ArrayList<>();
        for (Explanation part : parts) {
            List<Explanation> inner = part.ways();
            boolean same = part.line() == null
                    && (kind == Kind.AND
                            ? part.stillNeeded() >= inner.size()
                            : part.stillNeeded() == 1 && inner.size() > 1);
            flat.addAll(same ? flat(inner, kind, part.stillNeeded()) : List.of(part));
        }
        return flat;
    }

    /** {@code any 2 of Quiz 1, Quiz 2 and Quiz 3}: how much each takes stands in the list. */
    private String some(int needed, List<Explanation> parts) {
        if (parts.stream().anyMatch(part -> part.line() == null)) {
            return text("next.some-of", needed, parts.size());
        }
        List<Step> each = parts.stream().map(steps::of).toList();
        if (each.stream().allMatch(each.get(0)::isLike)) {
            return steps.words(each.get(0).in(text("next.some", needed, steps.list(places(each), "next.and"))));
        }
        return parts.size() > Steps.MOST
                ? text("next.some-of", needed, parts.size())
                : text("next.some", needed, steps.list(places(each), "next.and"));
    }

    /** Single steps first, those that differ only in where as one; what has an "and" or "or" in itself comes last. */
    private List<Way> together(List<Explanation> flat, Kind kind, int depth) {
        Map<Step, List<String>> places = new LinkedHashMap<>();
        List<Way> compound = new ArrayList<>();
        for (Explanation part : flat) {
            if (part.line() == null) {
                compound.add(of(part, depth + 1));
                continue;
            }
            Step step = steps.of(part);
            Step like =
                    places.keySet().stream().filter(step::isLike).findFirst().orElse(step);
            places.computeIfAbsent(like, key -> new ArrayList<>()).add(step.where());
        }
        List<Way> ways = new ArrayList<>();
        places.forEach((step, where) -> ways.add(inAll(step, where, kind)));
        ways.addAll(compound);
        return ways;
    }

    private Way inAll(Step step, List<String> places, Kind kind) {
        if (places.size() == 1) {
            return Way.one(steps.words(step), step);
        }
        String list =
                kind == Kind.AND ? text("next.each", steps.list(places, "next.and")) : steps.list(places, "next.or");
        Step together = step.in(list);
        return Way.one(steps.words(together), together);
    }

    private String joined(List<Way> ways, Kind kind, int depth) {
        boolean nested = ways.stream().anyMatch(way -> way.kind() != Kind.ONE);
        List<String> words = new ArrayList<>(ways.stream()
                .limit(ways.size() > Steps.MOST ? Steps.MOST - 1 : Steps.MOST)
                .map(this::nested)
                .toList());
        String last = ways.size() > Steps.MOST
                ? text(kind == Kind.AND ? "next.more" : "next.others", ways.size() - words.size())
                : words.remove(words.size() - 1);
        String pause = nested || (kind == Kind.OR && depth == 0) ? ", " : " ";
        return String.join(", ", words) + pause + text(kind == Kind.AND ? "next.and" : "next.or") + " " + last;
    }

    private String nested(Way way) {
        return switch (way.kind()) {
            case ONE -> way.words();
            case AND -> text(way.items() == 2 ? "next.both" : "next.all", way.words());
            case OR -> text("next.either", way.words());
        };
    }

    private static List<String> places(List<Step> all) {
        return all.stream().map(Step::where).distinct().toList();
    }

    private String text(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
