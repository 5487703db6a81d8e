package dev.laurel.context;

/** Reads the rosters of courses, again and again while they are in use. */
final class RosterJob {

    static final String KIND = "roster";

    private RosterJob() {}
}
