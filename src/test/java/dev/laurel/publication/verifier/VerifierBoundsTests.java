package dev.laurel.publication.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.check.Format;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** However many come at once and whatever they bring, checking takes no more than its share. */
class VerifierBoundsTests {

    private static final byte[] BADGE = "{}".getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final BadgeVerifier verifier = mock(BadgeVerifier.class);

    private final VerifierController controller = new VerifierController(verifier);

    private final CountDownLatch answered = new CountDownLatch(1);

    @AfterEach
    void stop() {
        answered.countDown();
        threads.shutdownNow();
    }

    @Test
    void whoComesWhileAllPlacesAreTakenIsToldSoAtOnceAndIsServedAfterwards() throws Exception {
        CountDownLatch checking = new CountDownLatch(VerifierController.AT_ONCE);
        when(verifier.verifyAll(anyList())).thenAnswer(call -> {
            checking.countDown();
            answered.await();
            return reports(call.getArgument(0));
        });
        List<Future<Object>> first = new ArrayList<>();
        for (int i = 0; i < VerifierController.AT_ONCE; i++) {
            first.add(threads.submit(() -> controller.check(request(BADGE), "application/json")));
        }
        assertThat(checking.await(30, TimeUnit.SECONDS)).isTrue();

        ResponseEntity<?> program = (ResponseEntity<?>) controller.check(request(BADGE), "application/json");
        assertThat(program.getStatusCode().value()).isEqualTo(503);
        assertThat(program.getBody()).isEqualTo(Map.of("problem", "busy"));
        assertThat(program.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotBlank();
        ModelAndView page = (ModelAndView) controller.check("{}", null, "text/html");
        assertThat(page.getModel()).containsEntry("problem", "busy");
        assertThat(controller.form().getModel()).isEmpty();

        answered.countDown();
        for (Future<Object> each : first) {
            assertThat(status(each.get(30, TimeUnit.SECONDS))).isEqualTo(200);
        }
        assertThat(status(controller.check(request(BADGE), "application/json"))).isEqualTo(200);
    }

    @Test
    void largeBodiesThatArriveSlowlyTakeNoPlaceOfSmallOnes() throws Exception {
        when(verifier.verifyAll(anyList())).thenAnswer(call -> reports(call.getArgument(0)));
        CountDownLatch arriving = new CountDownLatch(VerifierController.LARGE_AT_ONCE);
        List<Future<Object>> slow = new ArrayList<>();
        for (int i = 0; i < VerifierController.LARGE_AT_ONCE; i++) {
            slow.add(threads.submit(() ->
                    controller.check(request(new Slow(new byte[2 << 20], arriving, answered)), "application/json")));
        }
        assertThat(arriving.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(status(controller.check(request(new byte[2 << 20]), "application/json")))
                .isEqualTo(503);
        assertThat(status(controller.check(request(BADGE), "application/json"))).isEqualTo(200);
        assertThat(status(controller.check(request(new byte[] {'P', 'K', 3, 4, 0}), "application/json")))
                .as("a small zip may be large once unpacked")
                .isEqualTo(503);
        assertThat(status(controller.check("", List.of(file(new byte[2 << 20])), "application/json")))
                .isEqualTo(503);
        assertThat(status(controller.check("", List.of(file(BADGE)), "application/json")))
                .isEqualTo(200);

        answered.countDown();
        for (Future<Object> each : slow) {
            assertThat(status(each.get(30, TimeUnit.SECONDS))).isEqualTo(200);
        }
    }

    @Test
    void noMoreIsReadThanIsTaken() throws Exception {
        Slow endless = new Slow(new byte[VerifierController.LARGEST * 2], new CountDownLatch(1), new CountDownLatch(0));

        ResponseEntity<?> answer = (ResponseEntity<?>) controller.check(request(endless), "application/json");

        assertThat(answer.getStatusCode().value()).isEqualTo(413);
        assertThat(answer.getBody()).isEqualTo(Map.of("problem", "too-large"));
        assertThat(endless.read).isLessThanOrEqualTo(VerifierController.LARGEST + 1);
        assertThat(status(controller.check(request(new byte[0]), "application/json")))
                .isEqualTo(400);
    }

    private static int status(Object answer) {
        return ((ResponseEntity<?>) answer).getStatusCode().value();
    }

    private static List<BadgeReport> reports(List<byte[]> badges) {
        return Collections.nCopies(badges.size(), new BadgeReport(Format.UNKNOWN, List.of(), null, null, null, null));
    }

    private static MultipartFile file(byte[] bytes) {
        return new MockMultipartFile("files", bytes);
    }

    private static MockHttpServletRequest request(byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/verify");
        request.setContent(body);
        return request;
    }

    private static MockHttpServletRequest request(ServletInputStream body) {
        return new MockHttpServletRequest("POST", "/verify") {

            @Override
            public ServletInputStream getInputStream() {
                return body;
            }
        };
    }

    /** Says when its first part was read, and then waits. */
    private static final class Slow extends ServletInputStream {

        private final InputStream bytes;

        private final CountDownLatch reached;

        private final CountDownLatch goOn;

        private volatile int read;

        Slow(byte[] bytes, CountDownLatch reached, CountDownLatch goOn) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.reached = reached;
            this.goOn = goOn;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (read > VerifierController.SMALL && length > 0) {
                pause();
            }
            int got = bytes.read(into, from, length);
            read += Math.max(got, 0);
            return got;
        }

        private void pause() throws IOException {
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
