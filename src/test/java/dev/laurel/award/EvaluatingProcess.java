package dev.laurel.award;

import dev.laurel.LaurelApplication;
import dev.laurel.gradebook.ColumnsChanged;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One node of several, as a process of its own: the whole tool. It says {@code ready}, and for each line {@code tenant
 * context} that it reads it asks for an evaluation of that course; {@code tenant context column group} files a column
 * under another group, as a reading of the gradebook would. A line of one word it repeats once all before it are dealt with.
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
                if (words.length == 1) {
                    System.out.println(line);
                    continue;
                }
                TenantId tenant = new TenantId(Long.parseLong(words[0]));
                if (words.length == 4) {
                    file(laurel, tenant, Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
                } else {
                    jobs.schedule("criteria-evaluate", tenant, words[1], System.nanoTime());
                }
            }
        }
        laurel.close();
    }

    private static void file(
            ConfigurableApplicationContext laurel, TenantId tenant, long context, long column, String group) {
        laurel.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
            LineItem before =
                    laurel.getBean(Gradebook.class).lineItem(tenant, column).orElseThrow();
            laurel.getBean(JdbcTemplate.class)
                    .update(
                            "UPDATE line_item SET group_name = ? WHERE tenant_id = ? AND id = ?",
                            group,
                            tenant.value(),
                            column);
            laurel.publishEvent(new ColumnsChanged(tenant, context, Set.of(column), List.of(before)));
        });
    }
}
