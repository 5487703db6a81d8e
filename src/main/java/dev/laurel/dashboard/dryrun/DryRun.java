package dev.laurel.dashboard.dryrun;

import dev.laurel.dashboard.explain.HeadCount;
import java.util.List;

/**
 * What activating a badge would do at this moment. Lists are by name.
 *
 * @param counts of everybody who can earn; who has the badge already counts as earned
 * @param learners how many the rule looks at
 * @param earning who would get it now
 * @param holding how many have it already
 * @param near who would with a few points, or one thing, more
 * @param excluded who is not looked at, or whose results do not count yet
 */
record DryRun(
        HeadCount counts,
        int learners,
        List<Learner> earning,
        int holding,
        List<Learner> near,
        List<Excluded> excluded) {

    /** @param next what is missing, empty where nothing is */
    record Learner(String name, String next) {}

    record Excluded(String name, String why) {}

    /** How many would get it now. */
    public int heads() {
        return earning.size();
    }
}
