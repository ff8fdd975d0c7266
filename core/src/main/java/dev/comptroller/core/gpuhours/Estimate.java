package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.Window;
import dev.comptroller.core.workload.Workload;
import java.util.List;
import java.util.Optional;

/**
 * What an object may consume, as people ask for it.
 *
 * @param hours the bound
 * @param total GPU-hours in all: what was used before, and the bound or what its rate comes to over
 *     the window; empty where there is no such number
 * @param settled the same at what the workload really got; empty while that is not known
 */
public record Estimate(GpuHours hours, Optional<Amount> total, Optional<Amount> settled) {

  /**
   * The estimate of an object.
   *
   * @param reading the object, read in these surroundings
   * @param used what it has consumed before
   * @throws IllegalArgumentException if the object is no workload or cannot be read
   */
  public static Estimate of(
      KubernetesObject object,
      Reading reading,
      AcceleratorCatalogue catalogue,
      Surroundings around,
      Amount used) {
    return switch (reading) {
      case Reading.Read(Workload workload) -> of(object, workload, catalogue, around, used);
      case Reading.Unsupported(String kind, String pointer) ->
          new Estimate(unread(kind, pointer), Optional.empty(), Optional.empty());
      case Reading.NotAWorkload none ->
          throw new IllegalArgumentException("the object runs no pods");
      case Reading.Malformed(String pointer, String found, String required) ->
          throw new IllegalArgumentException(
              pointer + ": found " + found + ", required " + required);
    };
  }

  private static Estimate of(
      KubernetesObject object,
      Workload workload,
      AcceleratorCatalogue catalogue,
      Surroundings around,
      Amount used) {
    GpuHours hours = UpperBound.of(workload, catalogue, around);
    return new Estimate(
        hours,
        total(hours, around).map(used::plus),
        Settlement.of(object, workload, catalogue, around)
            .flatMap(real -> total(real, around))
            .map(used::plus));
  }

  private static Optional<Amount> total(GpuHours hours, Surroundings around) {
    return switch (hours) {
      case GpuHours.Bounded bounded -> Optional.of(bounded.amount());
      case GpuHours.Unbounded unbounded ->
          around.window().map(Window::length).flatMap(unbounded::over);
      case GpuHours.Unknown unknown -> Optional.empty();
    };
  }

  private static GpuHours unread(String kind, String pointer) {
    return new GpuHours.Unknown(
        List.of(
            new Reason(
                Reason.Code.UnpricedKind,
                pointer,
                "the kind " + kind + ", whose pods are hidden in other objects",
                "a kind whose pods can be counted, such as Job")),
        List.of());
  }
}
