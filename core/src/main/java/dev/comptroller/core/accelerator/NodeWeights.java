package dev.comptroller.core.accelerator;

import dev.comptroller.core.object.KubernetesObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What resources are worth on one node, by its labels: the product of its GPUs, how they are cut
 * into slices, and how many share one.
 */
public final class NodeWeights {
  private static final String GPU = "nvidia.com/gpu";
  private static final String PRODUCT = "nvidia.com/gpu.product";
  private static final String MEMORY = "nvidia.com/gpu.memory";
  private static final String STRATEGY = "nvidia.com/gpu.sharing-strategy";
  private static final String MIG = "nvidia.com/mig-";
  private static final String SHARED = ".shared";

  /** What device plugins add to the product when they hand out parts under the whole's name. */
  private static final Pattern SUFFIX = Pattern.compile("(.*?)(?:-MIG-([0-9a-z.+]+))?(?:-SHARED)?");

  private static final Pattern GIGABYTES = Pattern.compile("(?:^|-)([1-9][0-9]{0,3})GB(?:-|$)");
  private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,9}");
  private static final long MEBI_PER_GIBI = 1024;

  private final KubernetesObject node;
  private final Set<String> resources = new HashSet<>();
  private final Map<String, String> labels;
  private final String product;
  private final Optional<MigProfile> hidden;

  public NodeWeights(KubernetesObject node) {
    this.node = node;
    node.json().at("/status/capacity").fieldNames().forEachRemaining(resources::add);
    node.json().at("/status/allocatable").fieldNames().forEachRemaining(resources::add);
    this.labels = new LinkedHashMap<>(node.labels());
    Matcher matcher = SUFFIX.matcher(labels.getOrDefault(PRODUCT, ""));
    boolean matches = matcher.matches();
    this.product = matches ? matcher.group(1) : "";
    this.hidden =
        matches && matcher.group(2) != null ? MigProfile.parse(matcher.group(2)) : Optional.empty();
    if (!product.isEmpty()) {
      labels.put(PRODUCT, product);
    }
  }

  /** The node. */
  public KubernetesObject node() {
    return node;
  }

  /** Names of the resources that the node has. */
  Set<String> resources() {
    return resources;
  }

  /** What one of a resource is worth by its name; empty if the node does not tell. */
  public Optional<Weight> named(String resource, AcceleratorCatalogue catalogue) {
    if (resource.endsWith(SHARED)) {
      String whole = resource.substring(0, resource.length() - SHARED.length());
      return number(whole + ".replicas")
          .flatMap(
              replicas ->
                  named(whole, catalogue).map(weight -> weight.times(Weight.oneOf(replicas))));
    }
    Optional<Weight> listed = catalogue.weightOf(resource, labels);
    if (listed.isPresent() || !resource.startsWith(MIG)) {
      return listed;
    }
    return MigProfile.parse(resource.substring(MIG.length()))
        .flatMap(profile -> number(MEMORY).map(memory -> profile.share(product, memory)))
        .flatMap(part -> ofWhole(part, catalogue));
  }

  /** What one of a resource really is, where parts are handed out under the name of the whole. */
  public Optional<Weight> real(String resource, AcceleratorCatalogue catalogue) {
    if (!resource.equals(GPU)) {
      return named(resource, catalogue);
    }
    Weight part =
        hidden
            .flatMap(profile -> memoryByProduct().map(memory -> profile.share(product, memory)))
            .orElse(Weight.ONE);
    Weight share =
        isShared() ? number(GPU + ".replicas").map(Weight::oneOf).orElse(Weight.ONE) : Weight.ONE;
    return ofWhole(part.times(share), catalogue);
  }

  private boolean isShared() {
    String strategy = labels.getOrDefault(STRATEGY, "none");
    return !strategy.equals("none") && !resources.contains(GPU + SHARED);
  }

  private Optional<Weight> ofWhole(Weight part, AcceleratorCatalogue catalogue) {
    return catalogue.weightOf(GPU, labels).map(whole -> whole.times(part));
  }

  private Optional<Long> memoryByProduct() {
    Matcher matcher = GIGABYTES.matcher(product);
    return matcher.find()
        ? Optional.of(Long.parseLong(matcher.group(1)) * MEBI_PER_GIBI)
        : Optional.empty();
  }

  private Optional<Long> number(String label) {
    String text = labels.getOrDefault(label, "");
    return WHOLE.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
