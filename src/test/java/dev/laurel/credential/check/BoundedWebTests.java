package dev.laurel.credential.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.laurel.WoundClock;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** What a stranger may let Laurel ask, and for how long. */
class BoundedWebTests {

    private final OutboundHttp http = mock(OutboundHttp.class);

    private final WoundClock clock = new WoundClock(Instant.parse("2026-05-01T10:00:00Z"));

    private final OwnDocuments own = address -> address.getPath().startsWith("/own")
            ? Optional.of(new OwnDocuments.Document("ours".getBytes(StandardCharsets.UTF_8), false))
            : Optional.empty();

    private final BoundedWeb web = new BoundedWeb(http, List.of(own), clock, 1);

    private static URI address(int number) {
        return URI.create("https://elsewhere.example/" + number);
    }

    private void everybodyAnswers(int bytes) {
        when(http.send(any())).thenReturn(new OutboundResponse(200, HttpHeaders.EMPTY, new byte[bytes]));
    }

    private static void assertRefused(ThrowingCallable asking, Reason reason) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(asking)
                .extracting(RefusedException::reason)
                .isEqualTo(reason);
    }

    @Test
    void eachAddressIsAskedOnceAndOnlySoManyAre() {
        everybodyAnswers(10);

        for (int i = 0; i < 62; i++) {
            assertThat(web.get(address(i))).hasSize(10);
        }

        assertRefused(() -> web.get(address(62)), Reason.TOO_MANY_LOOKUPS);
        assertThat(web.get(address(7))).as("known already").hasSize(10);
        assertThat(web.get(URI.create("https://laurel.example/own/1")))
                .asString()
                .isEqualTo("ours");
        verify(http, times(62)).send(any());
    }

    @Test
    void answersTogetherTakeOnlySoMuchMemory() {
        everybodyAnswers(4 << 20);

        for (int i = 0; i < 4; i++) {
            assertThat(web.get(address(i))).hasSize(4 << 20);
        }

        assertRefused(() -> web.get(address(4)), Reason.TOO_MANY_LOOKUPS);
        assertRefused(() -> web.get(address(5)), Reason.TOO_MANY_LOOKUPS);
        verify(http, times(5)).send(any());
    }

    @Test
    void afterHalfAMinuteNobodyIsAskedAnyMore() {
        everybodyAnswers(10);
        web.get(address(1));
        web.requireTime();

        clock.advance(Duration.ofSeconds(30));

        assertRefused(() -> web.get(address(2)), Reason.OUT_OF_TIME);
        assertRefused(web::requireTime, Reason.OUT_OF_TIME);
        verify(http, times(1)).send(any());
    }

    @Test
    void badgesThatWereNotReachedInTimeSaySoAndTheOthersAreAnswered() {
        BadgeVerifier verifier = new BadgeVerifier(
                badges -> new BoundedWeb(http, List.of(own), clock, badges), mock(OwnBadges.class), clock);
        when(http.send(any())).thenAnswer(call -> {
            clock.advance(Duration.ofSeconds(20));
            return new OutboundResponse(404, HttpHeaders.EMPTY, new byte[0]);
        });
        List<byte[]> brought = List.of(bytes(address(1)), bytes(address(2)), bytes(address(3)));

        List<BadgeReport> reports = verifier.verifyAll(brought);

        assertThat(reports)
                .extracting(report ->
                        report.check(Check.Name.READABLE).orElseThrow().reason())
                .containsExactly(Reason.NOT_FOUND, Reason.NOT_FOUND, Reason.OUT_OF_TIME);
    }

    @Test
    void allThatCanBeBroughtAtOnceIsAskedFor() {
        BadgeVerifier verifier = new BadgeVerifier(
                badges -> new BoundedWeb(http, List.of(own), clock, badges), mock(OwnBadges.class), clock);
        when(http.send(any())).thenAnswer(call -> {
            clock.advance(Duration.ofMillis(200));
            return new OutboundResponse(404, HttpHeaders.EMPTY, new byte[0]);
        });

        List<BadgeReport> reports = verifier.verifyAll(IntStream.range(0, BadgeVerifier.MOST)
                .mapToObj(number -> bytes(address(number)))
                .toList());

        assertThat(reports)
                .hasSize(BadgeVerifier.MOST)
                .extracting(report ->
                        report.check(Check.Name.READABLE).orElseThrow().reason())
                .containsOnly(Reason.NOT_FOUND);
    }

    private static byte[] bytes(URI address) {
        return address.toString().getBytes(StandardCharsets.UTF_8);
    }
}
