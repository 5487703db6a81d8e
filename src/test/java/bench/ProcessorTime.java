package bench;

import java.time.Duration;
import java.util.Locale;

/**
 * Processor time, user and system together, that each of the three processes has used since it started. Unlike the time on
 * the clock it says the same on a machine that has other things to do.
 */
record ProcessorTime(Duration tool, Duration database, Duration driver) {

    static Duration ofProcess(long pid) {
        return of(ProcessHandle.of(pid).orElseThrow());
    }

    static ProcessorTime now(long toolPid) {
        Duration database = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("mariadbd"))
                .map(ProcessorTime::of)
                .reduce(Duration.ZERO, Duration::plus);
        return new ProcessorTime(ofProcess(toolPid), database, of(ProcessHandle.current()));
    }

    ProcessorTime minus(ProcessorTime earlier) {
        return new ProcessorTime(
                tool.minus(earlier.tool), database.minus(earlier.database), driver.minus(earlier.driver));
    }

    /** With what one more node of Laurel used. */
    ProcessorTime plus(Duration another) {
        return new ProcessorTime(tool.plus(another), database, driver);
    }

    String describe() {
        return "Laurel %d s, database %d s, driver and LMS %d s"
                .formatted(tool.toSeconds(), database.toSeconds(), driver.toSeconds());
    }

    String describePer(int things) {
        return String.format(
                Locale.ROOT,
                "Laurel %.2f ms, database %.2f ms, driver and LMS %.2f ms",
                millis(tool, things),
                millis(database, things),
                millis(driver, things));
    }

    private static double millis(Duration time, int things) {
        return time.toNanos() / 1e6 / Math.max(1, things);
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
