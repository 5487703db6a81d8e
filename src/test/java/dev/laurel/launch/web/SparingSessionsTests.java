package dev.laurel.launch.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

class SparingSessionsTests {

    private final AtomicInteger lookUps = new AtomicInteger();

    private final MapSessionRepository table = new MapSessionRepository(new ConcurrentHashMap<>()) {

        @Override
        public MapSession findById(String id) {
            lookUps.incrementAndGet();
            return super.findById(id);
        }
    };

    private final SparingSessions sessions = new SparingSessions(table);

    private static void inOneRequest(Runnable whatHappens) throws Exception {
        FilterChain chain = (request, response) -> whatHappens.run();
        new SparingSessions.OneRequest().doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), chain);
    }

    private String stored(Instant lastUsed) {
        MapSession session = new MapSession();
        session.setLastAccessedTime(lastUsed);
        session.setAttribute("launch", "1:7");
        table.save(session);
        return session.getId();
    }

    @Test
    void aRequestReadsItsSessionOnceAndTheNextOneReadsItAgain() throws Exception {
        String id = stored(Instant.now());

        inOneRequest(() -> {
            assertThat(sessions.findById(id)).isNotNull();
            assertThat(sessions.findById(id).<String>getAttribute("launch")).isEqualTo("1:7");
        });
        assertThat(lookUps).hasValue(1);

        inOneRequest(() -> sessions.findById(id));
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void aSessionThatEndsIsGoneForTheRestOfItsOwnRequestToo() throws Exception {
        String id = stored(Instant.now());

        inOneRequest(() -> {
            sessions.findById(id);
            sessions.deleteById(id);
            assertThat(sessions.findById(id)).isNull();
        });
    }

    @Test
    void outsideAnyRequestNothingIsRemembered() {
        String id = stored(Instant.now());
        sessions.findById(id);
        table.deleteById(id);

        assertThat(sessions.findById(id)).isNull();
    }

    @Test
    void theTimeOfLastUseIsWrittenOnceAMinute() {
        Instant before = Instant.now().minus(Duration.ofMinutes(10));
        String id = stored(before);
        SparingSessions.Sparing session = sessions.findById(id);

        session.setLastAccessedTime(before.plusSeconds(59));
        assertThat(session.getLastAccessedTime()).isEqualTo(before);

        session.setLastAccessedTime(before.plusSeconds(60));
        sessions.save(session);
        assertThat(table.findById(id).getLastAccessedTime()).isEqualTo(before.plusSeconds(60));
    }

    @Test
    void anUnknownSessionIsNotThere() throws Exception {
        inOneRequest(() -> assertThat(sessions.findById("made-up")).isNull());
    }
}
