package dev.laurel.gradebook.csv;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.LaurelApplication;
import dev.laurel.platform.tenant.TenantId;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** A node of its own that records one confirmed file: its tenant and number are the first two arguments. */
final class ImportingProcess {

    private ImportingProcess() {}

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(LaurelApplication.class, NoOtherJobs.class);
        try (var laurel = application.run(Arrays.copyOfRange(args, 2, args.length))) {
            laurel.getBean(ImportJob.class).run(new TenantId(Long.parseLong(args[0])), args[1]);
        }
    }

    /** Jobs are put down for the other node, and none is done here. Not annotated, or every test would find it. */
    static class NoOtherJobs {

        @Bean(destroyMethod = "")
        Scheduler scheduler(DataSource database, List<Task<?>> tasks) {
            return Scheduler.create(new TransactionAwareDataSourceProxy(database), tasks)
                    .alwaysPersistTimestampInUTC()
                    .build();
        }
    }
}
