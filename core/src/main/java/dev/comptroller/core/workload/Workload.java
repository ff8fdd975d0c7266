package dev.comptroller.core.workload;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import java.util.List;

/**
 * What an object runs, whatever its kind: its pods, and what bounds their number and time.
 *
 * @param kind the kind, as manifests write it
 * @param podSets all its pods, at the most there are at once
 * @param holding how long they are held
 * @param unresolved what could not be found out about its pods; empty if all is known
 */
public record Workload(
    String kind, List<PodSet> podSets, Holding holding, List<Reason> unresolved) {
  public Workload {
    podSets = List.copyOf(podSets);
    unresolved = List.copyOf(unresolved);
  }

  /** A workload whose pods are all known. */
  public Workload(String kind, List<PodSet> podSets, Holding holding) {
    this(kind, podSets, holding, List.of());
  }

  /** A workload that serves without an end. */
  public static Workload serving(String kind, List<PodSet> podSets) {
    return new Workload(kind, podSets, Holding.serving(kind, podSets));
  }

  /** A workload whose pods are not known. */
  public static Workload unresolved(String kind, Reason reason) {
    return new Workload(kind, List.of(), Holding.nothing(), List.of(reason));
  }

  /** Every pod template it makes pods from. */
  public List<PodTemplate> templates() {
    return podSets.stream().map(PodSet::template).toList();
  }

  /** Every image its pods run or mount. */
  public List<ImageReference> images() {
    return podSets.stream().flatMap(set -> set.template().images().stream()).toList();
  }

  /** Every way its pods reach accelerators without requesting them. */
  public List<AcceleratorBypass> bypasses() {
    return podSets.stream().flatMap(set -> set.template().bypasses().stream()).toList();
  }

  /**
   * Whether its pods ask for an accelerator, for something that may be one, for a resource claim,
   * or reach accelerators around their requests, or whether that is not known. Says nothing about
   * how many pods there are.
   */
  public boolean needsAccelerators(AcceleratorCatalogue catalogue) {
    return !unresolved.isEmpty()
        || podSets.stream().anyMatch(set -> set.template().needsAccelerators(catalogue));
  }
}
