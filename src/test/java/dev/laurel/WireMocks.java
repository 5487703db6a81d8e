package dev.laurel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;

/**
 * WireMock as the suites of the sources use it: on loopback, and the answers that any LMS gives when something stands in
 * its way. The last stub that fits counts; each test begins without any.
 */
public final class WireMocks {

    private WireMocks() {}

    /** A server for a field with {@code @RegisterExtension}. */
    public static WireMockExtension onLoopback() {
        return WireMockExtension.newInstance()
                .options(options().bindAddress("127.0.0.1").dynamicPort())
                .build();
    }

    /** Where it is, by number: no name is looked up. */
    public static URI address(WireMockExtension server) {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    public static ResponseDefinitionBuilder json(String body) {
        return json(200, body);
    }

    public static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(body);
    }

    /** The page of a proxy, or of a login, where data should be. */
    public static ResponseDefinitionBuilder html(int status) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody("<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon</body></html>");
    }

    /** A good beginning, then no more although the connection ends as if all were said. */
    public static ResponseDefinitionBuilder truncated(String body) {
        return json(body.substring(0, body.length() / 2));
    }

    /** A connection that breaks within the body. */
    public static ResponseDefinitionBuilder brokenOff() {
        return aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK);
    }

    /** A connection that breaks before the first byte. */
    public static ResponseDefinitionBuilder closed() {
        return aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
    }

    /** All of it, but in pieces over a while. */
    public static ResponseDefinitionBuilder dripping(String body, Duration over) {
        return json(body).withChunkedDribbleDelay(10, (int) over.toMillis());
    }
}
