package dev.laurel.platform.tenant;

import java.util.List;

/**
 * The addresses under which Laurel was known before it moved (docs/decisions/005). What was signed under one of them names
 * it for ever.
 */
@FunctionalInterface
public interface FormerPublicUrls {

    /** The newest first; without the one of today. */
    List<PublicUrl> all();
}
