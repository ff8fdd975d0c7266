package dev.comptroller.operator.usage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.api.v1alpha1.GpuHoursStatus;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.accelerator.Weight;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.DeviceShare;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.ResourceRequest;
import dev.comptroller.core.workload.Workload;
import dev.comptroller.core.workload.WorkloadReader;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Accelerator-time that pods held: from being scheduled to the end of their last container, by the
 * weight of what they requested. Holding counts, not use.
 */
public final class PodUsage {
  private PodUsage() {}

  /** What these pods have held until now. */
  public static Amount of(
      List<KubernetesObject> pods, AcceleratorCatalogue catalogue, Instant now) {
    return pods.stream().map(pod -> of(pod, catalogue, now)).reduce(Amount.ZERO, Amount::plus);
  }

  /** What a status tells, as an amount. */
  public static Amount told(@Nullable GpuHoursStatus counted) {
    return counted == null || counted.used() == null ? Amount.ZERO : Amount.parse(counted.used());
  }

  private static Amount of(KubernetesObject pod, AcceleratorCatalogue catalogue, Instant now) {
    Optional<Instant> scheduled = scheduled(pod);
    if (scheduled.isEmpty()) {
      return Amount.ZERO;
    }
    Instant end = ended(pod).orElse(now);
    long seconds = Math.max(0, end.getEpochSecond() - scheduled.get().getEpochSecond());
    return WorkloadReader.read(pod) instanceof Reading.Read(Workload workload)
        ? Amount.of(weight(workload, catalogue), BigInteger.valueOf(seconds))
        : Amount.ZERO;
  }

  private static Weight weight(Workload workload, AcceleratorCatalogue catalogue) {
    Weight sum = Weight.ZERO;
    for (PodTemplate pod : workload.templates()) {
      for (ResourceRequest request : pod.requests()) {
        sum = sum.plus(each(request.resource(), pod, catalogue).times(request.count()));
      }
      for (DeviceShare share : pod.shares()) {
        sum = sum.plus(each(share.resource(), pod, catalogue).times(share.amount()));
      }
    }
    return sum;
  }

  private static Weight each(String resource, PodTemplate pod, AcceleratorCatalogue catalogue) {
    return catalogue.weightOf(resource, pod.nodeSelector()).orElse(Weight.ZERO);
  }

  private static Optional<Instant> scheduled(KubernetesObject pod) {
    return StreamSupport.stream(pod.json().at("/status/conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals("PodScheduled"))
        .filter(condition -> condition.path("status").asText().equals("True"))
        .map(condition -> Instant.parse(condition.path("lastTransitionTime").asText()))
        .findFirst();
  }

  private static Optional<Instant> ended(KubernetesObject pod) {
    String phase = pod.json().at("/status/phase").asText();
    if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
      return Optional.empty();
    }
    return StreamSupport.stream(pod.json().at("/status/containerStatuses").spliterator(), false)
        .map(status -> status.at("/state/terminated/finishedAt"))
        .filter(JsonNode::isTextual)
        .map(finished -> Instant.parse(finished.asText()))
        .max(Instant::compareTo);
  }
}
