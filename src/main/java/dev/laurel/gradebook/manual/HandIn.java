package dev.laurel.gradebook.manual;

import java.util.List;

/**
 * What a learner hands in: words, links, files; at least one of them.
 *
 * @param links as they were typed
 */
public record HandIn(String text, List<String> links, List<Upload> files) {

    public HandIn {
        links = List.copyOf(links);
        files = List.copyOf(files);
    }

    /** @param name as the learner's computer names it */
    public record Upload(String name, byte[] content) {}
}
