package dev.laurel.launch.notice;

/** A notice that does not hold; the reason is for the log. */
class BadNoticeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadNoticeException(String reason) {
        super(reason, null, false, false);
    }
}
