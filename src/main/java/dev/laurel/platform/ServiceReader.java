package dev.laurel.platform;

import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON from a platform's services: every page of a list or nothing, so that nobody takes half a list for a whole
 * one. Content types are not looked at, since platforms get them wrong; numbers keep every digit.
 */
@Component
public class ServiceReader {

    /** More pages than any course has; a list that goes on is refused, never cut. */
    private static final int MOST_PAGES = 2_000;

    /** Of all pages together: some hundred thousand members, and far less than the memory of a node. */
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    /** One platform that drips its pages must not hold up the jobs of all others. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final PlatformServices services;

    private final JsonMapper json;

    private final Clock clock;

    ServiceReader(PlatformServices services, JsonMapper json, Clock clock) {
        this.services = services;
        this.json = json.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        this.clock = clock;
    }

    /**
     * Every page from {@code first} on, in order, following {@code Link: rel="next"} at the same host.
     *
     * @param accept the one exact media type of the service
     * @throws ServiceProblem where any page fails
     */
    public List<JsonNode> pages(long registrationId, Set<String> scopes, URI first, String accept) {
        return pages(registrationId, scopes, first, accept, () -> {});
    }

    /**
     * The same.
     *
     * @param asking runs before each page is asked for
     */
    public List<JsonNode> pages(long registrationId, Set<String> scopes, URI first, String accept, Runnable asking) {
        List<JsonNode> pages = new ArrayList<>();
        Set<URI> seen = new HashSet<>();
        long bytes = 0;
        Instant latest = clock.instant().plus(LONGEST);
        SecondTries tries = new SecondTries();
        Optional<URI> next = Optional.of(first);
        while (next.isPresent()) {
            URI page = sameHost(first, next.get());
            if (!seen.add(page)) {
                throw ServiceProblem.unreadable("The pages of the LMS's list go in circles. Nothing was changed.");
            }
            if (seen.size() > MOST_PAGES) {
                throw ServiceProblem.unreadable("The LMS's list has no end. Nothing was changed.");
            }
            OutboundRequest request = OutboundRequest.get(page, accept);
            asking.run();
            OutboundResponse response = pages.isEmpty()
                    ? send(registrationId, scopes, request)
                    : tries.of(() -> send(registrationId, scopes, request));
            bytes += response.body().length;
            if (bytes > MOST_BYTES) {
                throw ServiceProblem.unreadable("The LMS's list is too large. Nothing was changed.");
            }
            if (clock.instant().isAfter(latest)) {
                throw ServiceProblem.unreadable("The LMS takes too long to give its list. Nothing was changed.");
            }
            pages.add(read(response));
            next = LinkHeader.next(page, response.headers().getOrEmpty("Link"));
        }
        return pages;
    }

    /**
     * Sends one request and returns its successful answer.
     *
     * @throws ServiceProblem for any other status, and where there is no answer
     */
    public OutboundResponse send(long registrationId, Set<String> scopes, OutboundRequest request) {
        OutboundResponse response;
        try {
            response = services.call(registrationId, scopes, request);
        } catch (TokenRefusedException e) {
            throw e.problem(clock.instant());
        } catch (OutboundException e) {
            throw ServiceProblem.noAnswer(e);
        }
        if (!response.isSuccess()) {
            throw ServiceProblem.of(response, clock.instant());
        }
        return response;
    }

    /**
     * Sends one request as it is, see {@link PlatformServices#callWithoutToken}, and returns its successful answer.
     *
     * @throws ServiceProblem for any other status, and where there is no answer
     */
    public OutboundResponse sendWithoutToken(long registrationId, OutboundRequest request) {
        OutboundResponse response;
        try {
            response = services.callWithoutToken(registrationId, request);
        } catch (OutboundException e) {
            throw ServiceProblem.noAnswer(e);
        }
        if (!response.isSuccess()) {
            throw ServiceProblem.of(response, clock.instant());
        }
        return response;
    }

    /** The JSON of an answer. */
    public JsonNode read(OutboundResponse response) {
        String text = response.text();
        if (text.isBlank()) {
            throw ServiceProblem.unreadable("The LMS answered with nothing. Nothing was changed.");
        }
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            throw ServiceProblem.unreadable(
                    text.stripLeading().startsWith("<")
                            ? "The LMS answered with a web page instead of data. Nothing was changed."
                            : "The LMS's answer breaks off or cannot be read. Nothing was changed.");
        }
    }

    /** A token goes only to the host that it is for; behind a proxy a platform may get its own scheme or port wrong. */
    private static URI sameHost(URI first, URI page) {
        if (page.getHost() == null || !page.getHost().equalsIgnoreCase(first.getHost())) {
            throw ServiceProblem.unreadable("The LMS's list goes on at another host. Nothing was changed.");
        }
        try {
            return new URI(first.getScheme() + "://" + first.getRawAuthority() + page.getRawPath()
                    + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
