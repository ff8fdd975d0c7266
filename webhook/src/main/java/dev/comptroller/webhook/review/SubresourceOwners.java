package dev.comptroller.webhook.review;

import dev.comptroller.core.workload.kind.Kind;
import dev.comptroller.core.workload.kind.Kinds;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Kinds of the objects whose subresources are reviewed. A review of {@code deployments/scale} names
 * the kind of its body, {@code Scale}, and of its owner only the resource.
 */
final class SubresourceOwners {
  private static final Map<String, String> KINDS =
      Kinds.READ.stream().collect(Collectors.toUnmodifiableMap(Kind::resource, Kind::shortName));

  private SubresourceOwners() {}

  /** The kind behind a resource, if its subresources may be reviewed. */
  static Optional<String> kindOf(String group, String resource) {
    return Optional.ofNullable(KINDS.get(group + "/" + resource));
  }
}
