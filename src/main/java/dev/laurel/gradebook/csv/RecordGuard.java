package dev.laurel.gradebook.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Ends the reading of a record that does not end, before it fills the memory. */
final class RecordGuard extends FilterReader {

    /** Characters, and about what the parser reads ahead of it. */
    static final int LONGEST = 256 * 1024;

    private long sinceRecord;

    RecordGuard(Reader in) {
        super(in);
    }

    /** A record is longer than any that a gradebook exports. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    void newRecord() {
        sinceRecord = 0;
    }

    @Override
    public int read() throws IOException {
        int character = super.read();
        count(character < 0 ? 0 : 1);
        return character;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) throws TooLongException {
        sinceRecord += read;
        if (sinceRecord > LONGEST) {
            throw new TooLongException();
        }
    }
}
