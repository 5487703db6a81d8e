package dev.laurel.dashboard.dryrun;

/**
 * What comes of activating a badge, in words that hold for how this badge is awarded.
 *
 * @param heads how many get it
 * @param told whom that is told to, and when
 * @param later what of those who meet the rule later
 * @param button for those who meet it already
 * @param done once it is active
 */
record Prospect(String heads, String told, String later, String button, String done) {}
