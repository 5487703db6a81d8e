package dev.laurel.platform.road;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.laurel.LaurelTest;
import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LaurelTest
class JobsIntegrationTests {

    @Autowired
    Jobs jobs;

    @Test
    void manyWhoHurryTheSameJobDoNotGetInEachOthersWay() throws Exception {
        TenantId nobody = new TenantId(987_654_321);
        Instant later = Instant.now().plus(Duration.ofDays(1));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Instant at = later.minusSeconds(i);
            calls.add(pool.submit(() -> jobs.runAgainBy("gradebook-sync", nobody, "1", at)));
        }

        for (Future<?> call : calls) {
            assertThatCode(call::get).doesNotThrowAnyException();
        }
        pool.shutdown();
    }
}
