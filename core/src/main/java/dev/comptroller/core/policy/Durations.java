package dev.comptroller.core.policy;

import dev.comptroller.api.v1alpha1.Compute;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as specs write them: a whole number and one unit. */
public final class Durations {
  /** What a serving window is where the policy names none. */
  public static final Duration DEFAULT_SERVING_WINDOW = Duration.ofDays(30);

  /** The accepted form, for messages. */
  public static final String FORM = "a whole number and a unit of ms, s, m, h or d, such as 720h";

  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /** Reads a duration; any other form is refused with an IllegalArgumentException. */
  public static Duration parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a duration is " + FORM);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** For how long a deployment is priced. */
  public static Duration servingWindow(Compute compute) {
    String window = compute.servingWindow();
    return window == null ? DEFAULT_SERVING_WINDOW : parse(window);
  }
}
