package dev.laurel.platform.sql;

import java.lang.reflect.Method;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.resilience.retry.AbstractRetryInterceptor;
import org.springframework.resilience.retry.MethodRetrySpec;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction that the database gave up in favour of another one, because they waited for each other, is done once more
 * as a whole: that is what MySQL asks of whoever uses it. So what is done in one may be done twice: nothing outside the
 * database before it has committed, and no change of what it was given.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/innodb-deadlocks-handling.html">InnoDB, how to handle deadlocks</a>
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class TransactionRetry {

    static final int RETRIES = 3;

    /** Whoever waited so long is told that it failed. Databases wait 50 s for one lock unless they are told otherwise. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(TransactionRetry.class);

    /** Around the interceptor that begins and ends transactions. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor transactionRetryAdvisor() {
        DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(new Transactions(), new Retry());
        advisor.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return advisor;
    }

    private static final class Transactions extends StaticMethodMatcherPointcut {

        private final TransactionAttributeSource annotated = new AnnotationTransactionAttributeSource(false);

        @Override
        public boolean matches(Method method, Class<?> target) {
            return TransactionTemplate.class.isAssignableFrom(target)
                    ? method.getName().startsWith("execute")
                    : annotated.hasTransactionAttribute(method, target);
        }
    }

    private static final class Retry extends AbstractRetryInterceptor {

        private static final MethodRetrySpec SPEC = new MethodRetrySpec(
                List.of(),
                List.of(),
                Retry::retry,
                RETRIES,
                PATIENCE,
                Duration.ofMillis(50),
                Duration.ofMillis(40),
                2,
                Duration.ofMillis(200));

        /** Within a transaction only the whole of it can be repeated. */
        @Override
        protected @Nullable MethodRetrySpec getRetrySpec(Method method, Class<?> target) {
            return TransactionSynchronizationManager.isActualTransactionActive() ? null : SPEC;
        }

        private static boolean retry(Method method, Throwable lost) {
            boolean again = isGivenUp(lost);
            if (again) {
                LOG.info(
                        "A transaction waited for another one in vain: {}.{}",
                        method.getDeclaringClass().getSimpleName(),
                        method.getName());
            }
            return again;
        }

        /** Whoever uses JDBC without Spring, as the scheduler of jobs does, wraps it. */
        private static boolean isGivenUp(Throwable lost) {
            for (Throwable cause = lost; cause != null; cause = cause.getCause()) {
                if (cause instanceof PessimisticLockingFailureException
                        || cause instanceof SQLTransactionRollbackException) {
                    return true;
                }
            }
            return false;
        }
    }
}
