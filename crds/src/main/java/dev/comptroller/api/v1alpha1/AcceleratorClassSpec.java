package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One accelerator product: the resource that requests it, the nodes that have it, and its worth.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AcceleratorClassSpec(
    String vendor,
    String resource,
    Map<String, String> nodeLabels,
    String weight,
    List<Partition> partitions,
    Map<String, String> peakDense,
    @Nullable String memory) {
  public AcceleratorClassSpec {
    nodeLabels = nodeLabels == null ? Map.of() : Map.copyOf(nodeLabels);
    partitions = partitions == null ? List.of() : List.copyOf(partitions);
    peakDense = peakDense == null ? Map.of() : Map.copyOf(peakDense);
  }
}
