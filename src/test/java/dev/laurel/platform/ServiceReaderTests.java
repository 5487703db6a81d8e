package dev.laurel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** Lists in pages as platforms send them, and what is made of their failures. */
class ServiceReaderTests {

    private static final URI FIRST = URI.create("https://lms.example/list?type_id=1");

    private final Map<URI, OutboundResponse> answers = new HashMap<>();

    private final List<OutboundRequest> sent = new ArrayList<>();

    private final ServiceReader reader = new ServiceReader(
            new PlatformServices(null, null, null) {
                @Override
                public OutboundResponse call(long registrationId, Set<String> scopes, OutboundRequest request) {
                    sent.add(request);
                    return answers.getOrDefault(request.uri(), answer(404, "", null));
                }
            },
            JsonMapper.builder().build(),
            Clock.systemUTC());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<https://lms.example/list?from=2>; rel=\"next\" | https://lms.example/list?from=2",
                "<https://lms.example/list?from=2>; rel=next | https://lms.example/list?from=2",
                "<https://lms.example/list?from=2>; rel='next' | https://lms.example/list?from=2",
                "<https://lms.example/list?from=2>;REL=\"next\" | https://lms.example/list?from=2",
                "<https://lms.example/list?a=1&amp;from=2>; rel=\u201cnext\u201d | https://lms.example/list?a=1&from=2",
                "<https://lms.example/list?a=1&amp;from=2>; rel=\u00e2\u0080\u009cnext\u00e2\u0080\u009d | https://lms.example/list?a=1&from=2",
                "<https://lms.example/a,b>; rel=\"first\", <https://lms.example/c,d>; rel=\"next\"; title=\"x\" | https://lms.example/c,d",
                "<https://lms.example/p?from=0>; rel=\u201cfirst\u201d, <https://lms.example/p?from=2>; rel=\u201cnext\u201d | https://lms.example/p?from=2",
                "</list?from=2>; rel=\"next\" | https://lms.example/list?from=2",
                "<?from=2>; rel=\"next last\" | https://lms.example/?from=2",
                "<http://lms.example/list?from=2>; rel=\"next\" | http://lms.example/list?from=2",
            })
    void findsTheNextPage(String header, String next) {
        assertThat(LinkHeader.next(URI.create("https://lms.example/"), List.of(header)))
                .contains(URI.create(next));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<https://lms.example/list?from=2>; rel=\"last\"",
                "<https://lms.example/list?from=2>; rel=\"prev\", <https://lms.example/list>; rel=\u201ccanonical\u201d",
                "<https://lms.example/list?rel=next>; title=\"next\"",
                "nonsense",
                "<>",
            })
    void findsTheEnd(String header) {
        assertThat(LinkHeader.next(FIRST, List.of(header))).isEmpty();
    }

    @Test
    void readsEveryPageOnceWithOneExactAccept() {
        answers.put(FIRST, answer(200, "[1]", "<https://lms.example/list?from=2>; rel=\"next\""));
        answers.put(URI.create("https://lms.example/list?from=2"), answer(200, "[2.50]", null));
        assertThat(reader.pages(1, Set.of(), FIRST, "application/x")).hasSize(2);
        assertThat(sent)
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("Accept", "application/x"));
    }

    @Test
    void aNextPageInPlainHttpOfTheSameHostIsAskedForAsTheFirstWas() {
        answers.put(FIRST, answer(200, "[]", "<http://lms.example/list?from=2>; rel=\"next\""));
        answers.put(URI.create("https://lms.example/list?from=2"), answer(200, "[]", null));
        assertThat(reader.pages(1, Set.of(), FIRST, "application/x")).hasSize(2);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<https://lms.example/list?type_id=1>; rel=\"next\" | circles",
                "<https://evil.example/list>; rel=\"next\" | another host",
                "<mailto:somebody@lms.example>; rel=\"next\" | another host",
                "<https://lms.example/a b>; rel=\"next\" | no web address",
            })
    void aListThatLeadsAstrayIsRefused(String link, String words) {
        answers.put(FIRST, answer(200, "[]", link));
        assertThatThrownBy(() -> reader.pages(1, Set.of(), FIRST, "application/x"))
                .isInstanceOf(ServiceProblem.class)
                .hasMessageContaining(words);
    }

    @Test
    void aListWithoutEndIsRefusedAndNotCut() {
        ServiceReader endless = new ServiceReader(
                new PlatformServices(null, null, null) {
                    @Override
                    public OutboundResponse call(long registrationId, Set<String> scopes, OutboundRequest request) {
                        int page = Integer.parseInt(request.uri().getQuery());
                        return answer(200, "[]", "<?" + (page + 1) + ">; rel=\"next\"");
                    }
                },
                JsonMapper.builder().build(),
                Clock.systemUTC());
        assertThatThrownBy(() -> endless.pages(1, Set.of(), URI.create("https://lms.example/list?0"), "application/x"))
                .isInstanceOf(ServiceProblem.class)
                .hasMessageContaining("no end");
    }

    @Test
    void aListThatWouldFillTheMemoryIsRefused() {
        AtomicInteger page = new AtomicInteger();
        OutboundResponse large = answer(200, "[\"" + "x".repeat(4_000_000) + "\"]", null);
        ServiceReader flooded = reader(Clock.systemUTC(), () -> {
            HttpHeaders headers = new HttpHeaders();
            headers.set("Link", "<https://lms.example/list?" + page.incrementAndGet() + ">; rel=\"next\"");
            return new OutboundResponse(200, headers, large.body());
        });
        assertThatThrownBy(() -> flooded.pages(1, Set.of(), FIRST, "application/x"))
                .isInstanceOf(ServiceProblem.class)
                .hasMessageContaining("too large");
        assertThat(page.get()).isLessThan(12);
    }

    @Test
    void aListThatDripsDoesNotHoldAJobForHours() {
        AtomicInteger page = new AtomicInteger();
        Clock clock = mock(Clock.class);
        when(clock.instant()).thenAnswer(call -> Instant.EPOCH.plusSeconds(9L * page.get()));
        ServiceReader dripping = reader(
                clock,
                () -> answer(200, "[]", "<https://lms.example/list?" + page.incrementAndGet() + ">; rel=\"next\""));
        assertThatThrownBy(() -> dripping.pages(1, Set.of(), FIRST, "application/x"))
                .isInstanceOf(ServiceProblem.class)
                .hasMessageContaining("too long");
        assertThat(page.get()).isLessThan(50);
    }

    private static ServiceReader reader(Clock clock, Supplier<OutboundResponse> answers) {
        return new ServiceReader(
                new PlatformServices(null, null, null) {
                    @Override
                    public OutboundResponse call(long registrationId, Set<String> scopes, OutboundRequest request) {
                        return answers.get();
                    }
                },
                JsonMapper.builder().build(),
                clock);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "200 |  | nothing | false",
                "200 | <!DOCTYPE html><p>Sign in</p> | web page | false",
                "200 | [{\"a\":1},{\"b | breaks off | false",
                "200 | [1] [2] | breaks off | false",
                "204 |  | nothing | false",
                "302 | moved | answer 302 | true",
                "401 | {} | 401 | false",
                "403 | {} | 403 | true",
                "403 | 403 Forbidden (Rate Limit Exceeded) | slow down | false",
                "404 | {} | not there | true",
                "410 | {} | not there | true",
                "412 | {} | refuses | true",
                "422 | {} | refuses | true",
                "429 | {} | slow down | false",
                "500 | {} | fault of its own | false",
                "503 | {} | fault of its own | false",
            })
    void saysInPlainWordsWhatIsWrong(int status, String body, String words, boolean isFinal) {
        answers.put(FIRST, answer(status, body == null ? "" : body, null));
        assertThatThrownBy(() -> reader.pages(1, Set.of(), FIRST, "application/x"))
                .isInstanceOfSatisfying(ServiceProblem.class, problem -> {
                    assertThat(problem).hasMessageContaining(words);
                    assertThat(problem.isFinal()).isEqualTo(isFinal);
                });
    }

    @ParameterizedTest(name = "Retry-After {0}: {1} s")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "7 | 7",
                "0 | 0",
                "999999 | 3600",
                "99999999999999999999 | 60",
                "soon | 60",
                "- | 60",
                "Thu, 01 Jan 2026 00:00:30 GMT | 30",
                "Wed, 31 Dec 2025 00:00:30 GMT | 0",
            })
    void heedsRetryAfter(String header, long seconds) {
        HttpHeaders headers = new HttpHeaders();
        if (header != null) {
            headers.set("Retry-After", header);
        }
        ServiceProblem problem = ServiceProblem.of(
                new OutboundResponse(429, headers, new byte[0]), Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static OutboundResponse answer(int status, String body, String link) {
        HttpHeaders headers = new HttpHeaders();
        if (link != null) {
            headers.set("Link", link);
        }
        return new OutboundResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
