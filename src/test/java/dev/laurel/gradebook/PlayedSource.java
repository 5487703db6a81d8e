package dev.laurel.gradebook;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lms.ReferenceLms;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays what Canvas and Moodle tell over their own interfaces: reads all that the reference LMS knows of a course, and
 * leaves to AGS the columns that AGS shows. Reads only the LMSs that it was given.
 */
@Component
public class PlayedSource implements GradebookSource {

    private static final String AGS_RESULTS = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly";

    private final Platforms platforms;

    private final OutboundHttp http;

    private final JsonMapper json = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** By the number of the registration. */
    private final Map<Long, String> tokens = new ConcurrentHashMap<>();

    private final Set<Long> broken = ConcurrentHashMap.newKeySet();

    PlayedSource(Platforms platforms, OutboundHttp http) {
        this.platforms = platforms;
        this.http = http;
    }

    /** From now on courses of this LMS are read this way too; every registration of it must be known. */
    public void readAlso(ReferenceLms lms) {
        lms.facts().stream()
                .map(facts ->
                        platforms.registration(facts.issuer(), facts.clientId()).orElseThrow())
                .forEach(registration -> tokens.put(registration.id(), lms.readingToken()));
    }

    /** From now on it breaks, like any program does, when it is asked what it reads of courses of this LMS. */
    public void breakFor(ReferenceLms lms) {
        lms.facts().stream()
                .map(facts ->
                        platforms.registration(facts.issuer(), facts.clientId()).orElseThrow())
                .forEach(registration -> broken.add(registration.id()));
    }

    @Override
    public String name() {
        return "played";
    }

    @Override
    public Optional<String> obstacle(CourseContext course) {
        if (broken.contains(course.registrationId())) {
            throw new IllegalStateException("Broken by a test");
        }
        return tokens.containsKey(course.registrationId()) && course.membershipsUrl() != null
                ? Optional.empty()
                : Optional.of("The LMS has given Laurel no key to read all of its gradebook.");
    }

    @Override
    public Set<LineItem.Kind> tells(CourseContext course) {
        return obstacle(course).isEmpty() ? Set.of(LineItem.Kind.values()) : Set.of();
    }

    @Override
    public Set<LineItem.Kind> couldTell(CourseContext course) {
        return tells(course);
    }

    @Override
    public boolean hasLetters() {
        return true;
    }

    @Override
    public Duration pace() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Reading read(CourseContext course, Look look, Progress progress) {
        progress.request();
        JsonNode said = gradebook(course);
        boolean agsReads = course.lineitemsUrl() != null && course.agsScopes().contains(AGS_RESULTS);
        List<Column> columns = new ArrayList<>();
        List<ColumnResults> results = new ArrayList<>();
        for (JsonNode item : said.path("items")) {
            if (agsReads && item.path("owner").isString()) {
                continue;
            }
            Column column = column(item);
            columns.add(column);
            if (look.isInput().test(column)) {
                results.add(results(item, column));
            }
        }
        return new Reading(Reading.Naming.SUB, columns, results, List.of(), scheme(said.path("scheme")), null, null);
    }

    private JsonNode gradebook(CourseContext course) {
        URI address = URI.create(String.valueOf(course.membershipsUrl())
                .replaceFirst("/(memberships|names_and_roles).*$", "/gradebook"));
        OutboundResponse answer;
        try {
            answer = http.send(new OutboundRequest(
                    HttpMethod.GET,
                    address,
                    Map.of("Authorization", "Bearer " + tokens.get(course.registrationId())),
                    null));
        } catch (OutboundException e) {
            throw ServiceProblem.unreadable("The LMS's own gradebook could not be reached. Laurel keeps trying.");
        }
        if (!answer.isSuccess()) {
            throw ServiceProblem.unreadable(
                    "The LMS does not show its own gradebook (answer " + answer.status() + "). Laurel keeps trying.");
        }
        return json.readTree(answer.body());
    }

    private static Column column(JsonNode item) {
        return new Column(
                item.path("id").asString(),
                item.path("label").asString(),
                LineItem.Kind.valueOf(
                        item.path("kind").asString().replace('-', '_').toUpperCase(Locale.ROOT)),
                text(item.path("group")),
                number(item.path("mastery")),
                number(item.path("maximum")),
                null,
                null,
                null);
    }

    private static ColumnResults results(JsonNode item, Column column) {
        List<Result> results = new ArrayList<>();
        for (JsonNode result : item.path("results")) {
            BigDecimal points = number(result.path("points"));
            String at = text(result.path("at"));
            results.add(new Result(
                    result.path("user").asString(),
                    Observation.Status.valueOf(result.path("state").asString().toUpperCase(Locale.ROOT)),
                    points,
                    points == null ? null : column.scoreMaximum(),
                    text(result.path("letter")),
                    result.path("posted").asBoolean() ? Observation.Visibility.POSTED : Observation.Visibility.HIDDEN,
                    result.has("late") ? result.path("late").asBoolean() : null,
                    at == null ? null : Instant.parse(at),
                    null));
        }
        return new ColumnResults(column.externalId(), results, Set.of(), true);
    }

    private static @Nullable GradingScheme scheme(JsonNode steps) {
        List<GradingScheme.Step> scheme = new ArrayList<>();
        for (JsonNode step : steps) {
            scheme.add(new GradingScheme.Step(
                    step.path("letter").asString(), step.path("fromPercent").decimalValue()));
        }
        return scheme.isEmpty() ? null : new GradingScheme(scheme);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }

    private static @Nullable BigDecimal number(JsonNode node) {
        return node.isNumber() ? node.decimalValue() : null;
    }
}
