package lms;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The captured web service exchanges of a real Moodle: a call that was captured gets the body that Moodle gave, bit for
 * bit. Pages and the order of lists may be asked for otherwise than they were.
 */
final class MoodleWebServiceReplay {

    private static final String OPTION = "options[";

    private final JsonNode exchanges;

    private final String token;

    MoodleWebServiceReplay(JsonNode exchanges, String token) {
        this.exchanges = exchanges;
        this.token = token;
    }

    void addTo(LmsServer server) {
        server.route("POST", MoodleWebService.PATH, Service.READING, this::answer);
    }

    private Answer answer(Call call) {
        Map<String, String> form = call.form();
        if (!token.equals(form.get("wstoken"))) {
            return captured("bad token");
        }
        for (JsonNode exchange : exchanges) {
            if (asked(exchange).equals(asked(form))
                    && !exchange.path("name").asString().equals("bad token")) {
                return body(exchange);
            }
        }
        return captured("function not in service");
    }

    private Answer captured(String name) {
        for (JsonNode exchange : exchanges) {
            if (exchange.path("name").asString().equals(name)) {
                return body(exchange);
            }
        }
        throw new IllegalStateException(name);
    }

    private static Answer body(JsonNode exchange) {
        return Answer.of(
                exchange.path("status").asInt(),
                exchange.path("content_type").asString(),
                Json.write(exchange.path("body")));
    }

    private static Map<String, String> asked(JsonNode exchange) {
        Map<String, String> form = new TreeMap<>();
        exchange.path("request")
                .path("form")
                .properties()
                .forEach(field -> form.put(field.getKey(), field.getValue().asString()));
        return asked(form);
    }

    private static Map<String, String> asked(Map<String, String> form) {
        Map<String, String> asked = new TreeMap<>(form);
        asked.remove("wstoken");
        asked.keySet().removeIf(name -> name.startsWith(OPTION));
        return asked;
    }
}
