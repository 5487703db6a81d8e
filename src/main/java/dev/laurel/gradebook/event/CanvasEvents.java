package dev.laurel.gradebook.event;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads Live Events of Canvas in both of its formats: its own, and Caliper 1.1 in an envelope. Only the course and the
 * learner are taken. Their ids name the shard of a hosted Canvas, which its own pages leave out; of a learner of another
 * shard than the course they keep it, or she would be taken for a namesake.
 */
final class CanvasEvents {

    private static final BigInteger SHARD = BigInteger.TEN.pow(13);

    private static final String COURSE = "urn:instructure:canvas:course:";

    private static final String USER = "urn:instructure:canvas:user:";

    private CanvasEvents() {}

    /** Events that tell of no course are left out: nothing could be read for them. */
    static List<Said> read(JsonNode body) {
        List<Said> said = new ArrayList<>();
        for (JsonNode event : body.path("data").isArray() ? body.path("data") : List.of(body)) {
            (event.has("metadata") ? canvas(event) : caliper(event)).ifPresent(said::add);
        }
        return said;
    }

    private static Optional<Said> canvas(JsonNode event) {
        JsonNode metadata = event.path("metadata");
        JsonNode body = event.path("body");
        String course = number(body.path("course_id"));
        if (course == null) {
            course = number(body.path("course").path("id"));
        }
        if (course == null
                && "Course".equalsIgnoreCase(metadata.path("context_type").asString(""))) {
            course = number(metadata.path("context_id"));
        }
        if (course == null) {
            return Optional.empty();
        }
        for (JsonNode user : List.of(
                body.path("student_id"),
                body.path("user_id"),
                body.path("user").path("id"),
                // Whoever acts, where nobody else is named: a learner who hands something in.
                metadata.path("user_id"))) {
            String id = number(user);
            if (id != null) {
                return Optional.of(said(course, id));
            }
        }
        return Optional.of(said(course, null));
    }

    private static Optional<Said> caliper(JsonNode event) {
        String course = urn(event.path("group"), COURSE);
        if (course == null) {
            return Optional.empty();
        }
        String assignee = urn(event.path("object").path("assignee"), USER);
        return Optional.of(said(course, assignee != null ? assignee : urn(event.path("actor"), USER)));
    }

    /** An entity is given whole, or by its id alone. */
    private static @Nullable String urn(JsonNode entity, String prefix) {
        String id = entity.isString() ? entity.asString() : entity.path("id").asString("");
        return id.startsWith(prefix) ? number(id.substring(prefix.length())) : null;
    }

    private static @Nullable String number(JsonNode id) {
        return id.isString() || id.isIntegralNumber() ? number(id.asString()) : null;
    }

    private static @Nullable String number(String id) {
        return id.matches("[0-9]{1,40}") ? id : null;
    }

    private static Said said(String course, @Nullable String user) {
        BigInteger[] ofCourse = new BigInteger(course).divideAndRemainder(SHARD);
        if (user == null) {
            return new Said(ofCourse[1].toString(), null);
        }
        BigInteger[] ofUser = new BigInteger(user).divideAndRemainder(SHARD);
        boolean isNear = ofUser[0].signum() == 0 || ofUser[0].equals(ofCourse[0]);
        return new Said(ofCourse[1].toString(), (isNear ? ofUser[1] : new BigInteger(user)).toString());
    }
}
