package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/** Requests and limits by resource name, as Kubernetes quantities. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServingResources(Map<String, String> limits, Map<String, String> requests) {
  public ServingResources {
    limits = limits == null ? Map.of() : Map.copyOf(limits);
    requests = requests == null ? Map.of() : Map.copyOf(requests);
  }
}
