package dev.laurel.gradebook.ags;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.OutgoingScore;
import dev.laurel.gradebook.source.Column;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.ProductFamily;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates, renames and removes columns and sends scores.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-ags/v2p0#score-publish-service">Assignment and Grade Services 2.0</a>
 */
@Component
public class AgsWriter {

    private static final String LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json";

    private static final String SCORE = "application/vnd.ims.lis.v1.score+json";

    private static final Set<String> MANAGING = Set.of(LtiScope.LINE_ITEM.uri());

    /** With milliseconds and {@code Z}: Blackboard refuses anything without a zone. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ServiceReader services;

    private final AgsSource source;

    private final JsonMapper json;

    AgsWriter(ServiceReader services, AgsSource source, JsonMapper json) {
        this.services = services;
        this.source = source;
        this.json = json;
    }

    /** Whether the platform lets Laurel add columns to this course. */
    public boolean canCreate(CourseContext course) {
        return course.lineitemsUrl() != null && AgsSource.permissions(course).managesColumns();
    }

    /** Whether the platform shows columns of this course and their results. */
    public boolean canRead(CourseContext course) {
        return source.obstacle(course).isEmpty();
    }

    /** Whether the platform takes scores from Laurel. */
    public boolean canScore(CourseContext course) {
        return AgsSource.permissions(course).writesScores();
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
        URI filtered = AgsUrls.with(list, "resource_id", resourceId);
        for (Column column : source.columns(course, filtered)) {
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
                MANAGING,
                new OutboundRequest(
                        HttpMethod.POST,
                        list,
                        Map.of("Accept", LINE_ITEM, "Content-Type", LINE_ITEM),
                        json.writeValueAsBytes(body)));
        return created(services.read(response), list, label, scoreMaximum, resourceId);
    }

    /** Platforms echo what they were sent, or only a part of it: just the address is news. */
    private static Column created(JsonNode answer, URI list, String label, BigDecimal maximum, String resourceId) {
        Column column = AgsSource.column(answer, list, new ArrayList<>());
        if (column == null) {
            throw ServiceProblem.unreadable("The LMS made a column but named an address that Laurel does not trust.");
        }
        return Column.ofScores(
                column.externalId(),
                label,
                column.scoreMaximum() == null ? maximum : column.scoreMaximum(),
                resourceId,
                column.tag(),
                column.resourceLinkId());
    }

    /**
     * Gives a column another label. All else that the platform says of it is sent back as it was, because what is left
     * out of a PUT is cleared.
     *
     * @throws ServiceProblem where the platform refuses
     */
    public Column rename(CourseContext course, URI lineItem, String label) {
        OutboundResponse known = services.send(
                course.registrationId(), AgsSource.listing(course), OutboundRequest.get(lineItem, LINE_ITEM));
        if (!(services.read(known) instanceof ObjectNode item)) {
            throw ServiceProblem.unreadable("The LMS's answer about the column cannot be read. Nothing was changed.");
        }
        item.put("label", label);
        services.send(
                course.registrationId(),
                MANAGING,
                new OutboundRequest(
                        HttpMethod.PUT,
                        lineItem,
                        Map.of("Accept", LINE_ITEM, "Content-Type", LINE_ITEM),
                        json.writeValueAsBytes(item)));
        Column changed = AgsSource.column(item, lineItem, new ArrayList<>());
        if (changed == null) {
            throw ServiceProblem.unreadable("The LMS names an address for the column that Laurel does not trust.");
        }
        return Column.ofScores(
                lineItem.toString(),
                label,
                changed.scoreMaximum(),
                changed.resourceId(),
                changed.tag(),
                changed.resourceLinkId());
    }

    /**
     * Takes a column away. Canvas says 401 of one that belongs to an assignment with the tool in it.
     *
     * @throws ServiceProblem where the platform refuses
     */
    public void delete(CourseContext course, URI lineItem) {
        try {
            services.send(
                    course.registrationId(),
                    MANAGING,
                    new OutboundRequest(HttpMethod.DELETE, lineItem, Map.of("Accept", "*/*"), null));
        } catch (ServiceProblem problem) {
            if (problem.status() != 404 && problem.status() != 410) {
                throw problem;
            }
        }
    }

    /**
     * Sends a final score. Where the platform has a later or equal one already it is asked what stands there: an earlier
     * attempt may have arrived although no answer came back.
     *
     * @throws ServiceProblem where the platform refuses; one that is not final is worth another attempt with a later time
     */
    public void score(CourseContext course, URI lineItem, String sub, OutgoingScore score) {
        try {
            services.send(
                    course.registrationId(),
                    Set.of(LtiScope.SCORE.uri()),
                    new OutboundRequest(
                            HttpMethod.POST,
                            AgsUrls.scores(lineItem),
                            Map.of("Accept", "*/*", "Content-Type", SCORE),
                            json.writeValueAsBytes(body(course, sub, score))));
        } catch (ServiceProblem problem) {
            boolean tooOld = problem.status() == 409 || (problem.status() == 400 && problem.mentions("timestamp"));
            if (!tooOld) {
                throw inWords(problem);
            }
            if (!source.stands(course, lineItem, sub, score)) {
                throw ServiceProblem.tooEarly(
                        "The LMS has another grade of the same moment. Laurel tries again.", Duration.ofSeconds(2));
            }
        }
    }

    /** Any other progress than these two of a score takes away what stood there, which is what is wanted where none is given. */
    private ObjectNode body(CourseContext course, String sub, OutgoingScore score) {
        ObjectNode body = json.createObjectNode().put("userId", sub).put("timestamp", TIMESTAMP.format(score.at()));
        if (score.given() == null) {
            body.put("activityProgress", "Initialized").put("gradingProgress", "NotReady");
        } else {
            Instant submitted = score.submittedAt().isAfter(score.at()) ? score.at() : score.submittedAt();
            body.put("scoreGiven", score.given())
                    .put("scoreMaximum", score.maximum())
                    .put("activityProgress", "Completed")
                    .put("gradingProgress", "FullyGraded")
                    .putObject("submission")
                    .put("submittedAt", TIMESTAMP.format(submitted));
        }
        if (ProductFamily.of(course.platformFamily()) == ProductFamily.CANVAS) {
            // Otherwise each score is an attempt of the student, and attempts can run out.
            body.putObject("https://canvas.instructure.com/lti/submission").put("new_submission", false);
        }
        return body;
    }

    private static ServiceProblem inWords(ServiceProblem problem) {
        if (problem.status() == 400) {
            return problem.inWords(
                    "The LMS takes no grade for this person: they are no student of the course, or not any" + " more.");
        }
        if (problem.status() == 422 && problem.mentions("attempts")) {
            return problem.inWords("The LMS takes no more attempts of this student in the column. Allow more attempts"
                    + " there, or type the grade.");
        }
        return problem;
    }
}
