package dev.laurel.gradebook.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whom Canvas's events name. */
class CanvasEventsTests {

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "10000000000812, 10000000000055, 812",
        "20000000000812, 10000000000055, 20000000000812",
        "812, 55, 812",
        "812, 10000000000055, 812",
        "20000000000812, 55, 20000000000812",
    })
    void aLearnerOfAnotherShardIsNotHerNamesakeHere(String student, String course, String named) {
        JsonNode grade = new JsonMapper().readTree("""
                {"metadata":{"context_type":"Course","context_id":"%s"},"body":{"student_id":"%s"}}""".formatted(course, student));
        JsonNode caliper = new JsonMapper().readTree("""
                {"data":[{"group":{"id":"urn:instructure:canvas:course:%s"},"actor":"urn:instructure:canvas:user:%s"}]}""".formatted(course, student));

        assertThat(CanvasEvents.read(grade)).containsExactly(new Said("55", named));
        assertThat(CanvasEvents.read(caliper)).containsExactly(new Said("55", named));
    }
}
