package dev.laurel.achievement.framework;

/**
 * Something of a file that was not taken.
 *
 * @param place the line of a table, from 1, or the how many-th item of a CASE package
 * @param why what is wrong, as a key of the message files
 */
public record Untaken(int place, String why) {

    static final String NAME = "frameworks.untaken.name";

    static final String OTHER = "frameworks.untaken.other";

    static final String URL = "frameworks.untaken.url";
}
