package dev.laurel.launch.oidc;

import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Compares our clock with the platform's, by the {@code Date} of an answer and by when the latest launch was issued. */
@Component
class ClockProbe implements Probe {

    /** Canvas refuses a token request from 30 s ahead, and our own launches end at 60 s. */
    private static final Duration TOO_FAR = Duration.ofSeconds(20);

    private final OutboundHttp http;

    private final LaunchClocks launches;

    private final Clock clock;

    ClockProbe(OutboundHttp http, LaunchClocks launches, Clock clock) {
        this.http = http;
        this.launches = launches;
        this.clock = clock;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.CLOCK);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        Optional<Duration> launch = launches.ahead(subject.registration().id());
        if (launch.filter(ahead -> ahead.compareTo(TOO_FAR) > 0).isPresent()) {
            // What signs launches may have another clock than what answers for it.
            return Finding.of(check, "launch-ahead", launch.get().toSeconds());
        }
        return ahead(subject.registration().jwksUri()).map(ClockProbe::finding).orElse(Finding.of(check, "no-time"));
    }

    private static Finding finding(Duration ahead) {
        long seconds = Math.round(ahead.toMillis() / 1000.0);
        if (ahead.abs().compareTo(TOO_FAR) <= 0) {
            return Finding.of(Check.CLOCK, "near", Math.abs(seconds));
        }
        return Finding.of(Check.CLOCK, "apart", Math.abs(seconds), seconds > 0 ? 1 : 0);
    }

    /** How far the platform's clock is ahead of ours, by an answer of its key set. */
    private Optional<Duration> ahead(URI uri) {
        Instant sent = clock.instant();
        OutboundResponse response;
        try {
            response = http.send(OutboundRequest.get(uri, "application/json"));
        } catch (OutboundException e) {
            return Optional.empty();
        }
        Duration halfWay = Duration.between(sent, clock.instant()).dividedBy(2);
        String date = response.headers().getFirst(HttpHeaders.DATE);
        try {
            // A Date is cut to the second, so the moment was half a second later on average.
            return Optional.ofNullable(date)
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .map(there -> Duration.between(sent.plus(halfWay), there.plusMillis(500)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
