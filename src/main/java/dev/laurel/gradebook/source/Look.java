package dev.laurel.gradebook.source;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a source.
 *
 * @param isInput which columns' results are wanted
 * @param bookmark what the source gave with its last reading: what changed since then is enough. {@code null} asks for
 *     everything
 * @param people our numbers of those of whom something is new, so that nothing else need be read; empty: everybody. A
 *     source that cannot ask for single people reads as if it were empty
 * @param last the bookmark of its last reading also where everything is asked for: rounds that take more than one look go on
 *     from there, or in a large course they never came to their end
 * @param newcomers our numbers of those of whom a look at what changed is to read everything: nobody knew who they were when
 *     it was told. A source that cannot ask for single people never has any
 */
public record Look(
        Predicate<Column> isInput,
        @Nullable String bookmark,
        Set<Long> people,
        @Nullable String last,
        Set<Long> newcomers) {

    public Look {
        people = Set.copyOf(people);
        newcomers = Set.copyOf(newcomers);
    }

    /** That goes on from where the last one ended. */
    public Look(Predicate<Column> isInput, @Nullable String bookmark, Set<Long> people) {
        this(isInput, bookmark, people, bookmark, Set.of());
    }

    /** Everything of everybody. */
    public static Look atEverything(Predicate<Column> isInput) {
        return new Look(isInput, null, Set.of());
    }
}
