package dev.laurel.launch.web;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What is logged while this is open, whatever else writes to the console and whatever level others have set. */
public final class LoggedLines implements AutoCloseable {

    private final Logger logger;

    private final @Nullable Level before;

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    /** By one class. */
    public LoggedLines(Class<?> type) {
        this(type.getName());
    }

    /** By all loggers below a name; the root's is {@link Logger#ROOT_LOGGER_NAME}. */
    public LoggedLines(String name) {
        this.logger = (Logger) LoggerFactory.getLogger(name);
        this.before = logger.getLevel();
        logger.setLevel(Level.INFO);
        appender.start();
        logger.addAppender(appender);
    }

    public List<String> lines() {
        return List.copyOf(appender.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(before);
    }
}
