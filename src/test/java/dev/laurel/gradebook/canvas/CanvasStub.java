package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.laurel.WireMocks;
import java.net.URI;
import java.util.List;

/** A Canvas of WireMock: it answers what a test says, and 404 in Canvas's words to the rest. */
record CanvasStub(WireMockExtension server) {

    static final String UNKNOWN = "{\"errors\":[{\"message\":\"The specified resource does not exist.\"}]}";

    private static final int LAST = 100;

    CanvasStub {
        server.stubFor(any(anyUrl()).atPriority(LAST).willReturn(WireMocks.json(404, UNKNOWN)));
    }

    URI address() {
        return WireMocks.address(server);
    }

    void on(String path, String body) {
        on(path, WireMocks.json(body));
    }

    /** @param path below the course, such as {@code /assignments}; or a whole one that begins with {@code /login} */
    void on(String path, ResponseDefinitionBuilder answer) {
        on(asking(path), answer);
    }

    void on(MappingBuilder request, ResponseDefinitionBuilder answer) {
        server.stubFor(request.willReturn(answer));
    }

    /** The beginning of a stub that asks for more than the path. */
    static MappingBuilder asking(String path) {
        return any(urlPathMatching(pattern(path)));
    }

    List<LoggedRequest> asked() {
        return server.findAll(anyRequestedFor(anyUrl()));
    }

    List<LoggedRequest> asked(String path) {
        return server.findAll(anyRequestedFor(urlPathMatching(pattern(path))));
    }

    List<LoggedRequest> asked(String path, String parameter, String value) {
        return server.findAll(
                anyRequestedFor(urlPathMatching(pattern(path))).withQueryParam(parameter, containing(value)));
    }

    private static String pattern(String path) {
        return path.startsWith("/login") ? path : "/api/v1/courses/[0-9]+" + path;
    }
}
