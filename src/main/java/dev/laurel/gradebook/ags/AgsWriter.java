package dev.laurel.gradebook.ags;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.Column;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates columns and sends scores.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-ags/v2p0#score-publish-service">Assignment and Grade Services 2.0</a>
 */
@Component
public class AgsWriter {

    private static final String LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json";

    private static final String SCORE = "application/vnd.ims.lis.v1.score+json";

    /** With milliseconds and {@code Z}: Blackboard refuses anything without a zone. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ServiceReader services;

    private final AgsSource source;

    private final JsonMapper json;

    private final Clock clock;

    private final AtomicLong lastSent = new AtomicLong();

    AgsWriter(ServiceReader services, AgsSource source, JsonMapper json, Clock clock) {
        this.services = services;
        this.source = source;
        this.json = json;
        this.clock = clock;
    }

    /** Whether the platform lets Laurel add columns to this course. */
    public boolean canCreate(CourseContext course) {
        return course.lineitemsUrl() != null && course.agsScopes().contains(AgsSource.SCOPE + "lineitem");
    }

    /** Whether the platform shows columns of this course and their results. */
    public boolean canRead(CourseContext course) {
        return source.obstacle(course).isEmpty();
    }

    /** Whether the platform takes scores from Laurel. */
    public boolean canScore(CourseContext course) {
        return course.agsScopes().contains(AgsSource.SCOPE + "score");
    }

    /**
     * The column with this {@code resourceId}: found where an earlier attempt made it, else created.
     *
     * @throws ServiceProblem where the platform refuses
     */
    public Column create(CourseContext course, String label, BigDecimal scoreMaximum, String resourceId) {
        URI list = course.lineitemsUrl();
        if (list == null) {
            throw new IllegalStateException("Not allowed, see canCreate");
        }
        URI filtered = URI.create(list + (list.getRawQuery() == null ? "?" : "&") + "resource_id="
                + URLEncoder.encode(resourceId, StandardCharsets.UTF_8));
        for (Column column : source.columns(course, filtered, new ArrayList<>())) {
            if (resourceId.equals(column.resourceId())) {
                return column;
            }
        }
        ObjectNode body = json.createObjectNode()
                .put("label", label)
                .put("scoreMaximum", scoreMaximum)
                .put("resourceId", resourceId);
        OutboundResponse response = services.send(
                course.registrationId(),
                Set.of(AgsSource.SCOPE + "lineitem"),
                new OutboundRequest(
                        HttpMethod.POST,
                        list,
                        Map.of("Accept", LINE_ITEM, "Content-Type", LINE_ITEM),
                        json.writeValueAsBytes(body)));
        return created(services.read(response), list, label, scoreMaximum, resourceId);
    }

    /**
     * Deletes a column that Laurel made.
     *
     * @throws ServiceProblem where the platform refuses
     */
    public void delete(CourseContext course, URI lineItem) {
        services.send(
                course.registrationId(),
                Set.of(AgsSource.SCOPE + "lineitem"),
                new OutboundRequest(HttpMethod.DELETE, lineItem, Map.of("Accept", "*/*"), null));
    }

    /** Platforms echo what they were sent, or only a part of it: just the address is news. */
    private static Column created(JsonNode answer, URI list, String label, BigDecimal maximum, String resourceId) {
        Column column = AgsSource.column(answer, list, new ArrayList<>());
        if (column == null) {
            throw ServiceProblem.unreadable("The LMS made a column but named an address that Laurel does not trust.");
        }
        return new Column(
                column.externalId(),
                label,
                column.scoreMaximum() == null ? maximum : column.scoreMaximum(),
                resourceId,
                column.tag(),
                column.resourceLinkId());
    }

    /**
     * Sends a final score. A platform that has a score of the same second already (Moodle counts seconds) is asked once
     * more in the next one.
     *
     * @throws ServiceProblem where the platform refuses
     */
    public void score(CourseContext course, URI lineItem, String sub, BigDecimal given, BigDecimal maximum) {
        try {
            send(course, lineItem, sub, given, maximum);
        } catch (ServiceProblem problem) {
            if (problem.status() != 409) {
                throw problem;
            }
            awaitNextSecond();
            send(course, lineItem, sub, given, maximum);
        }
    }

    private void send(CourseContext course, URI lineItem, String sub, BigDecimal given, BigDecimal maximum) {
        ObjectNode body = json.createObjectNode()
                .put("userId", sub)
                .put("scoreGiven", given)
                .put("scoreMaximum", maximum)
                .put("activityProgress", "Completed")
                .put("gradingProgress", "FullyGraded")
                .put("timestamp", TIMESTAMP.format(Instant.ofEpochMilli(later())));
        services.send(
                course.registrationId(),
                Set.of(AgsSource.SCOPE + "score"),
                new OutboundRequest(
                        HttpMethod.POST,
                        AgsUrls.scores(lineItem),
                        Map.of("Accept", "*/*", "Content-Type", SCORE),
                        json.writeValueAsBytes(body)));
    }

    /** Strictly increasing, whatever the clock does: platforms ignore a score that is not later than the last. */
    private long later() {
        return lastSent.updateAndGet(last -> Math.max(last + 1, clock.millis()));
    }

    private void awaitNextSecond() {
        Instant now = clock.instant();
        Instant next = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        try {
            Thread.sleep(Duration.between(now, next).toMillis() + 5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
