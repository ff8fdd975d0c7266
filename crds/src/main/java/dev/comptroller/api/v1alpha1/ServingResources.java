package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Requests and limits by resource name, as Kubernetes quantities. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServingResources(
    @JsonPropertyDescription("Limits by resource name. Accelerators are limits.") @Size(max = 32)
        Map<String, @Size(min = 1, max = 32) @Pattern(Formats.QUANTITY) String> limits,
    @JsonPropertyDescription("Requests by resource name.") @Size(max = 32)
        Map<String, @Size(min = 1, max = 32) @Pattern(Formats.QUANTITY) String> requests) {
  public ServingResources {
    limits = limits == null ? Map.of() : Map.copyOf(limits);
    requests = requests == null ? Map.of() : Map.copyOf(requests);
  }
}
