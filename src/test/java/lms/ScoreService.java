package lms;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The score publish service.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-ags/v2p0#score-publish-service">AGS 2.0</a>
 */
final class ScoreService {

    private static final Set<String> ACTIVITY =
            Set.of("Initialized", "Started", "InProgress", "Submitted", "Completed");

    private static final Set<String> GRADING = Set.of("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady");

    private static final String CANVAS_SUBMISSION = "https://canvas.instructure.com/lti/submission";

    private final ReferenceLms lms;

    private final ServiceGate gate;

    ScoreService(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.gate = new ServiceGate(lms, tokens);
    }

    void addTo(LmsServer server) {
        server.route(
                "POST",
                Urls.LINE_ITEM + "/scores",
                Service.SCORES,
                call -> gate.admit(
                        call, LtiNames.TYPE_SCORE, ServiceGate.ownColumn(this::score), LtiNames.SCOPE_SCORE));
    }

    private Answer score(ServiceGate.Visit visit, Column column) {
        Optional<ObjectNode> sent = Json.object(visit.call().body()).filter(ScoreService::isScore);
        Optional<Instant> timestamp =
                sent.flatMap(score -> instant(score.path("timestamp").asString("")));
        if (timestamp.isEmpty()) {
            return refused(visit.mode());
        }
        Optional<LmsUser> person = visit.course()
                .person(sent.get().path("userId").asString(""))
                .filter(found -> found.role().isGraded())
                .filter(found -> visit.mode() != Mode.CANVAS || visit.course().isActive(found));
        if (person.isEmpty()) {
            return visit.mode() == Mode.CANVAS
                    ? ServiceGate.error(422, "User not found in course or is not a student")
                    : refused(visit.mode());
        }
        synchronized (column) {
            return score(visit, column, new Incoming(sent.get(), person.get(), timestamp.get()));
        }
    }

    private record Incoming(ObjectNode score, LmsUser person, Instant timestamp) {}

    private Answer score(ServiceGate.Visit visit, Column column, Incoming incoming) {
        Instant last = last(visit.mode(), column, incoming.person());
        switch (visit.mode()) {
            case GENERIC -> {
                if (!incoming.timestamp().isAfter(last)) {
                    return ServiceGate.error(409, "Refusing score with an earlier timestamp");
                }
            }
            case MOODLE -> {
                if (!seconds(incoming.timestamp()).isAfter(seconds(last))) {
                    return Answer.json(409, "[]");
                }
            }
            case CANVAS -> {
                Optional<Answer> refusal = refusedByCanvas(column, incoming, last);
                if (refusal.isPresent()) {
                    return refusal.get();
                }
            }
        }
        column.scored(incoming.person(), incoming.timestamp());
        apply(visit.mode(), column, incoming);
        return switch (visit.mode()) {
            case GENERIC -> Answer.empty(204);
            case MOODLE -> Answer.empty(200);
            case CANVAS ->
                Answer.json(200, Json.write(Map.of("resultUrl", visit.urls().result(column, incoming.person()))));
        };
    }

    /** For Canvas and Moodle a grade that a teacher typed counts too. */
    private static Instant last(Mode mode, Column column, LmsUser person) {
        Instant score = column.lastScore(person).orElse(Instant.EPOCH);
        Instant grade = column.grade(person).map(Grade::at).orElse(Instant.EPOCH);
        return mode == Mode.GENERIC || score.isAfter(grade) ? score : grade;
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private Optional<Answer> refusedByCanvas(Column column, Incoming incoming, Instant last) {
        if (incoming.timestamp().isBefore(last)) {
            return Optional.of(ServiceGate.error(400, "timestamp is older than the result"));
        }
        JsonNode submitted = incoming.score().path("submission").path("submittedAt");
        if (submitted.isString()) {
            Optional<Instant> time = instant(submitted.asString());
            Instant latest = lms.clock().instant().plus(Duration.ofMinutes(1));
            if (time.isEmpty() || time.get().isAfter(latest)) {
                return Optional.of(ServiceGate.error(400, "Provided submittedAt is in the future"));
            }
        }
        boolean attempt =
                incoming.score().path(CANVAS_SUBMISSION).path("new_submission").asBoolean(true);
        return attempt && !column.countAttempt(incoming.person())
                ? Optional.of(ServiceGate.error(422, "The maximum number of allowed attempts has been reached"))
                : Optional.empty();
    }

    /** Moodle says why only in the reason phrase, which no client shows. */
    private static Answer refused(Mode mode) {
        return mode == Mode.MOODLE ? Answer.json(400, "[]") : ServiceGate.error(400, "Incorrect score received");
    }

    private static boolean isScore(ObjectNode score) {
        boolean given = !score.path("scoreGiven").isMissingNode();
        return ACTIVITY.contains(score.path("activityProgress").asString(""))
                && GRADING.contains(score.path("gradingProgress").asString(""))
                && (!given
                        || score.path("scoreGiven").isNumber()
                                && score.path("scoreGiven").decimalValue().signum() >= 0
                                && score.path("scoreMaximum").isNumber()
                                && score.path("scoreMaximum").decimalValue().signum() > 0);
    }

    /**
     * Where no score is given what stood there is taken away. Canvas and Moodle take it away also where the score is not
     * final.
     *
     * @see <a href="https://www.imsglobal.org/spec/lti-ags/v2p0#scoregiven-and-scoremaximum">AGS, scoreGiven</a>
     */
    private static void apply(Mode mode, Column column, Incoming incoming) {
        ObjectNode score = incoming.score();
        String comment =
                score.path("comment").isString() ? score.path("comment").asString() : null;
        String progress = score.path("gradingProgress").asString("");
        boolean graded = score.path("scoreGiven").isNumber()
                && (progress.equals("FullyGraded") || mode == Mode.CANVAS && progress.equals("PendingManual"));
        if (graded) {
            BigDecimal points = score.path("scoreGiven")
                    .decimalValue()
                    .multiply(column.maximum())
                    .divide(score.path("scoreMaximum").decimalValue(), MathContext.DECIMAL32);
            BigDecimal capped = mode == Mode.MOODLE ? points.min(column.maximum()) : points;
            column.put(incoming.person(), Grade.of(capped, comment, null, incoming.timestamp()));
        } else if (mode == Mode.MOODLE
                || mode == Mode.GENERIC && !score.path("scoreGiven").isNumber()
                || mode == Mode.CANVAS
                        && !score.path(CANVAS_SUBMISSION).path("preserve_score").asBoolean(false)) {
            column.put(incoming.person(), Grade.of(null, comment, null, incoming.timestamp()));
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
