package dev.comptroller.core.workload;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CronJob's schedule in a time zone, as the CronJob controller reads it: it starts a run in every
 * minute whose local time fits. A local time that daylight saving skips has no run, one that it
 * repeats has two.
 */
public final class CronSchedule {
  private static final Map<String, String> NAMED =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final Pattern EVERY =
      Pattern.compile("@every (?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?");
  private static final Pattern ITEM =
      Pattern.compile("(\\*|\\?|[0-9a-z]+)(?:-([0-9a-z]+))?(?:/([0-9]{1,4}))?");

  /** Longer windows are counted by their days, and come out a little too high. */
  private static final int COUNTED_DAYS = 3700;

  private static final int MINUTES = 60;
  private static final int MOST_HOURS_A_DAY = 26;

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet daysOfMonth;
  private final BitSet months;
  private final BitSet daysOfWeek;
  private final boolean anyDayOfMonth;
  private final boolean anyDayOfWeek;
  private final ZoneId zone;
  private final Optional<Duration> every;

  private CronSchedule(String[] fields, ZoneId zone, Optional<Duration> every) {
    this.minutes = set(fields[0], 0, 59, List.of());
    this.hours = set(fields[1], 0, 23, List.of());
    this.daysOfMonth = set(fields[2], 1, 31, List.of());
    this.months = set(fields[3], 1, 12, MONTHS);
    this.daysOfWeek = set(fields[4], 0, 6, DAYS);
    this.anyDayOfMonth = isAny(fields[2]);
    this.anyDayOfWeek = isAny(fields[4]);
    this.zone = zone;
    this.every = every;
  }

  /**
   * Reads a schedule.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static CronSchedule parse(String text, ZoneId zone) {
    String schedule = text.strip().toLowerCase(Locale.ROOT);
    if (schedule.startsWith("@every ")) {
      return new CronSchedule("* * * * *".split(" ", -1), zone, Optional.of(interval(schedule)));
    }
    String[] fields = NAMED.getOrDefault(schedule, schedule).split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException("a schedule has five fields");
    }
    return new CronSchedule(fields, zone, Optional.empty());
  }

  private static Duration interval(String schedule) {
    Matcher matcher = EVERY.matcher(schedule);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("an interval is such as @every 1h30m");
    }
    Duration interval =
        Duration.ofHours(number(matcher.group(1)))
            .plusMinutes(number(matcher.group(2)))
            .plusSeconds(number(matcher.group(3)));
    return interval.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : interval;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static boolean isAny(String field) {
    return field.equals("*") || field.equals("?");
  }

  private static BitSet set(String field, int least, int most, List<String> names) {
    BitSet set = new BitSet(most + 1);
    for (String item : field.split(",", -1)) {
      Matcher matcher = ITEM.matcher(item);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(item);
      }
      boolean any = isAny(matcher.group(1));
      String step = matcher.group(3);
      int from = any ? least : value(matcher.group(1), least, names);
      String end = matcher.group(2);
      int to = end != null ? value(end, least, names) : any || step != null ? most : from;
      // Sunday is 0 and 7.
      int highest = names.equals(DAYS) ? 7 : most;
      if (from < least || to > highest || from > to || (any && end != null)) {
        throw new IllegalArgumentException(item);
      }
      int by = step == null ? 1 : Integer.parseInt(step);
      if (by == 0) {
        throw new IllegalArgumentException(item);
      }
      for (int i = from; i <= to; i += by) {
        set.set(names.equals(DAYS) ? i % 7 : i);
      }
    }
    return set;
  }

  private static int value(String text, int least, List<String> names) {
    if (Character.isDigit(text.charAt(0))) {
      if (text.length() > 3) {
        throw new IllegalArgumentException(text);
      }
      return Integer.parseInt(text);
    }
    int index = names.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(text);
    }
    return index + least;
  }

  /** How many runs start in a window, its first instant included and its end not. */
  public long ticks(Window window) {
    if (every.isPresent()) {
      return Math.ceilDiv(window.length().toMillis(), every.get().toMillis());
    }
    long days = window.length().toDays();
    if (days > COUNTED_DAYS) {
      return Math.multiplyExact(days + 2, MOST_HOURS_A_DAY * (long) minutes.cardinality());
    }
    Instant start = window.start().truncatedTo(ChronoUnit.MINUTES);
    Instant first = start.equals(window.start()) ? start : start.plus(1, ChronoUnit.MINUTES);
    Instant end = window.start().plus(window.length());
    long ticks = 0;
    LocalDate day = first.atZone(zone).toLocalDate();
    while (day.atStartOfDay(zone).toInstant().isBefore(end)) {
      if (fits(day)) {
        ticks += ticks(day, first, end);
      }
      day = day.plusDays(1);
    }
    return ticks;
  }

  private boolean fits(LocalDate day) {
    if (!months.get(day.getMonthValue())) {
      return false;
    }
    boolean ofMonth = daysOfMonth.get(day.getDayOfMonth());
    boolean ofWeek = daysOfWeek.get(day.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : weekday(day));
    return (anyDayOfMonth || anyDayOfWeek) ? (ofMonth && ofWeek) : (ofMonth || ofWeek);
  }

  private static int weekday(LocalDate day) {
    return day.getDayOfWeek().getValue();
  }

  private long ticks(LocalDate day, Instant first, Instant end) {
    ZonedDateTime midnight = day.atStartOfDay(zone);
    Instant next = day.plusDays(1).atStartOfDay(zone).toInstant();
    boolean whole = !midnight.toInstant().isBefore(first) && !next.isAfter(end);
    if (whole && Duration.between(midnight.toInstant(), next).equals(Duration.ofDays(1))) {
      return (long) hours.cardinality() * minutes.cardinality();
    }
    long ticks = 0;
    Instant from = midnight.toInstant().isBefore(first) ? first : midnight.toInstant();
    Instant to = next.isAfter(end) ? end : next;
    for (Instant at = from; at.isBefore(to); at = at.plus(1, ChronoUnit.MINUTES)) {
      ZonedDateTime local = at.atZone(zone);
      if (minutes.get(local.getMinute()) && hours.get(local.getHour())) {
        ticks++;
      }
    }
    return ticks;
  }

  /** The shortest time from one run to the next, or less than that. */
  public Duration shortestGap() {
    if (every.isPresent()) {
      return every.get();
    }
    int shortest = MINUTES * 24;
    int last = -1;
    for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
      if (last >= 0) {
        shortest = Math.min(shortest, minute - last);
      }
      last = minute;
    }
    int toNextHour = MINUTES - last + minutes.nextSetBit(0);
    int hoursApart = zone.getRules().isFixedOffset() ? hoursApart() : 1;
    return Duration.ofMinutes(Math.min(shortest, toNextHour + MINUTES * (hoursApart - 1)));
  }

  /** Hours from one that fits to the next; daylight saving may bring any two side by side. */
  private int hoursApart() {
    int shortest = 24;
    int first = hours.nextSetBit(0);
    int last = first;
    for (int hour = hours.nextSetBit(first + 1); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
      shortest = Math.min(shortest, hour - last);
      last = hour;
    }
    return Math.min(shortest, 24 - last + first);
  }
}
