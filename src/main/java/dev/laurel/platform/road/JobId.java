package dev.laurel.platform.road;

import dev.laurel.platform.tenant.TenantId;

/** The instance id of a job, {@code tenant:subject:revision}: all that a job needs to know. */
record JobId(TenantId tenant, String subject, long revision) {

    static JobId parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first < 0 || last <= first) {
            throw new IllegalArgumentException("Not a job id: " + text);
        }
        return new JobId(
                new TenantId(Long.parseLong(text.substring(0, first))),
                text.substring(first + 1, last),
                Long.parseLong(text.substring(last + 1)));
    }

    @Override
    public String toString() {
        return tenant + ":" + subject + ":" + revision;
    }
}
