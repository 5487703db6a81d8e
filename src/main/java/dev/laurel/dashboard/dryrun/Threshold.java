package dev.laurel.dashboard.dryrun;

import java.math.BigDecimal;

/**
 * One number of a rule that learners must reach.
 *
 * @param number its place among those of the rule, from 0
 * @param label what it is asked in
 * @param percent otherwise points
 * @param at as it stands in the rule
 * @param most the most that can be asked for
 */
record Threshold(int number, String label, boolean percent, BigDecimal at, BigDecimal most) {}
