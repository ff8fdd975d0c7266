package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pods beyond the wanted number while a rollout replaces them: a number or a percentage. */
final class Surge {
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,9})%");
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private Surge() {}

  /**
   * The surge over a number of pods; a percentage is rounded up.
   *
   * @param field the surge as it is written
   * @param byDefault percentage where nothing is written
   */
  static BigInteger of(Field field, BigInteger pods, long byDefault) {
    if (!field.present()) {
      return percentOf(pods, byDefault);
    }
    if (!field.node().isTextual()) {
      return BigInteger.valueOf(field.whole().orElse(0));
    }
    Matcher matcher = PERCENT.matcher(field.textOrEmpty());
    if (!matcher.matches()) {
      throw field.malformed("a number of pods or a percentage such as 25%");
    }
    return percentOf(pods, Long.parseLong(matcher.group(1)));
  }

  private static BigInteger percentOf(BigInteger pods, long percent) {
    BigInteger[] parts = pods.multiply(BigInteger.valueOf(percent)).divideAndRemainder(HUNDRED);
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
  }
}
