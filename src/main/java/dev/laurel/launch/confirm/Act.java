package dev.laurel.launch.confirm;

/**
 * Something that cannot be undone, as a person is asked about it.
 *
 * @param path where it is posted to, without any other parameter
 * @param title what would happen, in a few words
 * @param detail what comes of it; may be empty
 * @param button what stands on the button
 * @param after the page that shows what came of it
 */
public record Act(String path, String title, String detail, String button, String after) {}
