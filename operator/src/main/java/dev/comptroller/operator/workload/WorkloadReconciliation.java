package dev.comptroller.operator.workload;

import dev.comptroller.api.v1alpha1.ConditionedStatus;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.operator.judgement.WakeAll;
import dev.comptroller.operator.status.Conditions;
import dev.comptroller.operator.status.StatusPatch;
import dev.comptroller.operator.wiring.Objects;
import dev.comptroller.operator.wiring.OwnedKinds;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What reconciling is for every kind of workload: judge it, let its kind act on the verdict, say in
 * status and events how far it is. A kind adds what it owns and how it acts.
 *
 * @param owned what is made from a workload of the kind
 * @param fresh makes an empty resource of the kind
 */
public record WorkloadReconciliation<P extends CustomResource<?, S>, S extends ConditionedStatus>(
    OwnedKinds<P> owned, Supplier<P> fresh, Collaborators with) {
  private static final Duration NO_VERDICT_RETRY = Duration.ofSeconds(1);

  /** Wakes for all that is owned, and for all that verdicts look at. */
  public List<EventSource<?, P>> eventSources(EventSourceContext<P> context) {
    WakeAll<P> wakeAll = new WakeAll<>(context.getPrimaryCache());
    with.judge().onChange(wakeAll::wake);
    with.monitoring().onChange(wakeAll::wakeEvery);
    List<EventSource<?, P>> sources = new ArrayList<>(owned.eventSources(context));
    sources.add(wakeAll);
    return sources;
  }

  /**
   * Reconciles one workload. What is being deleted is left alone, and so is what there is no
   * verdict about.
   *
   * @param action does what the verdict permits
   */
  public UpdateControl<P> reconcile(
      P resource, Context<P> context, Function<Judged<P>, Progress<S>> action) {
    if (resource.isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    owned.watchMonitoring(context, with.monitoring());
    KubernetesObject object = Objects.of(resource);
    Decision decision = with.judge().review(object);
    if (decision.outcome() == Outcome.RETRY) {
      return UpdateControl.<P>noUpdate().rescheduleAfter(NO_VERDICT_RETRY);
    }
    Progress<S> progress =
        action.apply(new Judged<>(resource, object, decision, owned.of(context)));
    with.events()
        .publishChanges(object, Conditions.previous(resource), progress.status().conditions());
    UpdateControl<P> control = StatusPatch.of(resource, fresh.get(), progress.status());
    return progress.again().map(control::rescheduleAfter).orElse(control);
  }
}
