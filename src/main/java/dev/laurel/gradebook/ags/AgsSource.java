package dev.laurel.gradebook.ags;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.OutgoingScore;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.Permissions;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads columns and results over LTI. It cannot see whether a student may see a score yet, nor the columns of others.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-ags/v2p0#result-service">Assignment and Grade Services 2.0</a>
 */
@Component
@Order(1)
class AgsSource implements GradebookSource {

    private static final String LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json";

    private static final String RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json";

    /** What the columns of the table hold. */
    private static final int LONGEST_URL = 2_000;

    private static final int LONGEST_LABEL = 500;

    private static final Duration PACE = Duration.ofSeconds(5);

    private final ServiceReader services;

    AgsSource(ServiceReader services) {
        this.services = services;
    }

    @Override
    public String name() {
        return LineItem.AGS;
    }

    @Override
    public Optional<String> obstacle(CourseContext course) {
        if (course.lineitemsUrl() == null) {
            return Optional.of(
                    "The LMS gives Laurel no way into this course's gradebook. Its administrator can switch on"
                            + " the grade services of the tool.");
        }
        if (!permissions(course).readsResults()) {
            return Optional.of(
                    "The LMS does not let Laurel read results in this course. Its administrator can allow the"
                            + " tool to read columns and results.");
        }
        return Optional.empty();
    }

    static Permissions permissions(CourseContext course) {
        return Permissions.of(course.agsScopes(), course.platformFamily());
    }

    static Set<String> listing(CourseContext course) {
        return permissions(course).listing().map(LtiScope::uri).map(Set::of).orElse(Set.of());
    }

    static Set<String> reading(CourseContext course) {
        Set<String> scopes = new HashSet<>(listing(course));
        scopes.add(LtiScope.RESULT_READ.uri());
        return scopes;
    }

    @Override
    public Set<LineItem.Kind> tells(CourseContext course) {
        return obstacle(course).isEmpty() ? couldTell(course) : Set.of();
    }

    @Override
    public Set<LineItem.Kind> couldTell(CourseContext course) {
        return Set.of(LineItem.Kind.SCORE);
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public Reading read(CourseContext course, Look look, Progress progress) {
        URI list = course.lineitemsUrl();
        if (list == null) {
            throw new IllegalStateException("Not readable, see obstacle");
        }
        Trip trip = new Trip(progress::request);
        List<Column> columns = columns(course, AgsUrls.inLargePages(list), trip);
        List<ColumnResults> results = new ArrayList<>();
        ServiceProblem problem = null;
        List<Column> inputs = columns.stream().filter(look.isInput()).toList();
        for (int done = 0; done < inputs.size(); done++) {
            Column column = inputs.get(done);
            progress.columns(done, inputs.size());
            try {
                results.add(results(course, column, trip));
            } catch (ServiceProblem e) {
                problem = e;
                if (e.status() == 429) {
                    break; // asking for the others now would be rude
                }
            }
        }
        return new Reading(Reading.Naming.SUB, columns, results, trip.warnings, null, problem, null);
    }

    /** What is noted on the way through a gradebook. */
    private static final class Trip {

        private final Runnable asking;

        private final List<String> warnings = new ArrayList<>();

        /** @param asking runs before each request */
        private Trip(Runnable asking) {
            this.asking = asking;
        }
    }

    /** Every column of the course. */
    List<Column> columns(CourseContext course) {
        return columns(course, AgsUrls.inLargePages(Objects.requireNonNull(course.lineitemsUrl())));
    }

    /** The results in one column. */
    ColumnResults results(CourseContext course, Column column) {
        return results(course, column, new Trip(() -> {}));
    }

    /** The line items of this list, e.g. with a filter in its query. */
    List<Column> columns(CourseContext course, URI list) {
        return columns(course, list, new Trip(() -> {}));
    }

    private List<Column> columns(CourseContext course, URI list, Trip trip) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (JsonNode page : services.pages(course.registrationId(), reading(course), list, LINE_ITEMS, trip.asking)) {
            if (!page.isArray()) {
                throw ServiceProblem.unreadable("The LMS's list of columns is no list. Nothing was changed.");
            }
            for (JsonNode item : page) {
                Column column = column(item, list, trip.warnings);
                if (column != null) {
                    columns.put(column.externalId(), column);
                }
            }
        }
        return List.copyOf(columns.values());
    }

    /** {@code null}, with a warning, where it cannot be asked for its results. */
    static @Nullable Column column(JsonNode item, URI list, List<String> warnings) {
        String id = text(item, "id");
        if (id == null) {
            throw ServiceProblem.unreadable("The LMS lists a column without its address. Nothing was changed.");
        }
        String label = text(item, "label");
        String shown = label == null || label.isBlank() ? "(no name)" : label.strip();
        if (!isUsable(id, list)) {
            warnings.add("The column \u201c" + brief(shown) + "\u201d has an address that Laurel does not trust.");
            return null;
        }
        return Column.ofScores(
                id,
                Varchar.fit(shown, LONGEST_LABEL),
                AgsNumbers.read(item.get("scoreMaximum")).orElse(null),
                orNull(text(item, "resourceId")),
                orNull(text(item, "tag")),
                orNull(text(item, "resourceLinkId")));
    }

