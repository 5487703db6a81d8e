package dev.laurel.credential.leaving;

import java.nio.ByteBuffer;

/** A set of hashes of 64 bits that takes about 20 bytes for each: millions of them are held while an archive is read. */
final class Hashes {

    private static final long EMPTY = 0;

    private long[] table = new long[1 << 10];

    private int size;

    /**
     * @param hash at least 8 bytes, any of which is as good as another
     * @return whether it was not there
     */
    boolean add(byte[] hash) {
        if (2 * size >= table.length) {
            grow();
        }
        boolean isNew = put(table, ByteBuffer.wrap(hash).getLong());
        size += isNew ? 1 : 0;
        return isNew;
    }

    private void grow() {
        long[] larger = new long[2 * table.length];
        for (long each : table) {
            if (each != EMPTY) {
                put(larger, each);
            }
        }
        table = larger;
    }

    private static boolean put(long[] table, long hash) {
        long what = hash == EMPTY ? 1 : hash;
        int at = (int) what & table.length - 1;
        while (table[at] != EMPTY && table[at] != what) {
            at = at + 1 & table.length - 1;
        }
        boolean isNew = table[at] == EMPTY;
        table[at] = what;
        return isNew;
    }
}
