package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.ags.AgsNumbers;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * How far students mastered the outcomes of the course, as Canvas rolls it up from all that is aligned to them. To whoever
 * grades it tells them before the work behind them is posted, and would so give its grade away: they are hidden as long as
 * that is.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/outcome_results.html">Canvas, outcome rollups</a>
 */
final class Outcomes implements Rounds.Part {

    static final String PREFIX = "outcome-";

    private static final String ASSIGNMENT = "assignment_";

    private static final String RUBRIC = "rubric_";

    private static final String UNKNOWN =
            "Canvas does not tell of every outcome whether its students may see the grades that it"
                    + " rests on. Laurel waits as long as grades take to settle before a badge is given for one.";

    private final String canvasCourse;

    private final CanvasClient.Trip trip;

    private final Gathered gathered;

    private final Postings postings;

    /** The numbers of the assignments that each outcome rests on. */
    private final Map<String, List<String>> aligned = new HashMap<>();

    /** Those that may rest on something else. */
    private final Set<String> unclear = new HashSet<>();

    Outcomes(String canvasCourse, CanvasClient.Trip trip, Gathered gathered, Postings postings) {
        this.canvasCourse = canvasCourse;
        this.trip = trip;
        this.gathered = gathered;
        this.postings = postings;
    }

    @Override
    public String what() {
        return "outcomes";
    }

    @Override
    public String list() {
        return list(100);
    }

    private String list(int page) {
        return "/api/v1/courses/" + canvasCourse + "/outcome_rollups?include[]=outcomes&per_page=" + page;
    }

    @Override
    public int atOnce() {
        return Submissions.PEOPLE_AT_ONCE;
    }

    @Override
    public String listOf(List<String> users) {
        return list(users.size())
                + users.stream().map(user -> "&user_ids[]=" + user).collect(Collectors.joining());
    }

    @Override
    public void columns(boolean whole) {
        if (!whole) {
            gathered.addKnown(PREFIX);
        }
    }

    @Override
    public void warn(String words) {
        gathered.warn(words);
    }

    @Override
    public List<String> take(JsonNode page) {
        JsonNode outcomes = page.path("linked").path("outcomes");
        if (!outcomes.isArray()) {
            // Asked for and left out: nothing is known to be gone. Scores come without it.
            gathered.addKnown(PREFIX);
            if (!page.path("rollups").isEmpty()) {
                gathered.warn(CanvasSource.NO_INCLUDES);
            }
        }
        for (JsonNode outcome : outcomes) {
            String id = CanvasIds.of(outcome.get("id"));
            if (id != null) {
                align(id, outcome.path("alignments"));
                gathered.add(new Column(
                        PREFIX + id,
                        Said.label(outcome.get("title")),
                        LineItem.Kind.OUTCOME,
                        "Outcomes",
                        Said.number(outcome.get("mastery_points")),
                        Said.number(outcome.get("points_possible")),
                        null,
                        null,
                        null));
            }
        }
        Map<JsonNode, String> users = new LinkedHashMap<>();
        for (JsonNode rollup : CanvasClient.list(page.path("rollups"), what())) {
            String id = CanvasIds.of(rollup.path("links").get("user"));
            if (id != null) {
                users.put(rollup, CanvasIds.local(id, trip.shard()));
            }
        }
        postings.remember(aligned.values().stream().flatMap(List::stream).collect(Collectors.toSet()), users.values());
        users.forEach(this::scores);
        return List.copyOf(users.values());
    }

    private void align(String outcome, JsonNode alignments) {
        List<String> ids = new ArrayList<>();
        boolean isClear = !alignments.isEmpty();
        for (JsonNode alignment : alignments) {
            String what = String.valueOf(Said.text(alignment));
            if (what.startsWith(ASSIGNMENT)) {
                ids.add(what.substring(ASSIGNMENT.length()));
            }
            // A rubric is used in assignments, which are named, too.
            isClear &= what.startsWith(ASSIGNMENT) || what.startsWith(RUBRIC);
        }
        aligned.put(outcome, ids);
        if (!isClear) {
            unclear.add(outcome);
        }
    }

    private Observation.Visibility visibility(String outcome, String user) {
        Observation.Visibility seen = postings.of(aligned.getOrDefault(outcome, List.of()), user);
        if (seen == Observation.Visibility.POSTED && unclear.contains(outcome)) {
            seen = Observation.Visibility.UNKNOWN;
        }
        if (seen == Observation.Visibility.UNKNOWN) {
            gathered.warn(UNKNOWN);
        }
        return seen;
    }

    private void scores(JsonNode rollup, String user) {
        Set<String> said = new HashSet<>();
        for (JsonNode score : rollup.path("scores")) {
            String id = CanvasIds.of(score.path("links").get("outcome"));
            if (id == null || AgsNumbers.isAbsent(score.get("score"))) {
                continue;
            }
            BigDecimal points = Said.number(score.get("score"));
            Column column = gathered.columns(PREFIX + id).stream()
                    .filter(each -> each.externalId().equals(PREFIX + id))
                    .findFirst()
                    .orElse(null);
            if (column == null || !said.add(column.externalId())) {
                continue;
            }
            if (points == null) {
                gathered.sayUnreadable(column.externalId(), user);
            } else {
                gathered.say(
                        column.externalId(),
                        new Result(
                                user,
                                Observation.Status.GRADED,
                                points,
                                column.scoreMaximum(),
                                null,
                                visibility(id, user),
                                null,
                                Said.time(score.get("submitted_at")),
                                null));
            }
        }
        gathered.columns(PREFIX).stream()
                .map(Column::externalId)
                .filter(column -> !said.contains(column) && gathered.isSilent(column, user))
                .forEach(column -> gathered.say(column, Result.none(user)));
    }
}
