package dev.comptroller.core.accelerator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The products that share one resource name, by the labels of their nodes: there are dozens, and
 * they are asked for each node.
 */
final class Products {
  private final List<Product> all = new ArrayList<>();

  /** By the names of the labels, then by the labels. */
  private final Map<Set<String>, Map<Map<String, String>, List<Product>>> byLabels =
      new HashMap<>();

  private record Product(Optional<Weight> weight, Map<String, String> nodeLabels) {
    boolean accepts(Map<String, String> selected) {
      return nodeLabels.entrySet().containsAll(selected.entrySet());
    }
  }

  /**
   * One product more.
   *
   * @param weight empty if it cannot be read
   */
  void add(Optional<Weight> weight, Map<String, String> nodeLabels) {
    Product product = new Product(weight, Map.copyOf(nodeLabels));
    all.add(product);
    byLabels
        .computeIfAbsent(product.nodeLabels.keySet(), names -> new HashMap<>())
        .computeIfAbsent(product.nodeLabels, labels -> new ArrayList<>())
        .add(product);
  }

  /**
   * The largest weight among those whose nodes a pod with this node selector can land on; among all
   * if there are none. Empty if one that counts has a weight that cannot be read.
   */
  Optional<Weight> dearest(Map<String, String> nodeSelector) {
    List<Product> reachable = new ArrayList<>();
    byLabels.forEach(
        (names, products) -> {
          Map<String, String> selected = new HashMap<>();
          for (String name : names) {
            String value = nodeSelector.get(name);
            if (value != null) {
              selected.put(name, value);
            }
          }
          if (selected.size() == names.size()) {
            reachable.addAll(products.getOrDefault(selected, List.of()));
          } else {
            products.values().stream()
                .flatMap(List::stream)
                .filter(product -> product.accepts(selected))
                .forEach(reachable::add);
          }
        });
    return dearest(reachable.isEmpty() ? all : reachable);
  }

  private static Optional<Weight> dearest(List<Product> products) {
    Optional<Weight> dearest = Optional.empty();
    for (Product product : products) {
      Optional<Weight> weight = product.weight();
      if (weight.isEmpty()) {
        return weight;
      }
      if (dearest.isEmpty() || weight.get().compareTo(dearest.get()) > 0) {
        dearest = weight;
      }
    }
    return dearest;
  }
}
