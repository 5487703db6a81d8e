package dev.laurel.launch.operator;

import dev.laurel.platform.InstallationConfiguration;
import dev.laurel.platform.sql.DatabaseClock;
import java.io.PrintStream;
import java.time.Clock;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@code java -jar laurel.jar --operator-link}: prints a link into the running installation and ends. It needs the same
 * settings as Laurel itself and starts nothing but a connection to the database.
 */
public final class OperatorLinkCommand {

    /** The argument that asks for it. */
    public static final String ARGUMENT = "--operator-link";

    private OperatorLinkCommand() {}

    public static void run(String[] args, PrintStream out) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("logging.level.root=warn", "spring.main.banner-mode=off");
        try (ConfigurableApplicationContext context = application.run(args)) {
            out.println(context.getBean(OperatorLinks.class).create());
            out.println("Open it within " + OperatorLinks.LIFE.toMinutes() + " minutes; it works once.");
        }
    }

    /** Not found by the component scan of Laurel itself, because it carries no stereotype. */
    @Import({InstallationConfiguration.class, OperatorLinks.class})
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    static class Parts {

        @Bean
        Clock clock() {
            return new DatabaseClock();
        }
    }
}
