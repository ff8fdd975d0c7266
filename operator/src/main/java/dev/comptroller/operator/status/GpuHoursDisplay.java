package dev.comptroller.operator.status;

import dev.comptroller.api.v1alpha1.GpuHoursStatus;
import dev.comptroller.core.gpuhours.GpuHours;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GPU-hours as status shows them. */
public final class GpuHoursDisplay {
  private GpuHoursDisplay() {}

  /** The bound of work that ends. */
  public static @Nullable String bound(Optional<GpuHours> bound) {
    return bound.map(GpuHoursDisplay::text).orElse(null);
  }

  /** Of work without an end: its rate, and what that comes to over the window it is priced by. */
  public static GpuHoursStatus ofService(Optional<GpuHours> bound, Duration window) {
    return switch (bound.orElse(null)) {
      case null -> new GpuHoursStatus(null, null, null, null);
      case GpuHours.Bounded bounded ->
          new GpuHoursStatus(null, "0", null, bounded.amount().toGpuHours());
      case GpuHours.Unbounded unbounded ->
          new GpuHoursStatus(
              null,
              unbounded.rate().toGpuHours(),
              null,
              unbounded.rate().hourlyOver(window).toGpuHours());
      case GpuHours.Unknown unknown -> new GpuHoursStatus(null, "unknown", null, "unknown");
    };
  }

  private static String text(GpuHours hours) {
    return switch (hours) {
      case GpuHours.Bounded bounded -> bounded.amount().toGpuHours();
      case GpuHours.Unbounded unbounded -> "unbounded";
      case GpuHours.Unknown unknown -> "unknown";
    };
  }
}
