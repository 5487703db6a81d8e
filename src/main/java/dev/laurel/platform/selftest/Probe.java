package dev.laurel.platform.selftest;

import java.util.Set;

/** Makes some of the checks. It calls what it checks, whatever was known before; it runs in a job, outside transactions. */
public interface Probe {

    Set<Check> checks();

    /** Makes one of its checks. What goes wrong at the other end is a finding, not an exception. */
    Finding probe(Check check, Subject subject);
}
