package dev.laurel.platform.tool;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the scopes that a platform granted permit on a product of its family. Everything that asks whether something is
 * permitted asks here.
 */
public record Permissions(Set<LtiScope> scopes, ProductFamily family) {

    public Permissions {
        scopes = Set.copyOf(scopes);
    }

    /**
     * What a launch offers.
     *
     * @param uris those of {@link LtiScope#uri()} and others
     * @param product {@code product_family_code}
     */
    public static Permissions of(Collection<String> uris, @Nullable String product) {
        return new Permissions(
                uris.stream().map(LtiScope::of).flatMap(Optional::stream).collect(Collectors.toSet()),
                ProductFamily.of(product));
    }

    /** The scope to list columns with: the right to write implies it, but in Moodle, which wants it asked for by name. */
    public Optional<LtiScope> listing() {
        if (scopes.contains(LtiScope.LINE_ITEM_READ)) {
            return Optional.of(LtiScope.LINE_ITEM_READ);
        }
        return scopes.contains(LtiScope.LINE_ITEM) && family != ProductFamily.MOODLE
                ? Optional.of(LtiScope.LINE_ITEM)
                : Optional.empty();
    }

    /** Which columns there are. */
    public boolean listsColumns() {
        return listing().isPresent();
    }

    /** What stands in the columns. */
    public boolean readsResults() {
        return listsColumns() && scopes.contains(LtiScope.RESULT_READ);
    }

    /** Adding, renaming and removing columns. */
    public boolean managesColumns() {
        return scopes.contains(LtiScope.LINE_ITEM);
    }

    public boolean writesScores() {
        return scopes.contains(LtiScope.SCORE);
    }

    public boolean listsMembers() {
        return scopes.contains(LtiScope.MEMBERSHIP_READ);
    }
}
