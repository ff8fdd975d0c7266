package dev.comptroller.operator.wiring;

import dev.comptroller.cluster.CompactStore;
import dev.comptroller.core.derivation.Names;
import dev.comptroller.core.object.KubernetesObject;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watches what the operator wires for one of our kinds, and the pods below it, by the label that
 * names the parent. One informer a kind; each holds labelled objects only.
 *
 * @param parentLabel label whose value is the parent's name
 * @param parent the kind of the parent
 * @param workloads the kinds that are special to this parent, beside those wired for all
 * @param monitors kinds of the Prometheus Operator, watched while the cluster serves them
 */
public record OwnedKinds<P extends HasMetadata>(
    String parentLabel, Class<P> parent, List<GroupVersionKind> workloads, List<String> monitors) {
  private static final List<GroupVersionKind> COMMON =
      List.of(
          new GroupVersionKind("", "v1", "ServiceAccount"),
          new GroupVersionKind("", "v1", "ConfigMap"),
          new GroupVersionKind("", "v1", "Pod"),
          new GroupVersionKind("rbac.authorization.k8s.io", "v1", "Role"),
          new GroupVersionKind("rbac.authorization.k8s.io", "v1", "RoleBinding"),
          new GroupVersionKind("networking.k8s.io", "v1", "NetworkPolicy"));

  public OwnedKinds {
    workloads = List.copyOf(workloads);
    monitors = List.copyOf(monitors);
  }

  /** Event sources for all kinds but the monitors. */
  public List<EventSource<?, P>> eventSources(EventSourceContext<P> context) {
    List<EventSource<?, P>> sources = new ArrayList<>();
    COMMON.forEach(kind -> sources.add(eventSource(kind, context)));
    workloads.forEach(kind -> sources.add(eventSource(kind, context)));
    return sources;
  }

  /** Watches the monitors that the cluster serves by now. */
  public void watchMonitoring(Context<P> context, MonitoringApis apis) {
    for (String kind : monitors) {
      boolean watched =
          context
              .eventSourceRetriever()
              .getEventSourcesFor(GenericKubernetesResource.class)
              .stream()
              .anyMatch(source -> source.name().equals(name(kind)));
      if (apis.serves(kind) && !watched) {
        watch(context, kind);
      } else if (!apis.serves(kind) && watched) {
        context.eventSourceRetriever().dynamicallyDeRegisterEventSource(name(kind));
      }
    }
  }

  /** A definition is established a moment before its objects are served; the caller tries again. */
  private void watch(Context<P> context, String kind) {
    var sources = context.eventSourceRetriever();
    try {
      sources.dynamicallyRegisterEventSource(
          eventSource(
              GroupVersionKind.fromString("monitoring.coreos.com/v1/" + kind),
              sources.eventSourceContextForDynamicRegistration()));
    } catch (RuntimeException e) {
      // It is registered before it is started, and what never started would be taken for watching.
      sources.dynamicallyDeRegisterEventSource(name(kind));
      throw e;
    }
  }

  /** What the caches hold of this parent. */
  public OwnedResources of(Context<P> context) {
    List<KubernetesObject> objects =
        context.getSecondaryResources(GenericKubernetesResource.class).stream()
            .map(Objects::of)
            .toList();
    return new OwnedResources(context.getPrimaryResource().getMetadata().getUid(), objects);
  }

  private EventSource<?, P> eventSource(GroupVersionKind kind, EventSourceContext<P> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, parent)
            .withName(name(kind.getKind()))
            .withLabelSelector(parentLabel)
            .withItemStore(new CompactStore())
            .withSecondaryToPrimaryMapper(object -> parents(object, context.getPrimaryCache()))
            .build(),
        context);
  }

  /** The parent that the label names: by its own name, or by what a long name is shortened to. */
  private Set<ResourceID> parents(HasMetadata object, IndexerResourceCache<P> parents) {
    String value = object.getMetadata().getLabels().get(parentLabel);
    ResourceID named = new ResourceID(value, object.getMetadata().getNamespace());
    if (parents.contains(named)) {
      return Set.of(named);
    }
    return parents
        .list(
            object.getMetadata().getNamespace(),
            candidate -> Names.label(candidate.getMetadata().getName()).equals(value))
        .map(ResourceID::fromResource)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String name(String kind) {
    return "owned-" + kind;
  }
}
