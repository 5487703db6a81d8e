package dev.laurel;

import dev.laurel.launch.operator.OperatorLinkCommand;
import dev.laurel.platform.sql.DatabaseClock;
import java.time.Clock;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Laurel on its own. It needs a public URL, a database and a master key from the environment. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class LaurelApplication {

    public static void main(String[] args) {
        if (Arrays.asList(args).contains(OperatorLinkCommand.ARGUMENT)) {
            OperatorLinkCommand.run(args, System.out);
        } else {
            SpringApplication.run(LaurelApplication.class, args);
        }
    }

    @Bean
    Clock clock() {
        return new DatabaseClock();
    }
}
