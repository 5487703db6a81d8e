package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * How far students mastered the outcomes of the course, as Canvas rolls it up from all that is aligned to them.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/outcome_results.html">Canvas, outcome rollups</a>
 */
final class Outcomes implements Rounds.Part {

    static final String PREFIX = "outcome-";

    private final String canvasCourse;

    private final CanvasClient.Trip trip;

    private final Gathered gathered;

    Outcomes(String canvasCourse, CanvasClient.Trip trip, Gathered gathered) {
        this.canvasCourse = canvasCourse;
        this.trip = trip;
        this.gathered = gathered;
    }

    @Override
    public String what() {
        return "outcomes";
    }

    @Override
    public String list() {
        return "/api/v1/courses/" + canvasCourse + "/outcome_rollups?include[]=outcomes&per_page=100";
    }

    @Override
    public List<String> listsOf(List<String> users) {
        return Submissions.parts(users, Submissions.PEOPLE_AT_ONCE).stream()
                .map(some ->
                        some.stream().map(user -> "&user_ids[]=" + user).collect(Collectors.joining("", list(), "")))
                .toList();
    }

    @Override
    public void columns(boolean whole) {
        if (!whole) {
            gathered.addKnown(PREFIX);
        }
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
        List<String> users = new ArrayList<>();
        for (JsonNode rollup : CanvasClient.list(page.path("rollups"), what())) {
            String id = CanvasIds.of(rollup.path("links").get("user"));
            if (id != null) {
                String user = CanvasIds.local(id, trip.shard());
                users.add(user);
                scores(rollup, user);
            }
        }
        return users;
    }

    private void scores(JsonNode rollup, String user) {
        Set<String> said = new HashSet<>();
        for (JsonNode score : rollup.path("scores")) {
            String id = CanvasIds.of(score.path("links").get("outcome"));
            BigDecimal points = Said.number(score.get("score"));
            if (id == null || points == null) {
                continue;
            }
            Column column = gathered.columns(PREFIX + id).stream()
                    .filter(each -> each.externalId().equals(PREFIX + id))
                    .findFirst()
                    .orElse(null);
            if (column != null && said.add(column.externalId())) {
                gathered.say(
                        column.externalId(),
                        new Result(
                                user,
                                Observation.Status.GRADED,
                                points,
                                column.scoreMaximum(),
                                null,
                                Observation.Visibility.POSTED,
                                null,
                                Said.time(score.get("submitted_at")),
                                null));
            }
        }
        gathered.columns(PREFIX).stream()
                .map(Column::externalId)
                .filter(column -> !said.contains(column) && gathered.said(column, user) == null)
                .forEach(column -> gathered.say(column, Result.none(user)));
    }
}
