package dev.laurel.publication.mail;

/** The mail server did not take a message. Neither the address nor what the server said of it is in here, as both may reach a log. */
public class MailNotTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    MailNotTakenException(String how, boolean forGood) {
        super("A message was not taken by the mail server: " + how);
        this.forGood = forGood;
    }

    /** Whether it would not be taken either, were it sent again. */
    public boolean isForGood() {
        return forGood;
    }
}
