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

    /** Remembers the time of a score and says whether it is later than the last one. */
    boolean isLater(LmsUser user, Instant timestamp) {
        var later = new boolean[1];
        scoreTimes.compute(user.id(), (id, last) -> {
            later[0] = last == null || timestamp.isAfter(last);
            return later[0] ? timestamp : last;
        });
        return later[0];
    }
}