    /** A token goes only to the host that the launch named. */
    private static boolean isUsable(String id, URI list) {
        try {
            String host = new URI(id).getHost();
            return id.length() <= LONGEST_URL && host != null && host.equalsIgnoreCase(list.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private ColumnResults results(CourseContext course, Column column, Trip trip) {
        URI first = AgsUrls.inLargePages(AgsUrls.results(URI.create(column.externalId())));
        Map<String, Result> results = new LinkedHashMap<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        for (JsonNode page : services.pages(course.registrationId(), reading(course), first, RESULTS, trip.asking)) {
            if (!page.isArray()) {
                throw ServiceProblem.unreadable("The LMS's list of results is no list. Nothing was changed.");
            }
            for (JsonNode row : page) {
                read(row, column, results, unreadable);
            }
        }
        if (!unreadable.isEmpty()) {
            trip.warnings.add("In the column \u201c" + brief(column.label()) + "\u201d " + unreadable.size()
                    + (unreadable.size() == 1 ? " result is" : " results are")
                    + " no number that Laurel can read"
                    + example(unreadable.values())
                    + ". Nothing is decided on them until they are corrected in the LMS.");
        }
        return new ColumnResults(
                column.externalId(), List.copyOf(results.values()), Set.copyOf(unreadable.keySet()), true);
    }

    /** Whether this very score is what the platform shows of a learner now. */
    boolean stands(CourseContext course, URI lineItem, String sub, OutgoingScore score) {
        if (!permissions(course).scopes().contains(LtiScope.RESULT_READ)) {
            return false;
        }
        URI results = AgsUrls.with(AgsUrls.results(lineItem), "user_id", sub);
        Map<String, Result> found = new LinkedHashMap<>();
        for (JsonNode page : services.pages(course.registrationId(), reading(course), results, RESULTS)) {
            for (JsonNode row : page) {
                read(
                        row,
                        Column.ofScores(lineItem.toString(), "", score.maximum(), null, null, null),
                        found,
                        new HashMap<>());
            }
        }
        Result result = found.get(sub);
        if (result == null || result.score() == null || result.scoreMaximum() == null) {
            return score.given() == null;
        }
        if (score.given() == null) {
            return false;
        }
        BigDecimal shown = result.score().multiply(score.maximum());
        return shown.compareTo(score.given().multiply(result.scoreMaximum())) == 0;
    }

    private static void read(JsonNode row, Column column, Map<String, Result> results, Map<String, String> unreadable) {
        JsonNode userId = row.get("userId");
        if (userId == null || !(userId.isString() || userId.isIntegralNumber())) {
            throw ServiceProblem.unreadable("The LMS lists a result without saying whose it is. Nothing was changed.");
        }
        String sub = userId.asString();
        JsonNode said = row.get("resultScore");
        if (AgsNumbers.isAbsent(said)) {
            results.put(
                    sub,
                    new Result(
                            sub,
                            Observation.Status.NONE,
                            null,
                            null,
                            null,
                            Observation.Visibility.UNKNOWN,
                            null,
                            time(text(row, "timestamp")),
                            null));
            unreadable.remove(sub);
            return;
        }
        Optional<BigDecimal> score = AgsNumbers.read(said);
        JsonNode saidMaximum = row.get("resultMaximum");
        Optional<BigDecimal> maximum = AgsNumbers.isAbsent(saidMaximum)
                ? Optional.ofNullable(column.scoreMaximum())
                : AgsNumbers.read(saidMaximum);
        if (score.isEmpty() || (maximum.isEmpty() && !AgsNumbers.isAbsent(saidMaximum))) {
            unreadable.put(
                    sub, String.valueOf(score.isEmpty() ? said : saidMaximum).replace("\"", ""));
            results.remove(sub);
            return;
        }
        unreadable.remove(sub);
        results.put(
                sub,
                new Result(
                        sub,
                        Observation.Status.GRADED,
                        score.get(),
                        maximum.orElse(null),
                        null,
                        Observation.Visibility.UNKNOWN,
                        null,
                        time(text(row, "timestamp")),
                        text(row, "scoringUserId")));
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() || value.isContainer() ? null : value.asString();
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : Varchar.fit(text, 255);
    }

    /** A number in an odd form helps to find it; any other text may be about a person and is not repeated. */
    private static String example(Collection<String> unreadable) {
        return unreadable.stream()
                .filter(text -> text.matches("[0-9.,%/+ -]{1,30}"))
                .findFirst()
                .map(text -> " (for example \u201c" + text + "\u201d)")
                .orElse("");
    }

    private static String brief(String text) {
        return Varchar.fit(text, 60);
    }
}
