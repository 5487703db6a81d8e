package dev.laurel.credential.proof;

import java.math.BigInteger;

/**
 * Multibase base58btc: the letter {@code z} and the Bitcoin alphabet.
 *
 * @see <a href="https://www.w3.org/TR/controller-document/#multibase-0">Controlled Identifiers, Multibase</a>
 */
public final class Base58 {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private static final BigInteger RADIX = BigInteger.valueOf(58);

    /** So many digits fit into a {@code long}, and dividing that is cheap: each signature is encoded once. */
    private static final int DIGITS_AT_ONCE = 10;

    private static final BigInteger DIGITS = RADIX.pow(DIGITS_AT_ONCE);

    /** Longer than any key or signature: decoding costs the square of the length. */
    private static final int LONGEST = 200;

    private Base58() {}

    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 2);
        BigInteger rest = new BigInteger(1, bytes);
        while (rest.signum() > 0) {
            BigInteger[] parts = rest.divideAndRemainder(DIGITS);
            rest = parts[0];
            long digits = parts[1].longValue();
            for (int i = 0; i < DIGITS_AT_ONCE && (digits > 0 || rest.signum() > 0); i++) {
                text.append(ALPHABET.charAt((int) (digits % 58)));
                digits /= 58;
            }
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            text.append(ALPHABET.charAt(0));
        }
        return text.append('z').reverse().toString();
    }

    /** @throws BadCredentialException where the text is not multibase base58btc */
    public static byte[] decode(String text) {
        if (text.length() < 2 || text.length() > LONGEST || text.charAt(0) != 'z') {
            throw new BadCredentialException("Not base58btc");
        }
        BigInteger value = BigInteger.ZERO;
        int zeros = 0;
        boolean leading = true;
        for (int i = 1; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new BadCredentialException("Not base58btc");
            }
            leading &= digit == 0;
            zeros += leading ? 1 : 0;
            value = value.multiply(RADIX).add(BigInteger.valueOf(digit));
        }
        byte[] number = value.signum() == 0 ? new byte[0] : value.toByteArray();
        int from = number.length > 0 && number[0] == 0 ? 1 : 0;
        byte[] bytes = new byte[zeros + number.length - from];
        System.arraycopy(number, from, bytes, zeros, number.length - from);
        return bytes;
    }
}
