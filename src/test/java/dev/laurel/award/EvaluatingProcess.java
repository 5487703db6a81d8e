package dev.laurel.award;

import dev.laurel.LaurelApplication;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One node of several, as a process of its own: the whole tool. It says {@code ready}, and for each line {@code tenant
 * context} that it reads it asks for an evaluation of that course.
 */
final class EvaluatingProcess {

    private EvaluatingProcess() {}

    public static void main(String[] args) throws IOException {
        ConfigurableApplicationContext laurel = SpringApplication.run(LaurelApplication.class, args);
        Jobs jobs = laurel.getBean(Jobs.class);
        System.out.println("ready");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                jobs.schedule("criteria-evaluate", new TenantId(Long.parseLong(words[0])), words[1], System.nanoTime());
            }
        }
        laurel.close();
    }
}
