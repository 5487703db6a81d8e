package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.platform.LinkHeader;
import dev.laurel.platform.PlatformServices;
import dev.laurel.platform.SecondTries;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads Canvas's REST interface with the token of a grant. */
@Component
class CanvasClient {

    /** Numbers as strings, so that none is rounded on the way. */
    private static final String ACCEPT = "application/json+canvas-string-ids";

    private static final Duration AFTER_A_GATEWAY = Duration.ofMinutes(1);

    private static final int SERVER_ERROR = 500;

    private static final int MOST_PAGES = 2_000;

    /** Where so many entries in a row are too large or fail, it is not for them. */
    private static final int MOST_IN_VAIN = 5;

    /** One platform that drips its pages must not hold up the jobs of all others. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final PlatformServices services;

    private final ServiceReader reader;

    private final CanvasTokens tokens;

    private final RateLimits limits;

    private final Clock clock;

    CanvasClient(PlatformServices services, ServiceReader reader, CanvasTokens tokens, RateLimits limits, Clock clock) {
        this.services = services;
        this.reader = reader;
        this.tokens = tokens;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Begins a look.
     *
     * @param asking runs before each request
     */
    Trip trip(Grant grant, ReadingKey key, Runnable asking) {
        return new Trip(grant, key, asking);
    }

    /**
     * One page of a list.
     *
     * @param next the address of the page after it, as Canvas gave it, below the address of the key; {@code null} at the end
     */
    record Page(JsonNode body, @Nullable String next) {}

    /** The requests of one look. */
    final class Trip {

        private final ReadingKey key;

        private final Instant latest = clock.instant().plus(LONGEST);

        private SecondTries tries = new SecondTries();

        /** How often the last page was asked for. */
        private int asked;

        private Grant grant;

        private final Runnable asking;

        private boolean over;

        /** By Canvas's clock, of the first answer. */
        private @Nullable Instant canvasTime;

        private Trip(Grant grant, ReadingKey key, Runnable asking) {
            this.grant = grant;
            this.key = key;
            this.asking = asking;
        }

        /** Whether Canvas accepts no token of this grant any more. */
        boolean isOver() {
            return over;
        }

        /** Whether this look has taken as long as one may. */
        boolean isLate() {
            return clock.instant().isAfter(latest);
        }

        boolean hasTaken(Duration time) {
            return !clock.instant().isBefore(latest.minus(LONGEST).plus(time));
        }

        /** When Canvas gave its first answer, by its own clock where it says. */
        Instant beganAt() {
            return canvasTime == null ? clock.instant() : canvasTime;
        }

        /** Of the account in whose name this is read. */
        long shard() {
            return grant.shard();
        }

        /**
         * One object.
         *
         * @param path with its query, below the address of the key
         * @param what the part of the course, for words
         */
        JsonNode one(String path, String what) {
            return page(path, what).body();
        }

        /** Every page of a list, in order, each before the next is asked for. */
        void pages(String path, String what, Consumer<JsonNode> take) {
            pagesFrom(path, what, LONGEST, take, next -> {}, null);
        }

        /**
         * Pages of a list, as many as there is time for, at least one. Where one is too much for Canvas, it is asked for in
         * smaller ones. Those behind it are larger again, unless they are too much as well: what makes them large, texts that
         * were handed in, may be of one student or in all of them.
         *
         * @param until how long the look may have taken so far when the next one is begun
         * @param place told after each page where the list goes on; empty at the end
         * @param leftOut told of the page of a single entry that is too much by itself, or at which Canvas fails while it tells
         *     one behind it; {@code null}: each is needed
         * @return the address of the page that is next; empty at the end
         */
        String pagesFrom(
                String path,
                String what,
                Duration until,
                Consumer<JsonNode> take,
                Consumer<String> place,
                @Nullable Consumer<String> leftOut) {
            Set<String> seen = new HashSet<>();
            List<String> failed = new ArrayList<>();
            int inVain = 0;
            int most = PageSize.of(path);
            boolean mayGrow = true;
            boolean isGrown = false;
            String next = path;
            while (!next.isEmpty()) {
                if (!seen.isEmpty() && until.compareTo(LONGEST) < 0 && hasTaken(until)) {
                    return failed.isEmpty() ? next : failed.get(0);
                }
                if (!seen.add(next)) {
                    throw ServiceProblem.unreadable("The pages of Canvas's list of " + what + " go in circles.");
                }
                if (seen.size() > MOST_PAGES) {
                    throw ServiceProblem.unreadable("Canvas's list of " + what + " has no end.");
                }
                Page page;
                try {
                    page = page(next, what);
                } catch (ServiceProblem problem) {
                    boolean isTooMuch = isTooMuch(problem);
                    String other = isTooMuch ? PageSize.smaller(next) : null;
                    mayGrow &= !isGrown;
                    isGrown = false;
                    boolean mayBeOfOne = isTooMuch || problem.isTooLarge();
                    if (other == null && leftOut != null && mayBeOfOne && ++inVain <= MOST_IN_VAIN) {
                        other = PageSize.behindOne(next);
                        if (other != null) {
                            mayGrow = true;
                            String larger = PageSize.larger(other, most);
                            isGrown = larger != null;
                            other = larger == null ? other : larger;
                            if (problem.isTooLarge() && failed.isEmpty()) {
                                leftOut.accept(next);
                                place.accept(other);
                            } else {
                                // Of a Canvas that fails at everybody for a while nobody is passed over.
                                failed.add(next);
                            }
                        }
                    }
                    if (other == null) {
                        throw problem;
                    }
                    next = other;
                    tryAnew();
                    continue;
                }
                inVain = 0;
                if (leftOut != null) {
                    failed.forEach(leftOut);
                    failed.clear();
                }
                take.accept(page.body());
                next = page.next() == null ? "" : page.next();
                String larger = mayGrow ? PageSize.larger(next, most) : null;
                isGrown = larger != null;
                next = larger == null ? next : larger;
                place.accept(next);
            }
            return "";
        }

