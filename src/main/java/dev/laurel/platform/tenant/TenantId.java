package dev.laurel.platform.tenant;

/** The number of a tenant: one institution. Every query about its data starts with it. */
public record TenantId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
