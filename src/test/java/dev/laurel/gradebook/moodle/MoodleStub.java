package dev.laurel.gradebook.moodle;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.laurel.Needs;
import dev.laurel.WireMocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Moodle of WireMock: it answers what a test says, or what a real Moodle 4.5 was captured to say, and to the rest that
 * the function is not in the service; as Moodle does, with HTTP 200.
 */
record MoodleStub(WireMockExtension server) {

    private static final String ADDRESS = "/webservice/rest/server.php";

    private static final int LAST = 100;

    MoodleStub {
        server.stubFor(any(anyUrl()).atPriority(LAST).willReturn(WireMocks.json(captured("function not in service"))));
    }

    URI address() {
        return WireMocks.address(server);
    }

    /** The body of a captured answer, bit for bit. */
    static String captured(String name) {
        for (JsonNode exchange : exchanges()) {
            if (exchange.path("name").asString().equals(name)) {
                return exchange.path("body").toString();
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static JsonNode exchanges() {
        try {
            return JsonMapper.shared()
                    .readTree(Files.readString(Needs.shared().resolve("fixtures/moodle/webservices.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An error, which tells more about people than Laurel may show. */
    static String error(String code) {
        return """
                {"exception":"core\\\\exception\\\\moodle_exception","errorcode":"%s","message":"Ada Lovelace (ada@example.edu)",
                 "debuginfo":"SELECT * FROM mdl_user"}""".formatted(code);
    }

    void on(MoodleFunction function, String body) {
        on(function, WireMocks.json(body));
    }

    void on(MoodleFunction function, ResponseDefinitionBuilder answer) {
        on(calling(function), answer);
    }

    void on(MappingBuilder call, ResponseDefinitionBuilder answer) {
        server.stubFor(call.willReturn(answer));
    }

    /** The beginning of a stub that asks for more than the function. */
    static MappingBuilder calling(MoodleFunction function) {
        return post(urlEqualTo(ADDRESS)).withFormParam("wsfunction", equalTo(function.wire()));
    }

    List<LoggedRequest> asked() {
        return server.findAll(anyRequestedFor(anyUrl()));
    }

    List<LoggedRequest> asked(MoodleFunction function) {
        return server.findAll(
                anyRequestedFor(urlEqualTo(ADDRESS)).withFormParam("wsfunction", equalTo(function.wire())));
    }
}
