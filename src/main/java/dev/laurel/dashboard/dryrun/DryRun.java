package dev.laurel.dashboard.dryrun;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What activating a badge would do at this moment. Lists are by name.
 *
 * @param learners how many the rule looks at
 * @param earning who would get it now, for the first time or in place of the one that they have
 * @param higher how many of those have it already and reach a higher level
 * @param renewed how many of those have it already and have it renewed
 * @param secondLook how many of those wait for a second person first, because their results come from a file
 * @param holding how many have it already
 * @param near who would with a few points, or one thing, more
 * @param excluded who is not looked at, or whose results do not count yet
 * @param undone by pass that was undone who would get nothing because of it
 */
record DryRun(
        int learners,
        List<Learner> earning,
        int higher,
        int renewed,
        int secondLook,
        int holding,
        List<Learner> near,
        List<Excluded> excluded,
        Map<Long, Set<Long>> undone) {

    /** @param next what is missing or, of somebody who would get it, what is more than that; empty where nothing is */
    record Learner(String name, String next) {}

    record Excluded(String name, String why) {}

    /** How many awards would be made now. */
    public int heads() {
        return earning.size();
    }
}
