package dev.laurel.gradebook.canvas;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Behind which permission a job goes on. Others are told meanwhile, so a number of them would be another place each time.
 *
 * @param since when the permission ended here
 */
record GrantRevocationPlace(Instant since, long registrationId, long contextId, Instant grantedAt) {

    static final GrantRevocationPlace HEAD = new GrantRevocationPlace(Instant.EPOCH, 0, 0, Instant.EPOCH);

    /** Begins what a job is about that goes on behind one. */
    private static final String BEHIND = "behind-";

    /** What a job is about; anything else begins at the head. */
    static GrantRevocationPlace parse(String subject) {
        String[] parts =
                subject.startsWith(BEHIND) ? subject.substring(BEHIND.length()).split("-") : new String[0];
        // One number alone is what a version before wrote.
        return parts.length == 4
                ? new GrantRevocationPlace(
                        time(number(parts[0])), number(parts[1]), number(parts[2]), time(number(parts[3])))
                : HEAD;
    }

    static GrantRevocationPlace of(GrantRevocationRepository.Row row) {
        return new GrantRevocationPlace(
                row.since(),
                row.grant().registrationId(),
                row.grant().contextId(),
                row.grant().grantedAt());
    }

    /** Short: it is part of the key of a job. */
    String subject() {
        return LongStream.of(micros(since), registrationId, contextId, micros(grantedAt))
                .mapToObj(each -> Long.toString(each, Character.MAX_RADIX))
                .collect(Collectors.joining("-", BEHIND, ""));
    }

    private static long number(String text) {
        return Long.parseLong(text, Character.MAX_RADIX);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
