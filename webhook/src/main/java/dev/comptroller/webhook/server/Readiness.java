package dev.comptroller.webhook.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Whether reviews should be sent here, and what is waited for if not. */
public final class Readiness {
  private final Map<String, BooleanSupplier> conditions;
  private final AtomicBoolean draining = new AtomicBoolean();

  /**
   * Ready once all conditions hold.
   *
   * @param conditions by what a reader is told is waited for
   */
  public Readiness(Map<String, BooleanSupplier> conditions) {
    this.conditions = new LinkedHashMap<>(conditions);
  }

  /** From now on not ready, whatever the conditions say. */
  public void drain() {
    draining.set(true);
  }

  /** What is waited for; empty when ready. */
  public List<String> waitingFor() {
    if (draining.get()) {
      return List.of("shutdown");
    }
    return conditions.entrySet().stream()
        .filter(condition -> !condition.getValue().getAsBoolean())
        .map(Map.Entry::getKey)
        .toList();
  }
}
