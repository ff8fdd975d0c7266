package dev.comptroller.operator.judgement;

import dev.comptroller.core.object.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Set;
import java.util.function.Predicate;

/** Wakes the reconcilers of all objects of a kind: something that verdicts look at has changed. */
public final class WakeAll<P extends HasMetadata> extends AbstractEventSource<Void, P> {
  private final IndexerResourceCache<P> primaries;

  public WakeAll(IndexerResourceCache<P> primaries) {
    super(Void.class, "wake-all");
    this.primaries = primaries;
  }

  /** Has every object of the kind reconciled soon. */
  public void wakeEvery() {
    wake(primary -> true);
  }

  /** Has those reconciled soon that this may matter to: an approval matters in its namespace. */
  public void wake(ObjectKey changed) {
    wake(
        primary ->
            changed.namespace().isEmpty()
                || changed.namespace().equals(primary.getMetadata().getNamespace()));
  }

  private void wake(Predicate<P> concerned) {
    if (isRunning()) {
      primaries
          .list(concerned)
          .map(ResourceID::fromResource)
          .forEach(id -> getEventHandler().handleEvent(new Event(id)));
    }
  }

  @Override
  public Set<Void> getSecondaryResources(P primary) {
    return Set.of();
  }
}
