package dev.laurel.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that the database gives up, as Spring says so. */
class TransactionRetryTests {

    private final AnnotationConfigApplicationContext spring =
            new AnnotationConfigApplicationContext(TransactionRetry.class, App.class);

    private final Work work = spring.getBean(Work.class);

    private final Log log = spring.getBean(Log.class);

    private final TransactionTemplate transaction = spring.getBean(TransactionTemplate.class);

    @AfterEach
    void close() {
        spring.close();
    }

    @Test
    void aTransactionThatIsGivenUpOnceIsDoneAgainFromItsBeginning() {
        work.fail(new CannotAcquireLockException("deadlock"));

        assertThat(work.done()).isEqualTo("done");
        assertThat(log.said).containsExactly("begin", "rollback", "begin", "commit");
    }

    @Test
    void oneThatIsGivenUpEveryTimeEndsInTheLastFailure() {
        CannotAcquireLockException last = new CannotAcquireLockException("deadlock");
        work.fail(
                new CannotAcquireLockException("deadlock"),
                new CannotAcquireLockException("deadlock"),
                new CannotAcquireLockException("deadlock"),
                last,
                new CannotAcquireLockException("nobody comes so far"));

        assertThatThrownBy(work::done).isSameAs(last);
        assertThat(work.times()).isEqualTo(1 + TransactionRetry.RETRIES);
    }

    @Test
    void soIsOneOfWhichSomebodyElseSaysSo() {
        work.fail(new IllegalStateException("no job", new SQLTransactionRollbackException("deadlock", "40001")));

        assertThat(work.done()).isEqualTo("done");
    }

    @Test
    void whatFailsForAnotherReasonIsNotRepeated() {
        work.fail(new DuplicateKeyException("twice"));

        assertThatThrownBy(work::done).isInstanceOf(DuplicateKeyException.class);
        assertThat(work.times()).isOne();
    }

    @Test
    void aPartOfATransactionIsRepeatedOnlyWithTheWhole() {
        work.fail(new CannotAcquireLockException("deadlock"));
        List<String> whole = new ArrayList<>();

        String answer = transaction.execute(status -> {
            whole.add("before");
            return work.done();
        });

        assertThat(answer).isEqualTo("done");
        assertThat(whole).hasSize(2);
        assertThat(log.said).containsExactly("begin", "rollback", "begin", "commit");
    }

    @Test
    void aTransactionWithoutAnAnswerIsRepeatedAsWell() {
        work.fail(new CannotAcquireLockException("deadlock"));

        transaction.executeWithoutResult(status -> work.done());

        assertThat(log.said).containsExactly("begin", "rollback", "begin", "commit");
    }

    static class Work {

        private List<RuntimeException> failing = List.of();

        private int times;

        void fail(RuntimeException... failing) {
            this.failing = List.of(failing);
        }

        int times() {
            return times;
        }

        @Transactional
        String done() {
            times++;
            if (times <= failing.size()) {
                throw failing.get(times - 1);
            }
            return "done";
        }
    }

    static class Log extends AbstractPlatformTransactionManager {

        private final List<String> said = new ArrayList<>();

        private boolean open;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected boolean isExistingTransaction(Object transaction) {
            return open;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            open = true;
            said.add("begin");
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            said.add("commit");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            said.add("rollback");
        }

        @Override
        protected void doSetRollbackOnly(DefaultTransactionStatus status) {}

        @Override
        protected void doCleanupAfterCompletion(Object transaction) {
            open = false;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class App {

        @Bean
        Log log() {
            return new Log();
        }

        @Bean
        Work work() {
            return new Work();
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
            return new TransactionTemplate(manager);
        }
    }
}
