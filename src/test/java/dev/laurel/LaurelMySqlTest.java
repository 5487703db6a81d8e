package dev.laurel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.UUID;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** Like {@link LaurelTest}, on MySQL 8: for what could differ between the two databases. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = LaurelApplication.class, webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ContextConfiguration(initializers = LaurelMySqlTest.Initializer.class)
public @interface LaurelMySqlTest {

    /** The settings of every test, on another database. */
    class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new LaurelTestInitializer().initialize(context);
            String schema = "test_" + UUID.randomUUID().toString().replace("-", "");
            TestPropertyValues.of(
                            "spring.datasource.url=" + EmbeddedMySql.forTests().url(schema))
                    .applyTo(context);
        }
    }
}
