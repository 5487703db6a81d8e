package dev.laurel.credential.check;

import dev.laurel.platform.http.AddressRefusedException;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks documents up for strangers: through the guarded client, never at a host that only the operator's word opens, each address
 * once in a request, and only so many and for so long: more and longer where more badges are to be checked.
 */
final class BoundedWeb implements Web {

    /** Keys, status lists, profiles: the badges of one issuer share them. */
    private static final int MOST_SHARED = 60;

    /** A hosted assertion, and a badge class or picture. */
    private static final int MOST_OF_EACH = 2;

    /** Of all answers together, which are kept until the request ends. A badge and all that it needs have some hundred kB. */
    private static final int MOST_BYTES = 16 << 20;

    private static final Duration LONGEST = Duration.ofSeconds(25);

    /** 200 badges get 50 s: proxies often wait a minute for an answer. */
    private static final Duration LONGER_FOR_EACH = Duration.ofMillis(125);

    private static final String ACCEPT = "application/json, application/ld+json, application/vc, application/did+json,"
            + " image/png, image/svg+xml, */*;q=0.1";

    private final OutboundHttp http;

    private final List<OwnDocuments> own;

    private final Clock clock;

    private final Instant deadline;

    private final Map<URI, Answer> answers = new HashMap<>();

    private int left;

    private int bytes;

    /** @param badges how many are to be checked in this request */
    BoundedWeb(OutboundHttp http, List<OwnDocuments> own, Clock clock, int badges) {
        this.http = http;
        this.own = own;
        this.clock = clock;
        this.deadline = clock.instant().plus(LONGEST).plus(LONGER_FOR_EACH.multipliedBy(badges));
        this.left = MOST_SHARED + MOST_OF_EACH * badges;
    }

    private record Answer(byte[] body, RefusedException refused) {

        private static final byte[] NOTHING = {};

        private static final RefusedException NONE = new RefusedException(Reason.NOT_FOUND);

        byte[] get() {
            if (refused != NONE) {
                throw refused;
            }
            return body;
        }
    }

    @Override
    public byte[] get(URI address) {
        Answer known = answers.get(address);
        if (known == null) {
            known = ask(address);
            answers.put(address, known);
        }
        return known.get();
    }

    @Override
    public void requireTime() {
        if (clock.instant().isAfter(deadline)) {
            throw new RefusedException(Reason.OUT_OF_TIME);
        }
    }

    private Answer ask(URI address) {
        try {
            for (OwnDocuments documents : own) {
                var found = documents.at(address);
                if (found.isPresent()) {
                    return found.get().gone()
                            ? new Answer(Answer.NOTHING, new RefusedException(Reason.GONE, address.toString()))
                            : new Answer(found.get().body(), Answer.NONE);
                }
            }
            return new Answer(fetch(address), Answer.NONE);
        } catch (RefusedException e) {
            return new Answer(Answer.NOTHING, e);
        }
    }

    private byte[] fetch(URI address) {
        String named = address.toString();
        requireTime();
        if (left-- <= 0) {
            throw new RefusedException(Reason.TOO_MANY_LOOKUPS, named);
        }
        if (!"https".equalsIgnoreCase(address.getScheme()) || http.isPrivateHost(address)) {
            // What the operator opened for a platform is not open for whoever asks.
            throw new RefusedException(Reason.ADDRESS_REFUSED, named);
        }
        OutboundResponse answer;
        try {
            answer = http.send(OutboundRequest.get(address, ACCEPT));
        } catch (AddressRefusedException e) {
            throw new RefusedException(Reason.ADDRESS_REFUSED, named);
        } catch (OutboundException e) {
            throw new RefusedException(Reason.UNREACHABLE, named);
        }
        if (answer.status() == 410) {
            throw new RefusedException(Reason.GONE, named);
        }
        if (!answer.isSuccess()) {
            throw new RefusedException(answer.status() == 404 ? Reason.NOT_FOUND : Reason.UNREACHABLE, named);
        }
        bytes += answer.body().length;
        if (bytes > MOST_BYTES) {
            left = 0;
            throw new RefusedException(Reason.TOO_MANY_LOOKUPS, named);
        }
        return answer.body();
    }
}