        /**
         * Whether less may work where this much did not. Time that ran out says nothing of size, nor does any other failure of
         * Canvas. But where it answers other requests of this look, and failed at this one in several tries, it would hardly
         * do better at the next look: a smaller page is less work for it, and the only one that may ever come.
         */
        boolean isTooMuch(ServiceProblem problem) {
            boolean failed = problem.isTimeOut() || (problem.status() >= SERVER_ERROR && problem.retryAfter() == null);
            boolean inVain = failed && asked > 1;
            return !isLate() && (problem.isTooLarge() || (inVain && canvasTime != null));
        }

        /** What failed so far says nothing of what is asked for next. */
        void tryAnew() {
            tries = new SecondTries();
        }

        /** Every entry of a list. */
        void entries(String path, String what, Consumer<JsonNode> take) {
            pages(path, what, page -> list(page, what).forEach(take));
        }

        /** Every entry of a list but those that cannot be had by themselves: of each its page is told. */
        void entries(String path, String what, Consumer<JsonNode> take, Consumer<String> leftOut) {
            pagesFrom(path, what, LONGEST, page -> list(page, what).forEach(take), next -> {}, leftOut);
        }

        /** One page of a list. */
        Page page(String path, String what) {
            URI address = URI.create(key.address() + path);
            asked = 0;
            OutboundResponse response = tries.of(() -> {
                asked++;
                return send(address, what);
            });
            JsonNode body = reader.read(response);
            String next = LinkHeader.next(address, response.headers().getOrEmpty("Link"))
                    .map(link -> below(address, link, what))
                    .orElse(null);
            return new Page(body, next);
        }

        private OutboundResponse send(URI address, String what) {
            if (isLate()) {
                throw ServiceProblem.unreadable("Canvas takes too long to tell the " + what + " of this course.");
            }
            if (!tokens.isUsable(grant)) {
                grant = renewed();
            }
            OutboundResponse response = call(address);
            if (isDead(response)) {
                grant = renewed();
                response = call(address);
            }
            if (isDead(response)) {
                over = true;
                throw tokens.end(grant);
            }
            if (isStopped(response)) {
                throw ServiceProblem.tooEarly(
                        "What stands before Canvas does not let Laurel through (answer 401). Laurel keeps trying.",
                        AFTER_A_GATEWAY);
            }
            if (!response.isSuccess()) {
                throw CanvasProblems.of(response, what, clock.instant());
            }
            if (canvasTime == null) {
                canvasTime = date(response).orElseGet(clock::instant);
            }
            return response;
        }

        private Grant renewed() {
            try {
                return tokens.renew(grant, key);
            } catch (ServiceProblem problem) {
                over = problem.isFinal();
                throw problem;
            }
        }

        private OutboundResponse call(URI address) {
            String token = grant.accessToken();
            limits.begin(bucket());
            asking.run();
            OutboundResponse response = null;
            try {
                response = services.callWithoutToken(
                        grant.registrationId(),
                        new OutboundRequest(
                                HttpMethod.GET,
                                address,
                                Map.of("Accept", ACCEPT, "Authorization", "Bearer " + token),
                                null));
                return response;
            } catch (OutboundException e) {
                throw ServiceProblem.noAnswer(e);
            } finally {
                limits.end(bucket(), response);
            }
        }

        private String bucket() {
            return grant.tenant() + "/" + grant.registrationId() + "/" + grant.contextId();
        }
    }

    private static boolean isStopped(OutboundResponse response) {
        return response.status() == HttpStatus.UNAUTHORIZED.value()
                && response.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE) != null;
    }

    /** Whether Canvas itself says so, in its way of telling an error: a gateway may ask for a token, too. */
    private boolean isDead(OutboundResponse response) {
        try {
            return CanvasTokens.isDead(response)
                    && reader.read(response).path("errors").isArray();
        } catch (ServiceProblem unreadable) {
            return false;
        }
    }

    static JsonNode list(JsonNode page, String what) {
        if (!page.isArray()) {
            throw ServiceProblem.unreadable("Canvas's list of " + what + " is no list.");
        }
        return page;
    }

    /** The token goes only to the host that it is for; behind a proxy Canvas may get its own scheme or port wrong. */
    private static String below(URI page, URI next, String what) {
        if (next.getHost() == null || !next.getHost().equalsIgnoreCase(page.getHost())) {
            throw ServiceProblem.unreadable("Canvas's list of " + what + " goes on at another host.");
        }
        String path = Objects.requireNonNullElse(next.getRawPath(), "");
        return next.getRawQuery() == null ? path : path + "?" + next.getRawQuery();
    }

    private static Optional<Instant> date(OutboundResponse response) {
        String date = response.headers().getFirst("Date");
        try {
            return date == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
