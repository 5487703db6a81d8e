package lms;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A column of the gradebook. It belongs to one tool, which alone sees it over AGS, or to the LMS. */
public final class Column {

    private final String id;

    /** {@code null}: the LMS's own. */
    private final String owner;

    private volatile Details details;

    private final Map<String, Grade> grades = new ConcurrentHashMap<>();

    private final Map<String, Instant> scoreTimes = new ConcurrentHashMap<>();

    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    private volatile int mostAttempts = Integer.MAX_VALUE;

    Column(String id, String owner, Details details) {
        this.id = id;
        this.owner = owner;
        this.details = details;
    }

    /** What a tool may say about its column; empty strings and {@code null} mean unset. */
    record Details(String label, BigDecimal maximum, String resourceId, String tag, String resourceLinkId) {}

    public String id() {
        return id;
    }

    /** The client id of its tool; {@code null}: the LMS itself. */
    String owner() {
        return owner;
    }

    public String label() {
        return details.label();
    }

    public BigDecimal maximum() {
        return details.maximum();
    }

    public boolean belongsTo(Tool tool) {
        return tool.clientId().equals(owner);
    }

    public boolean belongsToLms() {
        return owner == null;
    }

    public Optional<Grade> grade(LmsUser user) {
        return Optional.ofNullable(grades.get(user.id()));
    }

    Details details() {
        return details;
    }

    void change(Details changed) {
        details = changed;
    }

    void put(LmsUser user, Grade grade) {
        grades.put(user.id(), grade);
    }

    void clear(LmsUser user) {
        grades.remove(user.id());
    }

    /** How often somebody has handed something in, as Canvas counts it. */
    public int attempts(LmsUser user) {
        return attempts.getOrDefault(user.id(), 0);
    }

    /** Refuses further attempts after so many. */
    public void allowAttempts(int most) {
        mostAttempts = most;
    }

    boolean countAttempt(LmsUser user) {
        if (attempts(user) >= mostAttempts) {
            return false;
        }
        attempts.merge(user.id(), 1, Integer::sum);
        return true;
    }

    boolean isBoundToLink() {
        return details.resourceLinkId() != null;
    }

    /** The time of the last score that a tool sent. */
    Optional<Instant> lastScore(LmsUser user) {
        return Optional.ofNullable(scoreTimes.get(user.id()));
    }

    void scored(LmsUser user, Instant timestamp) {
        scoreTimes.put(user.id(), timestamp);
    }
}
