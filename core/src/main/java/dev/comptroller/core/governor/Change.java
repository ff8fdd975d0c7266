package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an update changes of that which was judged.
 *
 * @param plan whether the normal form differs
 * @param signatures whether the signature annotations differ
 * @param controller whether the controller reference differs
 * @param dearer whether it may consume more, or what it may consume cannot be compared
 * @param resumed whether it was suspended and is not any more
 * @param suspended whether it was not suspended and is now
 */
record Change(
    boolean plan,
    boolean signatures,
    boolean controller,
    boolean dearer,
    boolean resumed,
    boolean suspended) {

  static Change between(Plan before, Plan after) {
    return new Change(
        planDiffers(before.object(), after.object()),
        !signatures(before.object()).equals(signatures(after.object())),
        !before.object().controller().equals(after.object().controller()),
        isDearer(before, after),
        before.isSuspended() && !after.isSuspended(),
        !before.isSuspended() && after.isSuspended());
  }

  /** Whether nothing differs that a verdict depends on; what is suspended only starts less. */
  boolean isNone() {
    return !plan && !signatures && !controller && !dearer && !resumed;
  }

  private static boolean planDiffers(KubernetesObject before, KubernetesObject after) {
    // Equal specs need no normal form, so that what cannot be brought into one can still end.
    return !before.spec().equals(after.spec())
        && !NormalForm.of(before).digest().equals(NormalForm.of(after).digest());
  }

  private static Map<String, String> signatures(KubernetesObject object) {
    Map<String, String> signatures = new TreeMap<>(object.annotations());
    signatures
        .keySet()
        .removeIf(
            name ->
                !name.equals(Api.SIGNATURE_ANNOTATION)
                    && !name.startsWith(Api.SIGNATURE_ANNOTATION + "."));
    return signatures;
  }

  private static boolean isDearer(Plan before, Plan after) {
    if (before.gpuHours().isEmpty() || after.gpuHours().isEmpty()) {
      return !before.reading().equals(after.reading());
    }
    return switch (after.gpuHours().get()) {
      case GpuHours.Bounded now ->
          !(before.gpuHours().get() instanceof GpuHours.Bounded was
              && within(was.amount(), now.amount()));
      case GpuHours.Unbounded now ->
          !(before.gpuHours().get() instanceof GpuHours.Unbounded was
              && within(was.rate(), now.rate()));
      case GpuHours.Unknown now -> !before.gpuHours().get().equals(now);
    };
  }

  private static boolean within(Amount before, Amount after) {
    return after.compareTo(before) <= 0;
  }
}
