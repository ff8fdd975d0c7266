package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an endpoint. Display only: no verdict reads it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelDeploymentStatus(
    @Nullable Long observedGeneration,
    @Nullable String url,
    @Nullable String revision,
    @Nullable String tier,
    @Nullable GpuHoursStatus gpuHours,
    @Nullable String planDigest,
    @Nullable String signedBy,
    @Nullable String approvedBy,
    @Nullable Integer replicas,
    @Nullable String selector,
    List<ServingPod> serving,
    List<StatusCondition> conditions) {
  public ModelDeploymentStatus {
    serving = serving == null ? List.of() : List.copyOf(serving);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
